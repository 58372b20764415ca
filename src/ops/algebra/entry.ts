import { ONE } from '../../shape/dimension.ts';
import { isScalar, matrix, SCALAR } from '../../shape/shape.ts';
import { apply, isEntrywise } from './apply.ts';
import { entry, identity, number } from './leaves.ts';
import { power } from './power.ts';
import { product } from './product.ts';
import { sum } from './sum.ts';
import { transpose } from './transpose.ts';
import { type EntryValue, isApply, isColumn, isConstant, isRow, type Value, type ValueSelector } from './value.ts';

/** An entry, a row or a column; of a matrix with one index its row. Null where an index is missing. */
export function entryOf(base: Value, selectors: readonly ValueSelector[]): Value | null {
  const { rows, cols } = base.shape;
  if (isScalar(base.shape)) return base;
  if (isFilled(base) && selectors.every(({ kind }) => kind === 'at') && (selectors.length === 2 || isColumn(base) || isRow(base)))
    return number(isConstant(base, 'ones') ? 1 : 0);
  if (base.kind === 'product' && (base.coefficient !== 1 || base.scalars.length > 0)) return entryOfScaled(base, selectors);
  if (selectors.length === 1 && (isColumn(base) || isRow(base))) return simplest(base, selectors) ?? entry(base, selectors, SCALAR);
  const [first, second] = selectors.length === 1 ? [...selectors, { kind: 'all' as const }] : selectors;
  if (first === undefined || second === undefined) return null;
  return (
    partIn(base, first, second) ??
    simplest(base, [first, second]) ??
    entry(base, [first, second], matrix(first.kind === 'at' ? ONE : rows, second.kind === 'at' ? ONE : cols))
  );
}

function isFilled(value: Value): boolean {
  return isConstant(value, 'ones') || isConstant(value, 'zeros');
}

function entryOfScaled({ coefficient, scalars, factors }: Value & { kind: 'product' }, selectors: readonly ValueSelector[]): Value | null {
  const found = entryOf(product(...factors), selectors);
  return found === null ? null : product(number(coefficient), ...scalars, found);
}

/** A row is a column of the transpose. */
function partIn(base: Value, first: ValueSelector, second: ValueSelector): Value | null {
  if (first.kind === 'all' && second.kind === 'at') return columnIn(base, second.index);
  const column = first.kind === 'at' && second.kind === 'all' ? columnIn(transpose(base), first.index) : null;
  return column === null ? null : transpose(column);
}

/** Column k where it is simpler than its matrix: that of diag(v) is v_k e_k, that of u v' is v_k u. Null elsewhere. */
function columnIn(base: Value, k: Value): Value | null {
  if (isApply(base, 'diag') && !isColumn(base)) {
    const v = base.args[0] as Value;
    return product(plain(v, [k]), entry(identity(base.shape.rows), [{ kind: 'all' }, { kind: 'at', index: k }], v.shape));
  }
  if (base.kind === 'sum') {
    const found = base.terms.map((term) => columnIn(term, k));
    return found.includes(null) ? null : sum(...(found as readonly Value[]));
  }
  const last = base.kind === 'product' ? (base.factors.at(-1) as Value) : base;
  if (base.kind !== 'product' || !isRow(last)) return null;
  return product(number(base.coefficient), ...base.scalars, ...base.factors.slice(0, -1), atColumnOf(last, k));
}

// ---- entries of unit vectors and of what they make

/** The entry where unit vectors in the value pick it: (A e_j)_i is A_ij. Null where there are none. */
function simplest(base: Value, selectors: readonly ValueSelector[]): Value | null {
  const indices = selectors.flatMap((selector) => (selector.kind === 'at' ? [selector.index] : []));
  const [i, j] = indices;
  if (i === undefined || indices.length !== selectors.length) return null;
  if (isApply(base, 'transpose')) return plain(base, indices);
  if (j === undefined) return isRow(base) ? atColumn(base, i) : atRow(base, i);
  return at(base, i, j);
}

