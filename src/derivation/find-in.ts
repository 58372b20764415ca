import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';

export function mentions(expr: Expr, key: string): boolean {
  return someIn(expr, (one) => symbolKey(one) === key);
}

export function someIn(expr: Expr, holds: (one: Expr) => boolean): boolean {
  return findIn(expr, holds) !== undefined;
}

export function findIn(expr: Expr, holds: (one: Expr) => boolean): Expr | undefined {
  for (const one of withinExpr(expr)) if (holds(one)) return one;
  return undefined;
}
