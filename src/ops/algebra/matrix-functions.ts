import { ONE, times } from '../../shape/dimension.ts';
import { isScalar, matrix, SCALAR } from '../../shape/shape.ts';
import { hadamard } from './hadamard.ts';
import { dimension, identity, number, onesColumn, rawApply, zeros } from './leaves.ts';
import { power, reciprocal } from './power.ts';
import { isOrthogonal, product } from './product.ts';
import { sum } from './sum.ts';
import { transpose } from './transpose.ts';
import { isApply, isColumn, isConstant, isRow, isSquare, isVector, isZero, type Value } from './value.ts';

/** The inverse of a square matrix. */
export function inverse(value: Value): Value {
  if (isScalar(value.shape)) return reciprocal(value);
  if (isConstant(value, 'identity')) return value;
  if (isOrthogonal(value)) return transpose(value);
  if (value.kind === 'product' && (value.coefficient !== 1 || value.scalars.length > 0)) return inverseOfScaled(value);
  if (isApply(value, 'inverse')) return value.args[0] as Value;
  if (isApply(value, 'diag')) return diagonal(reciprocal(value.args[0] as Value));
  if (isApply(value, 'pow') && value.args[1]?.kind === 'number') return matrixPower(value.args[0] as Value, number(-value.args[1].value));
  if (isApply(value, 'transpose')) return transpose(inverse(value.args[0] as Value));
  return rawApply('inverse', [value], value.shape);
}

function inverseOfScaled({ coefficient, scalars, factors }: Value & { kind: 'product' }): Value {
  return product(number(1 / coefficient), ...scalars.map(reciprocal), inverse(product(...factors)));
}

/** The inverse of a product of square factors, as the product of their inverses from behind. */
export function inverseOfFactors(value: Value): Value {
  const factors = value.kind === 'product' ? value.factors : [value];
  if (value.kind !== 'product' || !factors.every(isSquare)) return inverse(value);
  return product(number(1 / value.coefficient), ...value.scalars.map(reciprocal), ...[...factors].reverse().map(inverse));
}

/** The trace, of factors rotated so that they make a scalar where they can. */
export function trace(value: Value): Value {
  if (isScalar(value.shape)) return value;
  if (isZero(value)) return number(0);
  if (isConstant(value, 'identity')) return dimension(value.shape.rows);
  if (isApply(value, 'transpose')) return trace(value.args[0] as Value);
  if (isApply(value, 'diag')) return total(value.args[0] as Value);
  if (isApply(value, 'kron')) return product(...value.args.map(trace));
  if (value.kind !== 'product') return traceOfColumns(value) ?? rawApply('trace', [value], SCALAR);
  const chain = rotated(value.factors);
  return product(number(value.coefficient), ...value.scalars, chain);
}

/** Of a sum of columns times rows the trace is a sum of numbers: tr(x y' + y x') is 2 x'y. Null of any other. */
function traceOfColumns(value: Value): Value | null {
  return value.kind === 'sum' && value.terms.every(isOuter) ? sum(...value.terms.map(trace)) : null;
}

/** Whether a column meets a row in it. */
function isOuter(value: Value): boolean {
  return value.kind === 'product' && value.factors.some((factor, at) => at + 1 < value.factors.length && factor.shape.cols.key === ONE.key);
}

function rotated(factors: readonly Value[]): Value {
  const spread = factors.findIndex((factor) => factor.kind === 'sum' && factor.terms.every(isOuter));
  if (spread >= 0) {
    const turned = [...factors.slice(spread + 1), ...factors.slice(0, spread)];
    return sum(...(factors[spread] as Value & { kind: 'sum' }).terms.map((term) => trace(product(term, ...turned))));
  }
  const start = factors.findIndex((factor) => factor.shape.rows.key === ONE.key);
  if (start >= 0) return product(...factors.slice(start), ...factors.slice(0, start));
  const forward = rotations(factors);
  const backward = rotations([...factors].reverse().map(transpose));
  const candidates = [...forward, ...backward];
  const [best] = candidates.sort((a, b) => a.size - b.size || (a.key < b.key ? -1 : 1)) as [Value];
  return best.kind === 'product' && best.coefficient === 1 && best.scalars.length === 0 ? rawApply('trace', [best], SCALAR) : trace(best);
}

