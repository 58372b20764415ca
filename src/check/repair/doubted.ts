import type { Equation } from '../../derivation/derivation.ts';
import type { Finding } from '../findings.ts';
import type { RuleContext } from '../words.ts';
import type { Recheck } from './recheck.ts';
import { repairByNumbers } from './repair.ts';
import type { Mending } from './repairs.ts';

/** Doubted mistakes of one document that are looked into. */
const MOST_DOUBTED = 6;

/**
 * Of what contradicts itself only as it was read, that which a slip explains: with one small change the claim holds for all that the
 * text defines, so that it was read as it is meant. Of what may mean something else nothing is told.
 */
export function slipsAmong(
  context: RuleContext,
  doubted: readonly Finding[],
  recheckOf: (finding: Finding) => Recheck,
): ReadonlyMap<Finding, readonly [Equation, Mending]> {
  const found = new Map<Finding, readonly [Equation, Mending]>();
  for (const finding of doubted.slice(0, MOST_DOUBTED)) {
    const equation = finding.equation as Equation;
    const recheck = recheckOf(finding);
    for (const side of equation.sides.slice(1)) {
      const repair = repairByNumbers(context, equation, side, recheck);
      if (repair === null) continue;
      found.set({ ...finding, found: { ...finding.found, fixes: [] } }, [equation, { repair, assumption: null }]);
      break;
    }
  }
  return found;
}
