import type { Expr, Mark } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { functionNamed } from '../syntax/notation.ts';
import type { PlacedEquation } from './collected.ts';

/**
 * Small letters that a text multiplies by somewhere without brackets, as in `\frac{k}{2} \|x - y\|^2`, capitals that it transposes, and nowhere applies to anything but what stands
 * in brackets for its own sake: in
 * `k (x - y)` such a letter is a factor and no unknown function.
 */
export function factorsBeforeBrackets(equations: readonly PlacedEquation[]): ReadonlySet<string> {
  const all = equations.flatMap(({ statement: { sides } }) => sides.flatMap((side) => withinExpr(side)));
  const applied = new Set(all.flatMap(appliedIn));
  return new Set(all.flatMap(factorsIn).filter((name) => !applied.has(name)));
}

/** The letters that an expression multiplies by or divides by, and capitals that it transposes, which nobody does with a function. */
function factorsIn(expr: Expr): readonly string[] {
  if (expr.kind === 'postfix' && expr.mark.kind === 'transpose')
    return expr.base.kind === 'name' && CAPITAL.test(expr.base.name) ? [expr.base.name] : [];
  if (expr.kind !== 'apply' || (expr.op !== 'mul' && expr.op !== 'div')) return [];
  return expr.args.flatMap((arg) => (arg.kind === 'name' && /^\p{Ll}$/u.test(arg.name) ? [arg.name] : []));
}

const CAPITAL = /^(?:bold:)?\p{Lu}$/u;

/** The f of `f(x)` and of `f(x, y)`, and with a prime. */
function appliedIn(expr: Expr): readonly string[] {
  if (expr.kind !== 'call' || (expr.args.length === 1 && isOfBrackets(expr.args[0] as Expr))) return [];
  const head = expr.head.kind === 'postfix' ? expr.head.base : expr.head;
  return head.kind === 'name' ? [head.name] : [];
}

/** What a factor before it has to keep out of by brackets, and nobody applies a letter to: a sum, the inverse in `\mu (F^{-1})_{ij}`, `\lambda (\log J)`. */
export function isOfBrackets(expr: Expr): boolean {
  if (expr.kind === 'postfix') return MARKS.has(expr.mark.kind);
  if (expr.kind === 'call') return expr.head.kind === 'name' && functionNamed(expr.head.name) !== undefined;
  return isSum(expr);
}

export function isSum(expr: Expr): boolean {
  return expr.kind === 'apply' && (expr.op === 'add' || expr.op === 'sub');
}

const MARKS: ReadonlySet<Mark['kind']> = new Set(['inverse', 'inverseTranspose', 'transpose']);
