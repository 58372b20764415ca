import { isScalar } from '../shape/shape.ts';
import { apply } from './algebra/apply.ts';
import { hadamard } from './algebra/hadamard.ts';
import { ones, onesColumn, zeros } from './algebra/leaves.ts';
import { total } from './algebra/matrix-functions.ts';
import { product } from './algebra/product.ts';
import { stretched } from './algebra/stretch.ts';
import { difference } from './algebra/sum.ts';
import { transpose } from './algebra/transpose.ts';
import { isRow, sameShape, type Value } from './algebra/value.ts';
import type { Pullback } from './differential.ts';

type Comparison = 'greater' | 'less';

/** One where the condition holds, of the shape of the value it selects. */
function indicator(op: Comparison | 'equal', a: Value, b: Value): Value {
  const shape = isScalar(a.shape) ? b.shape : a.shape;
  return apply('indicator', [apply(op, [a, b], shape)], shape);
}

/** What was stretched to a larger shape gets the sum over where it went. */
function gathered(cotangent: Value, like: Value): Value {
  if (sameShape(cotangent.shape, like.shape)) return cotangent;
  if (isScalar(like.shape)) return total(cotangent);
  if (isRow(like)) return product(transpose(onesColumn(cotangent.shape.rows)), cotangent);
  return product(cotangent, onesColumn(cotangent.shape.cols));
}

/** Of one operand the entry that is the extreme, of two the larger or the smaller one. */
export function pullExtreme(better: Comparison): Pullback {
  return ({ cotangent, at, args, value }) => {
    const own = args[at] as Value;
    if (args.length === 1) return product(cotangent, indicator('equal', own, value));
    if (args.length > 2) return null;
    const [a, b] = at === 0 ? args : [args[1], args[0]];
    return gathered(hadamard(cotangent, indicator(better, a as Value, b as Value)), own);
  };
}

/** Value, condition, value, condition, …: a value counts where its condition is the first to hold. */
export const pullCase: Pullback = ({ cotangent, at, args }) => {
  if (at % 2 === 1) return zeros((args[at] as Value).shape);
  const conditions = args.slice(0, at).filter((_, k) => k % 2 === 1);
  const own = args[at + 1];
  const mask = (condition: Value) => stretched([apply('indicator', [condition], condition.shape), cotangent])[0] as Value;
  const before = conditions.map((condition) => difference(ones(cotangent.shape), mask(condition)));
  const factors = [cotangent, ...before, ...(own === undefined ? [] : [mask(own)])];
  return gathered(isScalar(cotangent.shape) ? product(...factors) : hadamard(...factors), args[at] as Value);
};