/** Entry (i, j) of a matrix in which a unit vector stands. */
function at(base: Value, i: Value, j: Value): Value | null {
  if (isConstant(base, 'identity')) return apply('kronecker', [i, j]);
  if (base.kind === 'sum') return someTerm(base.terms, (term) => at(term, i, j), [i, j]);
  if (base.kind === 'hadamard') return someFactor(base.factors, (factor) => at(factor, i, j), [i, j]);
  if (base.kind !== 'product') return null;
  const only = base.factors.length === 1 ? at(base.factors[0] as Value, i, j) : null;
  if (only !== null) return product(number(base.coefficient), ...base.scalars, only);
  const cut = base.factors.findIndex((factor) => factor.shape.cols.key === ONE.key) + 1;
  if (cut === 0) return null;
  const [left, right] = [product(...base.factors.slice(0, cut)), product(...base.factors.slice(cut))];
  const [row, column] = [atRow(left, i), atColumn(right, j)];
  if (row === null && column === null) return null;
  return product(number(base.coefficient), ...base.scalars, row ?? plain(left, [i]), column ?? plain(right, [j]));
}

/** The sum of the entries, where a unit vector picks one of them. */
function someTerm(terms: readonly Value[], of: (term: Value) => Value | null, indices: readonly Value[]): Value | null {
  const found = terms.map(of);
  return found.every((one) => one === null) ? null : sum(...found.map((one, place) => one ?? plain(terms[place] as Value, indices)));
}

/** The product of the entries, where a unit vector picks one of them. */
function someFactor(factors: readonly Value[], of: (factor: Value) => Value | null, indices: readonly Value[]): Value | null {
  const found = factors.map(of);
  return found.every((one) => one === null) ? null : product(...found.map((one, place) => one ?? plain(factors[place] as Value, indices)));
}

/** (A e_j)_i is A_ij, and (e_j)_i is δ_ij. */
function atRow(column: Value, i: Value): Value | null {
  const unit = unitIndex(column);
  if (unit !== null) return apply('kronecker', [i, unit]);
  if (column.kind === 'sum') return someTerm(column.terms, (term) => atRow(term, i), [i]);
  if (column.kind === 'hadamard') return someFactor(column.factors, (factor) => atRow(factor, i), [i]);
  if (column.kind !== 'product') return null;
  const last = column.factors.at(-1);
  const index = last === undefined ? null : unitIndex(last);
  if (index === null) return null;
  return product(number(column.coefficient), ...column.scalars, entryIn(product(...column.factors.slice(0, -1), number(1)), i, index));
}

/** (e_i' A)_j is A_ij. */
function atColumn(row: Value, j: Value): Value | null {
  const unit = isApply(row, 'transpose') ? unitIndex(row.args[0] as Value) : null;
  if (unit !== null) return apply('kronecker', [unit, j]);
  if (row.kind === 'sum') return someTerm(row.terms, (term) => atColumn(term, j), [j]);
  if (row.kind !== 'product') return null;
  const [first] = row.factors;
  const index = first !== undefined && isApply(first, 'transpose') ? unitIndex(first.args[0] as Value) : null;
  if (index === null) return null;
  return product(number(row.coefficient), ...row.scalars, entryIn(product(...row.factors.slice(1), number(1)), index, j));
}

/** A number where the matrix has become one: 1 of an empty product, in which the two unit vectors meet. */
function entryIn(base: Value, i: Value, j: Value): Value {
  if (isScalar(base.shape)) return product(base, apply('kronecker', [i, j]));
  return at(base, i, j) ?? plain(base, [i, j]);
}

/** The entry of a value in which no unit vector stands: of what works entry by entry that of its operands. */
function plain(base: Value, indices: readonly Value[]): Value {
  const again = (part: Value) => plain(part, indices);
  if (isScalar(base.shape)) return base;
  const unit = indices.length === 1 ? unitIndex(base) : null;
  if (unit !== null) return apply('kronecker', [indices[0] as Value, unit]);
  if (isApply(base, 'transpose')) return plain(base.args[0] as Value, [...indices].reverse());
  if (base.kind === 'constant') return base.op === 'identity' ? apply('kronecker', indices) : number(base.op === 'ones' ? 1 : 0);
  if (base.kind === 'sum') return sum(...base.terms.map(again));
  if (base.kind === 'hadamard') return product(...base.factors.map(again));
  if (base.kind === 'power' && isScalar(base.exponent.shape)) return power(again(base.base), base.exponent);
  if (base.kind === 'apply' && isEntrywise(base.op)) return apply(base.op, base.args.map(again));
  if (base.kind === 'product' && (base.coefficient !== 1 || base.scalars.length > 0))
    return product(number(base.coefficient), ...base.scalars, again(product(...base.factors)));
  return entry(
    base,
    indices.map((index) => ({ kind: 'at', index })),
    SCALAR,
  );
}

