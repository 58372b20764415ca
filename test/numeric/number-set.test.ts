import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberSet } from '../../src/numeric/number-set.ts';
import { holds } from '../property.ts';

const NUMBERS = fc.array(fc.oneof(fc.double(), fc.integer({ min: -9, max: 9 })), { maxLength: 40 });

test('has the sizes of the numbers in it and no others', () => {
  holds([NUMBERS, NUMBERS, NUMBERS], (first, second, others) => {
    const isMember = numberSet([Float64Array.from(first), Float64Array.from(second)]);
    const sizes = new Set([...first, ...second].map(Math.abs));
    for (const one of [...sizes, ...others.map(Math.abs)]) expect(isMember(one)).toBe(sizes.has(one) && !Number.isNaN(one));
  }, { numRuns: 200 });
});
