import { productInto } from '../ops/arithmetic.ts';
import type { ApplyTerm } from '../ops/term.ts';
import { transposeInto } from '../tensor/product.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type ProductPlan, planProduct } from '../tensor/product-plan.ts';
import { compile } from './compile.ts';
import { afterwards } from './dual.ts';
import { bilinearInto } from './dual-kernels.ts';
import { type Compiler, type Place, type Slot, emit, newSlot } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/** A product of two or more factors, two at a time. */
export function compileProduct(compiler: Compiler, term: ApplyTerm, place: Place): Slot {
  const factors = term.args.map((arg) => compile(compiler, arg, place));
  if (factors.some((factor) => factor.groups !== null)) return factors.reduce((left, right) => contract(place, left, right));
  const plan = planProduct(factors.map((factor) => factor.tensor));
  if (plan === null) throw new Unverifiable('the factors of a product in it do not fit');
  return follow(plan, factors, place);
}

function follow(plan: ProductPlan, factors: readonly Slot[], place: Place): Slot {
  if ('factor' in plan) return factors[plan.factor] as Slot;
  const left = follow(plan.left, factors, place);
  const right = follow(plan.right, factors, place);
  const out = newSlot(plan.size);
  emitProduct(place, out, left, right);
  return out;
}

function emitProduct({ frame }: Place, out: Slot, left: Slot, right: Slot): void {
  const instruction = () => productInto(out.tensor, left.tensor, right.tensor);
  const rule = afterwards(instruction, ({ dual }) => {
    const [{ tangent }, a, b] = [dual(out.tensor), dual(left.tensor), dual(right.tensor)];
    return () => bilinearInto(tangent, a, b, productInto);
  });
  const args = [left.tensor, right.tensor];
  emit(frame, out.tensor.data.length * left.tensor.cols, instruction, rule, { kind: 'product', out: out.tensor, args, compute: (into, [a, b]) => productInto(into, a as Tensor, b as Tensor) });
}

/**
 * A factor with more than two axes: the chain rule contracts its inner group with a vector. What is left
 * has the shape of the variable, in numerator layout transposed (docs/language.md, §3).
 */
function contract(place: Place, left: Slot, right: Slot): Slot {
  if (left.groups === null && right.groups === null) return pair(place, left, right);
  if (isScalar(left)) return scaled(place, left, right);
  if (isScalar(right)) return scaled(place, right, left);
  const product = pair(place, left, right);
  if (left.groups !== null && right.groups === null && right.tensor.cols === 1) return reshaped(product, left.groups[0]);
  if (right.groups !== null && left.groups === null && left.tensor.rows === 1) return transposed(place, reshaped(product, right.groups[1]));
  throw new Unverifiable('a product with a derivative of more than two axes is read in no single way');
}

function isScalar({ tensor }: Slot): boolean {
  return tensor.data.length === 1;
}

function pair(place: Place, left: Slot, right: Slot): Slot {
  const plan = planProduct([left.tensor, right.tensor]);
  if (plan === null) throw new Unverifiable('the factors of a product in it do not fit');
  return follow(plan, [left, right], place);
}

function scaled(place: Place, scalar: Slot, value: Slot): Slot {
  const out = newSlot(value.tensor, value.groups);
  emitProduct(place, out, scalar, value);
  return out;
}

function reshaped({ tensor }: Slot, axes: readonly number[]): Slot {
  const [rows = 1, cols = 1] = axes;
  return { tensor: { rows, cols, data: tensor.data }, groups: null, anyShape: false };
}

function transposed({ frame }: Place, { tensor }: Slot): Slot {
  const out = newSlot({ rows: tensor.cols, cols: tensor.rows });
  const instruction = () => transposeInto(out.tensor, tensor);
  emit(frame, tensor.data.length, instruction, afterwards(instruction, ({ dual }) => () => transposeInto(dual(out.tensor).tangent, dual(tensor).tangent)));
  return out;
}
