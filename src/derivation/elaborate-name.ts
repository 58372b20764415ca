import { cover, type Span } from '../base/span.ts';
import type { Selector, Term } from '../ops/term.ts';
import { equal } from '../shape/dimension.ts';
import type { CallExpr, Expr, Mark, NameExpr, PostfixExpr } from '../syntax/ast.ts';
import type { OpName } from '../syntax/notation.ts';
import { baseKey, labelledKey, plusKey, symbolKey } from '../syntax/symbol-key.ts';
import { COMMUTATION } from './commutation.ts';
import { type Context, draftNamed, find, indexNamed, isKnown, matrixOfEntries, symbolFor, symbolTerm } from './context.ts';
import { isDifferentialName } from './definable.ts';
import { elaborate, elaborateFactors, isList, product } from './elaborate.ts';
import { callHead } from './elaborate-call.ts';
import { elaborateLetterOperator } from './elaborate-derivative.ts';
import { isPlaceFromEnd } from './last-entry.ts';
import { formOf } from './layout-shapes.ts';
import { partOf } from './link-stacks.ts';
import { declareMember } from './member-shape.ts';
import { stackOf } from './progression.ts';
import { rateIn } from './rates.ts';
import { type Draft, familyKey, hasEntriesOfMember, isVector, makeKnown } from './scope.ts';

/** Constants that a letter stands for while nobody declares or defines it. */
const CONSTANTS: ReadonlyMap<string, OpName> = new Map([
  ['I', 'identity'],
  ['bold:I', 'identity'],
  ['bb:I', 'identity'],
  ['rm:I', 'identity'],
  ['bold:1', 'ones'],
  ['bb:1', 'ones'],
  ['vec:1', 'ones'],
  ['bold:0', 'zeros'],
  ['vec:0', 'zeros'],
  ['eye', 'identity'],
  ['ones', 'ones'],
  ['zeros', 'zeros'],
  ['π', 'pi'],
  ['e', 'euler'],
  ['rm:e', 'euler'],
  ['∞', 'infinity'],
  ['inf', 'infinity'],
]);

/** Whether a letter that nobody declares or defines stands for a constant. */
export function isConstant(name: string): boolean {
  return CONSTANTS.has(name);
}

function constant(op: OpName, args: readonly Term[], span: Span): Term {
  return { kind: 'apply', op, args, span };
}

export function elaborateName(context: Context, { name, span }: NameExpr): Term {
  const bound = context.bound.get(name);
  if (bound !== undefined) return symbolTerm(bound, span);
  if (isKnown(context, name)) return symbolFor(context, name, span);
  const op = name === 'e' && context.callsErrorsE() ? undefined : CONSTANTS.get(name);
  if (op !== undefined) return constant(op, [], span);
  if (isDifferentialName(context.scope, name, context.section, context.item)) {
    const inner = { start: span.start + 1, end: span.end };
    return { kind: 'differential', of: symbolFor(context, name.slice(1), inner), span };
  }
  return rateOfChange(context, name, span) ?? symbolFor(context, name, span);
}

/**
 * `\dot x` of a column x that is said to depend on one number, `x(t) \in \mathbb R^n`: its derivative by that, upright in every layout.
 * So is `\dot V` of what is defined where that is the only such number.
 */
function rateOfChange(context: Context, name: string, span: Span): Term | null {
  const rate = rateIn(context.scope, name, (key) => find(context, key));
  if (rate === null) return null;
  return {
    kind: 'derivative',
    form: 'jacobian',
    of: symbolTerm(rate.draft.id, span),
    wrt: [{ term: symbolTerm(rate.by.id, span), transposed: false }],
    span,
  };
}

/** An expression with a mark, as factors: the mark on `a (b + c)'` belongs to the brackets. */
export function elaboratePostfix(context: Context, expr: PostfixExpr): readonly Term[] {
  const named = elaborateSymbol(context, expr);
  if (named !== null) return [named];
  const operator = elaborateLetterOperator(context, expr, [], expr.span);
  if (operator !== null) return [operator];
  const { base, mark } = expr;
  if (base.kind === 'call' && !isBracketed(base) && isProduct(context, base)) return markLastFactor(context, base.head, base, mark);
  const gradient = mark.kind === 'transpose' ? gradientBefore(context, base) : null;
  if (gradient !== null) return markLastFactor(context, gradient.operator, gradient.brackets, mark);
  return [elaborateMarked(context, base, mark, expr.span)];
}

