import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { binder, call, entry, identity, number, onesColumn } from '../ops/algebra/leaves.ts';
import { diagonal, total } from '../ops/algebra/matrix-functions.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { rebuild, withParts } from '../ops/algebra/rebuild.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import {
  type BinderValue,
  contains,
  type EntryValue,
  isColumn,
  isRow,
  mentions,
  mentionsFree,
  partsOf,
  type Value,
} from '../ops/algebra/value.ts';
import { OPS } from '../ops/table.ts';
import type { SymbolId } from '../ops/term.ts';
import { type Dim, equal, ONE } from '../shape/dimension.ts';
import { isScalar, matrix } from '../shape/shape.ts';
import { multiplyOut, termsWhenMultipliedOut } from './multiply-out.ts';

/** The end of an index's range, where it begins at 1 and its end is known. */
export type RangeOf = (id: SymbolId) => Dim | null;

/** A sum over indices in matrix form, as far as there is one: Σ_i x_i y_i is x'y. */
export function summed(parts: Pick<BinderValue, 'binder' | 'indices' | 'from' | 'to' | 'distinct' | 'body'>, range: RangeOf): Value {
  const keep = () => boundAround(parts);
  if (parts.binder !== 'sum' || parts.distinct) return keep();
  let body = parts.body;
  let left = [...parts.indices];
  for (let progress = true; progress && left.length > 0; ) {
    progress = false;
    for (const id of left) {
      const size = range(id);
      const done = size === null ? null : sumOver(body, id, size, range);
      if (done === null) continue;
      body = done;
      left = left.filter((other) => other !== id);
      progress = true;
    }
  }
  return left.length === 0 ? body : boundAround({ ...parts, indices: left, body });
}

/** The sum sign in front of what depends on its indices; numbers and factors that do not come out. */
export function boundAround(parts: Pick<BinderValue, 'binder' | 'indices' | 'from' | 'to' | 'distinct' | 'body'>): Value {
  const { body, indices } = parts;
  const depends = (value: Value) => indices.some((id) => mentionsFree(value, id));
  if (parts.binder !== 'sum' || body.kind !== 'product' || !depends(body)) return binder(parts, body.shape);
  const { scalars, factors } = body;
  const first = factors.findIndex(depends);
  const last = factors.findLastIndex(depends);
  const [before, within, after] =
    first < 0 ? [[], [], factors] : [factors.slice(0, first), factors.slice(first, last + 1), factors.slice(last + 1)];
  const inside = product(...scalars.filter(depends), product(...within, number(1)));
  const around = [number(body.coefficient), ...scalars.filter((one) => !depends(one))];
  return product(...around, ...before, binder({ ...parts, body: inside }, inside.shape), ...after);
}

/** The column whose i-th entry is the body. */
export function stackedColumn(body: Value, id: SymbolId, range: RangeOf): Value | null {
  const size = range(id);
  return size === null || !isScalar(body.shape) ? null : columnOf(body, id, size);
}

/** Σ_i body in matrix form, or null. */
function sumOver(body: Value, id: SymbolId, size: Dim, range: RangeOf): Value | null {
  if (!mentions(body, id)) return product(total(onesColumn(size)), body);
  const only = onlyWhere(body, id, size, range);
  if (only !== null) return only;
  if (body.kind === 'sum')
    return all(
      body.terms.map((term) => sumOver(term, id, size, range)),
      (terms) => sum(...terms),
    );
  return sumOfOne(body, id, size) ?? sumOfTerms(body, id, size, range);
}

function sumOfOne(body: Value, id: SymbolId, size: Dim): Value | null {
  if (isScalar(body.shape)) {
    const column = columnOf(body, id, size);
    return column === null ? null : total(column);
  }
  if (body.kind === 'hadamard') return sumOfHadamard(body.factors, id, size);
  return body.kind === 'product' ? sumOfProducts(body, id, size) : sumOfFactors([], [body], id, size);
}

/** Σ_i (u_i ⊙ v) is (Σ_i u_i) ⊙ v. */
function sumOfHadamard(factors: readonly Value[], id: SymbolId, size: Dim): Value | null {
  const moving = factors.filter((factor) => mentions(factor, id));
  const [only] = moving;
  if (moving.length !== 1 || only === undefined) return null;
  const own = only.kind === 'product' ? sumOfProducts(only, id, size) : sumOfFactors([], [only], id, size);
  return own === null ? null : hadamard(own, ...factors.filter((factor) => factor !== only));
}

/** What is no sum by itself may be one multiplied out. */
function sumOfTerms(body: Value, id: SymbolId, size: Dim, range: RangeOf): Value | null {
  if (termsWhenMultipliedOut(body) > MOST_TERMS) return null;
  const terms = rebuild(body, multiplyOut);
  return terms.kind === 'sum' ? sumOver(terms, id, size, range) : null;
}

/** More terms than anyone would multiply out by hand. */
const MOST_TERMS = 12;

