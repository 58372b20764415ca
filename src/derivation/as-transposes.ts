import type { Expr, PostfixExpr } from '../syntax/ast.ts';
import type { Item } from '../syntax/document.ts';
import { mapParts, mapStatement } from '../syntax/map-expr.ts';

/** Statements in which some marks, a small t or an asterisk above, are the transposes that the text means by them. */
export function asTransposes(items: readonly Item[], isMeant: (expr: Expr) => expr is PostfixExpr): readonly Item[] {
  const change = (expr: Expr): Expr => {
    const inner = mapParts(expr, change);
    return isMeant(inner) ? { ...inner, mark: { kind: 'transpose', span: inner.mark.span } } : inner;
  };
  return items.map((item) => (item.kind === 'statement' ? { ...item, statement: mapStatement(item.statement, change) } : item));
}
