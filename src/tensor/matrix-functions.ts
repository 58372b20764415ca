import { create, expmDependencies, type FactoryFunctionMap, matrixDependencies } from 'mathjs';
import { lazily } from '../base/lazily.ts';
import { invertInto } from './lu.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { type Tensor, tensor } from './tensor.ts';

/**
 * Functions of matrices that are not hot, by mathjs: made from the few factories they need, never
 * through its parser, so that no text of a document reaches an evaluator.
 */
interface MatrixFunctions {
  readonly expm: (rows: number[][]) => { toArray: () => unknown };
}

const FACTORIES = { expmDependencies, matrixDependencies } as unknown as FactoryFunctionMap;

/** Building mathjs takes some milliseconds, so it waits for the first document that needs it. */
const mathjs = lazily(() => create(FACTORIES) as unknown as MatrixFunctions);

/** out = exp(x) = Σ xᵏ/k!, of an n×n matrix. */
export function exponentialInto(out: Tensor, x: Tensor): void {
  fillFrom(out, () => mathjs().expm(rowsOf(x)).toArray());
}

/** out = sin(x), of an n×n matrix. */
export function sineInto(out: Tensor, x: Tensor): void {
  rotationPartInto(out, x, x.rows);
}

/** out = cos(x), of an n×n matrix. */
export function cosineInto(out: Tensor, x: Tensor): void {
  rotationPartInto(out, x, 0);
}

/** A block of exp([0, -x; x, 0]), which is [cos x, -sin x; sin x, cos x]: the left one from a row on. */
function rotationPartInto(out: Tensor, x: Tensor, firstRow: number): void {
  const n = x.rows;
  const generator = tensor(2 * n, 2 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = x.data[i * n + j] as number;
      generator.data[i * 2 * n + n + j] = -value;
      generator.data[(n + i) * 2 * n + j] = value;
    }
  }
  const whole = tensor(2 * n, 2 * n);
  exponentialInto(whole, generator);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out.data[i * n + j] = whole.data[(firstRow + i) * 2 * n + j] as number;
}

/** Iterations until the root of a matrix has to be found; some ten are usual. */
const MOST_ITERATIONS = 60;
/** A change of this part of the largest entry is rounding. */
const SETTLED = 1e-14;

/**
 * out = x^(1/2), the principal square root of an n×n matrix, by Newton's iteration for the root and its inverse at once
 * (Denman and Beavers 1976; Higham 2008, §6.3); NaN where it is not real.
 */
export function squareRootInto(out: Tensor, x: Tensor): void {
  const n = x.rows;
  const [inverse, ofRoot, ofInverse] = [tensor(n, n), tensor(n, n), tensor(n, n)];
  out.data.set(x.data);
  for (let k = 0; k < n; k++) inverse.data[k * n + k] = 1;
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; round < MOST_ITERATIONS; round++) {
    invertInto(ofRoot, out);
    invertInto(ofInverse, inverse);
    const change = Math.max(halfway(out.data, ofInverse.data), halfway(inverse.data, ofRoot.data));
    if (Number.isNaN(change)) break;
    if (change <= SETTLED || (change < 1e-8 && change >= before)) return;
    before = change;
  }
  out.data.fill(Number.NaN);
}

/** a = (a + b) / 2. The answer is how far a moves, as a part of its largest entry. */
function halfway(a: Float64Array, b: Float64Array): number {
  let [moved, largest] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    const next = ((a[k] as number) + (b[k] as number)) / 2;
    moved = Math.max(moved, Math.abs(next - (a[k] as number)));
    largest = Math.max(largest, Math.abs(next));
    a[k] = next;
  }
  return moved / largest;
}

/**
 * out = the logarithm of an n×n matrix without negative eigenvalues, by square roots and the series
 * of 2 artanh (Higham 2008, §11.5): log X = 2ᵏ log X^(1/2ᵏ).
 */
export function logarithmInto(out: Tensor, x: Tensor): void {
  const n = x.rows;
  const root = { rows: n, cols: n, data: x.data.slice() };
  let doublings = 0;
  for (; distanceToIdentity(root) > 0.2 && doublings < 40; doublings++) squareRootInto(root, { ...root, data: root.data.slice() });
  if (Number.isNaN(distanceToIdentity(root))) return void out.data.fill(Number.NaN);
  logarithmSeries(out, root, 2 ** doublings);
}

function distanceToIdentity({ rows: n, data }: Tensor): number {
  let largest = 0;
  for (let k = 0; k < data.length; k++) {
    const off = Math.abs((data[k] as number) - (k % (n + 1) === 0 ? 1 : 0));
    if (!(off <= largest)) largest = off;
  }
  return largest;
}

/** log(1 + e) = Σ −(−e)ᵏ/k, for a small matrix e. */
function logarithmSeries(out: Tensor, { rows: n, data }: Tensor, factor: number): void {
  const e = data.map((value, k) => value - (k % (n + 1) === 0 ? 1 : 0));
  let power = e.slice();
  out.data.fill(0);
  for (let k = 1; k <= 60; k++) {
    for (let at = 0; at < power.length; at++)
      out.data[at] = (out.data[at] as number) + ((k % 2 === 1 ? factor : -factor) * (power[at] as number)) / k;
    power = timesSquare(power, e, n);
  }
}

function timesSquare(a: Float64Array, b: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++)
      for (let j = 0; j < n; j++) product[i * n + j] = (product[i * n + j] as number) + (a[i * n + k] as number) * (b[k * n + j] as number);
  return product;
}

/** Singular values of x (m×n), without those that are zero for want of rows: the square roots of the eigenvalues of x'x. */
export function singularValues({ rows, cols, data }: Tensor): Float64Array {
  const n = Math.min(rows, cols);
  const gram = new Float64Array(n * n);
  const at = rows >= cols ? (k: number, i: number) => data[k * cols + i] as number : (k: number, i: number) => data[i * cols + k] as number;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < Math.max(rows, cols); k++) gram[i * n + j] = (gram[i * n + j] as number) + at(k, i) * at(k, j);
  return symmetricEigen(gram, n).values.map((value) => Math.sqrt(Math.max(value, 0)));
}

function rowsOf({ rows, cols, data }: Tensor): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * cols, (row + 1) * cols)));
}

/** What is complex, or could not be found, is NaN. */
function fillFrom(out: Tensor, compute: () => unknown): void {
  try {
    const rows = compute() as readonly (readonly unknown[])[];
    rows.forEach((row, at) =>
      row.forEach((value, col) => void (out.data[at * out.cols + col] = typeof value === 'number' ? value : Number.NaN)),
    );
  } catch {
    out.data.fill(Number.NaN);
  }
}
