import { constantOf, minus, ONE } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import type { Expr } from '../syntax/ast.ts';
import { type Context, draftNamed, symbolTerm } from './context.ts';
import { roughShape } from './rough-shape.ts';

/** Whether `n` or `n-1` stands below a column of length n: a place in it, and neither the name of another vector nor a letter that counts. */
export function isPlaceFromEnd(context: Context, base: Expr, items: readonly Expr[]): boolean {
  const draft = draftNamed(context, base);
  const [item] = items;
  if (draft === undefined || draft.family !== null || item === undefined || items.length > 1) return false;
  const shape = roughShape(context.scope, symbolTerm(draft.id, draft.span));
  const place = dimensionOf(item);
  if (shape?.cols.key !== ONE.key || !isDimension(place)) return false;
  const left = constantOf(minus(shape.rows, place));
  return left !== undefined && left >= 0;
}
