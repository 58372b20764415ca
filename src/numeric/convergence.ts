import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { type Term, walk } from '../ops/term.ts';
import type { ConvergenceReport, CurveReport } from '../protocol/report.ts';
import { largest } from './difference.ts';
import type { FixedStep } from './fixed-step.ts';
import { chooseRegions, copyPoint } from './place-variables.ts';
import { dualProgramFor, type Program, programFor } from './program.ts';
import { distinctSizes, type Sizes } from './sizes.ts';
import { type Subject, subjectOf } from './subject.ts';
import { clockWith } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';
import { type Values, valuesAt, valuesHere } from './values.ts';

export interface ConvergenceOptions {
  readonly seed?: number;
  readonly tolerance?: number;
  readonly sizes?: ReadonlyMap<string, number>;
  readonly cancelled?: () => boolean;
  /** Milliseconds on a monotonic clock; without one there is no time limit. */
  readonly now?: () => number;
}

/** Powers of ten that steps go through, and how many there are to each. */
const LARGEST = 0;
const SMALLEST = -13;
const PER_DECADE = 3;

const METHODS = ['central', 'richardson', 'complex'] as const;

const TIME_LIMIT = 4000;

/** Points tried until both sides have a value. */
const TRIES = 40;
/** Sets of sizes tried until one has a point. */
const SIZE_SETS = 4;
const PATIENCE = 2;

/**
 * How the error of differences and of a complex step on the first side depends on the step, at the first point a claim is
 * checked at. It is measured against a side without derivatives that agrees with them, otherwise against
 * the extrapolation that verification uses. A sentence where that cannot be told.
 */
export function convergence(
  derivation: Derivation,
  shapes: ShapeTable,
  equation: Equation,
  options: ConvergenceOptions,
): ConvergenceReport | string {
  try {
    return observe(derivation, shapes, equation, options);
  } catch (problem) {
    if (problem instanceof Unverifiable) return problem.message;
    throw problem;
  }
}

function observe(derivation: Derivation, shapes: ShapeTable, equation: Equation, options: ConvergenceOptions): ConvergenceReport {
  if (!takesDifferences(equation.sides[0] as Term)) throw new Unverifiable('its first side holds no derivative');
  const subject = subjectOf(derivation, shapes, equation);
  const { program, values } = settle(subject, options);
  const tolerance = options.tolerance ?? equation.settings.tolerance;
  const reference = referenceOf(program, equation, values, tolerance);
  const curve = (method: FixedStep['method']): CurveReport => ({
    method,
    points: steps().map((step) => ({ step, error: errorWith(program, { method, step }, reference.values) })),
  });
  const curves = METHODS.map(curve).filter(({ points }) => points.some(({ error }) => Number.isFinite(error)));
  return {
    curves,
    notAnalytic: program.compiler.steps.notAnalytic,
    reference: reference.side,
    dual: dualError(dualProgramFor(subject, program), program, reference.values),
    tolerance,
    estimate: values.noise,
  };
}

function ticker({ cancelled, now }: ConvergenceOptions): () => void {
  const start = now?.() ?? 0;
  let calls = 0;
  return () => {
    if (calls++ % 64 !== 0) return;
    if (cancelled?.() === true) throw new Unverifiable('it was cancelled');
    if (now !== undefined && now() - start > TIME_LIMIT)
      throw new Unverifiable('its differences take too long to be computed for many steps; smaller sizes help');
  };
}

/** Draws sizes and points until all sides have a value, as verification does. */
function settle(subject: Subject, options: ConvergenceOptions): { readonly program: Program; readonly values: Values } {
  const { settings } = subject.equation;
  const fixed: Sizes = new Map([...settings.sizes, ...(options.sizes ?? [])]);
  const sizesFor = distinctSizes(subject, fixed);
  for (let variant = 0; variant < SIZE_SETS; variant++) {
    const program = programFor(subject, sizesFor(variant), clockWith(ticker(options)));
    const values = valuesWithin(program, options.seed ?? settings.seed);
    if (values !== null) return { program, values };
  }
  throw new Unverifiable('no point was found at which both sides have a value');
}

function valuesWithin(program: Program, seed: number): Values | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt >= PATIENCE) chooseRegions(program, seed + attempt);
    const values = valuesAt(program, { seed: seed + 7919 * attempt, turn: attempt, reach: 1 });
    if ([values.left, ...values.rights].every((entries) => entries === null || entries.every(Number.isFinite))) return values;
  }
  return null;
}

interface Reference {
  readonly values: Float64Array;
  /** Index of the side, null for the extrapolation. */
  readonly side: number | null;
}

/** The last side that holds no derivative and agrees with the differences. */
function referenceOf({ rights }: Program, { sides }: Equation, { left, rights: values }: Values, tolerance: number): Reference {
  for (let at = rights.length - 1; at >= 0; at--) {
    const side = values[at];
    if (side != null && side.length === left.length && !takesDifferences(sides[at + 1] as Term) && relativeError(left, side) <= tolerance)
      return { values: side, side: at + 1 };
  }
  return { values: left, side: null };
}

function takesDifferences(side: Term): boolean {
  return [...walk(side)].some(
    (term) => term.kind === 'derivative' || term.kind === 'differential' || (term.kind === 'call' && term.order > 0),
  );
}

/** The error of dual numbers, which need no step, at the same point; null where they have no rule for the function. */
function dualError(dual: Program | string, program: Program, reference: Float64Array): number | null {
  if (typeof dual === 'string' || !copyPoint(program.compiler, dual.compiler)) return null;
  const error = relativeError(valuesHere(dual).left, reference);
  return Number.isFinite(error) ? error : null;
}

function errorWith(program: Program, fixed: FixedStep, reference: Float64Array): number {
  program.compiler.steps.fixed = fixed;
  return relativeError(valuesHere(program).left, reference);
}

/** The largest difference relative to the largest entry; not a number where one is none. */
function relativeError(values: Float64Array, reference: Float64Array): number {
  const scale = largest(reference);
  return largest(values.map((value, at) => value - (reference[at] as number))) / (scale === 0 ? 1 : scale);
}

function steps(): readonly number[] {
  const count = (LARGEST - SMALLEST) * PER_DECADE;
  return Array.from({ length: count + 1 }, (_, at) => 10 ** (LARGEST - at / PER_DECADE));
}
