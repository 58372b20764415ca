import { type BinderTerm, type EntryTerm, type Term, walk } from '../ops/term.ts';
import { constant, constantOf, type Dim, isOpen, minus, ONE, plus, showDim, times, variable } from '../shape/dimension.ts';
import { isWide, matrix, SCALAR, type Shape } from '../shape/shape.ts';
import { freshDim, resolve, unify } from '../shape/unify.ts';
import type { SymbolInfo } from './derivation.ts';
import { inferTerm } from './infer-term.ts';
import { defer, type IndexRange, type Inference, open, report, setRange, symbolInfo } from './inference.ts';
import { formOf } from './layout-shapes.ts';

/** The dimension a term states as a number: `n`, `n - 1`, `3`; null where it states none. */
export function dimensionOfTerm(inference: Inference, term: Term): Dim | null {
  if (term.kind === 'number') return Number.isInteger(term.value) && term.value >= 0 ? constant(term.value) : null;
  if (term.kind === 'symbol') return dimensionOfSymbol(inference, term.id);
  if (term.kind !== 'apply') return null;
  const args = term.args.map((arg) => dimensionOfTerm(inference, arg));
  if (args.includes(null)) return null;
  const [a, b] = args as unknown as readonly [Dim, Dim];
  if (term.op === 'add') return plus(a, b);
  if (term.op === 'sub') return minus(a, b);
  if (term.op === 'pow') return powerOf(a, constantOf(b));
  return term.op === 'mul' ? (args as readonly Dim[]).reduce(times) : null;
}

/** Higher powers of a dimension count nothing in a text. */
const HIGHEST_POWER = 4;

function powerOf(base: Dim, exponent: number | undefined): Dim | null {
  if (exponent === undefined || exponent > HIGHEST_POWER) return null;
  return Array.from({ length: exponent }, () => base).reduce(times, ONE);
}

function dimensionOfSymbol(inference: Inference, id: string): Dim | null {
  const info = symbolInfo(inference, id);
  return info.role === 'dimension' ? variable(info.text) : null;
}

/** What the sign of a sum says of its indices: its bounds, or else their declarations. */
export function rangeOfBinder(inference: Inference, term: BinderTerm): void {
  const from = term.from === null ? ONE : dimensionOfTerm(inference, term.from);
  const to = term.to === null ? null : dimensionOfTerm(inference, term.to);
  if (term.to !== null && to === null) mustBeNumber(inference, term, term.to);
  for (const id of term.indices) {
    const declared = symbolInfo(inference, id).range;
    const ahead = looksAhead(term, id) ? { looksAhead: true as const } : {};
    if (to !== null && from !== null) setRange(inference, id, { from, to, ...(term.to === null ? {} : { bound: term.to.span }), ...ahead });
    else if (isCounted(inference, term, from, to)) setRange(inference, id, { from: ONE, to: freshDim(inference.unifier) });
    else if (declared !== null) setRange(inference, id, { ...declared });
  }
}

/** Whether a sum has an entry `k + 1` beside the one that it counts. */
function looksAhead({ body }: BinderTerm, id: string): boolean {
  const isAhead = (index: Term) =>
    index.kind === 'apply' && index.op === 'add' && index.args.some((one) => one.kind === 'symbol' && one.id === id);
  return [...walk(body)].some(
    (one) => one.kind === 'entry' && one.selectors.some((selector) => selector.kind === 'at' && isAhead(selector.index)),
  );
}

/**
 * Whether a bound is to be computed, as `i + 1` and `n / 2` are: neither the axis that the index indexes nor its declaration
 * says how far it runs. A letter that stands for nothing else is as large as the axis.
 */
function isCounted(inference: Inference, term: BinderTerm, from: Dim | null, to: Dim | null): boolean {
  const isLetter = term.to?.kind === 'symbol' && symbolInfo(inference, term.to.id).role !== 'index';
  return (term.from !== null && from === null) || (term.to !== null && to === null && !isLetter);
}

/** `sum_{i=1}^x` with a vector x counts nothing. */
function mustBeNumber(inference: Inference, term: BinderTerm, bound: Term): void {
  const shape = inferTerm(inference, bound);
  const form = shape.kind === 'matrix' ? formOf(shape) : 'open';
  if (form !== 'scalar' && form !== 'open') report(inference, { kind: 'argument', term, arg: bound, needs: 'a number to count to', shape });
}

/**
 * The column whose i-th entry is the body, or with two indices the matrix: as long as the axes that they
 * index in it. Members that are no numbers lie below one another.
 */
export function inferStack(inference: Inference, term: BinderTerm, body: Shape): Shape {
  const [rows, cols] = term.indices.map((id) => lengthOf(inference, id));
  if (rows === undefined) return open(inference);
  if (cols !== undefined) return matrix(rows, cols);
  return body.kind === 'matrix' && (isWide(body.rows) || isWide(body.cols)) ? matrix(times(rows, body.rows), body.cols) : matrix(rows, ONE);
}

