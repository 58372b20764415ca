import { expect, test } from 'vitest';
import { countBelow, insertSorted, removeSorted } from '../../src/base/sorted-numbers.ts';

test('numbers are put in and taken out in order, once', () => {
  const sorted: number[] = [];
  for (const value of [5, 1, 9, 5, 3]) insertSorted(sorted, value);
  expect(sorted).toEqual([1, 3, 5, 9]);
  removeSorted(sorted, 5);
  removeSorted(sorted, 4);
  expect(sorted).toEqual([1, 3, 9]);
});

test('how many are below a limit', () => {
  expect([0, 1, 2, 9, 10].map((limit) => countBelow([1, 3, 9], limit))).toEqual([0, 0, 1, 2, 3]);
});
