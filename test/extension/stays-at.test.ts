import { expect, test } from 'vitest';
import { staysAt } from '../../src/extension/stays-at.ts';
import type { ListedClaim } from '../../src/protocol/lsp.ts';

/** Claims of a document, each written as `line:character-line:character`. */
const claims = (...ranges: readonly string[]): readonly ListedClaim[] =>
  ranges.map((range) => {
    const [start, end] = range.split('-').map((place) => {
      const [line, character] = place.split(':').map(Number);
      return { line: line ?? 0, character: character ?? 0 };
    });
    return { uri: 'file:///a.md', range: { start, end }, text: '', section: '', layout: 'denominator', status: 'unchecked' } as ListedClaim;
  });

const LONE = claims('3:4-3:20', '6:0-8:12');
const NEIGHBOURS = claims('3:4-3:20', '3:24-3:40');

test.each([
  ['within it', LONE, 0, 3, 9, true],
  ['before it on its line', LONE, 0, 3, 0, true],
  ['behind it on its line', LONE, 0, 3, 90, true],
  ['on another line', LONE, 0, 4, 9, false],
  ['within one of several lines', LONE, 1, 7, 99, true],
  ['on its last line, behind it', LONE, 1, 8, 99, true],
  ['within it, beside another one', NEIGHBOURS, 0, 3, 20, true],
  ['within its neighbour', NEIGHBOURS, 0, 3, 30, false],
  ['between the two', NEIGHBOURS, 0, 3, 22, false],
  ['within the second', NEIGHBOURS, 1, 3, 24, true],
  ['within the first while the second is shown', NEIGHBOURS, 1, 3, 5, false],
] as const)('the cursor %s', (_, all, shown, line, character, stays) => {
  expect(staysAt(all[shown] as ListedClaim, all, { line, character })).toBe(stays);
});
