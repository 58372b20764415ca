import type { Property } from '../syntax/ast.ts';
import type { Look } from '../tensor/look.ts';
import { determinant } from '../tensor/lu.ts';
import { multiply, transposeInto } from '../tensor/product.ts';
import type { Size } from '../tensor/product-plan.ts';
import { tensor } from '../tensor/tensor.ts';

/** No value is drawn closer to zero than this where it has to be positive. */
export const MARGIN = 0.1;

/** In this order none of them undoes what another one made, where a value can have both. */
const ORDER: readonly Property[] = [
  'positive',
  'invertible',
  'lower',
  'upper',
  'symmetric',
  'skew',
  'spd',
  'projection',
  'orthogonal',
  'diagonal',
  'unit',
  'simplex',
  'sign',
  'binary',
  'onehot',
  'zero',
];

/** Changes values so that they have all of some properties; none of them is a number where that was not to be had. */
export function holdAll(values: Float64Array, size: Size, properties: readonly Property[], look: Look): void {
  for (const property of ORDER)
    if (properties.includes(property)) (together(property, properties) ?? SAMPLERS[property])(values, size, look);
  if (properties.length > 1 && !properties.every((property) => has(values, size, property, properties))) values.fill(Number.NaN);
}

/** Changes values so that they have a property. */
export function hold(values: Float64Array, size: Size, property: Property): void {
  SAMPLERS[property](values, size, () => undefined);
}

type Sampler = (values: Float64Array, size: Size, look: Look) => void;

const SAMPLERS: Readonly<Record<Property, Sampler>> = {
  positive: makePositive,
  simplex: (values, size) => {
    makePositive(values);
    for (const point of pointsIn(values, size))
      divide(
        point,
        point.reduce((total, value) => total + value, 0),
      );
  },
  unit: (values) => divide(values, Math.hypot(...values)),
  onehot: (values, size) => {
    for (const point of pointsIn(values, size)) {
      const hot = point.indexOf(Math.max(...point));
      point.fill(0)[hot] = 1;
    }
  },
  zero: (values) => values.fill(0),
  binary: (values) => {
    const most = Math.max(...values);
    for (let k = 0; k < values.length; k++) values[k] = values[k] === most || (values[k] as number) > 0 ? 1 : 0;
  },
  sign: (values) => {
    for (let k = 0; k < values.length; k++) values[k] = (values[k] as number) > 0 ? 1 : -1;
  },
  symmetric: (values, size) => isSquare(size) && visit(values, size, (i, j, at) => (i > j ? at(j, i) : at(i, j))),
  skew: (values, size) => isSquare(size) && visit(values, size, (i, j, at) => (i === j ? 0 : i > j ? -at(j, i) : at(i, j))),
  projection: makeProjection,
  spd: makeDefinite,
  diagonal: (values, size) => visit(values, size, (i, j, at) => (i === j ? at(i, j) : 0)),
  lower: (values, size) => visit(values, size, (i, j, at) => (i >= j ? at(i, j) : 0)),
  upper: (values, size) => visit(values, size, (i, j, at) => (i <= j ? at(i, j) : 0)),
  /** A random matrix is invertible; one far from singular is kinder to differences. */
  invertible: (values, size) => visit(values, size, (i, j, at) => at(i, j) + (i === j ? Math.sign(at(i, j)) : 0)),
  orthogonal: makeOrthonormal,
};

/** A column is one point, a matrix holds one in each row: labels of several examples. */
function pointsIn(values: Float64Array, { rows, cols }: Size): readonly Float64Array[] {
  if (cols === 1) return [values];
  return Array.from({ length: rows }, (_, row) => values.subarray(row * cols, (row + 1) * cols));
}

function divide(values: Float64Array, by: number): void {
  for (let k = 0; k < values.length; k++) values[k] = (values[k] as number) / by;
}

export function isSquare({ rows, cols }: Size): boolean {
  return rows === cols;
}

export function makePositive(values: Float64Array): void {
  for (let k = 0; k < values.length; k++) values[k] = Math.abs(values[k] as number) + MARGIN;
}

/** Replaces each entry by what `entry` makes of the old ones. */
function visit(
  values: Float64Array,
  { rows, cols }: Size,
  entry: (i: number, j: number, at: (i: number, j: number) => number) => number,
): void {
  const old = Float64Array.from(values);
  const at = (i: number, j: number) => old[i * cols + j] as number;
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) values[i * cols + j] = entry(i, j, at);
}

/** G G' / n + I / 2: symmetric, with eigenvalues well above zero. */
export function makeDefinite(values: Float64Array, size: Size, look: Look): void {
  if (!isSquare(size)) return;
  const n = size.rows;
  const old = tensor(n, n, values);
  const turned = tensor(n, n);
  const product = tensor(n, n);
  transposeInto(turned, old);
  multiply(product, old, turned, look);
  for (let k = 0; k < values.length; k++) values[k] = (product.data[k] as number) / n + (k % (n + 1) === 0 ? 0.5 : 0);
}

