import type { Look } from '../tensor/look.ts';
import { invertInto, luBuffers } from '../tensor/lu.ts';
import { squareRootInto } from '../tensor/matrix-functions.ts';
import { multiply } from '../tensor/product.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';

/** Higher powers are not computed. */
const MOST_POWER = 2 ** 20;

/** out = x^power of an n×n matrix, for whole and half powers; NaN for others. */
export function matrixPowerInto(out: Tensor, x: Tensor, power: number, look: Look): void {
  if (!Number.isInteger(2 * power) || Math.abs(power) > MOST_POWER) return void out.data.fill(Number.NaN);
  const base = power < 0 ? inverseOf(x, look) : x;
  wholePowerInto(out, Number.isInteger(power) ? base : rootOf(base), Math.abs(Number.isInteger(power) ? power : 2 * power), look);
}

/** By squares: the bits of the exponent, the highest first. */
function wholePowerInto(out: Tensor, base: Tensor, power: number, look: Look): void {
  const n = base.rows;
  const before = tensor(n, n);
  const times = (factor: Tensor) => {
    before.data.set(out.data);
    multiply(out, before, factor, look);
  };
  out.data.fill(0);
  for (let k = 0; k < n; k++) out.data[k * n + k] = 1;
  for (const bit of power.toString(2)) {
    times(before);
    if (bit === '1') times(base);
  }
}

function inverseOf(x: Tensor, look: Look): Tensor {
  const inverse = tensor(x.rows, x.cols);
  invertInto(inverse, x, luBuffers(x.rows, look));
  return inverse;
}

function rootOf(x: Tensor): Tensor {
  const root = tensor(x.rows, x.cols);
  squareRootInto(root, x);
  return root;
}