/** Of `(v' (m - k))^2` the power is that of the whole, of `v' (m - k)^2` that of the last factor. */
function isBracketed({ span, argsSpan }: Expr & { readonly kind: 'call' }): boolean {
  return span.end > argsSpan.end;
}

/** Whether the brackets are a factor of their own; those of `J_f(x)` are not. */
function isProduct(context: Context, call: CallExpr): boolean {
  const operator = call.head.kind === 'postfix' ? elaborateLetterOperator(context, call.head, call.args, call.span) : null;
  return operator === null && callHead(context, call).kind === 'product';
}

/** A known symbol whose name the marks belong to, as in `W_1`, `z^(2)`. */
function elaborateSymbol(context: Context, expr: PostfixExpr): Term | null {
  const draft = draftNamed(context, expr);
  if (draft === undefined || draft.implicit) return null;
  const selectors = draft.stacked === null || expr.mark.kind !== 'sub' ? null : selectorsOf(context, expr.mark.items);
  return draft.stacked === null || selectors === null
    ? symbolTerm(draft.id, expr.span)
    : partOf(draft.stacked, selectors, expr.base.span, expr.span);
}

/** `∇_h ℓ (A x)^⊤` of a number ℓ that the text defines: its gradient times what stands in the brackets, transposed. */
function gradientBefore(context: Context, base: Expr): { readonly operator: Expr; readonly brackets: CallExpr } | null {
  if (base.kind !== 'derivative' || base.form !== 'gradient' || base.wrt.length === 0 || base.of.kind !== 'call') return null;
  const { head } = base.of;
  if (draftNamed(context, head)?.definedAt == null || isBracketed(base.of) || !isProduct(context, base.of)) return null;
  return { operator: { ...base, of: head, span: { start: base.span.start, end: head.span.end } }, brackets: base.of };
}

function markLastFactor(context: Context, before: Expr, call: CallExpr, mark: Mark): readonly Term[] {
  const [only] = call.args;
  const group: Expr =
    only !== undefined && call.args.length === 1
      ? { ...only, span: call.argsSpan }
      : { kind: 'hole', parts: call.args, span: call.argsSpan };
  return [...elaborateFactors(context, before), elaborateMarked(context, group, mark, cover(group.span, mark.span))];
}

function elaborateMarked(context: Context, base: Expr, mark: Mark, span: Span): Term {
  const inner = () => elaborate(context, base);
  switch (mark.kind) {
    case 'transpose':
      return listAsColumn(context, base, span) ?? constant('transpose', [inner()], span);
    case 'prime':
      return primedName(context, base, mark, span) ?? transposed(inner(), mark.count, span);
    case 'inverse':
      return elaborateInverse(context, base, mark, span);
    case 'inverseTranspose':
      return constant('transpose', [constant('inverse', [inner()], span)], span);
    case 'pseudoInverse':
      return nextValue(context, { kind: 'postfix', base, mark, span }) ?? constant('pinv', [inner()], span);
    case 'power':
      return elaboratePower(context, base, mark, span);
    case 'sub':
      return elaborateSub(context, base, mark, span);
    case 'label':
      return elaborateLabel(context, base, mark, span);
  }
}

/** `(x_1, \dots, x_n)^\top` is a column. */
function listAsColumn(context: Context, base: Expr, span: Span): Term | null {
  const column = base.kind === 'matrix' && isList(context, base) ? stackOf(context, base, elaborate) : null;
  return column === null ? null : { ...column, span };
}

/** `p^{-1}` of a vector is a power of its entries, if it is anything. */
function elaborateInverse(context: Context, base: Expr, mark: Mark, span: Span): Term {
  if (isFunctionNamed(context, base)) return { kind: 'hole', parts: [], span };
  const draft = draftNamed(context, base);
  const inner = elaborate(context, base);
  return draft !== undefined && isVector(draft)
    ? constant('pow', [inner, { kind: 'number', value: -1, span: mark.span }], span)
    : constant('inverse', [inner], span);
}

/** `f^{-1}` of a function is another function, of which nothing is known. */
function isFunctionNamed(context: Context, base: Expr): boolean {
  return draftNamed(context, base)?.role === 'function';
}

