import { productInto } from '../ops/arithmetic.ts';
import type { ApplyTerm } from '../ops/term.ts';
import { transposeInto } from '../tensor/product.ts';
import { type ProductPlan, planProduct } from '../tensor/product-plan.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compile } from './compile.ts';
import { afterwards, type DualRule } from './dual.ts';
import { type Compiler, emit, type Place, type Slot, slotIn } from './frame.ts';
import { liftedProduct } from './lifted-product.ts';
import { Unverifiable } from './unverifiable.ts';

/** A product of two or more factors, two at a time. */
export function compileProduct(compiler: Compiler, term: ApplyTerm, place: Place): Slot {
  const factors = term.args.map((arg) => compile(compiler, arg, place));
  if (factors.some((factor) => factor.groups !== null)) return factors.reduce((left, right) => contract(compiler, place, left, right));
  const plan = planProduct(factors.map((factor) => factor.tensor));
  if (plan === null) throw new Unverifiable('the factors of a product in it do not fit');
  return follow(plan, factors, place);
}

function follow(plan: ProductPlan, factors: readonly Slot[], place: Place): Slot {
  if ('factor' in plan) return factors[plan.factor] as Slot;
  const left = follow(plan.left, factors, place);
  const right = follow(plan.right, factors, place);
  const out = slotIn(place.frame, plan.size);
  emitProduct(place, out, left, right);
  return out;
}

function emitProduct({ frame }: Place, out: Slot, left: Slot, right: Slot): void {
  const multiply = (into: Tensor, a: Tensor, b: Tensor) => productInto(into, a, b, frame.look);
  const instruction = () => multiply(out.tensor, left.tensor, right.tensor);
  const rule: DualRule = (tangents) => liftedProduct(tangents, out.tensor, left.tensor, right.tensor, multiply);
  const args = [left.tensor, right.tensor];
  emit(frame, out.tensor.data.length * left.tensor.cols, instruction, rule, {
    kind: 'product',
    out: out.tensor,
    args,
    compute: (into, [a, b]) => productInto(into, a as Tensor, b as Tensor),
    isExact: true,
  });
}

/**
 * A factor with more than two axes: the chain rule contracts the axes in which it meets the other factor. A
 * group of two axes meets the derivative by a matrix, whose entries then count as those of a vector; what is
 * left in one group has its shape, in numerator layout transposed (docs/language.md, §3).
 */
function contract(compiler: Compiler, place: Place, left: Slot, right: Slot): Slot {
  if (left.groups === null && right.groups === null) return pair(place, left, right);
  if (isScalar(left)) return scaled(place, left, right);
  if (isScalar(right)) return scaled(place, right, left);
  const found = meeting(place, left, right) ?? (compiler.broadcast ? meeting(place, right, left) : null);
  if (found === null) throw new Unverifiable('the factors of a product in it do not fit');
  const [a, b] = found;
  return withGroups(place, pair(place, a.slot, b.slot), a.groups[0], b.groups[1]);
}

/** Two factors with the axes in which they meet; null where these differ. */
function meeting(place: Place, left: Slot, right: Slot): readonly [Flattened, Flattened] | null {
  const [a, b] = [facing(place, left, right, 'left'), facing(place, right, left, 'right')];
  return sameAxes(a.groups[1], b.groups[0]) ? [a, b] : null;
}

/** A factor flattened to rows by columns, and the axes in each. */
interface Flattened {
  readonly slot: Slot;
  readonly groups: readonly [readonly number[], readonly number[]];
}

function facing(place: Place, slot: Slot, other: Slot, side: 'left' | 'right'): Flattened {
  const { rows, cols, data } = slot.tensor;
  if (slot.groups !== null) return { slot, groups: slot.groups };
  if (other.groups?.[side === 'left' ? 0 : 1].length !== 2) return { slot, groups: [wideOf(rows), wideOf(cols)] };
  if (side === 'right') return { slot: { ...slot, tensor: { rows: rows * cols, cols: 1, data } }, groups: [[rows, cols], []] };
  const turned = transposed(place, slot).tensor;
  return { slot: { ...slot, tensor: { rows: 1, cols: rows * cols, data: turned.data } }, groups: [[], [cols, rows]] };
}

function wideOf(size: number): readonly number[] {
  return size === 1 ? [] : [size];
}

function sameAxes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, at) => size === b[at]);
}

function withGroups(place: Place, product: Slot, outer: readonly number[], inner: readonly number[]): Slot {
  if (inner.length === 0) return reshaped(product, outer);
  if (outer.length === 0) return transposed(place, reshaped(product, inner));
  return { ...product, groups: outer.length === 1 && inner.length === 1 ? null : [outer, inner] };
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
  const out = slotIn(place.frame, value.tensor, value.groups);
  emitProduct(place, out, scalar, value);
  return out;
}

function reshaped({ tensor }: Slot, axes: readonly number[]): Slot {
  const [rows = 1, cols = 1] = axes;
  return { tensor: { rows, cols, data: tensor.data }, groups: null, anyShape: false };
}

function transposed({ frame }: Place, { tensor }: Slot): Slot {
  const out = slotIn(frame, { rows: tensor.cols, cols: tensor.rows });
  const instruction = () => transposeInto(out.tensor, tensor);
  emit(
    frame,
    tensor.data.length,
    instruction,
    afterwards(
      instruction,
      ({ dual }) =>
        () =>
          transposeInto(dual(out.tensor).tangent, dual(tensor).tangent),
    ),
  );
  return out;
}