/** Gram and Schmidt, column by column; more columns than rows have no such values. */
function makeOrthonormal(values: Float64Array, { rows, cols }: Size, look: Look): void {
  if (cols > rows) return void values.fill(Number.NaN);
  for (let j = 0; j < cols; j++) {
    look(2 * rows * (j + 1));
    for (let k = 0; k < j; k++) addColumn(values, rows, cols, j, k, -columnProduct(values, rows, cols, j, k));
    const norm = Math.sqrt(columnProduct(values, rows, cols, j, j));
    for (let i = 0; i < rows; i++) values[i * cols + j] = (values[i * cols + j] as number) / norm;
  }
}

/** On the space of half as many columns, orthonormal ones: Q Q'. */
function makeProjection(values: Float64Array, size: Size, look: Look): void {
  if (!isSquare(size)) return void values.fill(Number.NaN);
  makeOrthonormal(values, size, look);
  visit(values, size, (i, j, at) => {
    let sum = 0;
    for (let k = 0; k < Math.ceil(size.rows / 2); k++) sum += at(i, k) * at(j, k);
    return sum;
  });
}

function columnProduct(values: Float64Array, rows: number, cols: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += (values[i * cols + a] as number) * (values[i * cols + b] as number);
  return sum;
}

function addColumn(values: Float64Array, rows: number, cols: number, to: number, from: number, factor: number): void {
  for (let i = 0; i < rows; i++) values[i * cols + to] = (values[i * cols + to] as number) + factor * (values[i * cols + from] as number);
}

// ---- several at once

const TRIANGULAR: readonly Property[] = ['diagonal', 'lower', 'upper'];

/** How a property is had together with others that its usual values do not have; null where those do. */
function together(property: Property, others: readonly Property[]): Sampler | null {
  const isTriangular = TRIANGULAR.some((one) => others.includes(one));
  if (property === 'orthogonal' && isTriangular) return makeSigns;
  if (property === 'orthogonal' && others.includes('symmetric')) return makeReflection;
  return property === 'projection' && isTriangular ? makeChoice : null;
}

/** 1 and -1 on the diagonal. */
function makeSigns(values: Float64Array, size: Size): void {
  visit(values, size, (i, j, at) => (i === j ? Math.sign(at(i, i)) : 0));
}

/** 1 and 0 on the diagonal. */
function makeChoice(values: Float64Array, size: Size): void {
  visit(values, size, (i, j, at) => (i === j && at(i, i) > 0 ? 1 : 0));
}

/** I - 2 v v' / v'v of the first column v (Householder 1958). */
function makeReflection(values: Float64Array, size: Size): void {
  const { rows, cols } = size;
  const length = columnProduct(values, rows, cols, 0, 0);
  visit(values, size, (i, j, at) => (i === j ? 1 : 0) - (2 * at(i, 0) * at(j, 0)) / length);
}

/** What rounding leaves of a property, beside entries of about one. */
const ROUNDING = 1e-9;

/** Whether values have one of the properties that they were given together. */
function has(values: Float64Array, size: Size, property: Property, all: readonly Property[]): boolean {
  if (property === 'positive' && TRIANGULAR.some((one) => all.includes(one))) return values.every((value) => value >= 0);
  return TESTS[property]?.(values, size) ?? true;
}

type Test = (values: Float64Array, size: Size) => boolean;

const isChoice: Test = (values) => values.every((value) => value === 0 || value === 1);
const isSymmetric: Test = (values, size) => isSquare(size) && entries(values, size, (i, j, at) => at(i, j) - at(j, i));

/** Those that others can undo. */
const TESTS: Readonly<Partial<Record<Property, Test>>> = {
  positive: (values) => values.every((value) => value > 0),
  symmetric: isSymmetric,
  spd: (values, size) => isSymmetric(values, size) && determinant(tensor(size.rows, size.cols, values)) > ROUNDING,
  skew: (values, size) => isSquare(size) && entries(values, size, (i, j, at) => at(i, j) + at(j, i)),
  diagonal: (values, size) => entries(values, size, (i, j, at) => (i === j ? 0 : at(i, j))),
  lower: (values, size) => entries(values, size, (i, j, at) => (i < j ? at(i, j) : 0)),
  upper: (values, size) => entries(values, size, (i, j, at) => (i > j ? at(i, j) : 0)),
  orthogonal: (values, size) =>
    entries(values, { rows: size.cols, cols: size.cols }, (i, j) => columnProduct(values, size.rows, size.cols, i, j) - (i === j ? 1 : 0)),
  projection: (values, size) =>
    isSymmetric(values, size) && entries(values, size, (i, j, at) => columnProduct(values, size.rows, size.cols, i, j) - at(i, j)),
  unit: (values) => Math.abs(Math.hypot(...values) - 1) < ROUNDING,
  simplex: (values, size) =>
    pointsIn(values, size).every((point) => Math.abs(point.reduce((total, value) => total + value, 0) - 1) < ROUNDING),
  sign: (values) => values.every((value) => Math.abs(value) === 1),
  binary: isChoice,
  onehot: isChoice,
};

/** Whether what is made of each entry is zero. */
function entries(
  values: Float64Array,
  { rows, cols }: Size,
  rest: (i: number, j: number, at: (i: number, j: number) => number) => number,
): boolean {
  const at = (i: number, j: number) => values[i * cols + j] as number;
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) if (!(Math.abs(rest(i, j, at)) < ROUNDING)) return false;
  return true;
}