/** In Markdown and LaTeX a prime on a letter that nobody declared, or on a number, is part of its name, `s'`, unless primes turn what the text declares. */
function primedName(context: Context, base: Expr, mark: Mark, span: Span): Term | null {
  const key = symbolKey({ kind: 'postfix', base, mark, span });
  if (context.origin === 'plain' || key === null || isMember(context, base) || isNumeralVector(context, base)) return null;
  const draft = draftNamed(context, base);
  const isNumber = draft !== undefined && isScalarShape(draft);
  if (!isNumber && !isKnown(context, key) && context.primesTurn()) return null;
  return draft === undefined || draft.implicit || isNumber || isKnown(context, key) ? symbolFor(context, key, span) : null;
}

/** The `\mathbf 1` of `\mathbf 1'x`, which is a row of ones. */
function isNumeralVector(context: Context, base: Expr): boolean {
  return /^(?:bold|bb|vec):[01]$/u.test(baseKey(base) ?? '') && !isKnown(context, symbolKey(base) ?? '');
}

/** `x_i` of a known x. */
function isMember(context: Context, base: Expr): boolean {
  if (base.kind !== 'postfix' || base.mark.kind !== 'sub') return false;
  const letter = symbolKey(base.base);
  const isNamed = letter !== null && (isKnown(context, letter) || isKnown(context, familyKey(letter)));
  return isNamed && draftNamed(context, base) === undefined && selectorsOf(context, base.mark.items) !== null;
}

/** More primes than anyone writes undo one another in pairs. */
const MOST_PRIMES = 4;

function transposed(term: Term, count: number, span: Span): Term {
  const times = count <= MOST_PRIMES ? count : count % 2;
  return Array.from({ length: times }).reduce<Term>((inner) => constant('transpose', [inner], span), term);
}

/** `e^x` is the exponential; a letter above a vector or a matrix labels it. */
function elaboratePower(context: Context, base: Expr, mark: Mark & { kind: 'power' }, span: Span): Term {
  const isEuler = base.kind === 'name' && (base.name === 'e' || base.name === 'rm:e') && !isKnown(context, base.name);
  if (isEuler) return constant('exp', [elaborate(context, mark.exponent)], span);
  const label = labelAbove(context, base, mark);
  if (label !== null) return memberOf(context, label.key, label.base, span);
  return constant(mark.entrywise ? 'hadamardPow' : 'pow', [elaborate(context, base), elaborate(context, mark.exponent)], span);
}

/** `W^l`, `x^{k+1}` on what is declared no scalar and with a letter that is none either. */
function labelAbove(context: Context, base: Expr, mark: Mark & { kind: 'power' }): { readonly key: string; readonly base: Draft } | null {
  const draft = draftNamed(context, base);
  const key = symbolKey({ kind: 'postfix', base, mark, span: base.span });
  if (draft?.declared == null || key === null || isScalarShape(draft) || isPowerOfSeries(context, draft, mark.exponent)) return null;
  const letter = letterIn(mark.exponent);
  return letter !== null && isKnown(context, letter) && indexNamed(context, letter) === undefined ? null : { key, base: draft };
}

/** `X^j` of a square matrix in a sum that counts j from 0, and `X^(k-1-j)` there. */
function isPowerOfSeries({ series }: Context, { declared }: Draft, exponent: Expr): boolean {
  const counts = (expr: Expr): boolean =>
    expr.kind === 'name' ? series?.has(expr.name) === true : expr.kind === 'apply' && expr.args.some(counts);
  return series !== undefined && declared !== null && equal(declared.rows, declared.cols) && counts(exponent);
}

/** The k of `k` and of `k + 1`. */
function letterIn(exponent: Expr): string | null {
  if (exponent.kind === 'name') return exponent.name;
  const [first] = exponent.kind === 'apply' && (exponent.op === 'add' || exponent.op === 'sub') ? exponent.args : [];
  return first?.kind === 'name' ? first.name : null;
}

function isScalarShape({ declared }: Draft): boolean {
  return declared?.rows.key === '1*' && declared.cols.key === '1*';
}

