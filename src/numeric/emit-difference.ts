import { lazily } from '../base/lazily.ts';
import { complexStep } from './complex-step.ts';
import { type DifferenceError, differentiate, type NumericFunction } from './difference.ts';
import { afterwards, DERIVATIVE } from './dual.ts';
import { differentiateWith, type FixedStep } from './fixed-step.ts';
import { type Focus, focusOn } from './focus.ts';
import { type Compiler, type DifferencePlan, emit, type Frame, type Meter, runLooking, type Slot, type Steps, slotIn } from './frame.ts';
import { type LiftedDerivative, liftedDerivative } from './lifted-derivative.ts';

/** So many entries have to be moved that it pays to look what each of them reaches. */
const MANY = 32;

/** So few multiplications buy an exact derivative rather than a fast one within a frame, which is differentiated again. */
const CHEAP = 5e6;

/** What is done with an output of each evaluation, and at last with all of them, in multiplications. */
const PER_OUTPUT = 10;

/** Evaluations of the function for each entry that is moved, usually; with numbers that have tangents they count for two. */
const EVALUATIONS = [4, 6, 6] as const;
const LIFTED = 2;

/**
 * An instruction that differentiates what a frame computes: the value has a row for each entry of the
 * output and a column for each chosen entry of the input. Where nothing in the frame moves, it is zero.
 */
export function emitDifference(compiler: Compiler, frame: Frame, plan: DifferencePlan): Slot {
  const { child, input, output, base, chosen, count } = plan;
  const out = slotIn(frame, { rows: output.tensor.data.length, cols: count });
  if (child.code.length === 0 && output.tensor.data !== input.tensor.data) return emitConstant(frame, out, output);
  const {
    differentiate: act,
    isExact,
    work,
  } = compiler.witness === null ? usual(compiler, plan, frame.parent !== null) : dual(compiler, plan);
  frame.depth = Math.max(frame.depth, child.depth + (isExact ? 0 : 1));
  emit(
    frame,
    (work + 5 + PER_OUTPUT * output.tensor.data.length) * count * (isExact ? LIFTED : (EVALUATIONS[Math.min(child.depth, 2)] as number)),
    () => {
      input.tensor.data.set(base.tensor.data);
      const places = chosen();
      if (places === null) out.tensor.data.fill(Number.NaN);
      else act(places, out.tensor.data);
    },
    DERIVATIVE,
  );
  return out;
}

/** The derivative of what does not move is zero where that has a value: 1/0 has none. */
function emitConstant(frame: Frame, out: Slot, { tensor: { data } }: Slot): Slot {
  const instruction = () => void out.tensor.data.fill(data.every(Number.isFinite) ? 0 : Number.NaN);
  const stays = afterwards(
    instruction,
    ({ dual }) =>
      () =>
        void dual(out.tensor).tangent.data.fill(0),
  );
  emit(frame, data.length, instruction, stays);
  return out;
}

interface Derivative {
  readonly differentiate: (chosen: Int32Array, jacobian: Float64Array) => void;
  /** But for rounding. */
  readonly isExact: boolean;
  /** Multiplications that an evaluation for one entry takes. */
  readonly work: number;
}

/** By a complex step where all is analytic; by differences where it is not, or where they need a small part of the function only. */
function usual(compiler: Compiler, plan: DifferencePlan, isWithin: boolean): Derivative {
  const { meter, steps } = compiler;
  const focus = plan.count < MANY || plan.output.tensor.data === plan.input.tensor.data ? null : focusOn(plan.child, plan.input.tensor);
  const f = functionOf(plan, meter, focus);
  const lifted = lazily(() => complexOrReason(compiler, plan));
  const isExact = (focus === null || (isWithin && LIFTED * plan.child.work * plan.count < CHEAP)) && lifted() !== null;
  steps.taken.add(isExact ? 'complex' : 'differences');
  return {
    isExact,
    work: isExact ? plan.child.work : Math.min(focus?.work ?? plan.child.work, plan.child.work),
    differentiate: (chosen, jacobian) => {
      if (steps.fixed !== null && !steps.isNested)
        return alone(steps, () => differentiateWith(functionOf(plan, meter, null), lifted(), chosen, jacobian, steps.fixed as FixedStep));
      const found = isExact ? complexStep(lifted() as LiftedDerivative, f, chosen, jacobian) : null;
      note(meter, found ?? differentiate(f, chosen, jacobian, plan.child.depth), f);
    },
  };
}

function complexOrReason(compiler: Compiler, plan: DifferencePlan): LiftedDerivative | null {
  const lifted = liftedDerivative(compiler, plan, 'complex');
  if (!('abstains' in lifted)) return lifted;
  compiler.steps.notAnalytic ??= lifted.abstains;
  return null;
}

/** By dual numbers; of what is a derivative already by differences. */
function dual(compiler: Compiler, plan: DifferencePlan): Derivative {
  const lifted = liftedDerivative(compiler, plan, 'dual');
  const { work } = plan.child;
  if (!('abstains' in lifted)) return { isExact: true, work, differentiate: (chosen, jacobian) => lifted(chosen, jacobian, () => 1) };
  if (!lifted.isDerivative && compiler.witness !== null) compiler.witness.abstains = lifted.abstains;
  compiler.steps.taken.add('differences');
  const f = functionOf(plan, compiler.meter, null);
  return {
    isExact: false,
    work,
    differentiate: (chosen, jacobian) => note(compiler.meter, differentiate(f, chosen, jacobian, plan.child.depth), f),
  };
}

/** What a frame computes as a function of its input; where many entries are moved, one at a time without running all of it. */
function functionOf(
  { child, input: { tensor: input }, output: { tensor: output } }: DifferencePlan,
  meter: Meter,
  focus: Focus | null,
): NumericFunction {
  let runNext = () => runLooking(child, meter);
  const f = {
    run: () => {
      meter.tick((focus?.work ?? child.work) + PER_OUTPUT * output.data.length);
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
      runLooking(child, meter);
      focus.settle();
    },
  };
}

/** A fixed step is that of the outermost difference: those within it are taken as well as they can be. */
function alone(steps: Steps, act: () => void): void {
  steps.isNested = true;
  act();
  steps.isNested = false;
}

/** Keeps the largest error, relative to the derivative; one that is zero within rounding counts by the size of the function. */
function note(meter: Meter, { error, magnitude }: DifferenceError, { output, input }: NumericFunction): void {
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
