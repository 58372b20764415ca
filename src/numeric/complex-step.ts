import type { DifferenceError, NumericFunction } from './difference.ts';
import { largest, stepScale, typicalSize } from './difference.ts';
import type { LiftedDerivative } from './lifted-derivative.ts';

/** So short that its square is nothing beside 1, and no digit of a difference is lost, because none is taken. */
const SHORT = 1e-20;
/** How exact the derivative is: rounding of the operators' own arithmetic. */
const ROUNDING = 1e-14;

/**
 * Derivatives as imaginary parts, f'(x) = Im f(x + ih) / h (Squire and Trapp 1998): exact but for rounding,
 * for a function that is analytic. Null where it has no value, or no derivative, at the input.
 */
export function complexStep(
  lifted: LiftedDerivative,
  { input, output }: NumericFunction,
  chosen: ArrayLike<number>,
  jacobian: Float64Array,
): DifferenceError | null {
  differentiateAcross(lifted, input, chosen, jacobian, SHORT);
  const magnitude = largest(jacobian);
  // What moves away from zero, as the step of a differential does, is taken to be of size one.
  const size = magnitude + largest(output) / (largest(input) || 1);
  return Number.isFinite(magnitude) && !Number.isNaN(size) ? { error: ROUNDING * Math.min(size, Number.MAX_VALUE), magnitude } : null;
}

/** Imaginary parts over a step relative to the size of what is moved. */
export function differentiateAcross(
  lifted: LiftedDerivative,
  input: Float64Array,
  chosen: ArrayLike<number>,
  jacobian: Float64Array,
  step: number,
): void {
  const typical = typicalSize(input);
  lifted(chosen, jacobian, (place) => step * stepScale(input[place] as number, typical));
}
