import type { Random } from '../base/random.ts';

const WAVES = 3;

/**
 * A random smooth function from n numbers to m: each output a sum of sine and hyperbolic tangent waves
 * along random directions, so that every input moves every output and no derivative vanishes.
 */
export interface RandomFunction {
  readonly inputs: number;
  readonly outputs: number;
  /** Values are positive where the function is declared so. */
  readonly positive: boolean;
  /** Per output and wave: amplitude, phase, and one weight an input. */
  readonly coefficients: Float64Array;
}

export function randomFunction(inputs: number, outputs: number, positive: boolean): RandomFunction {
  return { inputs, outputs, positive, coefficients: new Float64Array(outputs * WAVES * (2 + inputs)) };
}

/** Draws another function of the same kind. */
export function redraw({ inputs, coefficients }: RandomFunction, { normal, uniform }: Random): void {
  const stride = 2 + inputs;
  for (let at = 0; at < coefficients.length; at += stride) {
    coefficients[at] = 0.5 + uniform();
    coefficients[at + 1] = 2 * Math.PI * uniform();
    for (let k = 0; k < inputs; k++) coefficients[at + 2 + k] = awayFromZero(normal()) / Math.sqrt(inputs);
  }
}

/** No input may lack weight, or its derivative would be lost in the differences of others. */
function awayFromZero(value: number): number {
  return value + Math.sign(value) * 0.2;
}

export function applyFunction({ inputs, outputs, positive, coefficients }: RandomFunction, x: Float64Array, out: Float64Array): void {
  const stride = 2 + inputs;
  for (let output = 0; output < outputs; output++) {
    let sum = 0;
    for (let wave = 0; wave < WAVES; wave++) sum += waveAt(coefficients, (output * WAVES + wave) * stride, inputs, x, wave);
    out[output] = positive ? Math.exp(sum / 2) : sum;
  }
}

/** How the outputs change as the inputs do, by the chain rule of the waves. */
export function changeFunction({ inputs: count, outputs, positive, coefficients }: RandomFunction, at: { readonly inputs: Float64Array; readonly changes: Float64Array; readonly values: Float64Array }, out: Float64Array): void {
  const stride = 2 + count;
  for (let output = 0; output < outputs; output++) {
    let sum = 0;
    for (let wave = 0; wave < WAVES; wave++) sum += changeAt(coefficients, (output * WAVES + wave) * stride, count, at.inputs, at.changes, wave);
    out[output] = positive ? ((at.values[output] as number) * sum) / 2 : sum;
  }
}

function changeAt(coefficients: Float64Array, at: number, count: number, x: Float64Array, change: Float64Array, wave: number): number {
  let argument = coefficients[at + 1] as number;
  let growth = 0;
  for (let k = 0; k < count; k++) {
    argument += (coefficients[at + 2 + k] as number) * (x[k] as number);
    growth += (coefficients[at + 2 + k] as number) * (change[k] as number);
  }
  return (coefficients[at] as number) * growth * (wave === 0 ? 1 / Math.cosh(argument - Math.PI) ** 2 : Math.cos(argument));
}

function waveAt(coefficients: Float64Array, at: number, inputs: number, x: Float64Array, wave: number): number {
  let argument = coefficients[at + 1] as number;
  for (let k = 0; k < inputs; k++) argument += (coefficients[at + 2 + k] as number) * (x[k] as number);
  return (coefficients[at] as number) * (wave === 0 ? Math.tanh(argument - Math.PI) : Math.sin(argument));
}
