import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import { COMPLEX_KERNELS, type Complex } from '../../src/numeric/complex-kernels.ts';
import { DUAL_KERNELS } from '../../src/numeric/dual-kernels.ts';
import { TIMELESS } from '../../src/numeric/ticker.ts';
import type { Kernel } from '../../src/ops/op.ts';
import { OPS } from '../../src/ops/table.ts';
import { OP_NAMES, type OpName } from '../../src/syntax/notation.ts';
import { type Tensor, tensor } from '../../src/tensor/tensor.ts';
import { draw, nameOf, TRIALS, type Trial } from './operands.ts';

/** The value of a trial on complex operands; null where the operator is not analytic on them. */
function byComplex({ op, result }: Trial, args: readonly Complex[]): Complex | null {
  const out = { re: tensor(result.rows, result.cols), im: tensor(result.rows, result.cols) };
  const run = COMPLEX_KERNELS[op]?.(out, args, TIMELESS.look) ?? null;
  run?.();
  return run === null ? null : out;
}

function directionsFor(args: readonly Tensor[], seed: number, size: number): readonly Tensor[] {
  const { normal } = random(seed);
  return args.map(({ rows, cols }) => tensor(rows, cols, Float64Array.from({ length: rows * cols }, () => size * normal())));
}

/** Operands a + ib. */
function complexOperands(args: readonly Tensor[], seed: number, size: number): readonly Complex[] {
  return args.map((re, at) => ({ re, im: directionsFor(args, seed, size)[at] as Tensor }));
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
  const error = Math.max(...Array.from(actual, (value, k) => Math.abs(value - (expected[k] as number)) / scale));
  expect(error, `${Array.from(actual)} instead of ${Array.from(expected)}`).toBeLessThan(tolerance);
}

const ANALYTIC = TRIALS.filter((trial) => byComplex(trial, complexOperands(draw(trial, 1), 2, 0.1)) !== null);

describe('on the real axis the complex kernel is the kernel', () => {
  for (const trial of ANALYTIC) it(nameOf(trial), () => {
    const args = draw(trial, 3);
    const out = byComplex(trial, args.map((re) => ({ re, im: tensor(re.rows, re.cols) }))) as Complex;
    const expected = tensor(trial.result.rows, trial.result.cols);
    (OPS[trial.op].kernel as Kernel)(expected, args);
    expectClose(out.re.data, expected.data, 1e-12);
    expect([...out.im.data].every((value) => value === 0)).toBe(true);
  });
});

describe('the imaginary part of a short step is what dual numbers give', () => {
  for (const trial of ANALYTIC.filter(({ op }) => DUAL_KERNELS[op] !== undefined)) it(nameOf(trial), () => {
    for (const seed of [1, 2, 3]) {
      const args = draw(trial, seed);
      const changes = directionsFor(args, seed + 50, 1);
      const out = byComplex(trial, args.map((re, at) => ({ re, im: tensor(re.rows, re.cols, (changes[at] as Tensor).data.map((value) => 1e-20 * value)) }))) as Complex;
      const value = tensor(trial.result.rows, trial.result.cols);
      const tangent = tensor(value.rows, value.cols);
      (OPS[trial.op].kernel as Kernel)(value, args);
      DUAL_KERNELS[trial.op]?.({ value, tangent }, args.map((arg, at) => ({ value: arg, tangent: changes[at] as Tensor })), TIMELESS.look);
      expectClose(out.im.data.map((one) => 1e20 * one), tangent.data, 1e-9);
    }
  });
});

/** Cauchy and Riemann: with f = u + iv, moving the imaginary parts by h changes u by −h ∂v/∂a and v by h ∂u/∂a. */
describe('far from the real axis it is analytic', () => {
  for (const trial of ANALYTIC) it(nameOf(trial), () => {
    const args = complexOperands(draw(trial, 5), 6, 0.05);
    const changes = directionsFor(args.map(({ re }) => re), 77, 1);
    const moved = (real: number, imaginary: number) => {
      const shifted = args.map(({ re, im }, at) => {
        const { data } = changes[at] as Tensor;
        return { re: tensor(re.rows, re.cols, re.data.map((x, k) => x + real * (data[k] as number))), im: tensor(im.rows, im.cols, im.data.map((y, k) => y + imaginary * (data[k] as number))) };
      });
      return byComplex(trial, shifted) as Complex;
    };
    const slope = (of: (h: number) => Float64Array) => {
      const [up, down] = [of(1e-4), of(-1e-4)];
      return up.map((value, k) => (value - (down[k] as number)) / 2e-4);
    };
    const [reByA, imByA] = [slope((h) => moved(h, 0).re.data), slope((h) => moved(h, 0).im.data)];
    const [reByB, imByB] = [slope((h) => moved(0, h).re.data), slope((h) => moved(0, h).im.data)];
    expectClose(imByB, reByA, 1e-5);
    expectClose(reByB.map((value) => -value), imByA, 1e-5);
  });
});

describe('functions of one complex number agree with mathjs', () => {
  const math = create(all as never);
  const NAMES = ['exp', 'log', 'sqrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh'] as const satisfies readonly OpName[];
  for (const op of NAMES) it(op, () => {
    for (const [a, b] of [[0.3, 0.2], [0.9, -0.4], [0.05, 0.7], [0.6, 1e-9]] as const) {
      const { re, im } = (math[op] as (z: unknown) => { re: number; im: number })(math.complex(a, b));
      const out = byComplex({ op, sizes: [], result: { rows: 1, cols: 1 }, region: 'any' }, [{ re: tensor(1, 1, [a]), im: tensor(1, 1, [b]) }]) as Complex;
      expectClose([out.re.data[0] as number, out.im.data[0] as number], [re, im], 1e-13);
    }
  });
});

it('without complex kernels are the operators that are not analytic, and products, which are taken two factors at a time', () => {
  const without = OP_NAMES.filter((op) => COMPLEX_KERNELS[op] === undefined && OPS[op].kernel !== null);
  expect(without).toEqual([
    'mul', 'times', 'norm1', 'normInf', 'lambdaMax', 'lambdaMin', 'vMax', 'vMin', 'relu', 'abs', 'sign', 'positivePart', 'indicator',
    'greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'unequal', 'max', 'min', 'cases',
  ]);
});

it.each([
  ['log', -1], ['log', 0], ['sqrt', -1], ['asin', 1.5], ['acos', -2],
] as const)('%s(%d) has no value', (op, x) => {
  const out = byComplex({ op, sizes: [], result: { rows: 1, cols: 1 }, region: 'any' }, [{ re: tensor(1, 1, [x]), im: tensor(1, 1, [1e-20]) }]) as Complex;
  expect(out.im.data[0]).toBeNaN();
});
