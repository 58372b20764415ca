import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import { differentiate } from '../../src/numeric/difference.ts';
import type { Dual } from '../../src/numeric/dual.ts';
import { DUAL_KERNELS } from '../../src/numeric/dual-kernels.ts';
import { TIMELESS } from '../../src/numeric/ticker.ts';
import type { Kernel } from '../../src/ops/op.ts';
import { OPS } from '../../src/ops/table.ts';
import { OP_NAMES } from '../../src/syntax/notation.ts';
import { type Tensor, tensor } from '../../src/tensor/tensor.ts';
import { draw, nameOf, TRIALS, type Trial } from './operands.ts';

/** The tangent of a trial's value when its operands move along directions, by the dual kernel. */
function byDuals(trial: Trial, args: readonly Tensor[], directions: readonly Tensor[]): Float64Array {
  const out: Dual = { value: tensor(trial.result.rows, trial.result.cols), tangent: tensor(trial.result.rows, trial.result.cols) };
  (OPS[trial.op].kernel as Kernel)(out.value, args);
  DUAL_KERNELS[trial.op]?.(out, args.map((value, at) => ({ value, tangent: directions[at] as Tensor })), TIMELESS.look);
  return out.tangent.data;
}

/** The same by differences of the kernel that verification uses. */
function byDifferences({ op, result }: Trial, args: readonly Tensor[], directions: readonly Tensor[]): Float64Array {
  const step = new Float64Array(1);
  const moved = args.map(({ rows, cols }) => tensor(rows, cols));
  const out = tensor(result.rows, result.cols);
  const run = () => {
    moved.forEach(({ data }, at) => data.forEach((_, k) => void (data[k] = ((args[at] as Tensor).data[k] as number) + (step[0] as number) * ((directions[at] as Tensor).data[k] as number))));
    (OPS[op].kernel as Kernel)(out, moved);
  };
  const slope = new Float64Array(out.data.length);
  differentiate({ run, input: step, output: out.data }, [0], slope, 0);
  return slope;
}

function directionsFor(args: readonly Tensor[], seed: number): readonly Tensor[] {
  const { normal } = random(seed);
  return args.map(({ rows, cols }) => tensor(rows, cols, Float64Array.from({ length: rows * cols }, () => 0.1 * normal())));
}

function expectClose(actual: Float64Array, expected: Float64Array): void {
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  expect([...actual].map((value, k) => Math.abs(value - (expected[k] as number)) / scale).every((error) => error < 1e-7), `${[...actual]} instead of ${[...expected]}`).toBe(true);
}

describe('the dual kernel agrees with differences of the kernel', () => {
  for (const trial of TRIALS.filter(({ op }) => DUAL_KERNELS[op] !== undefined)) {
    it(nameOf(trial), () => {
      for (const seed of [1, 2, 3]) {
        const args = draw(trial, seed);
        const directions = directionsFor(args, seed + 100);
        expectClose(byDuals(trial, args, directions), byDifferences(trial, args, directions));
      }
    });
  }

  it('for powers of matrices, whole, negative and half', () => {
    const trial = { ...(TRIALS.find(({ op }) => op === 'logm') as Trial), op: 'pow' as const };
    for (const exponent of [3, -2, 0.5, -0.5, 0]) {
      const [base] = draw(trial, 4) as readonly [Tensor];
      const [direction] = directionsFor([base], 9) as readonly [Tensor];
      const args = [base, tensor(1, 1, [exponent])];
      const directions = [direction, tensor(1, 1)];
      expectClose(byDuals(trial, args, directions), byDifferences(trial, args, directions));
    }
  });
});

describe('the witness abstains', () => {
  it('for operators without a dual kernel, of which these have a kernel', () => {
    const without = OP_NAMES.filter((op) => DUAL_KERNELS[op] === undefined && OPS[op].kernel !== null);
    expect(without).toEqual(['mul', 'times', 'pinv', 'adj']);
  });

  const tangentOf = (op: 'abs' | 'max' | 'lambdaMax', rows: number, cols: number, values: readonly number[], change: readonly number[]) => {
    const trial = { op, sizes: [{ rows, cols }], result: op === 'abs' ? { rows, cols } : { rows: 1, cols: 1 }, region: 'any' } as const;
    return byDuals(trial, [tensor(rows, cols, values)], [tensor(rows, cols, change)])[0];
  };

  it('at a kink', () => {
    expect(tangentOf('abs', 1, 1, [0], [1])).toBeNaN();
    expect(tangentOf('max', 2, 1, [3, 3], [1, 0])).toBeNaN();
  });

  it('not where equals move together, or where nothing moves', () => {
    expect(tangentOf('max', 2, 1, [3, 3], [1, 1])).toBe(1);
    expect(tangentOf('abs', 1, 1, [0], [0])).toBe(0);
  });

  it('at a multiple eigenvalue', () => {
    expect(tangentOf('lambdaMax', 2, 2, [1, 0, 0, 1], [0, 1, 1, 0])).toBeNaN();
  });
});
