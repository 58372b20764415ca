import type { CallExpr, Expr } from './ast.ts';
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
