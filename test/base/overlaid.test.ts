import { expect, test } from 'vitest';
import { overlaid } from '../../src/base/overlaid.ts';

const below = new Map([
  ['a', 1],
  ['b', 2],
]);

test('other values stand in the order of the map below, by every way of asking', () => {
  const both = overlaid(below, new Map([['a', 3]]));
  expect([...both]).toEqual([
    ['a', 3],
    ['b', 2],
  ]);
  expect([...both.keys()]).toEqual(['a', 'b']);
  expect([...both.values()]).toEqual([3, 2]);
  expect([both.get('a'), both.get('b'), both.get('c'), both.has('c'), both.size]).toEqual([3, 2, undefined, false, 2]);
});

test('keys that the map below has not stay out', () => {
  const both = overlaid(below, new Map([['c', 3]]));
  expect([both.get('c'), both.has('c'), [...both.keys()]]).toEqual([undefined, false, ['a', 'b']]);
});