function rotations(factors: readonly Value[]): readonly Value[] {
  return factors.map((_, at) => product(...factors.slice(at), ...factors.slice(0, at)));
}

/** The sum of all entries. */
export function total(value: Value): Value {
  if (isScalar(value.shape)) return value;
  if (isZero(value)) return number(0);
  if (isConstant(value, 'ones')) return dimension(times(value.shape.rows, value.shape.cols));
  if (isConstant(value, 'identity')) return dimension(value.shape.rows);
  if (isDistribution(value)) return number(1);
  if (isApply(value, 'transpose')) return total(value.args[0] as Value);
  if (value.kind === 'product' && (value.coefficient !== 1 || value.scalars.length > 0)) {
    return product(number(value.coefficient), ...value.scalars, total(product(...value.factors)));
  }
  if (value.kind === 'hadamard') return totalOfHadamard(value.factors);
  if (value.kind === 'product' && isConstant(value.factors.at(-1) as Value, 'ones') && isColumn(value))
    return total(product(...value.factors.slice(0, -1)));
  return rawApply('total', [value], SCALAR);
}

/** Whether it is a vector whose entries sum to one, by what is declared of it or by what it is. */
function isDistribution(value: Value): boolean {
  return (
    isVector(value) &&
    (value.kind === 'symbol' ? value.properties.some((one) => one === 'simplex' || one === 'onehot') : isApply(value, 'softmax'))
  );
}

function totalOfHadamard(factors: readonly Value[]): Value {
  const [first, ...rest] = factors as readonly [Value, ...Value[]];
  return isVector(first) ? inner(first, hadamard(...rest)) : rawApply('total', [hadamard(...factors)], SCALAR);
}

/** The sum of the products of corresponding entries. */
export function inner(a: Value, b: Value): Value {
  if (isScalar(a.shape)) return product(a, b);
  if (isConstant(a, 'ones')) return total(b);
  if (isConstant(b, 'ones')) return total(a);
  if (isConstant(a, 'identity')) return trace(b);
  if (isConstant(b, 'identity')) return trace(a);
  if (isColumn(a)) return product(transpose(a), b);
  if (isRow(a)) return product(a, transpose(b));
  return trace(product(transpose(a), b));
}

/** The diagonal matrix of a vector, the diagonal of a square matrix as a column. */
export function diagonal(value: Value): Value {
  if (isScalar(value.shape)) return value;
  if (isVector(value)) return diagonalMatrix(isRow(value) ? transpose(value) : value);
  return diagonalColumn(value);
}

function diagonalMatrix(column: Value): Value {
  const { rows } = column.shape;
  if (isConstant(column, 'ones')) return identity(rows);
  if (isZero(column)) return zeros(matrix(rows, rows));
  if (column.kind === 'product' && (column.coefficient !== 1 || column.scalars.length > 0)) {
    return product(number(column.coefficient), ...column.scalars, diagonalMatrix(product(...column.factors)));
  }
  return rawApply('diag', [column], matrix(rows, rows));
}

function diagonalColumn(value: Value): Value {
  const { rows } = value.shape;
  if (isConstant(value, 'identity') || isConstant(value, 'ones')) return onesColumn(rows);
  if (isZero(value)) return zeros(matrix(rows, ONE));
  if (isApply(value, 'diag')) return value.args[0] as Value;
  if (isApply(value, 'transpose')) return diagonalColumn(value.args[0] as Value);
  if (value.kind === 'hadamard') return hadamard(...value.factors.map(diagonalColumn));
  if (value.kind === 'sum' && value.terms.some(isDiagonalMatrix)) return sum(...value.terms.map(diagonalColumn));
  if (value.kind === 'product') return diagonalOfProduct(value);
  return rawApply('diag', [value], matrix(rows, ONE));
}

/** Of which the diagonal is told without a sign for it: multiples of I and of diag(x). */
function isDiagonalMatrix(value: Value): boolean {
  const only = value.kind === 'product' && value.factors.length === 1 ? (value.factors[0] as Value) : value;
  return isApply(only, 'diag') || isConstant(only, 'identity');
}

