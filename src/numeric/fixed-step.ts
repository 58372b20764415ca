import { differentiateAcross } from './complex-step.ts';
import { type NumericFunction, stepScale, typicalSize } from './difference.ts';
import type { LiftedDerivative } from './lifted-derivative.ts';

/** One formula with one step for all derivatives, so that it can be seen what the step does to the error. */
export interface FixedStep {
  readonly method: 'central' | 'richardson' | 'complex';
  /** Relative to the size of what is moved. */
  readonly step: number;
}

/**
 * Derivatives of all outputs by the chosen inputs with one fixed step: central differences, or those of
 * the steps h, h/2 and h/4 extrapolated to step zero, or imaginary parts over the step. The inputs are left as they were.
 */
export function differentiateWith(
  f: NumericFunction,
  lifted: LiftedDerivative | null,
  chosen: ArrayLike<number>,
  jacobian: Float64Array,
  { method, step }: FixedStep,
): void {
  const count = chosen.length;
  const typical = typicalSize(f.input);
  if (method === 'complex')
    return lifted === null ? void jacobian.fill(Number.NaN) : differentiateAcross(lifted, f.input, chosen, jacobian, step);
  for (let k = 0; k < count; k++) {
    const at = chosen[k] as number;
    const h = step * stepScale(f.input[at] as number, typical);
    const column = method === 'central' ? central(f, at, h) : extrapolated(f, at, h);
    column.forEach((value, i) => {
      jacobian[i * count + k] = value;
    });
  }
}

function central({ run, input, output }: NumericFunction, at: number, h: number): Float64Array {
  const value = input[at] as number;
  input[at] = value + h;
  const high = input[at];
  run();
  const upper = Float64Array.from(output);
  input[at] = value - h;
  const width = high - input[at];
  run();
  input[at] = value;
  return upper.map((above, i) => (above - (output[i] as number)) / width);
}

/** Two rounds of (4D(h/2) − D(h)) / 3 and (16 D' − D) / 15: the errors of order h² and h⁴ cancel. */
function extrapolated(f: NumericFunction, at: number, h: number): Float64Array {
  const [coarse, middle, fine] = [central(f, at, h), central(f, at, h / 2), central(f, at, h / 4)];
  const combine = (weight: number, a: Float64Array, b: Float64Array) =>
    a.map((value, i) => (b[i] as number) + ((b[i] as number) - value) / (weight - 1));
  return combine(16, combine(4, coarse, middle), combine(4, middle, fine));
}