/** A member of a family, `x_{k+1}` or `x^{k+1}` of a declared vector `x`: another symbol of its shape. */
function memberOf(context: Context, key: string, family: Draft, span: Span): Term {
  const known = find(context, key);
  const term = symbolFor(context, key, span);
  const draft = context.scope.drafts.get(term.id) as Draft;
  if (known !== undefined) return term;
  const number = /\((\d+)\)$/.exec(key)?.[1];
  declareMember(context.scope, draft, family, number === undefined ? null : Number(number));
  draft.namedAfter = !context.scope.listed.has(key);
  makeKnown(context.scope, draft);
  return term;
}

/** `z^+` that a text defines of a vector z: its next value. */
function nextValue(context: Context, expr: PostfixExpr): Term | null {
  const key = plusKey(expr);
  return key !== null && isKnown(context, key.whole) ? symbolFor(context, key.whole, expr.span) : null;
}

function elaborateLabel(context: Context, base: Expr, mark: Mark & { kind: 'label' }, span: Span): Term {
  const key = symbolKey({ kind: 'postfix', base, mark, span });
  if (key === null) return { kind: 'hole', parts: [elaborate(context, base)], span };
  const labelled = labelledKey({ kind: 'postfix', base, mark, span });
  const all = labelled === null ? undefined : find(context, labelled.all);
  return all === undefined ? symbolFor(context, key, span) : memberOf(context, key, all, span);
}

// ---- subscripts

const KRONECKER: ReadonlySet<string> = new Set(['δ', 'rm:δ']);
const BASIS: ReadonlySet<string> = new Set(['e', 'bold:e', 'vec:e']);

/** `x_i`: an entry or a member where the letter counts, a constant with its size, or else a name. */
function elaborateSub(context: Context, base: Expr, mark: Mark & { kind: 'sub' }, span: Span): Term {
  const labelled = entryOfLabelled(context, base, mark);
  if (labelled !== null) return { kind: 'entry', ...labelled, span };
  if (base.kind === 'number') return numeralWithSub(context, base.value, mark, span);
  const known = base.kind !== 'name' || isKnown(context, base.name);
  const matrix = base.kind === 'name' && !known ? matrixOfEntries(context, base.name) : undefined;
  if (matrix !== undefined) {
    const selectors = selectorsOf(context, digitsApart(matrix, mark.items));
    if (selectors?.length === 2) return { kind: 'entry', base: symbolTerm(matrix.id, base.span), selectors, span };
  }
  if (base.kind === 'name' && !known && !hasEntriesOfMember(context.scope, base))
    return constantWithSub(context, base.name, mark, span) ?? symbolOrHole(context, base, mark, span);
  const draft = draftNamed(context, base);
  const other = otherThanEntry(context, draft, symbolKey({ kind: 'postfix', base, mark, span }), span);
  if (other !== null) return other;
  const first = memberZero(context, base, mark, span);
  if (first !== null) return first;
  const selectors = selectorsOf(context, digitsApart(draft, mark.items));
  if (selectors !== null) return partNamed(context, base, selectors, span);
  if (draft !== undefined && isPlaceFromEnd(context, base, mark.items)) {
    const selectors = mark.items.map((item): Selector => ({ kind: 'at', index: elaborate(context, item) }));
    return { kind: 'entry', base: symbolTerm(draft.id, base.span), selectors, span };
  }
  const key = symbolKey({ kind: 'postfix', base, mark, span });
  return draft?.declared != null && key !== null && !isScalarShape(draft)
    ? memberOf(context, key, draft, span)
    : symbolOrHole(context, base, mark, span);
}

/** The `x_0` of `x - x_0` for a column x, and the intercept `w_0` beside `w^\top x`. */
function otherThanEntry(context: Context, draft: Draft | undefined, key: string | null, span: Span): Term | null {
  if (context.origin === 'plain' || key === null || draft === undefined) return null;
  if (draft.declared === null)
    return isWrittenColumn(draft) && context.otherThanEntries().others.has(key) ? symbolFor(context, key, span) : null;
  if (formOf(draft.declared) !== 'column') return null;
  const { vectors, others } = context.otherThanEntries();
  return vectors.has(key) ? memberOf(context, key, draft, span) : others.has(key) ? symbolFor(context, key, span) : null;
}

