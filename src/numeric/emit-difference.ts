import { differentiate } from './difference.ts';
import { type FixedStep, differentiateWith } from './fixed-step.ts';
import { type Compiler, type Frame, type Meter, type Slot, emit, newSlot, run } from './frame.ts';

export interface DifferencePlan {
  /** What is run again for each moved entry; reads `input`. */
  readonly child: Frame;
  readonly input: Slot;
  /** The value around which `input` is moved. */
  readonly base: Slot;
  readonly output: Slot;
  /** Which entries of the input are moved; null where an index is out of range. */
  readonly chosen: () => Int32Array | null;
  readonly count: number;
}

/** Evaluations of the function for each entry that is moved, usually. */
const EVALUATIONS = [4, 6, 6] as const;

/**
 * An instruction that differentiates what a frame computes: the value has a row for each entry of the
 * output and a column for each chosen entry of the input. Where nothing in the frame moves, it is zero.
 */
export function emitDifference({ meter, fixed }: Compiler, frame: Frame, { child, input, base, output, chosen, count }: DifferencePlan): Slot {
  const out = newSlot({ rows: output.tensor.data.length, cols: count });
  const f = {
    run: () => {
      meter.tick();
      run(child);
    },
    input: input.tensor.data,
    output: output.tensor.data,
  };
  if (child.code.length === 0 && output.tensor.data !== input.tensor.data) return out;
  frame.depth = Math.max(frame.depth, child.depth + 1);
  emit(frame, (child.work + 5) * count * (EVALUATIONS[Math.min(child.depth, 2)] as number), () => {
    input.tensor.data.set(base.tensor.data);
    const places = chosen();
    if (places === null) return void out.tensor.data.fill(Number.NaN);
    if (fixed.step !== null && !fixed.isNested) return void alone(fixed, () => differentiateWith(f, places, out.tensor.data, fixed.step as FixedStep));
    const { error, magnitude } = differentiate(f, places, out.tensor.data, child.depth);
    note(meter, error, magnitude, f.output, f.input);
  });
  return out;
}

/** A fixed step is that of the outermost difference: those within it are taken as well as they can be. */
function alone(fixed: Compiler['fixed'], act: () => void): void {
  fixed.isNested = true;
  act();
  fixed.isNested = false;
}

/** Keeps the largest error, relative to the derivative; one that is zero within rounding counts by the size of the function. */
function note(meter: Meter, error: number, magnitude: number, output: Float64Array, input: Float64Array): void {
  const natural = largestOf(output) / Math.max(largestOf(input), 1);
  const relative = error / Math.max(magnitude, 1e-5 * natural, Number.MIN_VALUE);
  if (!(relative <= meter.noise)) meter.noise = relative;
  if (!(error <= meter.error)) meter.error = error;
  if (natural > meter.natural) meter.natural = natural;
}

function largestOf(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
