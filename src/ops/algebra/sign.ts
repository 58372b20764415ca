import { scaled } from './product.ts';
import { sum } from './sum.ts';
import type { Value } from './value.ts';

/** The sum with every sign turned, where all of its terms are subtracted; null for everything else. */
export function turnedSum(value: Value): Value | null {
  if (value.kind !== 'sum' || !value.terms.every(isNegative)) return null;
  return sum(...value.terms.map((term) => scaled(-1, term)));
}

/** Whether a person would write it with a minus in front. */
export function isNegative(value: Value): boolean {
  if (value.kind === 'number') return value.value < 0;
  return value.kind === 'product' && value.coefficient < 0;
}
