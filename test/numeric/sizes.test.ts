import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSizes } from '../../src/numeric/sizes.ts';
import { constant, type Dim, evaluate, minus, plus, times, variable } from '../../src/shape/dimension.ts';
import { holds } from '../property.ts';

const [m, n, k] = [variable('m'), variable('n'), variable('k')];
const none = new Map<string, number>();

function valuesOf(dims: readonly Dim[], sizes: ReadonlyMap<string, number>): readonly (number | undefined)[] {
  return dims.map((dim) => evaluate(dim, sizes));
}

describe('chooseSizes', () => {
  it('keeps different dimensions apart, products and sums too', () => {
    const dims = [m, n, k, times(m, n), plus(m, n), minus(n, constant(1)), constant(3)];
    for (const variant of [0, 1]) {
      const values = valuesOf(dims, chooseSizes(dims, none, variant));
      expect(new Set(values).size).toBe(dims.length);
      expect(values.every((value) => value !== undefined && value >= 2)).toBe(true);
    }
  });

  it('leaves fixed sizes as they are and keeps away from them', () => {
    const sizes = chooseSizes([m, n], new Map([['m', 2]]), 0);
    expect(sizes.get('m')).toBe(2);
    expect(sizes.get('n')).not.toBe(2);
  });

  it('gives other sizes to another variant', () => {
    expect([...chooseSizes([m, n], none, 1)]).not.toEqual([...chooseSizes([m, n], none, 0)]);
  });

  it('gives every name a size, whatever the dimensions', () => {
    const dim = fc.letrec<{ dim: Dim }>((tie) => ({
      dim: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('m', 'n', 'k', 'p').map(variable),
        fc.integer({ min: 1, max: 5 }).map(constant),
        fc.tuple(tie('dim'), tie('dim')).map(([a, b]) => plus(a, b)),
        fc.tuple(tie('dim'), tie('dim')).map(([a, b]) => times(a, b)),
        fc.tuple(tie('dim'), tie('dim')).map(([a, b]) => minus(a, b)),
      ),
    })).dim;
    const law = (dims: readonly Dim[]) => {
      const sizes = chooseSizes(dims, none, 0);
      expect(valuesOf(dims, sizes).includes(undefined)).toBe(false);
    };
    holds([fc.array(dim, { maxLength: 8 })], law, { numRuns: 200 });
  });
});
