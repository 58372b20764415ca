import type { Look } from './look.ts';
import type { Tensor } from './tensor.ts';

/** Where an n×n matrix is decomposed; whoever decomposes many of one size keeps it. */
export interface LuBuffers {
  readonly lu: Float64Array;
  readonly pivots: Int32Array;
  readonly roundings: Float64Array;
  readonly look: Look;
}

export function luBuffers(n: number, look: Look = () => undefined): LuBuffers {
  return { lu: new Float64Array(n * n), pivots: new Int32Array(n), roundings: new Float64Array(n), look };
}

/**
 * LU decomposition of an n×n matrix with partial pivoting, within `buffers.lu` (Golub and Van Loan 2013, algorithm 3.4.1).
 * `pivots[k]` is the row that took the place of row k; the sign is that of the permutation, or 0 where
 * the matrix is singular: a pivot that is nothing but rounding errors of its row counts as zero. NaN where an entry has no value.
 */
function decompose({ rows: n, data }: Tensor, { lu: a, pivots, roundings, look }: LuBuffers): number {
  a.set(data);
  noteRoundings(roundings, a, n);
  let sign = 1;
  for (let k = 0; k < n; k++) {
    const pivot = largestBelow(a, n, k);
    pivots[k] = pivot;
    const rounding = roundings[pivot] as number;
    if (!(Math.abs(a[pivot * n + k] as number) > rounding)) return Number.isFinite(rounding) ? 0 : Number.NaN;
    if (pivot !== k) {
      swapRows(a, n, k, pivot);
      swapRows(roundings, 1, k, pivot);
      sign = -sign;
    }
    look((n - k) * (n - k));
    eliminate(a, n, k);
  }
  return sign;
}

/** Units in the last place, for each row, that a matrix made by a product and its elimination may be off. */
const UNITS = 64;

/** What rounding leaves of each row of an n×n matrix where elimination cancels it. */
function noteRoundings(roundings: Float64Array, a: Float64Array, n: number): void {
  for (let row = 0; row < n; row++) {
    let largest = 0;
    for (let at = row * n; at < row * n + n; at++) largest = Math.max(largest, Math.abs(a[at] as number));
    roundings[row] = UNITS * n * Number.EPSILON * largest;
  }
}

function largestBelow(a: Float64Array, n: number, k: number): number {
  let best = k;
  for (let row = k + 1; row < n; row++) if (Math.abs(a[row * n + k] as number) > Math.abs(a[best * n + k] as number)) best = row;
  return best;
}

function swapRows(a: Float64Array, width: number, p: number, q: number): void {
  for (let col = 0; col < width; col++) {
    const kept = a[p * width + col] as number;
    a[p * width + col] = a[q * width + col] as number;
    a[q * width + col] = kept;
  }
}

function eliminate(a: Float64Array, n: number, k: number): void {
  const pivot = a[k * n + k] as number;
  for (let row = k + 1; row < n; row++) {
    const factor = (a[row * n + k] as number) / pivot;
    a[row * n + k] = factor;
    if (factor === 0) continue;
    for (let col = k + 1; col < n; col++) a[row * n + col] = (a[row * n + col] as number) - factor * (a[k * n + col] as number);
  }
}

/** The determinant of an n×n matrix. */
export function determinant(x: Tensor, buffers: LuBuffers = luBuffers(x.rows)): number {
  const n = x.rows;
  let product = decompose(x, buffers);
  for (let k = 0; k < n && product !== 0; k++) product *= buffers.lu[k * n + k] as number;
  return product;
}

/** A pivot smaller than this part of the largest one is what rounding left of a zero. */
const NEGLIGIBLE = 1e-14;

/** Whether a decomposed matrix was singular within rounding, as A'A is where A has more columns than rows. */
function isNearlySingular(lu: Float64Array, n: number): boolean {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, 0];
  for (let k = 0; k < n; k++) {
    const pivot = Math.abs(lu[k * n + k] as number);
    [smallest, largest] = [Math.min(smallest, pivot), Math.max(largest, pivot)];
  }
  return isNegligible(smallest, largest);
}

/** Whether a pivot of the first size is a zero but for rounding, beside one of the second. */
export function isNegligible(smallest: number, largest: number): boolean {
  return smallest < NEGLIGIBLE * largest;
}

/** The logarithm of a positive determinant; NaN of another. Sums of logarithms do not overflow. */
export function logDeterminant(x: Tensor, buffers: LuBuffers = luBuffers(x.rows)): number {
  const n = x.rows;
  const { lu } = buffers;
  let sign = decompose(x, buffers);
  if (isNearlySingular(lu, n)) return Number.NaN;
  let sum = 0;
  for (let k = 0; k < n && sign !== 0; k++) {
    const pivot = lu[k * n + k] as number;
    sign *= Math.sign(pivot);
    sum += Math.log(Math.abs(pivot));
  }
  return sign > 0 ? sum : Number.NaN;
}

/** out = a⁻¹ of an n×n matrix; NaN everywhere where it is singular within rounding. */
export function invertInto(out: Tensor, x: Tensor, buffers: LuBuffers = luBuffers(x.rows)): void {
  const n = x.rows;
  const { lu, pivots, look } = buffers;
  if (decompose(x, buffers) === 0 || isNearlySingular(lu, n)) return void out.data.fill(Number.NaN);
  out.data.fill(0);
  for (let k = 0; k < n; k++) out.data[k * n + k] = 1;
  for (let k = 0; k < n; k++) if (pivots[k] !== k) swapRows(out.data, n, k, pivots[k] as number);
  substitute(lu, n, out.data, n, look);
}

/** Solves L U X = B for the columns of B, in place. */
function substitute(lu: Float64Array, n: number, b: Float64Array, width: number, look: Look): void {
  for (let row = 1; row < n; row++) {
    look(row * width);
    for (let k = 0; k < row; k++) subtractRow(b, width, row, k, lu[row * n + k] as number);
  }
  for (let row = n - 1; row >= 0; row--) {
    look((n - row) * width);
    for (let k = row + 1; k < n; k++) subtractRow(b, width, row, k, lu[row * n + k] as number);
    for (let col = 0; col < width; col++) b[row * width + col] = (b[row * width + col] as number) / (lu[row * n + row] as number);
  }
}

function subtractRow(b: Float64Array, width: number, row: number, k: number, factor: number): void {
  if (factor === 0) return;
  for (let col = 0; col < width; col++) b[row * width + col] = (b[row * width + col] as number) - factor * (b[k * width + col] as number);
}
