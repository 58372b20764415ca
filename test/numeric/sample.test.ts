import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import { drawInto } from '../../src/numeric/sample.ts';
import type { Property } from '../../src/syntax/ast.ts';
import { determinant } from '../../src/tensor/lu.ts';
import { tensor } from '../../src/tensor/tensor.ts';

const N = 4;

function draw(properties: Property | readonly Property[], cols = N) {
  const value = tensor(N, cols);
  drawInto(value.data, value, [properties].flat(), 'normal', random(5));
  return { value, at: (i: number, j: number) => value.data[i * cols + j] as number };
}

/** What every drawn value of a property fulfils, entry by entry. */
const LAWS: Readonly<Record<Property, (at: (i: number, j: number) => number, i: number, j: number) => boolean>> = {
  symmetric: (at, i, j) => at(i, j) === at(j, i),
  skew: (at, i, j) => at(i, j) === 0 - at(j, i),
  projection: (at, i, j) => {
    let square = 0;
    for (let k = 0; k < N; k++) square += at(i, k) * at(k, j);
    return Math.abs(square - at(i, j)) < 1e-12 && Math.abs(at(i, j) - at(j, i)) < 1e-12;
  },
  spd: (at, i, j) => Math.abs(at(i, j) - at(j, i)) < 1e-12 && at(i, i) > 0,
  diagonal: (at, i, j) => i === j || at(i, j) === 0,
  lower: (at, i, j) => i >= j || at(i, j) === 0,
  upper: (at, i, j) => i <= j || at(i, j) === 0,
  positive: (at, i, j) => at(i, j) > 0,
  invertible: (at, i, j) => Number.isFinite(at(i, j)),
  simplex: (at, i, j) => at(i, j) >= 0 && at(i, j) <= 1,
  unit: (at, i, j) => Math.abs(at(i, j)) <= 1,
  onehot: (at, i, j) => at(i, j) === 0 || at(i, j) === 1,
  binary: (at, i, j) => at(i, j) === 0 || at(i, j) === 1,
  zero: (at, i, j) => at(i, j) === 0,
  sign: (at, i, j) => Math.abs(at(i, j)) === 1,
  orthogonal: (at, i, j) => {
    let product = 0;
    for (let k = 0; k < N; k++) product += at(k, i) * at(k, j);
    return Math.abs(product - (i === j ? 1 : 0)) < 1e-12;
  },
};

describe('a value drawn with a property has it', () => {
  for (const [property, law] of Object.entries(LAWS) as [Property, (typeof LAWS)[Property]][]) {
    it(property, () => {
      const { at } = draw(property);
      for (let i = 0; i < N; i++) for (let j = 0; j < N; j++) expect(law(at, i, j)).toBe(true);
    });
  }
});

describe('a value drawn with two properties has both, or is none', () => {
  const all = Object.keys(LAWS) as Property[];
  const pairs = all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));
  const holds = (property: Property, others: readonly Property[], at: (i: number, j: number) => number) => {
    const isZeroElsewhere = property === 'positive' && others.some((other) => ['diagonal', 'lower', 'upper'].includes(other));
    const law = isZeroElsewhere ? (i: number, j: number) => at(i, j) >= 0 : (i: number, j: number) => LAWS[property](at, i, j);
    return Array.from({ length: N * N }, (_, k) => law(Math.floor(k / N), k % N)).every(Boolean);
  };

  it('whatever they are', () => {
    const broken = pairs.filter((pair) => {
      const { value, at } = draw(pair);
      return !value.data.every(Number.isNaN) && !pair.every((property) => holds(property, pair, at));
    });
    expect(broken).toEqual([]);
  });

  it('those that go together are found', () => {
    const together: readonly (readonly Property[])[] = [
      ['symmetric', 'orthogonal'], ['diagonal', 'orthogonal'], ['lower', 'orthogonal'], ['spd', 'positive'], ['spd', 'diagonal'],
      ['positive', 'symmetric'], ['positive', 'diagonal'], ['projection', 'diagonal'], ['unit', 'positive'], ['simplex', 'positive'],
    ];
    for (const pair of together) for (const order of [pair, [...pair].reverse()]) expect(draw(order).value.data.some(Number.isNaN), order.join()).toBe(false);
  });
});

it('a point of the simplex sums to one, and so does every row of a matrix of labels', () => {
  for (const property of ['simplex', 'onehot'] as const) {
    expect(draw(property, 1).value.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    const { cols, data } = draw(property).value;
    expect(data.subarray(cols, 2 * cols).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  }
});

it('an invertible matrix and a definite one are far from singular', () => {
  expect(Math.abs(determinant(draw('invertible').value))).toBeGreaterThan(0.1);
  expect(determinant(draw('spd').value)).toBeGreaterThan(0.5 ** N);
});

it('the same seed draws the same values', () => {
  expect(draw('positive').value).toEqual(draw('positive').value);
});
