import { erf } from '../tensor/erf.ts';
import { expInto, logInto, mapInto, tanhInto } from '../tensor/map.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { apply } from './algebra/apply.ts';
import { hadamard } from './algebra/hadamard.ts';
import { number, ones } from './algebra/leaves.ts';
import { power, reciprocal, squareRoot } from './algebra/power.ts';
import { product, scaled } from './algebra/product.ts';
import { difference, negative, sum } from './algebra/sum.ts';
import type { Value } from './algebra/value.ts';
import { CONSTANT, type Differential, derivative, means } from './differential.ts';
import type { Domain, Op, Smoothness } from './op.ts';
import { ENTRYWISE } from './signature.ts';

/** An operator that takes a function of one number to every entry. */
function entrywise(
  f: (x: number) => number,
  doc: string,
  differential: Differential,
  domain: Domain = 'real',
  smoothness: Smoothness = 'smooth',
): Op {
  return { shape: ENTRYWISE, kernel: (out, [x]) => x && mapInto(out, x, f), domain, smoothness, differential, doc };
}

/** One that is met so often that it has a loop of its own. */
function frequent(into: (out: Tensor, x: Tensor) => void, doc: string, differential: Differential, domain: Domain = 'real'): Op {
  return { shape: ENTRYWISE, kernel: (out, [x]) => x && into(out, x), domain, smoothness: 'smooth', differential, doc };
}

/** 1 / (1 + exp(−x)), without overflow on either side. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

// ---- derivatives, entry by entry

function one(x: Value): Value {
  return ones(x.shape);
}

function square(x: Value): Value {
  return power(x, number(2));
}

const STEP = derivative((x) => positive(x));

/** One where the entry is positive. */
function positive(x: Value): Value {
  return apply('indicator', [apply('greater', [x, number(0)], x.shape)]);
}

/** Φ(x) + x φ(x) with the normal distribution function and its density. */
function geluDerivative(x: Value): Value {
  const normal = scaled(0.5, sum(one(x), apply('erf', [product(reciprocal(squareRoot(number(2))), x)])));
  const density = product(reciprocal(squareRoot(product(number(2), apply('pi', [])))), apply('exp', [scaled(-0.5, square(x))]));
  return sum(normal, hadamard(x, density));
}

/** σ(x) + x σ(x) (1 − σ(x)). */
function siluDerivative(x: Value): Value {
  const s = apply('sigmoid', [x]);
  return hadamard(s, sum(one(x), hadamard(x, difference(one(x), s))));
}

export const ENTRYWISE_OPS = {
  exp: frequent(
    expInto,
    'The exponential, entry by entry.',
    derivative((_, value) => value),
  ),
  log: frequent(logInto, 'The natural logarithm, entry by entry.', derivative(reciprocal), 'positive'),
  sqrt: entrywise(
    Math.sqrt,
    'The square root, entry by entry.',
    means(([x]) => squareRoot(x as Value)),
    'positive',
  ),
  sin: entrywise(
    Math.sin,
    'The sine, entry by entry.',
    derivative((x) => apply('cos', [x])),
  ),
  cos: entrywise(
    Math.cos,
    'The cosine, entry by entry.',
    derivative((x) => negative(apply('sin', [x]))),
  ),
  tan: entrywise(
    Math.tan,
    'The tangent, entry by entry.',
    derivative((x, value) => sum(one(x), square(value))),
    'unit',
  ),
  asin: entrywise(
    Math.asin,
    'The arc sine, entry by entry.',
    derivative((x) => reciprocal(squareRoot(difference(one(x), square(x))))),
    'unit',
  ),
  acos: entrywise(
    Math.acos,
    'The arc cosine, entry by entry.',
    derivative((x) => negative(reciprocal(squareRoot(difference(one(x), square(x)))))),
    'unit',
  ),
  atan: entrywise(
    Math.atan,
    'The arc tangent, entry by entry.',
    derivative((x) => reciprocal(sum(one(x), square(x)))),
  ),
  sinh: entrywise(
    Math.sinh,
    'The hyperbolic sine, entry by entry.',
    derivative((x) => apply('cosh', [x])),
  ),
  cosh: entrywise(
    Math.cosh,
    'The hyperbolic cosine, entry by entry.',
    derivative((x) => apply('sinh', [x])),
  ),
  tanh: frequent(
    tanhInto,
    'The hyperbolic tangent, entry by entry.',
    derivative((x, value) => difference(one(x), square(value))),
  ),
  sigmoid: entrywise(
    sigmoid,
    'The logistic function 1/(1 + exp(-x)), entry by entry.',
    derivative((x, value) => hadamard(value, difference(one(x), value))),
  ),
  relu: entrywise((x) => Math.max(x, 0), 'The larger of zero and the entry.', STEP, 'real', 'kinked'),
  softplus: entrywise(
    softplus,
    'The logarithm of 1 + exp(x), entry by entry.',
    derivative((x) => apply('sigmoid', [x])),
  ),
  gelu: entrywise(
    (x) => (x / 2) * (1 + erf(x / Math.SQRT2)),
    'The entry times the standard normal distribution function of it.',
    derivative(geluDerivative),
  ),
  silu: entrywise((x) => x * sigmoid(x), 'The entry times its logistic function.', derivative(siluDerivative)),
  erf: entrywise(
    erf,
    'The error function, entry by entry.',
    derivative((x) => product(number(2), reciprocal(squareRoot(apply('pi', []))), apply('exp', [negative(square(x))]))),
  ),
  abs: entrywise(
    Math.abs,
    'The absolute value, entry by entry.',
    derivative((x) => apply('sign', [x])),
    'real',
    'kinked',
  ),
  sign: entrywise(Math.sign, 'The sign, entry by entry: -1, 0 or 1.', CONSTANT, 'real', 'kinked'),
  positivePart: entrywise((x) => Math.max(x, 0), 'The positive part of every entry.', STEP, 'real', 'kinked'),
  indicator: entrywise(
    (x) => (Number.isNaN(x) ? x : x === 0 ? 0 : 1),
    'One where the condition holds and zero elsewhere.',
    CONSTANT,
    'real',
    'constant',
  ),
} satisfies Record<string, Op>;
