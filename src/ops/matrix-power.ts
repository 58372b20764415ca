import { invertInto } from '../tensor/lu.ts';
import { squareRootInto } from '../tensor/matrix-functions.ts';
import { multiply } from '../tensor/product.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';

/** out = x^power of an n×n matrix, for whole and half powers; NaN for others. */
export function matrixPowerInto(out: Tensor, x: Tensor, power: number): void {
  if (!Number.isInteger(2 * power) || Math.abs(power) > 64) return void out.data.fill(Number.NaN);
  const base = power < 0 ? inverseOf(x) : x;
  wholePowerInto(out, Number.isInteger(power) ? base : rootOf(base), Math.abs(Number.isInteger(power) ? power : 2 * power));
}

function wholePowerInto(out: Tensor, base: Tensor, power: number): void {
  const n = base.rows;
  out.data.fill(0);
  for (let k = 0; k < n; k++) out.data[k * n + k] = 1;
  for (let k = 0; k < power; k++) multiply(out, { ...out, data: out.data.slice() }, base);
}

function inverseOf(x: Tensor): Tensor {
  const inverse = tensor(x.rows, x.cols);
  invertInto(inverse, x);
  return inverse;
}

function rootOf(x: Tensor): Tensor {
  const root = tensor(x.rows, x.cols);
  squareRootInto(root, x);
  return root;
}