/** Σ_i δ_ik b_i is b_k, where k runs as far as i does. */
function onlyWhere(body: Value, id: SymbolId, size: Dim, range: RangeOf): Value | null {
  if (body.kind !== 'product') return null;
  const at = body.scalars.findIndex((scalar) => deltaBeside(scalar, id) !== null);
  const other = at < 0 ? null : deltaBeside(body.scalars[at] as Value, id);
  const end = other?.kind === 'symbol' ? range(other.id) : null;
  if (other === null || end === null || !equal(end, size)) return null;
  const rest = product(number(body.coefficient), ...body.scalars.filter((_, place) => place !== at), product(...body.factors, number(1)));
  return bindsWithin(rest, other) ? null : atIndex(rest, id, other);
}

/** The value with another index in the place of one; a sum within it that binds the same letter means its own. */
function atIndex(value: Value, id: SymbolId, index: Value): Value {
  if (isIndex(value, id)) return index;
  return value.kind === 'binder' && value.indices.includes(id) ? value : withParts(value, (part) => atIndex(part, id, index));
}

/** Whether a sum within the value binds the letter of an index. */
function bindsWithin(value: Value, index: Value): boolean {
  return contains(value, (part) => part.kind === 'binder' && index.kind === 'symbol' && part.indices.includes(index.id));
}

/** The k of δ_ik. */
function deltaBeside(value: Value, id: SymbolId): Value | null {
  if (value.kind !== 'apply' || value.op !== 'kronecker' || !value.args.some((arg) => isIndex(arg, id))) return null;
  return value.args.find((arg) => !mentions(arg, id)) ?? null;
}

function sumOfProducts({ coefficient, scalars, factors }: Value & { kind: 'product' }, id: SymbolId, size: Dim): Value | null {
  const [only] = factors;
  if (only?.kind === 'hadamard' && factors.length === 1 && !scalars.some((one) => mentions(one, id)))
    return all([sumOfHadamard(only.factors, id, size)], ([own]) => product(number(coefficient), ...scalars, own as Value));
  return sumOfFactors([number(coefficient), ...scalars], factors, id, size);
}

/** Σ_i s_i a_i b_i' is A diag(s) B' with the a_i, b_i as columns; one of them alone is A s. */
function sumOfFactors(scalars: readonly Value[], factors: readonly Value[], id: SymbolId, size: Dim): Value | null {
  const moving = scalars.filter((one) => mentions(one, id));
  const still = scalars.filter((one) => !mentions(one, id));
  const weights = columnOf(product(...moving, number(1)), id, size);
  const at = factors.findIndex((factor) => mentions(factor, id));
  const [before, own, after] = [factors.slice(0, at), factors[at], factors.slice(at + 1)];
  if (weights === null || own === undefined) return null;
  if (own.kind === 'apply' && own.op === 'diag' && ![...before, ...after].some((factor) => mentions(factor, id))) {
    const inside = sumOfOne(product(...moving, own.args[0] as Value), id, size);
    return inside === null ? null : product(...still, ...before, diagonal(inside), ...after);
  }
  const columns = columnsOf(own, id, size);
  if (columns !== null) return withColumns(still, [...before, columns], weights, after, id, size);
  const rows = columnsOf(transpose(own), id, size);
  if (rows === null || [...before, ...after].some((factor) => mentions(factor, id))) return null;
  return product(...still, ...before, product(transpose(weights), transpose(rows)), ...after);
}

function withColumns(
  still: readonly Value[],
  left: readonly Value[],
  weights: Value,
  after: readonly Value[],
  id: SymbolId,
  size: Dim,
): Value | null {
  const [next, ...rest] = after;
  if (!after.some((factor) => mentions(factor, id))) return product(...still, ...left, weights, ...after);
  const rows = next === undefined ? null : columnsOf(transpose(next), id, size);
  if (rows === null || rest.some((factor) => mentions(factor, id))) return null;
  return product(...still, ...left, diagonal(weights), transpose(rows), ...rest);
}

/** The matrix whose i-th column the value is: M e_i. */
function columnsOf(value: Value, id: SymbolId, size: Dim): Value | null {
  if (value.kind === 'apply' && value.op === 'transpose') {
    const [inner] = value.args as readonly [Value];
    return inner.kind === 'entry' ? columnOfRows(inner, id, size) : null;
  }
  if (value.kind !== 'entry' || !isColumn(value)) return null;
  const [first, second] = value.selectors;
  const isOwn = first?.kind === 'all' && second?.kind === 'at' && isIndex(second.index, id);
  return isOwn && !mentions(value.base, id) && equal(value.base.shape.cols, size) ? value.base : null;
}

/** The transpose of the i-th row is the i-th column of the transpose. */
function columnOfRows({ base, selectors }: EntryValue, id: SymbolId, size: Dim): Value | null {
  const [first, second] = selectors;
  const isOwn = first?.kind === 'at' && second?.kind === 'all' && isIndex(first.index, id);
  return isOwn && !mentions(base, id) && equal(base.shape.rows, size) ? transpose(base) : null;
}