/** The diagonal of u v' is u ⊙ v; one diagonal factor comes out of the product. */
function diagonalOfProduct({ coefficient, scalars, factors, shape }: Value & { kind: 'product' }): Value {
  const scale = [number(coefficient), ...scalars];
  const cut = factors.findIndex((factor, at) => at + 1 < factors.length && factor.shape.cols.key === ONE.key);
  if (cut >= 0) return product(...scale, hadamard(product(...factors.slice(0, cut + 1)), transpose(product(...factors.slice(cut + 1)))));
  const [first, last] = [factors[0] as Value, factors.at(-1) as Value];
  if (factors.length === 1) return product(...scale, diagonalColumn(first));
  if (isApply(first, 'diag')) return product(...scale, hadamard(first.args[0] as Value, diagonalColumn(product(...factors.slice(1)))));
  if (isApply(last, 'diag')) return product(...scale, hadamard(last.args[0] as Value, diagonalColumn(product(...factors.slice(0, -1)))));
  const inside = fewerTransposes(product(...factors));
  return product(...scale, rawApply('diag', [inside], matrix(shape.rows, ONE)));
}

/** B A rather than A' B', where either will do. */
function fewerTransposes(value: Value): Value {
  const turned = transpose(value);
  return turned.size < value.size ? turned : value;
}

/** The columns below one another. */
export function vec(value: Value): Value {
  if (isScalar(value.shape) || isColumn(value)) return value;
  if (isRow(value)) return transpose(value);
  const shape = matrix(times(value.shape.rows, value.shape.cols), ONE);
  if (isZero(value)) return zeros(shape);
  if (value.kind === 'product' && (value.coefficient !== 1 || value.scalars.length > 0)) {
    return product(number(value.coefficient), ...value.scalars, vec(product(...value.factors)));
  }
  return rawApply('vec', [value], shape);
}

/** The matrix of a cross product with a vector of length 3, which is linear in it. */
export function skew(value: Value): Value {
  const { rows } = value.shape;
  if (isZero(value)) return zeros(matrix(rows, rows));
  if (value.kind === 'sum') return sum(...value.terms.map(skew));
  const { scale, rest } = withoutScale(value);
  return product(...scale, rawApply('skew', [rest], matrix(rows, rows)));
}

/** The Kronecker product; with a row and a column it is an ordinary one. */
export function kronecker(a: Value, b: Value): Value {
  if (isScalar(a.shape) || isScalar(b.shape)) return product(a, b);
  if (isRow(a) && isColumn(b)) return product(b, a);
  if (isColumn(a) && isRow(b)) return product(a, b);
  const shape = matrix(times(a.shape.rows, b.shape.rows), times(a.shape.cols, b.shape.cols));
  if (isZero(a) || isZero(b)) return zeros(shape);
  if (isConstant(a, 'identity') && isConstant(b, 'identity')) return identity(shape.rows);
  const [left, right] = [withoutScale(a), withoutScale(b)];
  return product(...left.scale, ...right.scale, rawApply('kron', [left.rest, right.rest], shape));
}

function withoutScale(value: Value): { readonly scale: readonly Value[]; readonly rest: Value } {
  if (value.kind !== 'product') return { scale: [], rest: value };
  return { scale: [number(value.coefficient), ...value.scalars], rest: product(...value.factors) };
}

/** A power of a square matrix. */
export function matrixPower(base: Value, exponent: Value): Value {
  if (isScalar(base.shape)) return power(base, exponent);
  if (isApply(base, 'transpose')) return transpose(matrixPower(base.args[0] as Value, exponent));
  if (isApply(base, 'diag')) return diagonal(power(base.args[0] as Value, exponent));
  if (exponent.kind === 'number') {
    if (exponent.value === 0) return identity(base.shape.rows);
    if (exponent.value === 1 || isConstant(base, 'identity')) return base;
    if (exponent.value === -1) return inverse(base);
    if (exponent.value === 2) return product(base, base);
  }
  return rawApply('pow', [base, exponent], base.shape);
}

/** The number of entries, as a value. */
export function count({ shape }: Value): Value {
  return dimension(times(shape.rows, shape.cols));
}
