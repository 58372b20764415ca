import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '../../src/panel/heat-colors.ts';
import { cellSize, movedPlace } from '../../src/panel/heat-map.tsx';
import { blockOf, compare, shareOf, worstEntries } from '../../src/panel/matrix.ts';
import { partPixels, visiblePart } from '../../src/panel/matrix-picture.ts';

const comparison = compare({ rows: 2, cols: 3, claimed: [1, 2, 3, 4, 5, 6], numeric: [1, 2, -3, 4, 5.5, 6] });

describe('a comparison', () => {
  test('the worst entries come first, by their row and column', () => {
    expect(worstEntries(comparison, 2).map(({ row, col, difference }) => [row, col, difference])).toEqual([[0, 2, 6], [1, 1, -0.5]]);
  });

  test('what is not a number is worse than any number and no part of the scale', () => {
    const broken = compare({ rows: 1, cols: 3, claimed: [Number.NaN, 1, Number.POSITIVE_INFINITY], numeric: [5, 100, 2] });
    expect(broken.scale).toBe(100);
    expect(worstEntries(broken, 1)[0]?.col).toBe(0);
    expect(shareOf(Number.NaN, 100)).toBeNull();
    expect(shareOf(Number.NEGATIVE_INFINITY, 100)).toBe(-1);
  });

  test('the worst of many are those that sorting finds', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (claimed, count) => {
      const zeros = claimed.map(() => 0);
      const found = worstEntries(compare({ rows: claimed.length, cols: 1, claimed, numeric: zeros }), count).map(({ difference }) => Math.abs(difference));
      expect(found).toEqual(claimed.map(Math.abs).sort((one, other) => other - one).slice(0, count));
    }));
  });

  test('of zeros alone every share is zero', () => {
    expect(shareOf(0, compare({ rows: 1, cols: 1, claimed: [0], numeric: [0] }).scale)).toBe(0);
  });
});

describe('a part of a large matrix', () => {
  test('is cut out with the scale of the whole, and ends where the matrix does', () => {
    const part = blockOf(comparison, { row: 1, col: 1 }, { rows: 5, cols: 5 });
    expect([part.rows, part.cols, part.claimed.values, part.numeric.values, part.scale]).toEqual([1, 2, [5, 6], [5.5, 6], 6]);
  });
});

describe('a picture', () => {
  const colors = Array.from({ length: 2 * LEVELS + 1 }, (_, at) => [at, 0, 0, 255] as const);
  const none = [1, 2, 3, 4] as const;

  test('the ends and the middle of the scale take the ends and the middle of the colours', () => {
    const pixels = partPixels({ rows: 1, cols: 4, values: [-2, 0, 2, Number.NaN] }, { row: 0, col: 0, rows: 1, cols: 4 }, 2, { colors, none });
    expect([...pixels]).toEqual([0, 0, 0, 255, LEVELS, 0, 0, 255, 2 * LEVELS, 0, 0, 255, 1, 2, 3, 4]);
  });

  test('holds the entries that are seen and no others', () => {
    const seen = { scrollLeft: 15, scrollTop: 0, clientWidth: 20, clientHeight: 10 };
    const part = visiblePart({ rows: 3, cols: 5 }, { width: 10, height: 10 }, seen);
    expect(part).toEqual({ row: 0, col: 1, rows: 1, cols: 3 });
    const values = Array.from({ length: 15 }, (_, at) => at);
    const reds = [...partPixels({ rows: 3, cols: 5, values }, { ...part, row: 1 }, LEVELS, { colors, none })].filter((_, at) => at % 4 === 0);
    expect(reds).toEqual([6, 7, 8].map((value) => LEVELS + value));
  });

  test('ends where the matrix does', () => {
    const seen = { scrollLeft: 40, scrollTop: 0, clientWidth: 500, clientHeight: 500 };
    expect(visiblePart({ rows: 3, cols: 5 }, { width: 10, height: 10 }, seen)).toEqual({ row: 0, col: 4, rows: 3, cols: 1 });
  });
});

test.each([[1, 40], [4, 40], [8, 20], [16, 10], [784, 10]])('an entry among %i columns is %i wide', (cols, width) => expect(cellSize(cols)).toEqual({ width, height: 10 }));

describe('the arrow keys', () => {
  const matrix = { rows: 2, cols: 3 };
  test.each([
    ['ArrowDown', null, { row: 0, col: 0 }],
    ['ArrowDown', { row: 0, col: 1 }, { row: 1, col: 1 }],
    ['ArrowDown', { row: 1, col: 1 }, { row: 1, col: 1 }],
    ['ArrowUp', { row: 0, col: 1 }, { row: 0, col: 1 }],
    ['ArrowRight', { row: 0, col: 2 }, { row: 0, col: 2 }],
    ['ArrowLeft', { row: 0, col: 2 }, { row: 0, col: 1 }],
    ['End', { row: 1, col: 0 }, { row: 1, col: 2 }],
    ['Home', { row: 1, col: 2 }, { row: 1, col: 0 }],
    ['PageDown', { row: 0, col: 2 }, { row: 1, col: 2 }],
    ['PageUp', { row: 1, col: 2 }, { row: 0, col: 2 }],
  ])('%s from %j leads to %j', (key, from, to) => expect(movedPlace(key, from, matrix)).toEqual(to));

  test('another key leads nowhere', () => expect(movedPlace('a', { row: 0, col: 0 }, matrix)).toBeNull());
});
