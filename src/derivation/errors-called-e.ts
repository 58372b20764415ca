import type { Expr } from '../syntax/ast.ts';
import type { PlacedEquation } from './collected.ts';
import { someIn } from './find-in.ts';
import { isSum } from './letters-before-brackets.ts';

/** Whether the e of a text is what a model leaves unexplained, as in `y = X β + e` and `e'e`, and no number of Euler's. */
export function callsErrorsE(equations: readonly PlacedEquation[]): boolean {
  return equations.some(({ statement: { sides }, origin }) => {
    const [left, right] = sides;
    const isModel = sides.length === 2 && left?.kind === 'name' && right !== undefined && endsInE(right);
    return origin !== 'plain' && (isModel || sides.some((side) => someIn(side, isTurned)));
  });
}

/** `X β + Z u + e`. */
function endsInE(sum: Expr): boolean {
  return isSum(sum) && sum.kind === 'apply' && isE(sum.args[1]) && sum.args[0]?.kind !== 'number';
}

function isTurned(expr: Expr): boolean {
  return expr.kind === 'postfix' && (expr.mark.kind === 'transpose' || expr.mark.kind === 'prime') && isE(expr.base);
}

function isE(expr: Expr | undefined): boolean {
  return expr?.kind === 'name' && expr.name === 'e';
}
