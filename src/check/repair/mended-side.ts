import { contains } from '../../base/span.ts';
import type { Equation } from '../../derivation/derivation.ts';
import type { CheckedClaim, FoundEdit } from '../checked-document.ts';
import { formulaOf } from '../formula.ts';
import type { RuleContext } from '../words.ts';

/**
 * The side of an equation that edits write anew, as it is typeset then. `mended` is the document with the edits made,
 * in which the equation has the same place among all; null where they do not lie in one side.
 */
export function mendedSide(
  context: RuleContext,
  equation: Equation,
  edits: readonly FoundEdit[],
  mended: RuleContext,
): CheckedClaim['mended'] | null {
  const place = context.built.derivation.equations.indexOf(equation);
  const side = equation.ranges.findIndex((range) => edits.every(({ span }) => contains(range, span)));
  const again = mended.built.derivation.equations[place];
  const formula = again === undefined ? [] : formulaOf(mended, again);
  const pieces = formula[side]?.pieces;
  return pieces === undefined || formula.length !== equation.sides.length ? null : { side, pieces };
}
