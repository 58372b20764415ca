import { isScalar } from '../../shape/shape.ts';
import { entryOf, unitIndex } from './entry.ts';
import { number, ones, sizeOf, zeros } from './leaves.ts';
import { power } from './power.ts';
import { product } from './product.ts';
import { joinQuotients, type Powers } from './quotient.ts';
import { turnedSum } from './sign.ts';
import { sum } from './sum.ts';
import { isConstant, isZero, type Value } from './value.ts';

/** The entrywise product of values of one shape. */
export function hadamard(...values: readonly Value[]): Value {
  const [first] = values;
  if (first === undefined || isScalar(first.shape)) return product(...values);
  if (values.some(isZero)) return zeros(first.shape);
  const scalars: Value[] = [];
  const powers: Powers = new Map();
  for (const value of values) gather(value, scalars, powers);
  joinQuotients(powers);
  const factors = [...powers.values()].map(({ base, exponent }) => power(base, exponent)).filter((factor) => !isConstant(factor, 'ones'));
  const rest = factors.length === 0 ? ones(first.shape) : (pickedByUnit(factors) ?? assemble(factors));
  return product(...scalars, rest);
}

/** v ⊙ e_k is v_k e_k; null where there is no unit vector, or nothing else. */
function pickedByUnit(factors: readonly Value[]): Value | null {
  const at = factors.findIndex((factor) => unitIndex(factor) !== null);
  if (at < 0 || factors.length === 1) return null;
  const [unit, others] = [factors[at] as Value, factors.filter((_, place) => place !== at)];
  const picked = entryOf(assemble(others), [{ kind: 'at', index: unitIndex(unit) as Value }]);
  return picked === null ? null : product(picked, unit);
}

function assemble(factors: readonly Value[]): Value {
  const [only] = factors as readonly [Value];
  if (factors.length === 1) return only;
  const key = `⊙(${factors
    .map((factor) => factor.key)
    .sort()
    .join(',')})`;
  return { kind: 'hadamard', factors, shape: only.shape, key, size: sizeOf(factors) };
}

/** Numbers and scalars go in front, equal factors become a power. */
function gather(value: Value, scalars: Value[], powers: Powers): void {
  const turned = turnedSum(value);
  if (turned !== null) {
    scalars.push(number(-1));
    return gather(turned, scalars, powers);
  }
  if (value.kind === 'hadamard') for (const factor of value.factors) gather(factor, scalars, powers);
  else if (value.kind === 'product' && (value.coefficient !== 1 || value.scalars.length > 0)) {
    scalars.push(number(value.coefficient), ...value.scalars);
    gather(product(...value.factors), scalars, powers);
  } else {
    const { base, exponent } = value.kind === 'power' ? value : { base: value, exponent: number(1) };
    const found = powers.get(base.key);
    powers.set(base.key, { base, exponent: found === undefined ? exponent : sum(found.exponent, exponent) });
  }
}
