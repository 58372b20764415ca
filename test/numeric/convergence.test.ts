import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { ConvergenceReport, CurveReport } from '../../src/protocol/report.ts';

const EXPONENTIAL = "x : n\nA : n×n\ny = exp(x' A x / 10)\n";

function ask(text: string): ConvergenceReport | string {
  const { claims = [] } = checkDocument(text, 'plain', { verify: true, convergence: true, repair: false });
  return claims[0]?.convergence ?? 'nothing';
}

function asked(text: string): ConvergenceReport {
  const answer = ask(text);
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

/** The slope between two steps in a log–log plot: least squares, so that rounding's ups and downs even out. */
function slope({ points }: CurveReport, from: number, to: number): number {
  const within = points.filter(({ step }) => step <= from * 1.01 && step >= to * 0.99).map(({ step, error }) => [Math.log10(step), Math.log10(error)] as const);
  const mean = (at: 0 | 1) => within.reduce((sum, one) => sum + one[at], 0) / within.length;
  const [x, y] = [mean(0), mean(1)];
  return within.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0) / within.reduce((sum, one) => sum + (one[0] - x) ** 2, 0);
}

describe('the error of differences by their step', () => {
  const { curves, reference, notAnalytic } = asked(`${EXPONENTIAL}dy/dx = y (A + A') x / 10\n`);
  const [central, richardson, complex] = curves as [CurveReport, CurveReport, CurveReport];

  test('is measured against the side that holds no derivative', () => expect(reference).toBe(1));

  test('falls with the square of the step, then rises as rounding outweighs it', () => {
    expect(slope(central, 1e-1, 1e-4)).toBeCloseTo(2, 1);
    expect(slope(central, 1e-6, 1e-12)).toBeLessThan(-0.7);
    expect(slope(central, 1e-6, 1e-12)).toBeGreaterThan(-1.3);
  });

  test('falls with the sixth power where three steps are extrapolated', () => {
    expect(slope(richardson, 1, 1e-1)).toBeGreaterThan(5);
    expect(Math.min(...richardson.points.map(({ error }) => error))).toBeLessThan(Math.min(...central.points.map(({ error }) => error)));
  });

  test('falls with the square of a complex step, and never rises again', () => {
    expect(notAnalytic).toBe(null);
    expect(slope(complex, 1e-1, 1e-6)).toBeCloseTo(2, 1);
    expect(Math.max(...complex.points.filter(({ step }) => step < 1e-8).map(({ error }) => error))).toBeLessThan(1e-14);
  });

  test('has no curve for complex steps through what is not analytic, and says why', () => {
    const { curves: drawn, notAnalytic: reason } = asked('x, b : n\ny = sum(max(x, b))\ndy/dx = indicator(x > b)\n');
    expect(drawn.map(({ method }) => method)).toEqual(['central', 'richardson']);
    expect(reason).toBe('max is not analytic');
  });

  test('is that of the outer difference where differences are nested', () => {
    const [outer] = asked(`${EXPONENTIAL}d^2y/dx dx' = y (A + A') / 10 + y (A + A') x x' (A + A') / 100\n`).curves as [CurveReport];
    expect(slope(outer, 1e-1, 1e-3)).toBeCloseTo(2, 1);
  });

  test('is not a number where the function has no value so far away', () => {
    const [first] = asked('x : n positive\ny = sum(log(x))\ndy/dx = 1 ./ x\n').curves as [CurveReport];
    expect(first.points[0]).toEqual({ step: 1, error: Number.NaN });
    expect(first.points[9]?.error).toBeLessThan(1e-4);
  });
});

test('dual numbers are exact but for rounding', () => {
  expect(asked(`${EXPONENTIAL}dy/dx = y (A + A') x / 10\n`).dual).toBeLessThan(1e-14);
});

test('a wrong claim is measured against the extrapolation', () => expect(asked(`${EXPONENTIAL}dy/dx = y A x\n`).reference).toBe(null));

test('along directions, a claim of real sizes tells it too', () => {
  const { curves } = asked("size n = 300\nsize m = 200\nx : n\nW : m×n\nc : m\ny = exp(c' W x / 1000)\ndy/dW = y c x' / 1000\n");
  expect(Math.min(...(curves[1]?.points ?? []).map(({ error }) => error))).toBeLessThan(1e-9);
});

test.each([
  ['shapes that do not fit', 'x : n\nM : m×n\nc : m\nz = c\' M x\ndz/dx = M c\n', 'its shapes do not fit'],
])('of %s it says why there is nothing to tell', (_, text, reason) => expect(ask(text)).toBe(reason));
