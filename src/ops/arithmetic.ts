import { isScalar } from '../shape/shape.ts';
import type { Look } from '../tensor/look.ts';
import { addInto, divideInto, mapInto, powerInto, subtractInto, timesInto, zipInto } from '../tensor/map.ts';
import { innerProduct, kronecker, multiply, scaleInto } from '../tensor/product.ts';
import { type ProductPlan, planProduct } from '../tensor/product-plan.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { hadamard } from './algebra/hadamard.ts';
import { inner } from './algebra/matrix-functions.ts';
import { power, reciprocal } from './algebra/power.ts';
import { multiplied, product } from './algebra/product.ts';
import { stretched } from './algebra/stretch.ts';
import { difference, negative, sum } from './algebra/sum.ts';
import { isColumn, type Value } from './algebra/value.ts';
import { type Differential, means, none, pullback } from './differential.ts';
import { matrixPowerInto } from './matrix-power.ts';
import { pullKronecker, pullMatrixPower } from './matrix-rules.ts';
import type { Kernel, Op } from './op.ts';
import { ENTRYWISE, SPECIAL, signature } from './signature.ts';
import { PLAIN_SUM } from './summed.ts';

/** An operator on two operands of one shape, or on operands that are repeated to one. */
function zip(into: (out: Tensor, a: Tensor, b: Tensor) => void, doc: string, differential: Differential): Op {
  return { shape: SPECIAL, kernel: (out, [a, b]) => a && b && into(out, a, b), domain: 'real', smoothness: 'smooth', differential, doc };
}

/** Operands that are repeated to one shape, combined. */
function broadcast(combine: (a: Value, b: Value) => Value): Differential {
  return means(([a, b]) => combine(...(stretched([a as Value, b as Value]) as [Value, Value])));
}

/** x / s, entry by entry where both are of one shape. */
function quotient(a: Value, b: Value): Value {
  return hadamard(a, reciprocal(b));
}

/** out = a b, where one of them may be a scalar. */
export function productInto(out: Tensor, a: Tensor, b: Tensor, look?: Look): void {
  if (a.data.length === 1) scaleInto(out, a.data[0] as number, b);
  else if (b.data.length === 1) scaleInto(out, b.data[0] as number, a);
  else multiply(out, a, b, look);
}

const productKernel: Kernel = (out, args) => {
  const plan = planProduct(args);
  if (plan === null) out.data.fill(Number.NaN);
  else out.data.set(follow(plan, args).data);
};

function follow(plan: ProductPlan, args: readonly Tensor[]): Tensor {
  if ('factor' in plan) return args[plan.factor] as Tensor;
  const out = tensor(plan.size.rows, plan.size.cols);
  productInto(out, follow(plan.left, args), follow(plan.right, args));
  return out;
}

const dotKernel: Kernel = (out, args) => {
  const [a, b] = args as readonly [Tensor, Tensor];
  if (a.cols === 1 && b.cols === 1 && a.rows === b.rows) out.data[0] = innerProduct(a, b);
  else productKernel(out, args);
};

const powerKernel =
  (look: Look): Kernel =>
  (out, args) => {
    const [base, exponent] = args as readonly [Tensor, Tensor];
    const power = exponent.data[0] as number;
    if (base.rows === base.cols && base.rows > 1) matrixPowerInto(out, base, power, look);
    else if (exponent.data.length === 1) powerInto(out, base, power);
    else zipInto(out, base, exponent, (x, y) => x ** y);
  };

export const ARITHMETIC_OPS = {
  add: zip(addInto, 'The sum of two values of one shape.', broadcast(sum)),
  sub: zip(subtractInto, 'The difference of two values of one shape.', broadcast(difference)),
  plusMinus: {
    shape: SPECIAL,
    kernel: null,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The sum or the difference of two values: one of them, and the text does not say which.',
    differential: none('the sign of one of its operands is left open'),
  },
  neg: {
    shape: ENTRYWISE,
    kernel: (out, [x]) => x && mapInto(out, x, (value) => -value),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The value with its sign changed.',
    differential: means(([x]) => negative(x as Value)),
  },
  mul: {
    shape: SPECIAL,
    kernel: productKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The matrix product; a scalar factor scales.',
    differential: means(multiplied),
  },
  dot: {
    shape: SPECIAL,
    kernel: dotKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The inner product of two columns, otherwise the matrix product.',
    differential: means(([a, b]) => (a && b && isColumn(a) && isColumn(b) ? inner(a, b) : multiplied([a as Value, b as Value]))),
  },
  times: {
    shape: SPECIAL,
    kernel: productKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The product, where a factor is a scalar.',
    differential: means(multiplied),
  },
  div: zip(
    divideInto,
    'The quotient by a scalar.',
    means(([a, b]) =>
      isScalar((b as Value).shape)
        ? product(a as Value, reciprocal(b as Value))
        : quotient(...(stretched([a as Value, b as Value]) as [Value, Value])),
    ),
  ),
  hadamard: zip(timesInto, 'The entrywise product of two values of one shape.', broadcast(hadamard)),
  compose: zip(timesInto, 'The entrywise product of two values of one shape, as statisticians write it.', broadcast(hadamard)),
  hadamardDiv: zip(divideInto, 'The entrywise quotient of two values of one shape.', broadcast(quotient)),
  kron: {
    shape: signature('m×n, p×q → mp×nq'),
    kernel: (out, [a, b]) => a && b && kronecker(out, a, b),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The Kronecker product.',
    differential: pullback(pullKronecker),
  },
  inner: {
    shape: SPECIAL,
    kernel: (out, [a, b]) => void (a && b && (out.data[0] = innerProduct(a, b))),
    summed: PLAIN_SUM,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The inner product: the sum of the products of corresponding entries.',
    differential: means(([a, b]) => inner(a as Value, b as Value)),
  },
  pow: {
    shape: SPECIAL,
    kernel: powerKernel(() => undefined),
    prepare: (_, look) => powerKernel(look),
    cubicCost: 10,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'A power of a number or of a square matrix.',
    differential: pullback(pullMatrixPower),
  },
  hadamardPow: {
    shape: ENTRYWISE,
    kernel: (out, [x, y]) => x && y && zipInto(out, x, y, (a, b) => a ** b),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'A power of every entry.',
    differential: means(([x, y]) =>
      power(...((isScalar((y as Value).shape) ? [x as Value, y as Value] : stretched([x as Value, y as Value])) as [Value, Value])),
    ),
  },
} satisfies Record<string, Op>;
