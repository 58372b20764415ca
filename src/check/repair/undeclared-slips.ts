import type { Equation } from '../../derivation/derivation.ts';
import { walk } from '../../ops/term.ts';
import type { Examined } from '../claims.ts';
import type { Reading } from '../customary-layouts.ts';
import { allFindings, type Finding } from '../findings.ts';
import { assumptionFor, holdsIfSymmetric } from './assumption.ts';
import type { Recheck } from './recheck.ts';
import { repairByNumbers } from './repair.ts';
import { firstOf, type Mending } from './repairs.ts';

/** Claims of one document that are looked into. */
const MOST_CLAIMS = 6;

/** What is told of claims about letters that nothing declares, how they are mended, and their verdicts. */
interface UndeclaredSlips {
  readonly told: readonly Finding[];
  readonly mended: ReadonlyMap<Equation, Mending>;
  readonly refuted: ReadonlyMap<Equation, Examined>;
}

/**
 * Of the claims about letters that nothing declares, and that hold in no layout, those that a slip explains: with one small change such a
 * claim holds. What holds where a matrix is symmetric may be meant so.
 */
export function slipsAmongUndeclared(
  doubted: ReadonlyMap<Equation, Reading>,
  isTold: (equation: Equation) => boolean,
  recheckOf: (finding: Finding) => Recheck,
): UndeclaredSlips {
  const told: Finding[] = [];
  const mended = new Map<Equation, Mending>();
  const refuted = new Map<Equation, Examined>();
  for (const [equation, reading] of [...doubted].slice(0, MOST_CLAIMS)) {
    const finding = isTold(equation) || isOfTransposed(equation) ? undefined : mistakeIn(reading, equation);
    if (finding === undefined) continue;
    const recheck = recheckOf(finding);
    if (finding.found.code === 'verify/refuted' && isAssuming(reading, equation, recheck)) continue;
    const repair = firstOf(equation.sides.slice(1), (side) => repairByNumbers(reading.context, equation, side, recheck));
    if (repair === null) continue;
    told.push({ ...finding, found: { ...finding.found, fixes: [] } });
    mended.set(equation, { repair, assumption: null });
    for (const one of reading.examined) refuted.set(equation, one);
  }
  return { told, mended, refuted };
}

/** Whether the claim holds with properties that a text that declares nothing need not speak of. */
function isAssuming({ context }: Reading, equation: Equation, recheck: Recheck): boolean {
  return holdsIfSymmetric(context, equation) || assumptionFor(context, equation, recheck) !== null;
}

/** The `x'` of `∂k/∂x'` may be a letter of its own. */
function isOfTransposed({ sides }: Equation): boolean {
  const derivatives = sides.flatMap((side) => [...walk(side)]).filter((term) => term.kind === 'derivative');
  return derivatives.some(({ wrt }) => wrt.some(({ transposed }) => transposed));
}

/** What is wrong with a claim, in the words of the rule that knows it best. */
function mistakeIn({ context, examined }: Reading, equation: Equation): Finding | undefined {
  const { told, doubted } = allFindings(context, examined);
  return [...told, ...doubted].find((one) => one.equation === equation && one.found.severity === 'error');
}
