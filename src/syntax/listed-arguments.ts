import type { CallExpr, EquationStatement, Expr, OpenStatement } from './ast.ts';
import { symbolKey } from './symbol-key.ts';

/** The letters that a function is of: in `L(y_1, \dots, y_m)` it is the y of which all entries are listed. Null where anything else stands there. */
export function letteredArguments({ args }: CallExpr): readonly Expr[] | null {
  const [first, dots, last] = args;
  if (args.length === 3 && dots?.kind === 'hole' && dots.parts.length === 0) {
    const [from, to] = [baseOf(first), baseOf(last)];
    return from !== null && to !== null && symbolKey(from) === symbolKey(to) ? [from] : null;
  }
  return args.every((arg) => symbolKey(arg) !== null) ? args : null;
}

function baseOf(expr: Expr | undefined): Expr | null {
  return expr?.kind === 'postfix' && expr.mark.kind === 'sub' && symbolKey(expr.base) !== null ? expr.base : null;
}

/** Letters that stand for a number that is made of everything else. */
const LOSSES: ReadonlySet<string> = new Set(['L', 'J', 'E', 'C', 'ℓ', 'cal:L', 'cal:J', 'cal:E', 'cal:C']);

/** `L = L(y)`, `L = L(y_1, \dots, y_m)`: some number that depends on y, of which no more is said; null where an equation says anything else. */
export function functionOf({ sides: [name, call, ...more], relations, span }: EquationStatement): OpenStatement | null {
  if (name?.kind !== 'name' || !LOSSES.has(name.name) || call?.kind !== 'call' || more.length > 0 || relations[0] !== '=') return null;
  const args = call.bracket === '(' && symbolKey(call.head) === name.name ? letteredArguments(call) : null;
  return args === null ? null : { kind: 'open', name, args, shape: { dims: [], span: name.span }, span };
}