/** The `F_0` of `F_0 + x_1 F_1 + \dots + x_n F_n`: members count from 1, and what stands before them is another symbol of their shape. */
function memberZero(context: Context, base: Expr, { items }: Mark & { kind: 'sub' }, span: Span): Term | null {
  const [only, ...more] = items;
  if (context.origin === 'plain' || more.length > 0 || only?.kind !== 'number' || only.value !== 0) return null;
  const family = familyNamed(context, base) ?? draftNamed(context, base);
  const key = symbolKey({ kind: 'postfix', base, mark: { kind: 'sub', items, span }, span });
  if (family?.family == null || family.declared === null || key === null) return null;
  const term = memberOf(context, key, family, span);
  if (term.kind === 'symbol') (context.scope.drafts.get(term.id) as Draft).namedAfter = false;
  return term;
}

/** `x = (a \cos q, a \sin q)^\top`, whose entries are counted from 1. */
function isWrittenColumn({ definition }: Draft): boolean {
  return definition?.body.kind === 'matrix' && definition.body.rows.every((row) => row.length === 1);
}

/** `1_n`, `0_{m \times n}` below which known dimensions stand are ones and zeros of that size, as they are in bold; `1_A` is an indicator. */
function numeralWithSub(context: Context, value: number, mark: Mark & { kind: 'sub' }, span: Span): Term {
  const items = mark.items.flatMap((item) => (item.kind === 'apply' && item.op === 'times' ? item.args : [item]));
  const isSize = items.every((item) => item.kind === 'number' || (item.kind === 'name' && context.scope.dimensions.has(item.name)));
  const named = !isSize ? null : value === 1 ? 'bold:1' : value === 0 ? 'bold:0' : null;
  return (named === null ? null : constantWithSub(context, named, { ...mark, items }, span)) ?? { kind: 'hole', parts: [], span };
}

/** `A_{12}` of a matrix is the entry in row 1 and column 2, and not row 12. */
function digitsApart(draft: Draft | undefined, items: readonly Expr[]): readonly Expr[] {
  const [item, ...others] = items;
  const isMatrix = draft?.declared != null && draft.family === null && formOf(draft.declared) === 'matrix';
  if (!isMatrix || item?.kind !== 'number' || others.length > 0 || !/^[1-9]{2}$/.test(String(item.value))) return items;
  return [...String(item.value)].map((digit, at) => ({
    kind: 'number',
    value: Number(digit),
    span: { start: item.span.start + at, end: item.span.start + at + 1 },
  }));
}

/** `z_{2,c}`: the entry c of a known `z_2`. */
function entryOfLabelled(
  context: Context,
  base: Expr,
  mark: Mark & { kind: 'sub' },
): { readonly base: Term; readonly selectors: readonly Selector[] } | null {
  for (let labels = mark.items.length - 1; labels > 0; labels--) {
    const draft = draftNamed(context, { kind: 'postfix', base, mark: { ...mark, items: mark.items.slice(0, labels) }, span: base.span });
    if (draft === undefined || draft.implicit) continue;
    const selectors = selectorsOf(context, mark.items.slice(labels));
    if (selectors !== null) return { base: symbolTerm(draft.id, base.span), selectors };
  }
  return null;
}

/** An entry, a row, a column, or a member of a family. */
function partNamed(context: Context, base: Expr, selectors: readonly Selector[], span: Span): Term {
  const family = familyNamed(context, base);
  const stacked = (family ?? draftNamed(context, base))?.stacked;
  if (stacked != null) return partOf(stacked, selectors, base.span, span);
  if (family !== undefined) return { kind: 'entry', base: symbolTerm(family.id, base.span), selectors, span };
  return { kind: 'entry', base: elaborate(context, base), selectors: ofColumns(context, base, selectors), span };
}

/** Of a `d×K` matrix W that a text counts up to K the `W_k` is a column, as it has no such row. */
function ofColumns(context: Context, base: Expr, selectors: readonly Selector[]): readonly Selector[] {
  const [selector, ...more] = selectors;
  if (context.origin === 'plain' || more.length > 0 || selector?.kind !== 'at' || selector.index.kind !== 'symbol') return selectors;
  const declared = draftNamed(context, base)?.declared;
  if (declared == null || formOf(declared) !== 'matrix' || declared.rows.key === declared.cols.key) return selectors;
  const { id } = selector.index;
  const upTo = context.upTo?.get(id) ?? context.scope.drafts.get(id)?.range?.to.key;
  return upTo === declared.cols.key ? [{ kind: 'all' }, selector] : selectors;
}

