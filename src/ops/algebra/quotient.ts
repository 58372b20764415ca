import type { OpName } from '../../syntax/notation.ts';
import { rawApply } from './leaves.ts';
import { isApply, isNumber, type Value } from './value.ts';

/** Factors of a product by the key of their base, with their exponents. */
export type Powers = Map<string, { base: Value; exponent: Value }>;

/** What is divided, by what, and the function that is the quotient. */
const QUOTIENTS: readonly (readonly [above: OpName, below: OpName, whole: OpName])[] = [
  ['sinh', 'cosh', 'tanh'],
  ['sin', 'cos', 'tan'],
];

/** sinh(u)/cosh(u) among the factors becomes tanh(u). */
export function joinQuotients(powers: Powers): void {
  for (const { base, exponent } of [...powers.values()]) {
    const [, below, whole] = QUOTIENTS.find(([above]) => isApply(base, above)) ?? [];
    if (below === undefined || whole === undefined || base.kind !== 'apply' || !isNumber(exponent, 1)) continue;
    const [inner] = base.args as readonly [Value];
    const divisor = powers.get(`${below}(${inner.key})`);
    if (divisor === undefined || !isNumber(divisor.exponent, -1)) continue;
    const joined = rawApply(whole, [inner], base.shape);
    powers.delete(base.key);
    powers.delete(divisor.base.key);
    powers.set(joined.key, { base: joined, exponent });
  }
}
