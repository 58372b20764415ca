import { hadamard } from '../ops/algebra/hadamard.ts';
import { number, ones } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { splitCoefficient, sum } from '../ops/algebra/sum.ts';
import { contains, isApply, isNumber, type PowerValue, type Value } from '../ops/algebra/value.ts';
import { isScalar } from '../shape/shape.ts';

/** A power with a negative whole exponent: what is divided by, and how often. */
type Divisor = PowerValue & { readonly exponent: Value & { kind: 'number' } };

function isDivisor(value: Value): value is Divisor {
  return value.kind === 'power' && isNumber(value.exponent) && Number.isInteger(value.exponent.value) && value.exponent.value < 0;
}

/** (1 + 1/a)^-1 is a (1 + a)^-1, entry by entry, of exponentials: none is divided by within what divides. */
export function withoutInnerDivisors(value: PowerValue): Value | null {
  const { base } = value;
  if (!isDivisor(value) || base.kind !== 'sum') return null;
  const highest = new Map<string, Divisor>();
  for (const inner of base.terms
    .flatMap(entriesOf)
    .filter(isDivisor)
    .filter(({ base: one }) => isApply(one, 'exp'))) {
    const known = highest.get(inner.base.key);
    if (known === undefined || known.exponent.value > inner.exponent.value) highest.set(inner.base.key, inner);
  }
  if (highest.size === 0) return null;
  const over = [...highest.values()].map((inner) => power(inner.base, number(-inner.exponent.value)));
  const whole = sum(...base.terms.map((term) => times(term, ...over)));
  return times(power(whole, value.exponent), ...over.map((one) => power(one, number(-value.exponent.value))));
}

/**
 * a (1 + a)^-1 is 1 - (1 + a)^-1, entry by entry: of the exponentials in a sum that is divided by, the one that comes first by its name
 * does not stand above. Null where nothing of the kind does.
 */
export function inPartialFractions(value: Value): Value | null {
  if (value.kind === 'product' && value.factors.length > 0 && value.scalars.length > 1) {
    const scale = inPartialFractions(product(...value.scalars));
    if (scale !== null) return product(number(value.coefficient), scale, ...value.factors);
  }
  const factors = entriesOf(value);
  for (const divisor of factors.filter(isDivisor)) {
    const pivot = pivotOf(divisor.base);
    const above = pivot === null ? undefined : factors.find((factor) => isPowerOf(factor, pivot.atom));
    if (pivot === null || above === undefined) continue;
    const others = times(value, power(pivot.atom, number(-1)), power(divisor.base, number(1)));
    const rest = times(value, power(pivot.atom, number(-1)), pivot.rest);
    return product(number(1 / pivot.coefficient), sum(others, product(number(-1), rest)));
  }
  return null;
}

interface Pivot {
  readonly coefficient: number;
  readonly atom: Value;
  /** The other terms of the sum. */
  readonly rest: Value;
}

function pivotOf(base: Value): Pivot | null {
  if (base.kind !== 'sum') return null;
  const candidates = base.terms.flatMap((term) => {
    const [coefficient, atom] = splitCoefficient(term);
    const others = base.terms.filter((other) => other !== term);
    const isAlone = isApply(atom, 'exp') && !others.some((other) => contains(other, ({ key }) => key === atom.key));
    return isAlone ? [{ coefficient, atom, rest: sum(...others) }] : [];
  });
  return candidates.toSorted((a, b) => (a.atom.key < b.atom.key ? -1 : 1))[0] ?? null;
}

function isPowerOf(factor: Value, atom: Value): boolean {
  if (factor.key === atom.key) return true;
  return factor.kind === 'power' && factor.base.key === atom.key && isNumber(factor.exponent) && factor.exponent.value >= 1;
}

/** The factors of a number, or those of each entry. */
function entriesOf(value: Value): readonly Value[] {
  if (value.kind === 'hadamard') return value.factors;
  if (value.kind !== 'product') return [value];
  const [only, ...more] = value.factors;
  if (isScalar(value.shape)) return value.scalars;
  return only !== undefined && more.length === 0 ? entriesOf(only) : [];
}

/** Entry by entry; a number among columns scales. */
function times(...values: readonly Value[]): Value {
  const wide = values.filter(({ shape }) => !isScalar(shape));
  const [first] = wide;
  const scalars = values.filter(({ shape }) => isScalar(shape));
  return first === undefined ? product(...scalars) : product(...scalars, hadamard(ones(first.shape), ...wide));
}
