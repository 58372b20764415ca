import { hadamard } from '../ops/algebra/hadamard.ts';
import { number } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { sum } from '../ops/algebra/sum.ts';
import { partsOf, type Value } from '../ops/algebra/value.ts';
import { isScalar } from '../shape/shape.ts';
import { distributed, lettersIn } from './multiply-out.ts';

/** A scalar in the denominator, and how often. */
interface Divisor {
  readonly base: Value;
  readonly times: number;
}

function divisorOf(value: Value): Divisor | null {
  if (value.kind !== 'power' || value.exponent.kind !== 'number') return null;
  const times = -value.exponent.value;
  return times > 0 && Number.isInteger(2 * times) ? { base: value.base, times } : null;
}

function divisorsOf(value: Value): readonly Divisor[] {
  const scalars = value.kind === 'product' ? value.scalars : [value];
  return scalars.flatMap((one) => divisorOf(one) ?? []);
}

/** What each entry is divided by, of a value whose entries are: u ./ (1 + v).^2. */
function entrywiseDivisorsOf(value: Value): readonly Divisor[] {
  const [only, ...others] = value.kind === 'product' ? value.factors : [value];
  if (only === undefined || others.length > 0 || isScalar(only.shape)) return [];
  return (only.kind === 'hadamard' ? only.factors : [only]).flatMap((one) => divisorOf(one) ?? []);
}

/** 1/(s (1 + r/s)) is 1/(s + r): a number below the line goes into the bracket beside it where that makes it shorter. */
export function intoDenominators(value: Value): Value {
  if (value.kind !== 'product') return value;
  const divisors = divisorsOf(value);
  for (const bracket of divisors.filter(({ base }) => base.kind === 'sum')) {
    for (const { base, times } of divisors) {
      if (base === bracket.base || times % bracket.times !== 0) continue;
      const inside = timesBracket(power(base, number(times / bracket.times)), bracket.base);
      const shorter = product(
        value,
        power(bracket.base, number(bracket.times)),
        power(base, number(times)),
        power(inside, number(-bracket.times)),
      );
      if (lettersIn(shorter) < lettersIn(value)) return intoDenominators(shorter);
    }
  }
  return value;
}

/** A bracket times a number, multiplied out. */
function timesBracket(factor: Value, bracket: Value): Value {
  return bracket.kind === 'sum' ? sum(...bracket.terms.map((term) => product(factor, term))) : product(factor, bracket);
}

/** A sum over each of the brackets that stand below the line in one of its terms, with what is above it multiplied out. */
export function overDenominators(value: Value): readonly Value[] {
  const terms = value.kind === 'sum' ? value.terms : [];
  if (terms.length < 2 || terms.length > MOST_TERMS) return [];
  return [...brackets(terms.flatMap(divisorsOf), terms, product), ...brackets(terms.flatMap(entrywiseDivisorsOf), terms, hadamard)];
}

function brackets(divisors: readonly Divisor[], terms: readonly Value[], times: (...values: readonly Value[]) => Value): readonly Value[] {
  return divisors
    .filter(({ base }) => partsOf(base).length > 0)
    .map((divisor) => {
      const above = terms.map((term) => distributed(times(power(divisor.base, number(divisor.times)), term)));
      return times(power(divisor.base, number(-divisor.times)), sum(...above));
    });
}

/** More terms than a person would bring over one denominator. */
const MOST_TERMS = 6;
