import fc from 'fast-check';
import { det, inv, multiply as multiplied } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import { determinant, invertInto, logDeterminant } from '../../src/tensor/lu.ts';
import { multiply, timesMatrix, transposeInto } from '../../src/tensor/product.ts';
import { planProduct } from '../../src/tensor/product-plan.ts';
import { simdProduct } from '../../src/tensor/simd-product.ts';
import { symmetricEigen } from '../../src/tensor/symmetric-eigen.ts';
import { type Tensor, tensor } from '../../src/tensor/tensor.ts';
import { holds } from '../property.ts';

const size = fc.integer({ min: 1, max: 7 });
const number = fc.double({ min: -3, max: 3, noNaN: true });
const matrix = (rows: number, cols: number) => fc.array(number, { minLength: rows * cols, maxLength: rows * cols }).map((values) => tensor(rows, cols, values));
const square = size.chain((n) => matrix(n, n));

function rowsOf({ rows, cols, data }: Tensor): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * cols, (row + 1) * cols)));
}

function close(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  const scale = Math.max(1, ...expected.map(Math.abs));
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, k) => expect(Math.abs((actual[k] as number) - value)).toBeLessThanOrEqual(tolerance * scale));
}

describe('products', () => {
  it('of matrices of any size are those of mathjs', () => {
    const pair = fc.tuple(size, size, size).chain(([m, k, n]) => fc.tuple(matrix(m, k), matrix(k, n)));
    fc.assert(fc.property(pair, ([a, b]) => {
      const out = tensor(a.rows, b.cols);
      multiply(out, a, b);
      close(out.data, (multiplied(rowsOf(a), rowsOf(b)) as number[][]).flat(), 1e-13);
    }));
  });

  it('in WebAssembly have the digits of the plain loop, in every one of their entries', () => {
    expect(simdProduct()).not.toBe(null);
    const large = fc.tuple(fc.integer({ min: 2, max: 35 }), fc.integer({ min: 60, max: 130 }), fc.integer({ min: 4, max: 37 }), fc.integer());
    holds([large], ([m, k, n, seed]) => {
      const { normal } = random(seed);
      const [a, b] = [tensor(m, k, Float64Array.from({ length: m * k }, normal)), tensor(k, n, Float64Array.from({ length: k * n }, normal))];
      const [fast, plain] = [tensor(m, n), tensor(m, n)];
      multiply(fast, a, b);
      timesMatrix(plain.data, a, b);
      expect(fast).toEqual(plain);
    }, { numRuns: 60 });
  });

  it('transposed twice are themselves', () => {
    fc.assert(fc.property(fc.tuple(size, size).chain(([m, n]) => matrix(m, n)), (a) => {
      const [once, twice] = [tensor(a.cols, a.rows), tensor(a.rows, a.cols)];
      transposeInto(once, a);
      transposeInto(twice, once);
      expect(twice).toEqual(a);
    }));
  });

  it('are planned with inner products taken together where they fit no other way', () => {
    const column = { rows: 3, cols: 1 };
    const row = { rows: 1, cols: 3 };
    expect(planProduct([{ rows: 2, cols: 5 }, row, column])?.size).toEqual({ rows: 2, cols: 5 });
    expect(planProduct([row, column])?.size).toEqual({ rows: 1, cols: 1 });
    expect(planProduct([column, column])).toBe(null);
  });
});

describe('elimination', () => {
  it('has the determinant and the inverse of mathjs', () => {
    fc.assert(fc.property(square, (a) => {
      const expected = det(rowsOf(a));
      close([determinant(a)], [expected], 1e-10);
      if (Math.abs(expected) < 0.5) return;
      const out = tensor(a.rows, a.cols);
      invertInto(out, a);
      close(out.data, inv(rowsOf(a)).flat(), 1e-8);
      expect(logDeterminant(a)).toSatisfy((value: number) => (expected > 0 ? Math.abs(value - Math.log(expected)) < 1e-9 : Number.isNaN(value)));
    }));
  });

  it('has no inverse of a singular matrix, and no logarithm of its determinant', () => {
    const singular = tensor(2, 2, [1, 2, 2, 4]);
    const out = tensor(2, 2);
    invertInto(out, singular);
    expect([...out.data].every(Number.isNaN)).toBe(true);
    expect(determinant(singular)).toBe(0);
    expect(logDeterminant(singular)).toBeNaN();
  });
});

describe('eigenvalues of a symmetric matrix', () => {
  it('rise, and with their vectors give the matrix back', () => {
    fc.assert(fc.property(square, ({ rows: n, data }) => {
      const symmetric = data.map((_, k) => ((data[k] as number) + (data[(k % n) * n + Math.floor(k / n)] as number)) / 2);
      const { values, vectors } = symmetricEigen(data, n);
      expect([...values]).toEqual([...values].sort((a, b) => a - b));
      const back = symmetric.map((_, k) => values.reduce((sum, value, at) => sum + value * (vectors[Math.floor(k / n) * n + at] as number) * (vectors[(k % n) * n + at] as number), 0));
      close(back, [...symmetric], 1e-11);
    }));
  });
});
