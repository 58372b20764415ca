import { symbolsIn } from '../../derivation/dependencies.ts';
import type { Equation } from '../../derivation/derivation.ts';
import type { Finding } from '../findings.ts';
import type { RuleContext } from '../words.ts';
import type { Recheck } from './recheck.ts';
import { repairByNumbers } from './repair.ts';
import { firstOf, type Mending } from './repairs.ts';

/** Doubted mistakes of one document that are looked into. */
const MOST_DOUBTED = 6;

/** What of it is told after all, and how claims are mended by it. */
interface Slips {
  readonly told: readonly Finding[];
  readonly mended: ReadonlyMap<Equation, Mending>;
}

/**
 * Of what contradicts itself only as it was read, that which a slip explains: with one small change the claim holds for all that the
 * text defines, so that it was read as it is meant, if with letters that nothing declares as numbers. Of what may mean something else nothing is told.
 */
export function slipsAmong(context: RuleContext, doubted: readonly Finding[], recheckOf: (finding: Finding) => Recheck): Slips {
  const told: Finding[] = [];
  const mended = new Map<Equation, Mending>();
  for (const finding of doubted.slice(0, MOST_DOUBTED)) {
    const equation = finding.equation as Equation;
    const recheck = recheckOf(finding);
    if (finding.problem?.kind === 'annotation') {
      const isLoose = finding.problem.note === 'membership' && speaksOfUndeclared(context, equation);
      if (!isLoose && finding.found.fixes.some(({ edits }) => recheck(edits, equation))) told.push(finding);
      continue;
    }
    const slipIn = (read: RuleContext) => firstOf(equation.sides.slice(1), (side) => repairByNumbers(read, equation, side, recheck));
    const numbers = speaksOfUndeclared(context, equation) ? context.inNumbers() : null;
    const repair = slipIn(context) ?? (numbers === null ? null : slipIn({ ...context, ...numbers }));
    if (repair === null) continue;
    told.push({ ...finding, found: { ...finding.found, fixes: [] } });
    mended.set(equation, { repair, assumption: null });
  }
  return { told, mended };
}

/** Of letters that nothing declares a note may say more than their uses do. */
function speaksOfUndeclared({ built: { implicit } }: RuleContext, { sides }: Equation): boolean {
  return sides.flatMap(symbolsIn).some((id) => implicit.has(id));
}
