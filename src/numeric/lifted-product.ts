import type { Tensor } from '../tensor/tensor.ts';
import { complexOf, complexProduct } from './complex-kernels.ts';
import type { Dual, Tangents } from './dual.ts';
import { bilinearInto } from './dual-kernels.ts';
import type { Instruction } from './frame.ts';

type Multiply = (out: Tensor, a: Tensor, b: Tensor) => void;

/** A product of two values with tangents; where one of them stays, the product is linear in the other, and that one needs no memory for a tangent. */
export function liftedProduct(
  { algebra, fixed, dual }: Tangents,
  out: Tensor,
  left: Tensor,
  right: Tensor,
  multiply: Multiply,
): Instruction {
  const into = dual(out);
  if (!fixed.has(left.data) && !fixed.has(right.data))
    return algebra === 'dual'
      ? dualProduct(into, dual(left), dual(right), multiply)
      : complexProduct(complexOf(into), complexOf(dual(left)), complexOf(dual(right)), multiply);
  const [x, y] = fixed.has(left.data) ? [left, dual(right).tangent] : [dual(left).tangent, right];
  return () => {
    multiply(out, left, right);
    multiply(into.tangent, x, y);
  };
}

function dualProduct({ value, tangent }: Dual, a: Dual, b: Dual, multiply: Multiply): Instruction {
  return () => {
    multiply(value, a.value, b.value);
    bilinearInto(tangent, a, b, multiply);
  };
}
