import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { drawWhole } from '../../src/numeric/whole-values.ts';
import type { Property } from '../../src/syntax/ast.ts';

const shown = (data: readonly number[]) => data.map((value) => Number(value.toPrecision(5))).join(' ');

/** A counterexample as it is followed by hand. */
function byHand(text: string): string | undefined {
  const found = checkDocument(text, 'plain', { verify: true, repair: false }).claims?.at(-1)?.counterexample;
  return found && `${found.values.map(({ name, data }) => `${name} = ${shown(data)}`).join(', ')}: ${shown(found.claimed.data)}, not ${shown(found.numeric.data)}`;
}

describe('a counterexample', () => {
  it.each([
    ["x : n\nf = x' x\ndf/dx = x\n", 'x = 1: 1, not 2'],
    ["A : n×n\nx : n\nf = x' A x\ndf/dx = 2 A x\n", 'x = 1 1, A = 3 1 2 1: 8 6, not 9 5'],
    ['x : positive\nf = log(x)\ndf/dx = 2/x\n', 'x = 1: 2, not 1'],
    ['S : n×n spd\nf = logdet(S)\ndf/dS = 2 S^-1\n', 'S = 1: 2, not 1'],
  ])('of %j', (text, expected) => expect(byHand(text)).toBe(expected));

  it('tells what the free indices of a claim are', () => {
    expect(byHand('z : k\ni, j : 1..k\np = softmax(z)\ndp_i/dz_j = p_i\n')).toBe('z = 0, i = 1, j = 1: 1, not 0');
  });

  it('tells how what moves in a differential moves', () => {
    expect(byHand("x : n\nf = x' x\ndf = x' dx\n")).toMatch(/^x = \S+, dx = \S+: \S+, not \S+$/);
  });

  it('gives letters of one length values of their own', () => {
    expect(byHand('x, y, z : scalar\nf = x y z\ndf/dx = x z\n')).toMatch(/: (\S+), not (?!\1)/);
  });

  it('is none where all that differs is rounding', () => {
    expect(byHand('x : scalar\nf = 1e-30 x^2\ndf/dx = 3e-30 x\n')).toBeUndefined();
  });
});

describe('numbers to calculate with have the property that is asked for', () => {
  const drawn = (property: Property, rows: number, cols: number, seed: number) => {
    const values = new Float64Array(rows * cols);
    drawWhole(values, { rows, cols }, [property], random(seed));
    return Array.from({ length: rows }, (_, i) => [...values.subarray(i * cols, (i + 1) * cols)]);
  };
  const times = (a: readonly number[][], b: readonly number[][]) => a.map((row) => (b[0] as number[]).map((_, j) => row.reduce((sum, value, k) => sum + value * ((b[k] as number[])[j] as number), 0)));
  const turned = (a: readonly number[][]) => (a[0] as number[]).map((_, j) => a.map((row) => row[j] as number));
  const one = (n: number) => Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
  const rounded = (a: readonly number[][]) => a.map((row) => row.map((value) => Math.round(value * 1e9) / 1e9 + 0));
  const seeds = [1, 2, 3, 4, 5, 6, 7];

  it.each([1, 2, 3])('for size %d', (n) => {
    for (const seed of seeds) {
      const orthogonal = drawn('orthogonal', n, n, seed);
      expect(times(turned(orthogonal), orthogonal).map((row) => row.map((value) => value + 0))).toEqual(one(n));
      const projection = drawn('projection', n, n, seed);
      expect(times(projection, projection)).toEqual(projection);
      const spd = drawn('spd', n, n, seed);
      expect(turned(spd)).toEqual(spd);
      spd.forEach((row, i) => expect(row[i]).toBeGreaterThan(row.reduce((sum, value, j) => sum + (i === j ? 0 : Math.abs(value)), 0)));
      const simplex = drawn('simplex', n, 1, seed).flat();
      expect([simplex.reduce((sum, value) => sum + value, 0), simplex.every((value) => value > 0)]).toEqual([1, true]);
      expect(rounded(times(turned(drawn('unit', n, 1, seed)), drawn('unit', n, 1, seed)))).toEqual([[1]]);
      expect(drawn('positive', n, n, seed).flat().every((value) => value > 0 && Number.isInteger(value))).toBe(true);
    }
  });
});
