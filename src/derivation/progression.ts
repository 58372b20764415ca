import { cover, type Span } from '../base/span.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import { namesIn } from '../shape/dimension.ts';
import { dimensionOf, isDimension } from '../shape/read-dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { BinderExpr, Expr, Mark, NameExpr } from '../syntax/ast.ts';
import { partsOf, withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { bindIndex, type Context } from './context.ts';
import { roughShape } from './rough-shape.ts';
import type { Draft } from './scope.ts';
import type { Signed } from './sum-reach.ts';

/** What dots stand for: `x_1 + \dots + x_n` is `\sum_{i=1}^{n} x_i`, a column of `x_1`, `\vdots`, `x_n` the column of all `x_i`. */
interface Progression {
  readonly letter: NameExpr;
  readonly from: Expr;
  readonly to: Expr;
  readonly body: Expr;
}

/** The terms of a sum, with `T_1 + T_2 + \dots + T_n` as one of them. */
export function withoutDots(context: Context, terms: readonly Signed[]): readonly Signed[] {
  const at = terms.findIndex(({ expr }) => isDots(context, expr));
  const last = terms[at + 1];
  if (at < 1 || last === undefined) return terms;
  const found = longest(
    context,
    terms.slice(0, at).map(({ expr }) => expr),
    last.expr,
  );
  if (found === null) return terms;
  const run = terms.slice(at - found.count, at + 2);
  const first = run[0] as Signed;
  // The first term of all has no sign of its own.
  const { op } = last;
  if (run.some((one, k) => one.op !== op && !(k === 0 && at === found.count && op === 'add'))) return terms;
  const expr = binderOf(found.progression, 'sum', first.expr, last.expr);
  return [...terms.slice(0, at - found.count), { op: first.op, expr, span: last.span }, ...terms.slice(at + 2)];
}

/** The factors of a product of numbers, with `x_1 x_2 \cdots x_n` as one of them. */
export function factorsWithoutDots(context: Context, factors: readonly Expr[], isNumber: (expr: Expr) => boolean): readonly Expr[] {
  const at = factors.findIndex((factor) => isDots(context, factor));
  const last = factors[at + 1];
  if (at < 1 || last === undefined || !isNumber(last)) return factors;
  const found = longest(context, factors.slice(0, at), last);
  if (found === null) return factors;
  const first = factors[at - found.count] as Expr;
  return [...factors.slice(0, at - found.count), binderOf(found.progression, 'product', first, last), ...factors.slice(at + 2)];
}

function binderOf({ letter, from, to, body }: Progression, binder: 'sum' | 'product', first: Expr, last: Expr): BinderExpr {
  return { kind: 'binder', binder, names: [letter], from, to, comparison: null, body, span: cover(first.span, last.span) };
}

/**
 * A column, a row or a matrix with dots in it, as the stack of all its entries; null where the dots do not tell which. A list in round brackets
 * is the column that its transpose is.
 */
export function stackOf(context: Context, { rows, span }: Expr & { kind: 'matrix' }, elaborate: Elaborate): Term | null {
  if (!rows.flat().some((cell) => isDots(context, cell))) return null;
  const lines = rows.map((row) => alongRow(context, row));
  const written = lines.filter((line): line is Line => line !== null && line !== 'dots');
  const [first, last] = [written[0], written.at(-1)];
  if (first === undefined || last === undefined || lines.includes(null)) return null;
  if (rows.length === 1) return first.across === null ? null : stack(context, [first.across], first.across.body, span, elaborate);
  if (lines.indexOf('dots') !== lines.length - 2 || lines.length !== written.length + 1) return null;
  const down = longest(
    context,
    written.slice(0, -1).map(({ body }) => body),
    last.body,
  );
  if (down?.count !== written.length - 1) return null;
  return stack(context, [down.progression, ...(first.across === null ? [] : [first.across])], down.progression.body, span, elaborate);
}

type Elaborate = (context: Context, expr: Expr) => Term;

/** One row: an entry, or the entry of any column where dots stand between the first and the last. */
interface Line {
  readonly body: Expr;
  readonly across: Progression | null;
}

function alongRow(context: Context, row: readonly Expr[]): Line | 'dots' | null {
  const [only, ...more] = row;
  const at = row.length - 2;
  if (row.every((cell) => isDots(context, cell))) return 'dots';
  if (only !== undefined && more.length === 0) return { body: only, across: null };
  if (at < 1 || !isDots(context, row[at] as Expr)) return null;
  const found = longest(context, row.slice(0, at), row[at + 1] as Expr, COLUMN_LETTERS);
  return found?.count === at ? { body: found.progression.body, across: found.progression } : null;
}

function stack(context: Context, progressions: readonly Progression[], body: Expr, span: Span, elaborate: Elaborate): Term | null {
  let inner = context;
  const indices: SymbolId[] = [];
  for (const { letter, from, to } of progressions) {
    const index = bindIndex(inner, letter.name, letter.span);
    const [first, last] = [dimensionOf(from), dimensionOf(to)];
    if (!isDimension(first) || !isDimension(last)) return null;
    Object.assign(context.scope.drafts.get(index.id) as Draft, { range: { from: first, to: last } });
    inner = index.context;
    indices.push(index.id);
  }
  const entry = elaborate({ ...inner, problems: [], notes: [] }, body);
  if (!isNumber(context, entry)) return null;
  return { kind: 'binder', binder: 'stack', indices, from: null, to: null, comparison: null, body: elaborate(inner, body), span };
}

/** Rows and columns that are listed are no entries. */
function isNumber({ scope }: Context, entry: Term): boolean {
  const shape = roughShape(scope, entry);
  return shape === null ? entry.kind === 'derivative' : isScalar(shape);
}

function isDots({ text }: Context, expr: Expr): boolean {
  return (
    expr.kind === 'hole' &&
    expr.parts.length === 0 &&
    /^(?:\\[cldv]?dots[a-z]?|…|⋯|⋮|\.\.\.)$/.test(text.slice(expr.span.start, expr.span.end))
  );
}

/** The longest run of terms before the dots that goes on to the last one, and how long it is. */
function longest(
  context: Context,
  before: readonly Expr[],
  last: Expr,
  letters: readonly string[] = LETTERS,
): { readonly progression: Progression; readonly count: number } | null {
  for (let count = Math.min(before.length, MOST_WRITTEN); count > 0; count--) {
    const run = before.slice(before.length - count);
    const progression = progressionOf(context, run[0] as Expr, last, letters);
    if (progression === null || !run.every((one, k) => k === 0 || isTerm(progression, one, k))) continue;
    // `x_1 + x_3 + \dots` goes on in another way.
    const another = before[before.length - count - 1];
    return another !== undefined && isLikeTerm(progression, another) ? null : { progression, count };
  }
  return null;
}

/** Nobody writes out more. */
const MOST_WRITTEN = 5;
const LETTERS = ['i', 'k', 'l', 'r', 's'];
const COLUMN_LETTERS = ['j', 'q', 't', 'u', 'v'];

/** What the first and the last term have in common, where they differ in one number, and in what stands for it in the last. */
function progressionOf(context: Context, first: Expr, last: Expr, letters: readonly string[]): Progression | null {
  const taken = new Set([...withinExpr(first), ...withinExpr(last)].flatMap((one) => (one.kind === 'name' ? [one.name] : [])));
  const name = letters.find((letter) => !taken.has(letter));
  if (name === undefined) return null;
  const letter: NameExpr = { kind: 'name', name, span: first.span };
  const found: { from: Expr | null; to: Expr | null } = { from: null, to: null };
  const body = common(first, last, (one, other) => {
    if (one.kind !== 'number' || !Number.isInteger(one.value)) return null;
    if (found.from !== null && found.to !== null && !(isSame(found.from, one) && isSame(found.to, other))) return null;
    Object.assign(found, { from: one, to: other });
    return { ...letter, span: one.span };
  });
  const { from, to } = found;
  return body !== null && from !== null && to !== null && isKnownSize(context, to) ? { letter, from, to, body } : null;
}

function isLikeTerm({ letter, body }: Progression, written: Expr): boolean {
  return (
    common(body, written, (one, other) => (one.kind === 'name' && one.name === letter.name && other.kind === 'number' ? other : null)) !==
    null
  );
}

/** The term at a place of the progression is the one that is written there. */
function isTerm({ letter, from, body }: Progression, written: Expr, place: number): boolean {
  const value = (from as Expr & { kind: 'number' }).value + place;
  return (
    common(body, written, (one, other) =>
      one.kind === 'name' && one.name === letter.name && other.kind === 'number' && other.value === value ? other : null,
    ) !== null
  );
}

function isKnownSize({ scope }: Context, to: Expr): boolean {
  const dim = dimensionOf(to);
  return isDimension(dim) && namesIn(dim).every((name) => scope.dimensions.has(name));
}

function isSame(one: Expr, other: Expr): boolean {
  return common(one, other, () => null) !== null;
}

/** The first of two expressions with something else where they differ; null where nothing can stand there. */
function common(one: Expr, other: Expr, differing: (one: Expr, other: Expr) => Expr | null): Expr | null {
  const parts = partsOf(other);
  if (headOf(one) !== headOf(other) || partsOf(one).length !== parts.length) return differing(one, other);
  if (one.kind === 'binder' || one.kind === 'hole') return null;
  let at = 0;
  let isCommon = true;
  const changed = mapParts(one, (part) => {
    const found = common(part, parts[at++] as Expr, differing);
    isCommon &&= found !== null;
    return found ?? part;
  });
  return isCommon ? changed : null;
}

/** What an expression is, its parts apart. */
function headOf(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return `${expr.value}`;
    case 'name':
      return expr.name;
    case 'apply':
      return `apply ${expr.op}`;
    case 'call':
      return `call ${expr.bracket}`;
    case 'postfix':
      return `postfix ${markOf(expr.mark)}`;
    case 'derivative':
      return `derivative ${expr.form} ${expr.order}`;
    default:
      return expr.kind;
  }
}

function markOf(mark: Mark): string {
  if (mark.kind === 'label') return `label ${mark.text} ${mark.above}`;
  return mark.kind === 'power' ? `power ${mark.entrywise}` : mark.kind;
}