/** How many values an index has; where nothing says so it is to be found out. */
function lengthOf(inference: Inference, id: string): Dim {
  const range = inference.ranges.get(id) ?? symbolInfo(inference, id).range;
  if (range != null) return range.to;
  const to = freshDim(inference.unifier);
  setRange(inference, id, { from: ONE, to });
  return to;
}

/** `x_i`, `X_{ij}`, `X_{i:}`, `X_{:j}`; of a family its member. */
export function inferEntry(inference: Inference, term: EntryTerm): Shape {
  const member = inferMember(inference, term);
  if (member !== null) return member;
  inferTerm(inference, term.base);
  return defer(inference, term, () => entryOf(inference, term));
}

function inferMember(inference: Inference, term: EntryTerm): Shape | null {
  const info = term.base.kind === 'symbol' ? symbolInfo(inference, term.base.id) : null;
  if (info === null || info.family === null) return null;
  const member = info.declared ?? memberOfStack(inference, info);
  if (member === null) return null;
  const [selector, ...more] = term.selectors;
  if (selector?.kind === 'at' && info.family.count !== null) runsOver(inference, selector.index, info.family.count, term);
  return more.length === 0 ? member : SCALAR;
}

/** Of a family that `p_i = …` defines the shape of what stands there. */
function memberOfStack(inference: Inference, { id, definition }: SymbolInfo): Shape | null {
  if (definition?.body.kind !== 'binder' || definition.body.binder !== 'stack' || inference.entered.has(id)) return null;
  inference.entered.add(id);
  inferTerm(inference, definition.body);
  const member = inferTerm(inference, definition.body.body);
  inference.entered.delete(id);
  return member;
}

function entryOf(inference: Inference, term: EntryTerm): Shape | null {
  const base = inferTerm(inference, term.base);
  if (base.kind === 'tensor') return open(inference);
  const form = formOf(base);
  const [first, second] = term.selectors;
  if (form === 'scalar') return ofNumber(inference, term);
  if (first === undefined) return SCALAR;
  if (second === undefined) {
    const isColumn = base.cols.key === ONE.key;
    if (form === 'open' && !isColumn) return null;
    if (first.kind === 'at') runsOver(inference, first.index, form === 'row' ? base.cols : base.rows, term);
    return form === 'matrix' ? matrix(ONE, base.cols) : SCALAR;
  }
  if (first.kind === 'at') runsOver(inference, first.index, base.rows, term);
  if (second.kind === 'at') runsOver(inference, second.index, base.cols, term);
  return matrix(first.kind === 'at' ? ONE : base.rows, second.kind === 'at' ? ONE : base.cols);
}

/** A number that the text declares or defines has no entries. */
function ofNumber(inference: Inference, term: EntryTerm): Shape {
  const { base } = term;
  const info = base.kind === 'symbol' ? symbolInfo(inference, base.id) : null;
  if (info !== null && (info.declared !== null || info.definition !== null))
    report(inference, { kind: 'argument', term, arg: base, needs: 'a vector or a matrix', shape: SCALAR });
  return SCALAR;
}

/** An index that indexes an axis runs over it; a sum that says otherwise is a problem. Texts use letters again, so a declaration alone is none. */
function runsOver(inference: Inference, index: Term, axis: Dim, of: Term): void {
  if (index.kind === 'number') return isBeyond(inference, index, axis, of);
  if (index.kind !== 'symbol') return;
  const range = inference.ranges.get(index.id);
  if (range === undefined) return setRange(inference, index.id, { from: ONE, to: axis });
  const to = resolve(inference.unifier, range.to);
  if (isOpen(to) || range.from.key !== ONE.key || range.looksAhead === true) return;
  if (unify(inference.unifier, to, axis) || isReported(inference, range) || isOfUndeclared(inference, of)) return;
  report(inference, {
    kind: 'range',
    span: index.span,
    within: range,
    bound: range.bound ?? null,
    index: symbolInfo(inference, index.id).text,
    range: showDim(to),
    axis: showDim(resolve(inference.unifier, axis)),
    size: resolve(inference.unifier, axis),
    of,
  });
}

/** Of a letter that nothing declares only other uses say how long it is, and texts use letters again. */
function isOfUndeclared(inference: Inference, of: Term): boolean {
  const base = of.kind === 'entry' && of.base.kind === 'symbol' ? symbolInfo(inference, of.base.id) : null;
  return base !== null && base.declared === null && base.definition === null && base.family === null;
}

/** `x_3` of two entries. */
function isBeyond(inference: Inference, index: Term & { readonly kind: 'number' }, axis: Dim, of: Term): void {
  const size = constantOf(resolve(inference.unifier, axis));
  if (size === undefined || (index.value >= 1 && index.value <= size) || size === 1) return;
  const at = constant(index.value);
  report(inference, {
    kind: 'range',
    span: index.span,
    within: { from: at, to: at },
    bound: null,
    index: null,
    range: String(index.value),
    axis: String(size),
    size: constant(size),
    of,
  });
}

/** The wrong range of a sum is told once, however many axes it does not fit. */
function isReported({ problems }: Inference, range: IndexRange): boolean {
  return problems.some((problem) => problem.kind === 'range' && problem.within === range);
}
