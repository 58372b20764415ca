import { DERIVATIVE, type Tangents, lower, newTangents } from './dual.ts';
import { type NumericFunction, differentiate } from './difference.ts';
import { type FixedStep, differentiateWith } from './fixed-step.ts';
import { focusOn } from './focus.ts';
import { type Compiler, type Frame, type Instruction, type Meter, type Slot, emit, newSlot, run } from './frame.ts';

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

/** So many entries have to be moved that it pays to look what each of them reaches. */
const MANY = 32;

/** Evaluations of the function for each entry that is moved, usually. */
const EVALUATIONS = [4, 6, 6] as const;

/**
 * An instruction that differentiates what a frame computes: the value has a row for each entry of the
 * output and a column for each chosen entry of the input. Where nothing in the frame moves, it is zero.
 */
export function emitDifference(compiler: Compiler, frame: Frame, plan: DifferencePlan): Slot {
  const { child, input, output, count } = plan;
  const out = newSlot({ rows: output.tensor.data.length, cols: count });
  if (child.code.length === 0 && output.tensor.data !== input.tensor.data) return out;
  const derivative = dualDerivative(compiler, plan, out) ?? differences(compiler, plan, out);
  frame.depth = Math.max(frame.depth, child.depth + (derivative.isExact ? 0 : 1));
  emit(frame, (child.work + 5) * count * (EVALUATIONS[Math.min(child.depth, 2)] as number), derivative.run, DERIVATIVE);
  return out;
}

interface DerivativeRun {
  readonly run: Instruction;
  readonly isExact: boolean;
}

function differences({ meter, fixed }: Compiler, { child, input, base, output, chosen, count }: DifferencePlan, out: Slot): DerivativeRun {
  const f = functionOf({ child, input, output, count }, meter);
  const instruction = () => {
    input.tensor.data.set(base.tensor.data);
    const places = chosen();
    if (places === null) return void out.tensor.data.fill(Number.NaN);
    if (fixed.step !== null && !fixed.isNested) return void alone(fixed, () => differentiateWith({ ...f, run: () => run(child) }, places, out.tensor.data, fixed.step as FixedStep));
    const { error, magnitude } = differentiate(f, places, out.tensor.data, child.depth);
    note(meter, error, magnitude, f.output, f.input);
  };
  return { run: instruction, isExact: false };
}

/** What a frame computes as a function of its input; where many entries are moved, one at a time without running all of it. */
function functionOf({ child, input: { tensor: input }, output: { tensor: output }, count }: Pick<DifferencePlan, 'child' | 'input' | 'output' | 'count'>, meter: Meter): NumericFunction {
  const focus = count < MANY || output.data === input.data ? null : focusOn(child, input);
  let runNext = () => run(child);
  const f = {
    run: () => {
      meter.tick(child.work);
      runNext();
    },
    input: input.data,
    output: output.data,
  };
  if (focus === null) return f;
  return {
    ...f,
    turnTo: (at) => {
      focus.turnTo(at);
      runNext = focus.run;
    },
    runAll: () => {
      run(child);
      focus.settle();
    },
  };
}

/**
 * The derivative by dual numbers, one chosen entry after the other; null where no witness is asked, or
 * none can be had. Of what is a derivative already, differences are taken.
 */
function dualDerivative({ witness, meter }: Compiler, { child, input, base, output, chosen, count }: DifferencePlan, out: Slot): DerivativeRun | null {
  if (witness === null) return null;
  const tangents: Tangents = newTangents();
  const code = lower(child, tangents);
  if ('abstains' in code) {
    if (!code.isDerivative) witness.abstains = code.abstains;
    return null;
  }
  const [{ tangent: { data: seed } }, { tangent: { data: column } }] = [tangents.dual(input.tensor), tangents.dual(output.tensor)];
  const instruction = () => {
    input.tensor.data.set(base.tensor.data);
    const places = chosen();
    if (places === null) return void out.tensor.data.fill(Number.NaN);
    for (let k = 0; k < count; k++) {
      meter.tick(child.work);
      seed.fill(0);
      seed[places[k] as number] = 1;
      for (const one of code) one();
      for (let i = 0; i < column.length; i++) out.tensor.data[i * count + k] = column[i] as number;
    }
  };
  return { run: instruction, isExact: true };
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
