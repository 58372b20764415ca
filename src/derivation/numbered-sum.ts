import type { BinderExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { exprAt, type Index, indexAbove } from './at-index.ts';
import { type Context, find, isKnown } from './context.ts';

/** Longer sums are not written out. */
export const MOST_TERMS = 48;

/**
 * The terms of `\sum_{k=0}^{2} u_k^\top R u_k`, where a text has `u_0`, `u_1` and `u_2` as letters of their own and no family u; null
 * where a sum is about anything else.
 */
export function numberedTerms(context: Context, { binder, names, from, to, comparison, among, body }: BinderExpr): readonly Expr[] | null {
  const [letter, ...more] = names;
  if (
    binder !== 'sum' ||
    letter === undefined ||
    more.length > 0 ||
    comparison !== null ||
    among !== undefined ||
    from?.kind !== 'number' ||
    to?.kind !== 'number'
  )
    return null;
  const [first, count] = [from.value, to.value - from.value + 1];
  if (!Number.isInteger(first) || !Number.isInteger(count) || count < 1 || count > MOST_TERMS) return null;
  const terms = Array.from({ length: count }, (_, at) => exprAt(body, letter.name, first + at));
  return isOfMembers(context, body, letter.name) && terms.every((term) => membersIn(term).every((key) => isKnown(context, key)))
    ? terms
    : null;
}

/** Whether all that has the letter below it is no family of its own. */
function isOfMembers(context: Context, body: Expr, letter: string): boolean {
  const below = subscripted(body).filter(({ items }) => items.some((item) => mentions(item, letter)));
  const isOfLayers = withinExpr(body).some((one) => layerOf(one)?.letter === letter);
  return (
    (below.length > 0 || isOfLayers) &&
    below.every(({ base }) => base !== null && (!isKnown(context, base) || find(context, base)?.family !== null))
  );
}

function mentions(expr: Expr, letter: string): boolean {
  return withinExpr(expr).some((one) => one.kind === 'name' && one.name === letter);
}

function subscripted(expr: Expr): readonly { readonly base: string | null; readonly items: readonly Expr[] }[] {
  return withinExpr(expr).flatMap((one) =>
    one.kind === 'postfix' && one.mark.kind === 'sub' ? [{ base: symbolKey(one.base), items: one.mark.items }] : [],
  );
}

/** The index above, in brackets. */
function layerOf(expr: Expr): Index | null {
  return expr.kind === 'postfix' && expr.mark.kind === 'label' && expr.mark.above ? indexAbove(expr.mark.text) : null;
}

/** The keys of what has a number below it, or above in brackets. */
function membersIn(expr: Expr): readonly string[] {
  const hasNumber = (one: Expr) =>
    one.kind === 'postfix' && one.mark.kind === 'sub' && one.mark.items.every(({ kind }) => kind === 'number');
  const isMember = (one: Expr) => hasNumber(one) || layerOf(one)?.letter === null;
  return withinExpr(expr)
    .filter(isMember)
    .map((one) => symbolKey(one) ?? '');
}
