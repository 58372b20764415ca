import { type Random, random } from '../base/random.ts';
import type { Property } from '../syntax/ast.ts';
import { multiply, transposeInto } from '../tensor/product.ts';
import type { Size } from '../tensor/product-plan.ts';
import { tensor } from '../tensor/tensor.ts';

/**
 * Where a value is drawn from when nothing is declared of it: a first guess, and others for when an
 * expression has no real value there, such as the logarithm of a negative number.
 */
export type Region = 'normal' | 'positive' | 'unit' | 'spd' | 'small' | 'whole';

/** Those of vectors and matrices. */
const REGIONS: readonly Region[] = ['normal', 'positive', 'unit', 'spd', 'small'];
/** A number may be the exponent of a matrix, which is a whole one where the matrix has no other powers. */
const REGIONS_OF_NUMBERS: readonly Region[] = [...REGIONS, 'whole'];

/** One of the regions for so many entries, as a number between 0 and 1 decides. */
export function regionAt(uniform: number, entries: number): Region {
  const regions = entries === 1 ? REGIONS_OF_NUMBERS : REGIONS;
  return regions[Math.floor(uniform * regions.length)] as Region;
}

/** No value is drawn closer to zero than this where it has to be positive. */
const MARGIN = 0.1;

/** Draws values row by row into `out`, as the properties ask, otherwise from the region. */
export function drawInto(out: Float64Array, size: Size, properties: readonly Property[], region: Region, random: Random): void {
  fillNormal(out, random);
  if (properties.length === 0) shapeRegion(out, size, region, random);
  else for (const property of properties) hold(out, size, property);
}

/** Changes values so that they have a property. */
export function hold(values: Float64Array, size: Size, property: Property): void {
  SAMPLERS[property](values, size);
}

/** How often a number falls into each of its strata is fixed, so that it is never positive throughout, or small. */
export const STRATA = 6;
/** Where a standard normal number lies below with a probability of 1/6, 1/3, 1/2, 2/3, 5/6. */
const BETWEEN_STRATA: readonly number[] = [-0.967421566, -0.430727299, 0, 0.430727299, 0.967421566];

/**
 * A standard normal number from a stratum that is another one each turn, in an order that the name and the round decide: Latin
 * hypercube sampling (McKay, Beckman and Conover 1979).
 */
export function drawStratified(out: Float64Array, turn: number, name: number, { normal }: Random): void {
  const wanted = orderOf(name + Math.floor(turn / STRATA))[turn % STRATA];
  do out[0] = normal();
  while (stratumOf(out[0]) !== wanted);
}

function stratumOf(value: number): number {
  let stratum = 0;
  while (stratum < BETWEEN_STRATA.length && (BETWEEN_STRATA[stratum] as number) < value) stratum++;
  return stratum;
}

/** A permutation of the strata (Fisher and Yates). */
function orderOf(seed: number): readonly number[] {
  const { uniform } = random(seed);
  const order = Array.from({ length: STRATA }, (_, at) => at);
  for (let at = STRATA - 1; at > 0; at--) {
    const other = Math.floor(uniform() * (at + 1));
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/** Properties that a multiple of a value does not have. */
const OF_ONE_SIZE: ReadonlySet<Property> = new Set(['simplex', 'unit', 'onehot', 'binary', 'sign', 'orthogonal', 'projection']);

/** Multiplies values by a positive number, where neither properties nor the region confine their size. */
export function stretch(values: Float64Array, properties: readonly Property[], region: Region, by: number): void {
  const isFree =
    !properties.some((property) => OF_ONE_SIZE.has(property)) && (region === 'normal' || region === 'positive' || properties.length > 0);
  if (isFree) for (let k = 0; k < values.length; k++) values[k] = by * (values[k] as number);
}

/** From so many values on they are drawn all at once. */
const MANY = 1024;

/** Standard normal values. */
export function fillNormal(out: Float64Array, { normal, fillNormal: fillAll }: Random): void {
  if (out.length >= MANY) fillAll(out);
  else for (let k = 0; k < out.length; k++) out[k] = normal();
}

function shapeRegion(out: Float64Array, size: Size, region: Region, { uniform }: Random): void {
  if (region === 'positive') makePositive(out);
  if (region === 'unit') for (let k = 0; k < out.length; k++) out[k] = MARGIN + (1 - 2 * MARGIN) * uniform();
  if (region === 'spd') isSquare(size) ? makeDefinite(out, size) : makePositive(out);
  if (region === 'whole') out[0] = 2 + Math.floor(3 * uniform());
  if (region === 'small') for (let k = 0; k < out.length; k++) out[k] = 0.2 * (out[k] as number);
}

type Sampler = (values: Float64Array, size: Size) => void;

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

function isSquare({ rows, cols }: Size): boolean {
  return rows === cols;
}

function makePositive(values: Float64Array): void {
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
function makeDefinite(values: Float64Array, size: Size): void {
  if (!isSquare(size)) return;
  const n = size.rows;
  const old = tensor(n, n, values);
  const turned = tensor(n, n);
  const product = tensor(n, n);
  transposeInto(turned, old);
  multiply(product, old, turned);
  for (let k = 0; k < values.length; k++) values[k] = (product.data[k] as number) / n + (k % (n + 1) === 0 ? 0.5 : 0);
}

/** Gram and Schmidt, column by column; more columns than rows have no such values. */
function makeOrthonormal(values: Float64Array, { rows, cols }: Size): void {
  if (cols > rows) return void values.fill(Number.NaN);
  for (let j = 0; j < cols; j++) {
    for (let k = 0; k < j; k++) addColumn(values, rows, cols, j, k, -columnProduct(values, rows, cols, j, k));
    const norm = Math.sqrt(columnProduct(values, rows, cols, j, j));
    for (let i = 0; i < rows; i++) values[i * cols + j] = (values[i * cols + j] as number) / norm;
  }
}

/** On the space of half as many columns, orthonormal ones: Q Q'. */
function makeProjection(values: Float64Array, size: Size): void {
  if (!isSquare(size)) return void values.fill(Number.NaN);
  makeOrthonormal(values, size);
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