function isIndex(value: Value, id: SymbolId): boolean {
  return value.kind === 'symbol' && value.id === id;
}

// ---- the column whose i-th entry is a scalar

function columnOf(value: Value, id: SymbolId, size: Dim): Value | null {
  if (!mentions(value, id)) return product(value, onesColumn(size));
  switch (value.kind) {
    case 'sum':
      return all(
        value.terms.map((term) => columnOf(term, id, size)),
        (terms) => sum(...terms),
      );
    case 'product':
      return columnOfProduct(value, id, size);
    case 'power':
      return mentions(value.exponent, id) ? null : all([columnOf(value.base, id, size)], ([base]) => power(base as Value, value.exponent));
    case 'entry':
      return columnOfEntry(value, id, size);
    case 'apply':
      return columnOfApply(value, id, size);
    case 'call':
      return value.args.length === 1 && isScalar((value.args[0] as Value).shape)
        ? all([columnOf(value.args[0] as Value, id, size)], (args) => call(value.callee, value.order, args, (args[0] as Value).shape))
        : null;
    default:
      return null;
  }
}

function all(parts: readonly (Value | null)[], combine: (parts: readonly Value[]) => Value): Value | null {
  return parts.includes(null) ? null : combine(parts as readonly Value[]);
}

function columnOfProduct({ coefficient, scalars, factors }: Value & { kind: 'product' }, id: SymbolId, size: Dim): Value | null {
  const chain = factors.length === 0 ? [] : [columnOfChain(factors, id, size)];
  return all([...scalars.map((one) => columnOf(one, id, size)), ...chain], (columns) => product(number(coefficient), hadamard(...columns)));
}

/** a_i' v of every row of A is A v; a_i' M b_i is the diagonal of A M B. */
function columnOfChain(factors: readonly Value[], id: SymbolId, size: Dim): Value | null {
  const [first, last] = [factors[0] as Value, factors.at(-1) as Value];
  const middle = factors.slice(1, -1);
  if (middle.some((factor) => mentions(factor, id))) return null;
  const rows = mentions(first, id) ? columnsOf(transpose(first), id, size) : undefined;
  const columns = mentions(last, id) ? columnsOf(last, id, size) : undefined;
  if (rows === null || columns === null) return null;
  if (rows !== undefined && columns !== undefined) return diagonal(product(transpose(rows), ...middle, columns));
  if (rows !== undefined) return product(transpose(rows), ...middle, last);
  return columns === undefined ? null : product(transpose(columns), ...[...middle].reverse().map(transpose), transpose(first));
}

function columnOfEntry({ base, selectors }: EntryValue, id: SymbolId, size: Dim): Value | null {
  if (mentions(base, id)) return null;
  const [first, second] = selectors;
  if (first?.kind !== 'at') return null;
  if (second === undefined) return vectorEntries(base, first.index, id, size);
  if (second.kind !== 'at') return null;
  const [inFirst, inSecond] = [isIndex(first.index, id), isIndex(second.index, id)];
  const fits = (dim: Dim) => equal(dim, size);
  if (inFirst && inSecond) return fits(base.shape.rows) && fits(base.shape.cols) ? diagonal(base) : null;
  if (inFirst && !mentions(second.index, id) && fits(base.shape.rows)) return entry(base, [{ kind: 'all' }, second], matrix(size, ONE));
  if (inSecond && !mentions(first.index, id) && fits(base.shape.cols))
    return transpose(entry(base, [first, { kind: 'all' }], matrix(ONE, size)));
  return null;
}

function vectorEntries(base: Value, index: Value, id: SymbolId, size: Dim): Value | null {
  if (!isIndex(index, id)) return null;
  if (isColumn(base) && equal(base.shape.rows, size)) return base;
  return isRow(base) && equal(base.shape.cols, size) ? transpose(base) : null;
}

function columnOfApply(value: Value & { kind: 'apply' }, id: SymbolId, size: Dim): Value | null {
  const { op, args } = value;
  if (op === 'kronecker') return columnOfDelta(args, id, size);
  if (op === 'total')
    return all([columnsOf(args[0] as Value, id, size)], ([columns]) =>
      product(transpose(columns as Value), onesColumn((columns as Value).shape.rows)),
    );
  const works = OPS[op].shape.kind === 'entrywise' || COMPARED.has(op);
  if (!works || partsOf(value).some((part) => !isScalar(part.shape))) return null;
  return all(
    args.map((arg) => columnOf(arg, id, size)),
    (columns) => apply(op, columns, matrix(size, ONE)),
  );
}

const COMPARED: ReadonlySet<string> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'unequal', 'indicator']);

/** δ_ij over i is the unit vector e_j. */
function columnOfDelta(args: readonly Value[], id: SymbolId, size: Dim): Value | null {
  const other = args.find((arg) => !mentions(arg, id));
  return other === undefined || args.length !== 2 || !args.some((arg) => isIndex(arg, id))
    ? null
    : entry(identity(size), [{ kind: 'all' }, { kind: 'at', index: other }], matrix(size, ONE));
}
