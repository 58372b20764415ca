import type { Equation } from '../derivation/derivation.ts';
import { addCovered, isOneSided } from './branches.ts';
import { furtherPoints } from './further-points.ts';
import { juryFor } from './jury.ts';
import { isUnderflowing, whyNoValue } from './no-value.ts';
import { isDecided, type Observation, observeAt, type Sampling } from './observation.ts';
import { chooseRegions, EVERYWHERE, restoreRegions } from './place-variables.ts';
import { type Program, programFor } from './program.ts';
import { distinctSizes, type Sizes } from './sizes.ts';
import type { Subject } from './subject.ts';
import { BETWEEN_LOOKS, ticker } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';
import type { VerifyOptions } from './verify-options.ts';

/** Sets of sizes, and points for each of them, that a claim has to pass. */
const SIZE_SETS = 2;
const POINTS = 3;
/** Further sets that are tried where some have no point: `(X' X)^-1` exists only where X has at least as many rows as columns. */
const SPARE_SIZE_SETS = 4;
/** Points tried for each one that decides. */
const TRIES = 40;
/** Tries before variables are drawn from other regions. */
const PATIENCE = 2;
/** Relations under which the sides have to have equal values. */
const EQUALITIES: ReadonlySet<string> = new Set(['=', ':=', '=:', '≡', '←']);

export interface Observations {
  readonly points: readonly Observation[];
  /** Why a step was not compared, for those that were not. */
  readonly reasons: readonly (string | null)[];
  readonly sizes: readonly Sizes[];
  readonly method: Program['method'];
  readonly tolerance: number;
  /** Points that each step has to pass. */
  readonly required: number;
  /** Whether the points lie on one side only of a kink or a condition. */
  readonly isOneSided: boolean;
}

/** Compares the sides of a claim at random points; throws `Unverifiable` where none has values. */
export function observe(subject: Subject, options: VerifyOptions): Observations {
  const tick = ticker(options);
  const tolerance = options.tolerance ?? subject.equation.settings.tolerance;
  const seed = options.seed ?? subject.equation.settings.seed;
  const count = options.points ?? POINTS;
  const wanted = options.sizeSets ?? SIZE_SETS;
  const sets: SizeSet[] = [];
  let why: string | null = null;
  const sizesFor = distinctSizes(subject, fixedSizes(subject, options));
  for (let variant = 0; sets.length < wanted && variant < wanted + SPARE_SIZE_SETS; variant++) {
    const program = programFor(subject, sizesFor(variant), tick, options.method);
    const reasons = program.rights.map((right, at) => reasonNotCompared(program, subject.equation, right, at));
    const sampling = {
      count,
      tolerance,
      seed: seed + 1000 * variant,
      turn: count * variant,
      coverage: new Set<string>(),
      jury: juryFor(subject, program, options),
      mayHaveGaps: options.mayHaveGaps !== false,
      compared: (points: number) => options.compared?.(count * sets.length + points, count * wanted),
    };
    const points = pointsOf(program, reasons, sampling);
    if (points === null)
      why ??=
        whyNotDrawn(program) ??
        whyNoValue(program.compiler.calls) ??
        (isOverflowing(program) ? OVERFLOW : isUnderflowing(program.compiler.calls) ? UNDERFLOW : null);
    if (points === null) continue;
    const further = count < POINTS ? [] : furtherPoints(program, reasons, sampling);
    sets.push({ program, reasons, points: [...points, ...further], isOneSided: isOneSided(sampling.coverage, program.compiler.branches) });
  }
  const [first] = sets;
  if (first === undefined) throw new Unverifiable(`no point was found at which both sides have a value${why === null ? '' : `: ${why}`}`);
  const points = sets.flatMap((set) => set.points);
  return {
    points,
    reasons: first.reasons,
    sizes: distinctSets(sets.map(({ program }) => program)),
    method: first.program.method,
    tolerance,
    required: count * wanted,
    isOneSided: sets.every((set) => set.isOneSided),
  };
}

