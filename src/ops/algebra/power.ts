import { isScalar } from '../../shape/shape.ts';
import { hadamard } from './hadamard.ts';
import { number, ones, sizeOf } from './leaves.ts';
import { product } from './product.ts';
import { isConstant, isNumber, type Value } from './value.ts';

/** The power of every entry; of a scalar its power. */
export function power(base: Value, exponent: Value): Value {
  if (isNumber(exponent, 0)) return ones(base.shape);
  if (isNumber(exponent, 1) || isConstant(base, 'ones')) return base;
  if (isNumber(base) && isNumber(exponent)) return powerOfNumber(base.value, exponent.value) ?? raw(base, exponent);
  if (base.kind === 'power' && (isWhole(exponent) || isNonnegative(base.base))) return power(base.base, product(base.exponent, exponent));
  if (base.kind === 'hadamard' && isWhole(exponent) && base.factors.some(isReciprocal))
    return hadamard(...base.factors.map((factor) => power(factor, exponent)));
  if (isScalar(base.shape) && base.kind === 'product' && (base.coefficient !== 1 || base.scalars.length > 0) && isWhole(exponent))
    return powerOfProduct(base, exponent);
  if (base.kind === 'product' && base.factors.length === 1 && isConstant(base.factors[0] as Value, 'ones') && isScalar(exponent.shape))
    return product(power(product(number(base.coefficient), ...base.scalars), exponent), base.factors[0] as Value);
  return raw(base, exponent);
}

function raw(base: Value, exponent: Value): Value {
  return { kind: 'power', base, exponent, shape: base.shape, key: `(${base.key})^${exponent.key}`, size: sizeOf([base, exponent]) };
}

function isReciprocal(value: Value): boolean {
  return value.kind === 'power' && isNumber(value.exponent) && value.exponent.value < 0;
}

function isWhole(exponent: Value): boolean {
  return isNumber(exponent) && Number.isInteger(exponent.value);
}

/** Whether no entry is below zero, whatever stands in it: (|s|^p)^q is |s|^(p q), which (s^2)^q need not be. */
function isNonnegative(value: Value): boolean {
  if (value.kind === 'apply')
    return value.op === 'abs' || NORMS.has(value.op) || (value.op === 'total' && isNonnegative(value.args[0] as Value));
  return value.kind === 'power' && isNonnegative(value.base);
}

const NORMS: ReadonlySet<string> = new Set(['norm', 'norm1', 'norm2', 'normF', 'normInf', 'normNuclear']);

/** The root of 2 is left as it is, that of 4 is 2. */
function powerOfNumber(base: number, exponent: number): Value | null {
  const value = base ** exponent;
  const isExact = Number.isInteger(exponent) || Number.isInteger(value);
  return isExact && Number.isFinite(value) ? number(value) : null;
}

function powerOfProduct({ coefficient, scalars, factors }: Value & { kind: 'product' }, exponent: Value): Value {
  const chain = factors.length === 0 ? [] : [raw(product(...factors), exponent)];
  return product(power(number(coefficient), exponent), ...scalars.map((one) => power(one, exponent)), ...chain);
}

/** One divided by the value, entry by entry. */
export function reciprocal(value: Value): Value {
  return power(value, number(-1));
}

export function squareRoot(value: Value): Value {
  return power(value, number(0.5));
}