/** e_k' x is x_k, and e_k' A e_l is A_kl; null of other chains. */
export function pickedByUnits(chain: readonly Value[]): Value | null {
  const [first, last] = [chain[0] as Value, chain.at(-1) as Value];
  const column = unitIndex(last);
  if (column !== null) return atColumnOf(product(...chain.slice(0, -1)), column);
  const row = isApply(first, 'transpose') ? unitIndex(first.args[0] as Value) : null;
  return row === null ? null : atColumnOf(transpose(product(...chain.slice(1))), row);
}

function atColumnOf(row: Value, j: Value): Value {
  return atColumn(row, j) ?? plain(row, [j]);
}

/** The j of e_j. */
export function unitIndex(value: Value): Value | null {
  const [first, second] = value.kind === 'entry' ? value.selectors : [];
  const isUnit =
    value.kind === 'entry' && isConstant((value as EntryValue).base, 'identity') && first?.kind === 'all' && second?.kind === 'at';
  return isUnit ? second.index : null;
}

/** The entry with the indices as far within as they go: (A x + y)_i is A_{i,:} x + y_i. */
export function entryExpanded(value: EntryValue): Value {
  // Of a symbol it is as it should be; and a member of a family is written like an entry.
  if (value.base.kind === 'symbol') return value;
  const indices = value.selectors.flatMap((selector) => (selector.kind === 'at' ? [selector.index] : []));
  if (indices.length !== value.selectors.length) return partExpanded(value);
  const written = plain(value.base, indices);
  if (written.kind !== 'entry' || written.base.kind !== 'product' || !isScalar(written.shape)) return written;
  const { factors, shape } = written.base;
  const [i, j] = written.selectors.map((selector) => (selector as ValueSelector & { kind: 'at' }).index) as [Value, Value | undefined];
  const [first, last] = [factors[0] as Value, factors.at(-1) as Value];
  if (shape.cols.key === ONE.key) return product(rowOf(first, i), ...factors.slice(1));
  if (shape.rows.key === ONE.key) return product(...factors.slice(0, -1), columnOf(last, j ?? i));
  return j === undefined ? written : product(rowOf(first, i), ...factors.slice(1, -1), columnOf(last, j));
}

/** A row or a column of a sum is the sum of the rows, that of a transpose the other turned. */
function partExpanded(value: EntryValue): Value {
  const { base, selectors, shape } = value;
  if (base.kind === 'sum') return sum(...base.terms.map((term) => expanded(entryOf(term, selectors) ?? entry(term, selectors, shape))));
  const [row, column] = selectors;
  if (base.kind === 'product' && row !== undefined && column !== undefined) {
    const [first, last] = [base.factors[0] as Value, base.factors.at(-1) as Value];
    return row.kind === 'at'
      ? product(rowOf(first, row.index), ...base.factors.slice(1))
      : column.kind === 'at'
        ? product(...base.factors.slice(0, -1), columnOf(last, column.index))
        : value;
  }
  if (!isApply(base, 'transpose') || selectors.length !== 2) return value;
  const inner = base.args[0] as Value;
  return transpose(entry(inner, [...selectors].reverse(), matrix(shape.cols, shape.rows)));
}

function expanded(value: Value): Value {
  return value.kind === 'entry' ? entryExpanded(value) : value;
}

function rowOf(value: Value, i: Value): Value {
  return entryOf(value, isColumn(value) ? [{ kind: 'at', index: i }] : [{ kind: 'at', index: i }, { kind: 'all' }]) ?? value;
}

function columnOf(value: Value, j: Value): Value {
  return entryOf(value, isRow(value) ? [{ kind: 'at', index: j }] : [{ kind: 'all' }, { kind: 'at', index: j }]) ?? value;
}
