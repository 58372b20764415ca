import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { COMPLEX_KERNELS } from '../../src/numeric/complex-kernels.ts';
import { TIMELESS } from '../../src/numeric/ticker.ts';
import type { Kernel } from '../../src/ops/op.ts';
import { OPS } from '../../src/ops/table.ts';
import type { OpName } from '../../src/syntax/notation.ts';
import { type Tensor, tensor } from '../../src/tensor/tensor.ts';
import { draw, nameOf, TRIALS } from './operands.ts';

/** A case that does not hold may have no value: `log x` for x > 0. */
const MAY_IGNORE: ReadonlySet<OpName> = new Set(['cases']);

/** The operands with one of them nowhere a number. */
function spoilt(args: readonly Tensor[], at: number): readonly Tensor[] {
  return args.map((arg, k) => (k === at ? tensor(arg.rows, arg.cols, arg.data.map(() => Number.NaN)) : arg));
}

describe('what has no value in an operand has none in the result', () => {
  for (const trial of TRIALS.filter(({ op }) => !MAY_IGNORE.has(op))) it(nameOf(trial), () => {
    const args = draw(trial, 5);
    args.forEach((_, at) => {
      const out = tensor(trial.result.rows, trial.result.cols);
      (OPS[trial.op].kernel as Kernel)(out, spoilt(args, at));
      expect([...out.data].some(Number.isNaN), `operand ${at + 1} of ${trial.op}`).toBe(true);
    });
  });
});

describe('on complex operands too', () => {
  for (const trial of TRIALS.filter(({ op }) => COMPLEX_KERNELS[op] !== undefined)) it(nameOf(trial), () => {
    const args = draw(trial, 5);
    args.forEach((_, at) => {
      const out = { re: tensor(trial.result.rows, trial.result.cols), im: tensor(trial.result.rows, trial.result.cols) };
      const complex = spoilt(args, at).map((re) => ({ re, im: tensor(re.rows, re.cols, re.data.map(() => 0.1)) }));
      const run = COMPLEX_KERNELS[trial.op]?.(out, complex, TIMELESS.look) ?? null;
      run?.();
      expect(run === null || [...out.re.data].some(Number.isNaN), `operand ${at + 1} of ${trial.op}`).toBe(true);
    });
  });
});

it('a wrong derivative of what has no value is not verified', () => {
  const text = "layout denominator\nX : n×n spd\nk : scalar\nf = det(X^k)\ndf/dX = 2 k det(X^k) (X^-1)'\n";
  const { claims = [] } = checkDocument(text, 'plain', { verify: true });
  expect(claims.map(({ status }) => status)).toEqual(['inconclusive']);
});
