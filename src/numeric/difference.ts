/** A function of numbers as a program: `run` reads `input` and writes `output`, in place. */
export interface NumericFunction {
  readonly run: () => void;
  readonly input: Float64Array;
  readonly output: Float64Array;
  /** Where it is cheaper to move one entry at a time: runs everything, after which `run` does what an entry turned to reaches. */
  readonly runAll?: () => void;
  readonly turnTo?: (at: number) => void;
}

/** Estimated errors, absolute, beside the largest entry they belong to. */
export interface DifferenceError {
  readonly error: number;
  readonly magnitude: number;
}

/** First steps, relative to the size of what is moved, by how deep differences are nested in the function. */
const STEPS = [1e-3, 3e-2, 1.2e-1] as const;
/** How exactly the function is known, by the same depth: rounding, then differences of rounding. */
const ROUNDING = [2.3e-16, 1e-12, 1e-9] as const;
/** Factors of the first step that are tried in turn where an estimate stays large. */
const RETRIES = [1 / 8, 1 / 64, 8, 1 / 512, 1 / 4096] as const;
/** An error below this part of the largest entry is good enough. */
const GOOD = 1e-7;
const LEVELS = 4;

/**
 * Derivatives of all outputs by the chosen inputs, by central differences extrapolated to step zero
 * (Richardson 1911; the tableau and its error estimate of Ridders 1982). `jacobian` gets entry i of the
 * output by the k-th chosen input at i·K + k. The inputs are left as they were.
 */
export function differentiate(f: NumericFunction, chosen: ArrayLike<number>, jacobian: Float64Array, depth: number): DifferenceError {
  const count = chosen.length;
  const typical = typicalSize(f.input);
  (f.runAll ?? f.run)();
  const level = largest(f.output);
  if (!Number.isFinite(level)) return give(jacobian, Number.NaN);
  const pass: Pass = { errors: new Float64Array(count), typical, level, column: newTableau(f.output) };
  if (f.turnTo !== undefined && depth === 0 && count >= MANY) sampledPass(f, chosen, jacobian, pass);
  else for (let k = 0; k < count; k++) extrapolateColumn(f, chosen, k, jacobian, depth, pass);
  return refine(f, chosen, jacobian, depth, pass);
}

interface Pass {
  /** Of each column. */
  readonly errors: Float64Array;
  readonly typical: number;
  readonly level: number;
  readonly column: Tableau;
}

function extrapolateColumn(
  f: NumericFunction,
  chosen: ArrayLike<number>,
  k: number,
  jacobian: Float64Array,
  depth: number,
  { errors, typical, level, column }: Pass,
): void {
  const at = chosen[k] as number;
  f.turnTo?.(at);
  const step = stepScale(f.input[at] as number, typical) * stepAt(depth);
  errors[k] = extrapolate(f, at, step, depth === 0 ? 2 : 3, column) + noiseOf(depth, level, step);
  copyColumn(jacobian, column.best, k, chosen.length);
}

// ---- many columns

/** From so many columns on, one in a few is extrapolated, and shows how far off single differences are for the others. */
const MANY = 64;
const SAMPLE = 16;
/** The step at which truncation and rounding of a single central difference are about equal: the cube root of rounding. */
const SINGLE_STEP = 6e-6;
/** How much further off than those of the sample single differences may be. */
const SAFETY = 10;

/** Extrapolates a sample of the columns, and takes single differences for the others. What is not smooth is left to be refined. */
function sampledPass(f: NumericFunction, chosen: ArrayLike<number>, jacobian: Float64Array, pass: Pass): void {
  const { errors, typical, level, column } = pass;
  let off = 0;
  for (let k = 0; k < chosen.length; k += SAMPLE) {
    extrapolateColumn(f, chosen, k, jacobian, 0, pass);
    singleDifference(f, chosen[k] as number, typical, column);
    off = Math.max(off, distance(column.single, column.best));
  }
  const noise = SAFETY * off + noiseOf(0, level, typical * SINGLE_STEP);
  const bent = BEND * largest(jacobian);
  for (let k = 0; k < chosen.length; k++) {
    if (k % SAMPLE === 0) continue;
    f.turnTo?.(chosen[k] as number);
    errors[k] = singleDifference(f, chosen[k] as number, typical, column) <= bent ? noise : Number.POSITIVE_INFINITY;
    copyColumn(jacobian, column.single, k, chosen.length);
  }
}

/** The answer is how much the slopes to both sides differ. */
function singleDifference(f: NumericFunction, at: number, typical: number, column: Tableau): number {
  return central(f, at, stepScale(f.input[at] as number, typical) * SINGLE_STEP, column, column.single);
}

/** The largest difference between entries. */
export function distance(a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) {
    const size = Math.abs((a[k] as number) - (b[k] as number));
    if (!(size <= most)) most = size;
  }
  return most;
}

