import type { Expr, PostfixExpr, ShapeExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item } from '../syntax/document.ts';
import { exprsOf } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { asTransposes } from './as-transposes.ts';

/** Uses of `^t` from which on it is taken for a habit of the text. */
const FEWEST = 2;

/**
 * `U V^t` is a product with a transpose in a text whose t stands nowhere else than above letters, rows and brackets, none of them a
 * number, an `e` or a small Greek letter, whose t-th power is meant; what is declared a column or a matrix has no such power.
 */
export function readSmallTransposes(items: readonly Item[], text: string): readonly Item[] {
  if (!/\^\s*\{?\s*t\b/u.test(text)) return items;
  const exprs = items.flatMap((item) => (item.kind === 'statement' ? exprsOf(item.statement).flatMap((expr) => withinExpr(expr)) : []));
  const below = exprs.filter(isUnderT);
  const wide = declaredWide(items);
  const isSure = ({ base }: PostfixExpr) => wide.has(symbolKey(base) ?? '');
  const mentioned = exprs.filter((expr) => expr.kind === 'name' && expr.name === 't').length;
  if (mentioned > below.length || below.some((one) => !isSure(one) && hasPowers(one.base))) return items;
  return below.length < FEWEST && !below.some(isSure) ? items : asTransposes(items, isUnderT);
}

/** Letters that are declared columns, rows or matrices, which have no t-th power. */
function declaredWide(items: readonly Item[]): ReadonlySet<string> {
  const isOne = (dim: ShapeExpr['dims'][number]) => dim.kind === 'number' && dim.value === 1;
  return new Set(
    items.flatMap((item) => {
      const said = item.kind === 'statement' && item.statement.kind === 'declaration' ? item.statement : null;
      return said?.shape == null || said.shape.dims.every(isOne) ? [] : said.names.flatMap((name) => symbolKey(name) ?? []);
    }),
  );
}

function isUnderT(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && expr.mark.kind === 'power' && expr.mark.exponent.kind === 'name' && expr.mark.exponent.name === 't';
}

/** `2^t`, `e^t`, `γ^t`, `γ_k^t`; the `1_n` of `1_n^t` are ones. */
function hasPowers(base: Expr): boolean {
  if (base.kind === 'postfix') return base.base.kind !== 'number' && hasPowers(base.base);
  return base.kind === 'number' || (base.kind === 'name' && /^(?:e|rm:e|[α-ω])$/u.test(base.name));
}
