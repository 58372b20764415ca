import type { Expr, PostfixExpr, Statement } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item } from '../syntax/document.ts';
import { exprsOf, mapParts, mapStatement } from '../syntax/map-expr.ts';

/** Uses of `^t` from which on it is taken for a habit of the text. */
const FEWEST = 2;

/**
 * `U V^t` is a product with a transpose in a text whose t stands nowhere else than above letters, rows and brackets, none of them a
 * number, an `e` or a small Greek letter, whose t-th power is meant.
 */
export function readSmallTransposes(items: readonly Item[], text: string): readonly Item[] {
  if (!/\^\s*\{?\s*t\b/u.test(text)) return items;
  const exprs = items.flatMap((item) => (item.kind === 'statement' ? exprsOf(item.statement).flatMap((expr) => withinExpr(expr)) : []));
  const below = exprs.filter(isUnderT);
  const mentioned = exprs.filter((expr) => expr.kind === 'name' && expr.name === 't').length;
  if (below.length < FEWEST || mentioned > below.length || below.some(({ base }) => hasPowers(base))) return items;
  return items.map((item) => (item.kind === 'statement' ? { ...item, statement: withTransposes(item.statement) } : item));
}

function isUnderT(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && expr.mark.kind === 'power' && expr.mark.exponent.kind === 'name' && expr.mark.exponent.name === 't';
}

/** `2^t`, `e^t`, `γ^t`, `γ_k^t`; the `1_n` of `1_n^t` are ones. */
function hasPowers(base: Expr): boolean {
  if (base.kind === 'postfix') return base.base.kind !== 'number' && hasPowers(base.base);
  return base.kind === 'number' || (base.kind === 'name' && /^(?:e|rm:e|[α-ω])$/u.test(base.name));
}

function withTransposes(statement: Statement): Statement {
  const change = (expr: Expr): Expr => {
    const inner = mapParts(expr, change);
    return isUnderT(inner) ? { ...inner, mark: { kind: 'transpose', span: inner.mark.span } } : inner;
  };
  return mapStatement(statement, change);
}
