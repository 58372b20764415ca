import { cover, type Span } from '../base/span.ts';
import type { ApplyExpr, BinderExpr, Expr } from '../syntax/ast.ts';
import { countingLetters } from '../syntax/counting-letters.ts';
import { partsOf } from '../syntax/depth.ts';
import type { Context } from './context.ts';

/** A term with the sign before it, and where the sum ends with it. */
export interface Signed {
  readonly op: 'add' | 'sub';
  readonly expr: Expr;
  readonly span: Span;
}

/**
 * `\sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)`: a sum reaches to the next `+` or `-`, and further over terms in which its
 * index stands and would mean nothing outside.
 */
export function termsReached(context: Context, expr: ApplyExpr): readonly Signed[] {
  const terms = termsOf(expr);
  const at = terms.findIndex(({ expr: term }, k) => k < terms.length - 1 && lastSum(term) !== null);
  const sum = at < 0 ? null : lastSum((terms[at] as Signed).expr);
  if (sum === null) return terms;
  const letters = countingLetters(sum).flatMap(({ name }) => (context.bound.has(name) ? [] : [name]));
  const last = terms.findLastIndex(({ expr: term }, k) => k > at && letters.some((letter) => standsIn(term, letter)));
  if (last < 0) return terms;
  const taken = terms.slice(at + 1, last + 1).reduce(joined, sum.body);
  const widened: Signed = { ...(terms[at] as Signed), expr: withLastSum((terms[at] as Signed).expr, { ...sum, body: taken }) };
  return [...terms.slice(0, at), { ...widened, span: (terms[last] as Signed).span }, ...terms.slice(last + 1)];
}

function joined(left: Expr, { op, expr }: Signed): Expr {
  return { kind: 'apply', op, args: [left, expr], span: cover(left.span, expr.span) };
}

/** The terms of a sum that is written without brackets, from the left. */
function termsOf(expr: Expr): readonly Signed[] {
  const terms: Signed[] = [];
  let left = expr;
  while (left.kind === 'apply' && (left.op === 'add' || left.op === 'sub')) {
    terms.push({ op: left.op, expr: left.args[1] as Expr, span: left.span });
    left = left.args[0] as Expr;
  }
  return [...terms, { op: 'add' as const, expr: left, span: left.span }].reverse();
}

/** The sum that a term ends in, as in `-\frac1m \sum_i …`. */
function lastSum(term: Expr): BinderExpr | null {
  if (term.kind === 'binder') return term.binder === 'sum' ? (lastSum(term.body) ?? term) : null;
  return term.kind === 'apply' && (term.op === 'neg' || term.op === 'mul') ? lastSum(term.args.at(-1) as Expr) : null;
}

function withLastSum(term: Expr, sum: BinderExpr): Expr {
  const span = cover(term.span, sum.body.span);
  if (term.kind === 'binder') return lastSum(term.body) === null ? { ...sum, span } : { ...term, body: withLastSum(term.body, sum), span };
  const { args } = term as ApplyExpr;
  return { ...(term as ApplyExpr), args: [...args.slice(0, -1), withLastSum(args.at(-1) as Expr, sum)], span };
}

/** Whether a letter stands below something, and no sum inside binds it. */
function standsIn(expr: Expr, letter: string): boolean {
  if (expr.kind === 'binder' && countingLetters(expr).some(({ name }) => name === letter)) return false;
  const isBelow =
    expr.kind === 'postfix' &&
    expr.mark.kind === 'sub' &&
    expr.mark.items.some((item) => item.kind === 'name' && item.name.includes(letter));
  return isBelow || partsOf(expr).some((part) => standsIn(part, letter));
}
