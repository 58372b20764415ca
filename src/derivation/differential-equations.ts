import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { type Context, find, isKnown } from './context.ts';

/**
 * `dH = X^\top (dX)` in a text with a dimension d: an equation that begins with `d` before something known, and goes on with it, is about
 * differentials all the same, as no text counts so on both sides.
 */
export function isAboutDifferentials(context: Context, [first, ...others]: readonly Expr[]): boolean {
  if (first === undefined || !context.scope.dimensions.has('d') || isVariable(context)) return false;
  const key = signed(first);
  return key !== null && isKnown(context, key) && others.some((side) => withinExpr(side).some(hasSign));
}

/** Whether d is a letter of its own beside the dimension. */
function isVariable(context: Context): boolean {
  const draft = find(context, 'd');
  return draft !== undefined && draft.role !== 'dimension' && !draft.implicit;
}

/** The H of `dH`. */
function signed(expr: Expr): string | null {
  const [sign, of, ...more] = expr.kind === 'apply' && expr.op === 'mul' ? expr.args : [];
  return sign !== undefined && of !== undefined && more.length === 0 && isSign(sign) ? symbolKey(of) : null;
}

function hasSign(expr: Expr): boolean {
  if (expr.kind === 'call') return isSign(expr.head);
  return expr.kind === 'apply' && expr.op === 'mul' && expr.args.slice(0, -1).some(isSign);
}

function isSign(expr: Expr): boolean {
  return expr.kind === 'name' && expr.name === 'd';
}
