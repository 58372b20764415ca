/** Eigenvalues in rising order, and the matrix whose columns are the eigenvectors. */
export interface Eigen {
  readonly values: Float64Array;
  /** n×n row by row; column k belongs to `values[k]`. */
  readonly vectors: Float64Array;
}

const SWEEPS = 60;

/**
 * The cyclic Jacobi method on the symmetric part of an n×n matrix (Golub and Van Loan 2013,
 * algorithm 8.5.3): accurate to the last places, which differences of eigenvalues need. What is nowhere a number has none.
 */
export function symmetricEigen(data: Float64Array, n: number): Eigen {
  const a = symmetricPart(data, n);
  const vectors = identity(n);
  if (a.some(Number.isNaN)) return { values: new Float64Array(n).fill(Number.NaN), vectors: vectors.fill(Number.NaN) };
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, n) > 0; sweep++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
  }
  return sorted(a, vectors, n);
}

function symmetricPart(data: Float64Array, n: number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a[i * n + j] = ((data[i * n + j] as number) + (data[j * n + i] as number)) / 2;
  return a;
}

function identity(n: number): Float64Array {
  const eye = new Float64Array(n * n);
  for (let k = 0; k < n; k++) eye[k * n + k] = 1;
  return eye;
}

/** The sum of squares off the diagonal, zero where nothing of it is left beside the diagonal. */
function offDiagonal(a: Float64Array, n: number): number {
  let off = 0;
  let all = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const square = (a[i * n + j] as number) ** 2;
      all += square;
      if (i !== j) off += square;
    }
  }
  return off > 1e-34 * all ? off : 0;
}

function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] as number;
  if (apq === 0) return;
  const tau = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s);
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q, c, s);
}

function turn(a: Float64Array, at: number, other: number, c: number, s: number): void {
  const x = a[at] as number;
  const y = a[other] as number;
  a[at] = c * x - s * y;
  a[other] = s * x + c * y;
}

function sorted(a: Float64Array, vectors: Float64Array, n: number): Eigen {
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => (a[i * n + i] as number) - (a[j * n + j] as number));
  const arranged = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let row = 0; row < n; row++) arranged[row * n + to] = vectors[row * n + from] as number;
  });
  return { values: Float64Array.from(order, (k) => a[k * n + k] as number), vectors: arranged };
}
