import type { Random } from '../base/random.ts';
import { exp, sin, tanh } from '../tensor/analytic.ts';

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
  /** Of a symmetric matrix the number of its rows, else 0. */
  readonly order: number;
  /** What stands on the diagonal besides, so that a matrix is positive definite where it is declared so. */
  readonly shift: number;
  /** Per output and wave: amplitude, phase, and one weight an input. */
  readonly coefficients: Float64Array;
}

/** What is declared of its values. */
export interface Kind {
  readonly positive: boolean;
  readonly symmetric: boolean;
  readonly definite: boolean;
}

export function randomFunction(inputs: number, outputs: number, { positive, symmetric, definite }: Kind): RandomFunction {
  const order = symmetric || definite ? Math.round(Math.sqrt(outputs)) : 0;
  // No entry is as large as the waves together, nor the rest of a row as what is then on the diagonal.
  const shift = definite ? order * WAVES * LARGEST : 0;
  return { inputs, outputs, positive, order, shift, coefficients: new Float64Array(outputs * WAVES * (2 + inputs)) };
}

/** The largest amplitude of a wave. */
const LARGEST = 1.5;

/** Draws another function of the same kind. */
export function redraw({ inputs, order, coefficients }: RandomFunction, { normal, uniform }: Random): void {
  const stride = 2 + inputs;
  for (let at = 0; at < coefficients.length; at += stride) {
    coefficients[at] = 0.5 + uniform();
    coefficients[at + 1] = 2 * Math.PI * uniform();
    for (let k = 0; k < inputs; k++) coefficients[at + 2 + k] = awayFromZero(normal()) / Math.sqrt(inputs);
  }
  mirror(coefficients, order, WAVES * stride);
}

/** Gives the entries below a diagonal the coefficients of those above. */
function mirror(coefficients: Float64Array, order: number, length: number): void {
  for (let row = 1; row < order; row++)
    for (let col = 0; col < row; col++) {
      const above = (col * order + row) * length;
      coefficients.copyWithin((row * order + col) * length, above, above + length);
    }
}

/** What is added to an output that does not depend on the inputs. */
function shiftAt({ order, shift }: RandomFunction, output: number): number {
  return shift > 0 && output % (order + 1) === 0 ? shift : 0;
}

/** No input may lack weight, or its derivative would be lost in the differences of others. */
function awayFromZero(value: number): number {
  return value + Math.sign(value) * 0.2;
}

export function applyFunction(f: RandomFunction, x: Float64Array, out: Float64Array): void {
  const { inputs, outputs, positive, coefficients } = f;
  const stride = 2 + inputs;
  for (let output = 0; output < outputs; output++) {
    let sum = shiftAt(f, output);
    for (let wave = 0; wave < WAVES; wave++) sum += waveAt(coefficients, (output * WAVES + wave) * stride, x, wave);
    out[output] = positive ? Math.exp(sum / 2) : sum;
  }
}

/** How the outputs change as the inputs do, by the chain rule of the waves. */
export function changeFunction(
  { inputs: count, outputs, positive, coefficients }: RandomFunction,
  at: { readonly inputs: Float64Array; readonly changes: Float64Array; readonly values: Float64Array },
  out: Float64Array,
): void {
  const stride = 2 + count;
  for (let output = 0; output < outputs; output++) {
    let sum = 0;
    for (let wave = 0; wave < WAVES; wave++) sum += changeAt(coefficients, (output * WAVES + wave) * stride, at.inputs, at.changes, wave);
    out[output] = positive ? ((at.values[output] as number) * sum) / 2 : sum;
  }
}

function changeAt(coefficients: Float64Array, at: number, x: Float64Array, change: Float64Array, wave: number): number {
  const argument = weighted(coefficients, at, coefficients[at + 1] as number, x);
  const growth = weighted(coefficients, at, 0, change);
  return (coefficients[at] as number) * growth * (wave === 0 ? 1 / Math.cosh(argument - Math.PI) ** 2 : Math.cos(argument));
}

/** The parts of complex numbers, one by one. */
interface Parts {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The same function of complex numbers. */
export function applyComplex(f: RandomFunction, z: Parts, out: Parts): void {
  const { inputs, outputs, positive, coefficients } = f;
  const stride = 2 + inputs;
  for (let output = 0; output < outputs; output++) {
    let [re, im] = [shiftAt(f, output), 0];
    for (let wave = 0; wave < WAVES; wave++) {
      const at = (output * WAVES + wave) * stride;
      const [amplitude, a, b] = [
        coefficients[at] as number,
        weighted(coefficients, at, coefficients[at + 1] as number, z.re),
        weighted(coefficients, at, 0, z.im),
      ];
      re += amplitude * (wave === 0 ? tanh.re(a - Math.PI, b) : sin.re(a, b));
      im += amplitude * (wave === 0 ? tanh.im(a - Math.PI, b) : sin.im(a, b));
    }
    out.re[output] = positive ? exp.re(re / 2, im / 2) : re;
    out.im[output] = positive ? exp.im(re / 2, im / 2) : im;
  }
}

/** The sum of the inputs with the weights of a wave, from a start on. */
function weighted(coefficients: Float64Array, at: number, start: number, x: Float64Array): number {
  let sum = start;
  for (let k = 0; k < x.length; k++) sum += (coefficients[at + 2 + k] as number) * (x[k] as number);
  return sum;
}

function waveAt(coefficients: Float64Array, at: number, x: Float64Array, wave: number): number {
  const argument = weighted(coefficients, at, coefficients[at + 1] as number, x);
  return (coefficients[at] as number) * (wave === 0 ? Math.tanh(argument - Math.PI) : Math.sin(argument));
}