/** The family whose members are written with the letter, where the letter by itself is another symbol. */
function familyNamed(context: Context, base: Expr): Draft | undefined {
  const key = symbolKey(base);
  const family = key === null ? undefined : find(context, familyKey(key));
  return family?.implicit === false ? family : undefined;
}

function symbolOrHole(context: Context, base: Expr, mark: Mark, span: Span): Term {
  const key = symbolKey({ kind: 'postfix', base, mark, span });
  return key === null ? { kind: 'hole', parts: [elaborate(context, base)], span } : symbolFor(context, key, span);
}

/** `I_n`, `\mathbf 1_n`, `e_i`, `δ_{ij}`. */
function constantWithSub(context: Context, name: string, { items }: Mark & { kind: 'sub' }, span: Span): Term | null {
  const op = CONSTANTS.get(name);
  if (op === 'identity' && isProductOfSizes(context, items, span))
    return constant(
      op,
      [
        product(
          items.map((item) => elaborate(context, item)),
          span,
        ),
      ],
      span,
    );
  if (op === 'identity' || op === 'ones' || op === 'zeros')
    return constant(
      op,
      items.map((item) => elaborate(context, item)),
      span,
    );
  if (COMMUTATION.has(name)) return commutation(context, items, span);
  const selectors = selectorsOf(context, items);
  if (selectors === null || selectors.some((selector) => selector.kind === 'all')) return null;
  const indices = selectors.map((selector) => (selector as Selector & { kind: 'at' }).index);
  if (KRONECKER.has(name) && indices.length === 2) return constant('kronecker', indices, span);
  return BASIS.has(name) && indices.length === 1 ? constant('basis', indices, span) : null;
}

/** `I_{mn}`: different sizes side by side are the rows of one square matrix, and no rows and columns. */
function isProductOfSizes({ text }: Context, items: readonly Expr[], span: Span): boolean {
  const names = items.map((item) => (item.kind === 'name' ? item.name : null));
  return items.length > 1 && !names.includes(null) && new Set(names).size > 1 && !/[,×]|\\times/.test(text.slice(span.start, span.end));
}

/** `K_{mn}` with two dimensions below: the commutation matrix. In plain notation `mn` is one word. */
function commutation(context: Context, items: readonly Expr[], span: Span): Term | null {
  const split = items.flatMap((item): readonly Expr[] => {
    if (item.kind !== 'name' || item.name.length !== 2 || context.scope.dimensions.has(item.name)) return [item];
    return [...item.name].map((name, at) => ({ kind: 'name', name, span: { start: item.span.start + at, end: item.span.start + at + 1 } }));
  });
  const isSize = (item: Expr) => item.kind === 'name' && context.scope.dimensions.has(item.name);
  return split.length === 2 && split.every(isSize)
    ? constant(
        'commutation',
        split.map((item) => elaborate(context, item)),
        span,
      )
    : null;
}

/** What each item of a subscript selects; null where one of them does not count. */
function selectorsOf(context: Context, items: readonly Expr[]): readonly Selector[] | null {
  const selectors = items.flatMap((item) => splitRun(context, item)).map((item) => selectorOf(context, item));
  return selectors.includes(null) ? null : (selectors as Selector[]);
}

/** In plain notation `ij` is one word; below a matrix it is two indices where both letters count. */
function splitRun(context: Context, item: Expr): readonly Expr[] {
  if (item.kind !== 'name' || item.name.length < 2 || indexNamed(context, item.name) !== undefined) return [item];
  const letters = [...item.name];
  if (!letters.every((letter) => indexNamed(context, letter) !== undefined)) return [item];
  return letters.map((letter, at) => ({
    kind: 'name',
    name: letter,
    span: { start: item.span.start + at, end: item.span.start + at + 1 },
  }));
}

function selectorOf(context: Context, item: Expr): Selector | null {
  if (item.kind === 'name' && item.name === ':') return { kind: 'all' };
  if (item.kind === 'number') return { kind: 'at', index: { kind: 'number', value: item.value, span: item.span } };
  if (item.kind === 'name') {
    const index = indexNamed(context, item.name);
    return index === undefined ? null : { kind: 'at', index: symbolTerm(index, item.span) };
  }
  const counts = item.kind === 'apply' && item.args.every((arg) => selectorOf(context, arg) !== null);
  return counts ? { kind: 'at', index: elaborate(context, item) } : null;
}
