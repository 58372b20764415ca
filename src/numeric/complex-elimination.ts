import type { Look } from '../tensor/look.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** A determinant by its size, the logarithm of that, and its direction as a complex number of size one. */
export interface ComplexDeterminant {
  readonly size: number;
  readonly logSize: number;
  readonly re: number;
  readonly im: number;
  /** Of the pivots. */
  readonly smallest: number;
  readonly largest: number;
}

/** Multiplications in one of complex numbers. */
const OF_TWO_PARTS = 4;

/**
 * The determinant of an n×n matrix of complex numbers, as the product of the pivots of an elimination with
 * partial pivoting. Directions are multiplied apart from sizes, so that tiny angles are not lost.
 */
export function complexDeterminant({ rows: n, data }: Tensor, { data: imaginary }: Tensor, look: Look): ComplexDeterminant {
  const [a, b] = [data.slice(), imaginary.slice()];
  let found: ComplexDeterminant = { size: 1, logSize: 0, re: 1, im: 0, smallest: Number.POSITIVE_INFINITY, largest: 0 };
  for (let k = 0; k < n; k++) {
    look(OF_TWO_PARTS * (n - k) * (n - k));
    const best = largestBelow(a, b, n, k);
    if (best !== k) {
      found = { ...found, re: -found.re, im: -found.im };
      for (const matrix of [a, b]) swap(matrix, n, k, best);
    }
    found = times(found, a[k * n + k] as number, b[k * n + k] as number);
    for (let row = k + 1; row < n; row++) subtract(a, b, n, row, k);
  }
  return found;
}

function times(found: ComplexDeterminant, a: number, b: number): ComplexDeterminant {
  const { re, im } = found;
  const length = Math.hypot(a, b);
  const sizes = {
    size: found.size * length,
    logSize: found.logSize + Math.log(length),
    smallest: Math.min(found.smallest, length),
    largest: Math.max(found.largest, length),
  };
  if (length === 0) return { ...sizes, re, im };
  const [cos, sin] = [a / length, b / length];
  return { ...sizes, re: re * cos - im * sin, im: re * sin + im * cos };
}

function largestBelow(a: Float64Array, b: Float64Array, n: number, k: number): number {
  const size = (row: number) => Math.hypot(a[row * n + k] as number, b[row * n + k] as number);
  let best = k;
  for (let row = k + 1; row < n; row++) if (size(row) > size(best)) best = row;
  return best;
}

function swap(matrix: Float64Array, n: number, p: number, q: number): void {
  for (let col = 0; col < n; col++)
    [matrix[p * n + col], matrix[q * n + col]] = [matrix[q * n + col] as number, matrix[p * n + col] as number];
}

/** Row r becomes r − (z_rk / z_kk) times row k. */
function subtract(a: Float64Array, b: Float64Array, n: number, row: number, k: number): void {
  const [p, q] = [a[k * n + k] as number, b[k * n + k] as number];
  const [x, y] = [a[row * n + k] as number, b[row * n + k] as number];
  const square = p * p + q * q;
  const [re, im] = [(x * p + y * q) / square, (y * p - x * q) / square];
  for (let from = k * n + k, at = row * n + k; from < k * n + n; from++, at++) {
    const u = a[from] as number;
    const v = b[from] as number;
    a[at] = (a[at] as number) - (re * u - im * v);
    b[at] = (b[at] as number) - (re * v + im * u);
  }
}
