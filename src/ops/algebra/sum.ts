import { isScalar, type MatrixShape } from '../../shape/shape.ts';
import { number, sizeOf, zeros } from './leaves.ts';
import { product, scaled } from './product.ts';
import { isNumber, isZero, type Value } from './value.ts';

/** The sum, with like terms collected. All have one shape; a bare number 0 fits any. */
export function sum(...values: readonly Value[]): Value {
  const shape = (values.find((value) => !isScalar(value.shape)) ?? values[0])?.shape;
  if (shape === undefined) return number(0);
  const collected = new Map<string, { coefficient: number; rest: Value }>();
  for (const value of values) for (const term of termsOf(value)) collect(collected, term);
  const terms = [...collected.values()]
    .filter(({ coefficient }) => coefficient !== 0)
    .map(({ coefficient, rest }) => scaled(coefficient, rest));
  return sumOf(terms, shape);
}

/** A sum of terms that are all unlike. */
function sumOf(terms: readonly Value[], shape: MatrixShape): Value {
  if (terms.length === 0) return zeros(shape);
  if (terms.length === 1) return terms[0] as Value;
  const key = terms
    .map((term) => term.key)
    .sort()
    .join('+');
  return { kind: 'sum', terms, shape, key: `(${key})`, size: sizeOf(terms) };
}

function collect(collected: Map<string, { coefficient: number; rest: Value }>, term: Value): void {
  if (isZero(term)) return;
  const [coefficient, rest] = splitCoefficient(term);
  const found = collected.get(rest.key);
  if (found === undefined) collected.set(rest.key, { coefficient, rest });
  else found.coefficient += coefficient;
}

/** The terms of a sum, or the value itself; of a negated sum its terms negated. */
export function termsOf(value: Value): readonly Value[] {
  if (value.kind === 'sum') return value.terms;
  if (value.kind !== 'product' || value.scalars.length > 0 || value.factors.length !== 1) return scalarSum(value);
  const [only] = value.factors as readonly [Value];
  return only.kind === 'sum' ? only.terms.map((term) => scaled(value.coefficient, term)) : [value];
}

function scalarSum(value: Value): readonly Value[] {
  if (value.kind !== 'product' || value.factors.length > 0 || value.scalars.length !== 1) return [value];
  const [only] = value.scalars as readonly [Value];
  return only.kind === 'sum' ? only.terms.map((term) => scaled(value.coefficient, term)) : [value];
}

/** The number in front, and what it stands in front of. */
export function splitCoefficient(value: Value): readonly [number, Value] {
  if (isNumber(value)) return [value.value, number(1)];
  if (value.kind !== 'product' || value.coefficient === 1) return [1, value];
  return [value.coefficient, scaled(1 / value.coefficient, value)];
}

export function negative(value: Value): Value {
  return product(number(-1), value);
}

export function difference(a: Value, b: Value): Value {
  return sum(a, negative(b));
}
