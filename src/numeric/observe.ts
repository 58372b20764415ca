import type { Equation } from '../derivation/derivation.ts';
import { addCovered, type Coverage, forgetSides, isCovered, isOneSided, mayBendUnseen } from './branches.ts';
import { type Comparison, compareValues } from './compare.ts';
import { largest } from './difference.ts';
import { isDoubted, type Jury, juryFor, voteIn } from './jury.ts';
import { isUnderflowing, whyNoValue } from './no-value.ts';
import { type Point, pointOf } from './point.ts';
import { chooseRegions, type Program, programFor, restoreRegions, type Turn, type Values, valuesAt, workOf } from './program.ts';
import { STRATA } from './sample.ts';
import { distinctSizes, type Sizes } from './sizes.ts';
import type { Subject } from './subject.ts';
import { BETWEEN_LOOKS, ticker } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';
import type { VerifyOptions } from './verify-options.ts';
import { settled } from './witnesses.ts';

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

/** One point: the values there, and how every step compares. */
interface Observation {
  readonly values: Values;
  readonly point: Point | null;
  readonly steps: readonly (Comparison | null)[];
  /** Why a step stays undecided here, where the witnesses told. */
  readonly reasons: readonly (string | undefined)[];
}

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
  for (let variant = 0; sets.length < wanted && variant < wanted + SPARE_SIZE_SETS; variant++) {
    const program = programFor(subject, distinctSizes(subject, fixedSizes(subject, options), variant), tick, options.method);
    const reasons = program.rights.map((right, at) => reasonNotCompared(program, subject.equation, right, at));
    const sampling = {
      count,
      tolerance,
      seed: seed + 1000 * variant,
      turn: count * variant,
      coverage: new Set<string>(),
      jury: juryFor(subject, program, options),
      compared: (points: number) => options.compared?.(count * sets.length + points, count * wanted),
    };
    const points = pointsOf(program, reasons, sampling);
    if (points === null)
      why ??=
        whyNotDrawn(program) ??
        whyNoValue(program.compiler.calls) ??
        (isOverflowing(program) ? OVERFLOW : isUnderflowing(program.compiler.calls) ? UNDERFLOW : null);
    if (points === null) continue;
    const further = count < POINTS ? [] : acrossKinks(program, reasons, sampling);
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

interface Sampling {
  readonly count: number;
  readonly tolerance: number;
  readonly seed: number;
  /** Of the first point, among all points of the claim. */
  readonly turn: number;
  readonly coverage: Coverage;
  readonly jury: Jury;
  readonly compared: (points: number) => void;
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

/** A region in which a claim has values may show one side of it only: every second point is looked for everywhere. */
const EVERYWHERE: Program['regions'] = new Map();

/** How far away points are looked for that lie on the other side of a kink. */
const REACHES = [3, 1, 10, 3, 1, 3, 10, 3, 1, 10, 3, 30, 10, 100, 30, 1000] as const;
/** So many of them are looked at in any case: not every condition is an operator of its own, such as the sign in `sign(2 - x)`. */
const ALWAYS = 4;
/** So many where a function may bend at places that no operator takes note of. */
const OF_UNSEEN = 10;
/** Points on the other side of a kink are looked for where a point costs less than so many multiplications. */
const CHEAP = 1e7;
/** Seeds of points further away are none of those before. */
const FAR = 500_009;

/** Further points for a claim with kinks, until it was compared on all sides of them or enough were tried; those that show nothing new are left out. */
function acrossKinks(program: Program, reasons: readonly (string | null)[], sampling: Sampling): readonly Observation[] {
  const { branches, calls, meter } = program.compiler;
  const isUnseen = mayBendUnseen(calls);
  if ((branches.length === 0 && !isUnseen) || workOf(program) > CHEAP) return [];
  const always = isUnseen ? OF_UNSEEN : ALWAYS;
  const worked = new Map(program.regions);
  const found: Observation[] = [];
  for (let at = 0; at < REACHES.length && (at < always || !isCovered(sampling.coverage, branches)); at++) {
    meter.tick(BETWEEN_LOOKS);
    restoreRegions(program, at % 2 === 0 ? EVERYWHERE : worked);
    const turn = { seed: sampling.seed + FAR + 7919 * at, turn: sampling.turn + STRATA * (1 + at), reach: REACHES[at] as number };
    const observation = observeAt(program, reasons, sampling, turn);
    if (observation === null || !isDecided(observation)) continue;
    const isNew = addCovered(sampling.coverage, branches);
    if (isNew || observation.steps.some((step) => step?.outcome === 'differs')) found.push(observation);
  }
  return found;
}

function isDecided({ steps }: Observation): boolean {
  return steps.every((step) => step?.outcome !== 'undecided');
}

/** Where no side has a larger entry, all may be what is left of numbers that are too small to be told from zero. */
const LEAST = 1e-290;

/** Null where a side has no value at the point, such as the logarithm of a negative number. */
function observeAt(program: Program, reasons: readonly (string | null)[], { tolerance, jury }: Sampling, turn: Turn): Observation | null {
  forgetSides(program.compiler.branches);
  const values = valuesAt(program, turn);
  const compared = values.rights.map((right, at) => (reasons[at] === null ? right : null));
  const sides = [values.left, ...compared];
  if (!sides.every((entries) => entries === null || entries.every(Number.isFinite))) return null;
  if (sides.every((entries) => entries === null || largest(entries) < LEAST) && isUnderflowing(program.compiler.calls)) return null;
  const steps = compared.map((right, at) =>
    right === null ? null : settled(program, values, at, compareValues(values.left, right, tolerance, values)),
  );
  const votes = steps.map((comparison, at) =>
    comparison !== null && isDoubted(jury, comparison, at) ? voteIn(jury, program, values, at, comparison, tolerance) : null,
  );
  return {
    values: votes.find((one) => one !== null && one.values !== values)?.values ?? values,
    point: pointOf(program),
    steps: steps.map((comparison, at) => votes[at]?.comparison ?? comparison),
    reasons: votes.map((one) => one?.reason),
  };
}
