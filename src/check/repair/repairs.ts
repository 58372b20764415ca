import { contains } from '../../base/span.ts';
import type { Equation } from '../../derivation/derivation.ts';
import type { DiagnosticCode } from '../../protocol/report.ts';
import type { Found } from '../checked-document.ts';
import type { Finding } from '../findings.ts';
import type { RuleContext } from '../words.ts';
import type { Recheck } from './recheck.ts';
import { type Repair, repairSide } from './repair.ts';
import { repairPath } from './repair-path.ts';

/** Mistakes that a change to a side of their equation may mend. */
const MENDABLE: ReadonlySet<DiagnosticCode> = new Set([
  'shape/product', 'shape/sum', 'shape/equation', 'shape/argument', 'layout/order', 'layout/shape', 'layout/mixed', 'chain/broken', 'chain/missing-path', 'verify/refuted',
]);
/** Mistakes of one document that are looked into; who has more mends these first. */
const MOST_REPAIRS = 12;

/** For every mistake that a small change mends, that change. */
export function repairs(context: RuleContext, findings: readonly Finding[], recheck: Recheck): ReadonlyMap<Equation, Repair> {
  const mendable = findings.filter(({ found, equation }) => equation !== null && found.fixes.length === 0 && MENDABLE.has(found.code));
  return new Map(
    mendable.slice(0, MOST_REPAIRS).flatMap(({ found, problem, equation }) => {
      const repair = problem?.kind === 'missingPath' ? repairPath(context, problem, recheck) : repairEquation(context, equation as Equation, found, recheck);
      return repair === null ? [] : [[equation as Equation, repair] as const];
    }),
  );
}

/** The side in which the mistake lies is looked into first. */
function repairEquation(context: RuleContext, equation: Equation, { span }: Found, recheck: Recheck): Repair | null {
  const sides = equation.sides.slice(1);
  const near = sides.filter((side) => contains(side.span, span) || contains(span, side.span));
  for (const side of near.length > 0 ? near : sides) {
    const repair = repairSide(context, equation, side, recheck);
    if (repair !== null) return repair;
  }
  return null;
}

/** The diagnostic with the repair of its equation as its fix. */
export function withFix(found: Found, repair: Repair | undefined): Found {
  if (repair === undefined || found.fixes.length > 0 || !MENDABLE.has(found.code)) return found;
  return { ...found, message: `${found.message} ${repair.hint}`, fixes: [repair.fix] };
}
