import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { PlacedEquation } from './collected.ts';

/**
 * Small letters that a text multiplies by somewhere without brackets, as in `\frac{k}{2} \|x - y\|^2`, and nowhere applies to anything but a sum: in
 * `k (x - y)` such a letter is a factor and no unknown function.
 */
export function factorsBeforeBrackets(equations: readonly PlacedEquation[]): ReadonlySet<string> {
  const all = equations.flatMap(({ statement: { sides } }) => sides.flatMap((side) => withinExpr(side)));
  const applied = new Set(all.flatMap(appliedIn));
  return new Set(all.flatMap(factorsIn).filter((name) => !applied.has(name)));
}

/** The letters that an expression multiplies by or divides by. */
function factorsIn(expr: Expr): readonly string[] {
  if (expr.kind !== 'apply' || (expr.op !== 'mul' && expr.op !== 'div')) return [];
  return expr.args.flatMap((arg) => (arg.kind === 'name' && /^\p{Ll}$/u.test(arg.name) ? [arg.name] : []));
}

/** The f of `f(x)` and of `f(x, y)`, and with a prime. */
function appliedIn(expr: Expr): readonly string[] {
  if (expr.kind !== 'call' || (expr.args.length === 1 && isSum(expr.args[0] as Expr))) return [];
  const head = expr.head.kind === 'postfix' ? expr.head.base : expr.head;
  return head.kind === 'name' ? [head.name] : [];
}

export function isSum(expr: Expr): boolean {
  return expr.kind === 'apply' && (expr.op === 'add' || expr.op === 'sub');
}
