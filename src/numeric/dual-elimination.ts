import type { Look } from '../tensor/look.ts';
import type { Dual } from './dual.ts';

/** A number and its tangent. */
export interface DualNumber {
  readonly value: number;
  readonly tangent: number;
}

/** Multiplications in one of dual numbers. */
const OF_TWO_PARTS = 2;

/**
 * The pivots of an n×n matrix of dual numbers by elimination with partial pivoting, and the sign of the
 * permutation. It knows nothing of determinants' derivatives: every operation carries its tangent along.
 */
export function dualPivots({ value, tangent }: Dual, look: Look): { readonly pivots: readonly DualNumber[]; readonly sign: number } {
  const n = value.rows;
  const [a, d] = [value.data.slice(), tangent.data.slice()];
  const pivots: DualNumber[] = [];
  let sign = 1;
  for (let k = 0; k < n; k++) {
    look(OF_TWO_PARTS * (n - k) * (n - k));
    const best = largestBelow(a, n, k);
    if (best !== k) {
      sign = -sign;
      for (const matrix of [a, d]) swap(matrix, n, k, best);
    }
    pivots.push({ value: a[k * n + k] as number, tangent: d[k * n + k] as number });
    for (let row = k + 1; row < n; row++) subtract(a, d, n, row, k);
  }
  return { pivots, sign };
}

function largestBelow(a: Float64Array, n: number, k: number): number {
  let best = k;
  for (let row = k + 1; row < n; row++) if (Math.abs(a[row * n + k] as number) > Math.abs(a[best * n + k] as number)) best = row;
  return best;
}

function swap(matrix: Float64Array, n: number, p: number, q: number): void {
  for (let col = 0; col < n; col++)
    [matrix[p * n + col], matrix[q * n + col]] = [matrix[q * n + col] as number, matrix[p * n + col] as number];
}

/** Row r becomes r − (a_rk / a_kk) times row k, in dual numbers. */
function subtract(a: Float64Array, d: Float64Array, n: number, row: number, k: number): void {
  const pivot = a[k * n + k] as number;
  const factor = (a[row * n + k] as number) / pivot;
  const change = ((d[row * n + k] as number) - factor * (d[k * n + k] as number)) / pivot;
  for (let col = k; col < n; col++) {
    d[row * n + col] = (d[row * n + col] as number) - change * (a[k * n + col] as number) - factor * (d[k * n + col] as number);
    a[row * n + col] = (a[row * n + col] as number) - factor * (a[k * n + col] as number);
  }
}

/** The product of dual numbers, in which one factor after another moves: no factor is divided by, so that zero may be one. */
export function dualProduct(factors: readonly DualNumber[], start: number): DualNumber {
  return factors.reduce(
    (product, factor) => ({
      value: product.value * factor.value,
      tangent: product.tangent * factor.value + product.value * factor.tangent,
    }),
    { value: start, tangent: 0 },
  );
}