/** Columns whose estimated error is large are computed again, with more levels and other steps. */
function refine(
  f: NumericFunction,
  chosen: ArrayLike<number>,
  jacobian: Float64Array,
  depth: number,
  { errors, typical, level, column }: Pass,
): DifferenceError {
  const count = chosen.length;
  const magnitude = largest(jacobian);
  const enough = Math.max(GOOD * magnitude, noiseOf(depth, level, typical * stepAt(depth)));
  for (let k = 0; k < count; k++) {
    const at = chosen[k] as number;
    const first = stepScale(f.input[at] as number, typical) * stepAt(depth);
    if (!((errors[k] as number) <= enough)) f.turnTo?.(at);
    for (let retry = -1; retry < RETRIES.length && !((errors[k] as number) <= enough); retry++) {
      const step = retry < 0 ? first : first * (RETRIES[retry] as number);
      const error = extrapolate(f, at, step, LEVELS, column) + noiseOf(depth, level, step);
      if (error >= (errors[k] as number)) continue;
      errors[k] = error;
      copyColumn(jacobian, column.best, k, count);
    }
  }
  return { error: largest(errors), magnitude: largest(jacobian) };
}

function give(jacobian: Float64Array, value: number): DifferenceError {
  jacobian.fill(value);
  return { error: value, magnitude: value };
}

function stepAt(depth: number): number {
  return STEPS[Math.min(depth, STEPS.length - 1)] as number;
}

function noiseOf(depth: number, level: number, step: number): number {
  return ((ROUNDING[Math.min(depth, ROUNDING.length - 1)] as number) * level) / step;
}

/** What a step is relative to: the size of an entry, of one near zero that of its fellows. */
export function stepScale(value: number, typical: number): number {
  return Math.max(Math.abs(value), typical);
}

export function typicalSize(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  const mean = Math.sqrt(sum / values.length);
  return mean > 0 ? mean : 1;
}

/** The largest absolute value, or NaN where there is one. */
export function largest(values: Float64Array): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) {
    const size = Math.abs(values[k] as number);
    if (!(size <= most)) most = size;
    if (Number.isNaN(most)) return most;
  }
  return most;
}

function copyColumn(jacobian: Float64Array, column: Float64Array, k: number, count: number): void {
  for (let i = 0; i < column.length; i++) jacobian[i * count + k] = column[i] as number;
}

interface Tableau {
  readonly rows: readonly Float64Array[];
  readonly upper: Float64Array;
  readonly best: Float64Array;
  /** A difference that is not extrapolated. */
  readonly single: Float64Array;
  /** The function where nothing is moved. */
  readonly base: Float64Array;
  /** Of each level how much the slopes to both sides differ. */
  readonly bends: Float64Array;
}

function newTableau(base: Float64Array): Tableau {
  const outputs = base.length;
  return {
    rows: Array.from({ length: LEVELS }, () => new Float64Array(outputs)),
    upper: new Float64Array(outputs),
    best: new Float64Array(outputs),
    single: new Float64Array(outputs),
    base: Float64Array.from(base),
    bends: new Float64Array(LEVELS),
  };
}

/**
 * The derivative by one input into `best`: central differences with step h, h/2, … , each row of the
 * tableau extrapolated in place. The answer is the estimated error of the worst output.
 */
function extrapolate(f: NumericFunction, at: number, step: number, levels: number, tableau: Tableau): number {
  const { rows, best } = tableau;
  let error = Number.POSITIVE_INFINITY;
  for (let level = 0; level < levels; level++) {
    tableau.bends[level] = central(f, at, step / 2 ** level, tableau, rows[level] as Float64Array);
    error = level === 0 ? error : combine(rows, level);
  }
  best.set(rows[0] as Float64Array);
  return Number.isNaN(error) || isKink(tableau, levels) ? Number.POSITIVE_INFINITY : error;
}

/** A smaller difference of the slopes than this part of the derivative is no kink. */
const BEND = 1e-3;

/** Where a function is smooth the slopes to both sides come closer by half as the step is halved; at a kink they do not. */
function isKink({ bends, best }: Tableau, levels: number): boolean {
  const [before, last] = [bends[levels - 2] as number, bends[levels - 1] as number];
  return last > 0.8 * before && last > BEND * largest(best);
}

/** (f(x + h) − f(x − h)) / 2h, with the h that was really moved. The answer is how much the slopes to both sides differ. */
function central({ run, input, output }: NumericFunction, at: number, step: number, { upper, base }: Tableau, out: Float64Array): number {
  const value = input[at] as number;
  input[at] = value + step;
  const high = input[at];
  run();
  upper.set(output);
  input[at] = value - step;
  const width = high - input[at];
  run();
  let bend = 0;
  for (let i = 0; i < out.length; i++) {
    const [above, below] = [upper[i] as number, output[i] as number];
    out[i] = (above - below) / width;
    bend = Math.max(bend, Math.abs(above - 2 * (base[i] as number) + below));
  }
  // Last, because of dx/dx the input is the output.
  input[at] = value;
  return (2 * bend) / width;
}

/**
 * Adds a level to Neville's scheme: afterwards `rows[0]` is the extrapolation from all levels. The error
 * is how far it is from that of the levels before, as the finer of both is the better one.
 */
function combine(rows: readonly Float64Array[], level: number): number {
  let error = 0;
  for (let back = level - 1; back >= 0; back--) {
    const factor = 4 ** (level - back);
    const coarse = rows[back] as Float64Array;
    const fine = rows[back + 1] as Float64Array;
    for (let i = 0; i < coarse.length; i++) {
      const change = ((fine[i] as number) - (coarse[i] as number)) / (factor - 1);
      coarse[i] = (fine[i] as number) + change;
      if (back === 0 && !(Math.abs(change) <= error)) error = Math.abs(change);
    }
  }
  return error;
}
