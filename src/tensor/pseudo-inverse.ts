import type { Tensor } from './tensor.ts';

const SWEEPS = 60;
/** Columns whose cosine is smaller stand at right angles. */
const RIGHT_ANGLE = 1e-15;
/** Singular values below this part of the largest are zero, and what is left of them is rounding. */
const NEGLIGIBLE = 1e-12;

/** A matrix column by column, so that a rotation takes two rows of numbers. */
type Columns = readonly Float64Array[];

/**
 * out (n×m) = the Moore-Penrose inverse of x (m×n), by the one-sided Jacobi method (Hestenes 1958; Golub and Van Loan 2013, §8.6.3): the columns
 * are turned until they stand at right angles, x V = U Σ, and then x^+ = V Σ^-2 (U Σ)'. A rank that is not full is found in spite of rounding.
 */
export function pseudoInverseInto(out: Tensor, x: Tensor): void {
  if (!x.data.every(Number.isFinite)) return void out.data.fill(Number.NaN);
  const isTall = x.rows >= x.cols;
  const turned = columnsOf(x, isTall);
  const rotation = identityColumns(turned.length);
  for (let sweep = 0; sweep < SWEEPS && turnOnce(turned, rotation); sweep++);
  const squares = turned.map((column) => dot(column, column));
  const least = Math.max(...squares) * NEGLIGIBLE * NEGLIGIBLE;
  out.data.fill(0);
  squares.forEach((square, k) => {
    const [v, u] = [rotation[k] as Float64Array, turned[k] as Float64Array];
    if (square > least) addOuter(out, isTall ? v : u, isTall ? u : v, 1 / square);
  });
}

function columnsOf({ rows, cols, data }: Tensor, isTall: boolean): Columns {
  return isTall
    ? Array.from({ length: cols }, (_, col) => Float64Array.from({ length: rows }, (_, row) => data[row * cols + col] as number))
    : Array.from({ length: rows }, (_, row) => data.slice(row * cols, (row + 1) * cols));
}

function identityColumns(n: number): Columns {
  return Array.from({ length: n }, (_, at) => Float64Array.from({ length: n }, (_, row) => (row === at ? 1 : 0)));
}

/** Turns every pair of columns to a right angle; whether any was turned. */
function turnOnce(columns: Columns, rotation: Columns): boolean {
  let isTurned = false;
  for (let p = 0; p + 1 < columns.length; p++) {
    for (let q = p + 1; q < columns.length; q++) {
      const [a, b] = [columns[p] as Float64Array, columns[q] as Float64Array];
      const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
      if (Math.abs(ab) <= RIGHT_ANGLE * Math.sqrt(aa * bb)) continue;
      isTurned = true;
      const tau = (bb - aa) / (2 * ab);
      const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
      const c = 1 / Math.sqrt(1 + t * t);
      turn(a, b, c, t * c);
      turn(rotation[p] as Float64Array, rotation[q] as Float64Array, c, t * c);
    }
  }
  return isTurned;
}

function turn(a: Float64Array, b: Float64Array, c: number, s: number): void {
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k] as number, b[k] as number];
    a[k] = c * x - s * y;
    b[k] = s * x + c * y;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}

function addOuter(out: Tensor, left: Float64Array, right: Float64Array, factor: number): void {
  for (let i = 0; i < out.rows; i++)
    for (let j = 0; j < out.cols; j++)
      out.data[i * out.cols + j] = (out.data[i * out.cols + j] as number) + factor * (left[i] as number) * (right[j] as number);
}
