import type { Span } from '../base/span.ts';
import type { Expr, Mark, PostfixExpr, Statement } from '../syntax/ast.ts';
import { countingLetters } from '../syntax/counting-letters.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Item } from '../syntax/document.ts';
import { exprsOf, mapParts, mapStatement } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';

/**
 * `x^{(i)}` is the i-th example where a text sums over i, and is read as `x_i` is. A letter that also stands above as
 * `(l - 1)` or `(l + 1)` tells layers or steps apart, which have names of their own.
 */
export function readNumbersAbove(items: readonly Item[], text: string): readonly Item[] {
  if (!/\^\s*\{?\s*[([]\s*\p{Ll}\s*[)\]]/u.test(text)) return items;
  const exprs = items.flatMap((item) => (item.kind === 'statement' ? exprsOf(item.statement).flatMap((expr) => withinExpr(expr)) : []));
  const letters = summedLetters(exprs);
  if (letters.size === 0) return items;
  const keys = new Set(exprs.flatMap((expr) => numberedKey(expr, letters) ?? []));
  return items.map((item) => (item.kind === 'statement' ? { ...item, statement: below(item.statement, letters, keys) } : item));
}

/** What stands above in brackets: the i of `^{(i)}`, the l - 1 of `^{(l-1)}`. */
function aboveIn({ mark }: PostfixExpr): string | null {
  return mark.kind === 'label' && mark.above ? (/^[([](.+)[)\]]$/u.exec(mark.text)?.[1] ?? null) : null;
}

/** The letters that a sum runs over and that stand above something in it. */
function summedLetters(exprs: readonly Expr[]): ReadonlySet<string> {
  const steps = new Set(
    exprs.flatMap((expr) => (expr.kind === 'postfix' ? (/^(\p{Ll})\s*[+-]/u.exec(aboveIn(expr) ?? '')?.[1] ?? []) : [])),
  );
  const summed = exprs.flatMap((expr) => {
    if (expr.kind !== 'binder' || (expr.binder !== 'sum' && expr.binder !== 'product')) return [];
    const above = new Set(withinExpr(expr.body).flatMap((one) => (one.kind === 'postfix' ? (aboveIn(one) ?? []) : [])));
    return countingLetters(expr).flatMap(({ name }) => (above.has(name) && !steps.has(name) ? [name] : []));
  });
  return new Set(summed);
}

/** The key under the number, where one of the letters is the number. */
function numberedKey(expr: Expr, letters: ReadonlySet<string>): string | null {
  return expr.kind === 'postfix' && letters.has(aboveIn(expr) ?? '') ? symbolKey(lettered(expr)) : null;
}

/** Of `x_j^{(i)}` the x, whose j-th entry it is. */
function lettered({ base }: PostfixExpr): Expr {
  return base.kind === 'postfix' && base.mark.kind === 'sub' ? base.base : base;
}

function below(statement: Statement, letters: ReadonlySet<string>, keys: ReadonlySet<string>): Statement {
  const change = (expr: Expr): Expr => {
    const inner = entryOfNumbered(mapParts(expr, change));
    const above = inner.kind === 'postfix' ? aboveIn(inner) : null;
    if (inner.kind !== 'postfix' || above === null || !keys.has(symbolKey(lettered(inner)) ?? '')) return inner;
    const number = letters.has(above) || /^(?:\d+|\p{L})$/u.test(above) ? numberOf(above, inner.mark) : null;
    return number === null ? inner : numberedBelow(inner, number);
  };
  return mapStatement(statement, change);
}

/** `x^{(i)}_j`, where what stands before the j has become `x^{()}_i`. */
function entryOfNumbered(expr: Expr): Expr {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub' || expr.base.kind !== 'postfix') return expr;
  const { base, mark } = expr.base;
  const isNumbered = mark.kind === 'sub' && base.kind === 'postfix' && base.mark.kind === 'label' && base.mark.text === ALL_NUMBERED;
  return isNumbered ? numbered(base, [...mark.items, ...expr.mark.items], mark.span, expr.span) : expr;
}

/** What stands above the letter of all that are numbered. */
export const ALL_NUMBERED = '()';

function numberOf(above: string, { span }: Mark): Expr {
  return /^\d+$/.test(above) ? { kind: 'number', value: Number(above), span } : { kind: 'name', name: above, span };
}

/** `x^{(i)}` as the i-th of all `x^{()}`, and `x_j^{(i)}` as its entry. */
function numberedBelow(expr: PostfixExpr, number: Expr): Expr {
  const { base, mark, span } = expr;
  const letter = lettered(expr);
  const all: Expr = {
    kind: 'postfix',
    base: letter,
    mark: { kind: 'label', text: ALL_NUMBERED, above: true, span: mark.span },
    span: letter.span,
  };
  return numbered(all, [number, ...entriesOf(base === letter ? null : base)], mark.span, span);
}

function numbered(base: Expr, items: readonly Expr[], at: Span, span: Span): PostfixExpr {
  return { kind: 'postfix', base, mark: { kind: 'sub', items, span: at }, span };
}

function entriesOf(expr: Expr | null): readonly Expr[] {
  return expr?.kind === 'postfix' && expr.mark.kind === 'sub' ? expr.mark.items : [];
}
