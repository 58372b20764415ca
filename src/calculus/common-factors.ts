import { hadamard } from '../ops/algebra/hadamard.ts';
import { number } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { isNegative } from '../ops/algebra/sign.ts';
import { sum } from '../ops/algebra/sum.ts';
import { contains, isConstant, type Value } from '../ops/algebra/value.ts';
import { lettersIn } from './multiply-out.ts';

/** A factor of a product entry by entry, with its whole exponent. */
interface Factor {
  readonly base: Value;
  readonly exponent: number;
}

/**
 * A sum of products entry by entry with what all terms have in common in front of a bracket, where that is shorter, and
 * where it is a function: s - s.^2 is s .* (1 - s), as a logistic function has it. Null elsewhere.
 */
export function withCommonFactors(value: Value & { kind: 'sum' }): Value | null {
  const [first, ...rest] = value.terms.map(factorsOf);
  if (first === undefined) return null;
  const common = first.flatMap(({ base, exponent }): readonly Factor[] => {
    const others = rest.map((list) => list.find((one) => one.base.key === base.key)?.exponent ?? 0);
    const shared = Math.min(exponent, ...others);
    return shared > 0 ? [{ base, exponent: shared }] : [];
  });
  if (common.length === 0) return null;
  common.sort((a, b) => Number(a.base.kind === 'sum') - Number(b.base.kind === 'sum'));
  const divided = value.terms.map((term) => hadamard(term, ...common.map((one) => power(one.base, number(-one.exponent)))));
  // p .* g - (p' g) p is read as it is, and so are fractions.
  if (value.terms.some(hasFraction) || divided.some(isMultipleOfOnes)) return null;
  const whole = hadamard(...common.map((one) => power(one.base, number(one.exponent))), sum(...divided));
  const isShorter = lettersIn(whole) < lettersIn(value);
  return isShorter || (lettersIn(whole) === lettersIn(value) && common.some(isOfFunction)) ? whole : null;
}

function hasFraction(term: Value): boolean {
  return contains(term, (part) => part.kind === 'power' && isNegative(part.exponent));
}

/** Ones times what is no number. */
function isMultipleOfOnes(value: Value): boolean {
  return value.kind === 'product' && value.scalars.length > 0 && value.factors.every((factor) => isConstant(factor, 'ones'));
}

function isOfFunction({ base }: Factor): boolean {
  return base.kind === 'apply' || base.kind === 'call';
}

/** The factors of a term without the numbers in front. */
function factorsOf(term: Value): readonly Factor[] {
  const bare = term.kind === 'product' && term.factors.length === 1 ? product(...term.factors) : term;
  const factors = bare.kind === 'hadamard' ? bare.factors : [bare];
  return factors.flatMap((factor): readonly Factor[] => {
    if (factor.kind !== 'power') return [{ base: factor, exponent: 1 }];
    const { exponent } = factor;
    return exponent.kind === 'number' && Number.isInteger(exponent.value) && exponent.value > 0
      ? [{ base: factor.base, exponent: exponent.value }]
      : [{ base: factor, exponent: 1 }];
  });
}
