import { describe, expect, it } from 'vitest';
import { differentiate } from '../../src/numeric/difference.ts';

function derivative(f: (x: number) => number, at: number) {
  const input = Float64Array.of(at);
  const output = new Float64Array(1);
  const jacobian = new Float64Array(1);
  let runs = 0;
  const estimate = differentiate({ run: () => void (runs++, (output[0] = f(input[0] as number))), input, output }, [0], jacobian, 0);
  return { value: jacobian[0] as number, ...estimate, runs, input: input[0] };
}

const CASES: readonly (readonly [string, (x: number) => number, (x: number) => number])[] = [
  ['x²', (x) => x * x, (x) => 2 * x],
  ['exp', Math.exp, Math.exp],
  ['log', Math.log, (x) => 1 / x],
  ['tanh', Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
  ['1/x', (x) => 1 / x, (x) => -1 / x ** 2],
  ['sin 20x', (x) => Math.sin(20 * x), (x) => 20 * Math.cos(20 * x)],
];

describe('differences', () => {
  for (const [name, f, exact] of CASES) {
    for (const at of [0.3, 1.7, 40, 1e-4]) {
      it(`of ${name} at ${at} are within their estimated error, which is small`, () => {
        const { value, error } = derivative(f, at);
        const scale = Math.max(Math.abs(exact(at)), Math.abs(value));
        expect(Math.abs(value - exact(at))).toBeLessThanOrEqual(10 * error + 1e-12 * scale);
        expect(Math.abs(value - exact(at))).toBeLessThanOrEqual(1e-7 * Math.max(scale, 1e-6));
      });
    }
  }

  it('leave the point as it was', () => {
    expect(derivative(Math.exp, 0.7).input).toBe(0.7);
  });

  it('take few evaluations of a smooth function', () => {
    expect(derivative(Math.exp, 0.7).runs).toBeLessThanOrEqual(9);
  });

  it('report a large error at a kink', () => {
    const { error, magnitude } = derivative((x) => Math.abs(x - 1), 1);
    expect(error).toBeGreaterThan(1e-3 * Math.max(magnitude, 1e-3));
  });

  it('are no number where the function has no value', () => {
    expect(derivative(() => Number.NaN, 1).value).toBeNaN();
  });
});