const OVERFLOW = 'its values are too large for a number';
const UNDERFLOW = 'its values are too small for a number';

/** An orthogonal matrix with more columns than rows, or one that is positive as well. */
function whyNotDrawn({ compiler: { variables } }: Program): string | null {
  const undrawn = [...variables.values()].find(({ slot }) => slot.tensor.data.some(Number.isNaN));
  return undrawn === undefined ? null : `no ${undrawn.info.text} has all that is declared of it`;
}

/** Whether a side, or what it is the derivative of, is infinite where a program is. */
function isOverflowing({ compiler: { meter }, left, rights }: Program): boolean {
  const sides = [left, ...rights].flatMap((slot) => (typeof slot === 'string' ? [] : [slot.tensor]));
  return (
    meter.natural === Number.POSITIVE_INFINITY ||
    sides.some(({ data }) => data.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY))
  );
}

/** One set of sizes at which both sides have values. */
interface SizeSet {
  readonly program: Program;
  readonly reasons: readonly (string | null)[];
  readonly points: readonly Observation[];
  readonly isOneSided: boolean;
}

function distinctSets(programs: readonly Program[]): readonly Sizes[] {
  const key = (sizes: Sizes) =>
    [...sizes]
      .map(([name, size]) => `${name}=${size}`)
      .sort()
      .join();
  return [...new Map(programs.map(({ compiler: { sizes } }) => [key(sizes), sizes])).values()];
}

function fixedSizes({ equation: { settings } }: Subject, options: VerifyOptions): Sizes {
  return options.smallSizes === true ? new Map() : new Map([...settings.sizes, ...(options.sizes ?? [])]);
}

/** What a random number and all that is done with it at a point costs, in multiplications. */
const DRAW = 100;

function entriesDrawn({ compiler: { variables } }: Program): number {
  return [...variables.values()].reduce((sum, { slot }) => sum + slot.tensor.data.length, 0);
}

function reasonNotCompared({ left }: Program, { relations }: Equation, right: Program['rights'][number], at: number): string | null {
  const relation = relations[at] ?? '=';
  if (!EQUALITIES.has(relation)) return `a step under ${relation} is not compared`;
  if (typeof right === 'string') return right;
  const same = right.tensor.rows === left.tensor.rows && right.tensor.cols === left.tensor.cols;
  if (same || right.anyShape) return null;
  return `its shape ${right.tensor.rows}×${right.tensor.cols} is not that of the first side ${left.tensor.rows}×${left.tensor.cols}`;
}

/** Points until enough of them decide every step, or there have been too many; null where no point has values. */
function pointsOf(program: Program, reasons: readonly (string | null)[], sampling: Sampling): readonly Observation[] | null {
  const { count, seed, turn, compared } = sampling;
  const decided: Observation[] = [];
  const undecided: Observation[] = [];
  let worked: Program['regions'] = new Map();
  for (let attempt = 0; decided.length < count && attempt < TRIES; attempt++) {
    if (attempt >= PATIENCE && decided.length === 0) chooseRegions(program, seed + attempt);
    else restoreRegions(program, attempt % 2 === 0 ? EVERYWHERE : worked);
    program.compiler.meter.tick(BETWEEN_LOOKS + DRAW * entriesDrawn(program));
    const observation = observeAt(program, reasons, sampling, { seed: seed + 7919 * attempt, turn: turn + attempt, reach: 1 });
    if (observation === null) continue;
    (isDecided(observation) ? decided : undecided).push(observation);
    if (isDecided(observation)) addCovered(sampling.coverage, program.compiler.branches);
    if (decided.length === 1) worked = new Map(program.regions);
    compared(decided.length);
  }
  restoreRegions(program, worked);
  if (decided.length + undecided.length === 0) return null;
  return [...decided, ...undecided.slice(0, count - decided.length)];
}
