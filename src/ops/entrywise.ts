import { erf } from '../tensor/erf.ts';
import { mapInto } from '../tensor/map.ts';
import type { Domain, Op, Smoothness } from './op.ts';
import { ENTRYWISE } from './signature.ts';

/** An operator that takes a function of one number to every entry. */
function entrywise(f: (x: number) => number, doc: string, domain: Domain = 'real', smoothness: Smoothness = 'smooth'): Op {
  return { shape: ENTRYWISE, kernel: (out, [x]) => x && mapInto(out, x, f), domain, smoothness, doc };
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

export const ENTRYWISE_OPS = {
  exp: entrywise(Math.exp, 'The exponential, entry by entry.'),
  log: entrywise(Math.log, 'The natural logarithm, entry by entry.', 'positive'),
  sqrt: entrywise(Math.sqrt, 'The square root, entry by entry.', 'positive'),
  sin: entrywise(Math.sin, 'The sine, entry by entry.'),
  cos: entrywise(Math.cos, 'The cosine, entry by entry.'),
  tan: entrywise(Math.tan, 'The tangent, entry by entry.', 'unit'),
  asin: entrywise(Math.asin, 'The arc sine, entry by entry.', 'unit'),
  acos: entrywise(Math.acos, 'The arc cosine, entry by entry.', 'unit'),
  atan: entrywise(Math.atan, 'The arc tangent, entry by entry.'),
  sinh: entrywise(Math.sinh, 'The hyperbolic sine, entry by entry.'),
  cosh: entrywise(Math.cosh, 'The hyperbolic cosine, entry by entry.'),
  tanh: entrywise(Math.tanh, 'The hyperbolic tangent, entry by entry.'),
  sigmoid: entrywise(sigmoid, 'The logistic function 1/(1 + exp(-x)), entry by entry.'),
  relu: entrywise((x) => Math.max(x, 0), 'The larger of zero and the entry.', 'real', 'kinked'),
  softplus: entrywise(softplus, 'The logarithm of 1 + exp(x), entry by entry.'),
  gelu: entrywise((x) => (x / 2) * (1 + erf(x / Math.SQRT2)), 'The entry times the standard normal distribution function of it.'),
  silu: entrywise((x) => x * sigmoid(x), 'The entry times its logistic function.'),
  erf: entrywise(erf, 'The error function, entry by entry.'),
  abs: entrywise(Math.abs, 'The absolute value, entry by entry.', 'real', 'kinked'),
  sign: entrywise(Math.sign, 'The sign, entry by entry: -1, 0 or 1.', 'real', 'kinked'),
  positivePart: entrywise((x) => Math.max(x, 0), 'The positive part of every entry.', 'real', 'kinked'),
  indicator: entrywise((x) => (x === 0 ? 0 : 1), 'One where the condition holds and zero elsewhere.', 'real', 'constant'),
} satisfies Record<string, Op>;
