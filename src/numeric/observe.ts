import type { Equation } from '../derivation/derivation.ts';
import { addCovered, isOneSided } from './branches.ts';
import { furtherPoints } from './further-points.ts';
import { juryFor } from './jury.ts';
import { isUnderflowing, whyNoValue } from './no-value.ts';
import { isContradicting, isDecided, type Observation, observeAt, type Sampling } from './observation.ts';
import { chooseRegions, EVERYWHERE, restoreRegions } from './place-variables.ts';
import { type Program, programFor } from './program.ts';
import { distinctSizes, type Sizes } from './sizes.ts';
import type { Subject } from './subject.ts';
import { BETWEEN_LOOKS, clockOf } from './ticker.ts';
import { TimeOver, Unverifiable } from './unverifiable.ts';
import type { VerifyOptions } from './verify-options.ts';

/** Sets of sizes, and points for each of them, that a claim has to pass. */
const SIZE_SETS = 2;
const POINTS = 3;
/** Further sets that are tried where some have no point: `(X' X)^-1` exists only where X has at least as many rows as columns. */
const SPARE_SIZE_SETS = 4;
/** Sets that may decide nothing before no others are tried: `det(X' X)` is nothing but rounding where X has more columns than rows. */
const UNDECIDED_SIZE_SETS = 3;
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
  /** Whether time was up before there were as many points as it takes; some step is contradicted by then. */
  readonly isCutShort: boolean;
}

/** Compares the sides of a claim at random points; throws `Unverifiable` where none has values. */
export function observe(subject: Subject, options: VerifyOptions): Observations {
  const sets: SizeSet[] = [];
  const isCutShort = untilTimeIsUp(
    () => observeInto(sets, subject, options),
    () => sets.some(({ points }) => points.some((one) => isContradicting(one, claimedSteps(subject.equation)))),
  );
  const seen = sets.filter(({ points }) => points.length > 0);
  const [first] = seen as [SizeSet];
  return {
    points: seen.flatMap(({ points }) => points),
    reasons: first.reasons,
    sizes: distinctSets(seen.map(({ program }) => program)),
    method: first.program.method,
    tolerance: limitsOf(subject, options).tolerance,
    required: (options.points ?? POINTS) * (options.sizeSets ?? SIZE_SETS),
    isOneSided: seen.every((set) => set.isOneSided),
    isCutShort,
  };
}

/** Whether time was up before all was done; where nothing is decided by then, nobody is told anything else. */
function untilTimeIsUp(act: () => void, isDecidedAlready: () => boolean): boolean {
  try {
    act();
    return false;
  } catch (problem) {
    if (problem instanceof TimeOver && isDecidedAlready()) return true;
    throw problem;
  }
}

function limitsOf({ equation: { settings } }: Subject, { tolerance, seed }: VerifyOptions) {
  return { tolerance: tolerance ?? settings.tolerance, seed: seed ?? settings.seed };
}

/** Sets of sizes with their points, each of which is there as soon as it is decided. */
function observeInto(sets: SizeSet[], subject: Subject, options: VerifyOptions): void {
  const clock = clockOf(options);
  const { tolerance, seed } = limitsOf(subject, options);
  const count = options.points ?? POINTS;
  const wanted = options.sizeSets ?? SIZE_SETS;
  let why: string | null = null;
  const undecided: SizeSet[] = [];
  const sizesFor = distinctSizes(subject, fixedSizes(subject, options));
  const isOver = (variant: number) => variant >= wanted + SPARE_SIZE_SETS || undecided.length >= UNDECIDED_SIZE_SETS;
  for (let variant = 0; sets.length < wanted && !isOver(variant); variant++) {
    const program = programFor(subject, sizesFor(variant), clock, options.method);
    const reasons = program.rights.map((right, at) => reasonNotCompared(program, subject.equation, right, at));
    const done = sets.length;
    const sampling = {
      count,
      tolerance,
      seed: seed + 1000 * variant,
      turn: count * variant,
      coverage: new Set<string>(),
      jury: juryFor(subject, program, options),
      mayHaveGaps: options.mayHaveGaps !== false,
      claimed: claimedSteps(subject.equation),
      isHasty: options.hasty === true,
      compared: (points: number) => options.compared?.(count * done + points, count * wanted),
    };
    const set: SizeSet = { program, reasons, points: [], isOneSided: false };
    sets.push(set);
    if (!addPoints(set, sampling)) {
      sets.pop();
      why ??= whyNoPoint(program);
      continue;
    }
    if (!set.points.some(isDecided)) {
      undecided.push(...sets.splice(-1));
      continue;
    }
    if (isEnough(set.points, sampling)) return;
    if (count >= POINTS) set.points.push(...furtherPoints(program, reasons, sampling));
    set.isOneSided = isOneSided(sampling.coverage, program.compiler.branches);
  }
  sets.push(...undecided.slice(0, wanted - sets.length));
  if (sets.length === 0) throw new Unverifiable(`no point was found at which both sides have a value${why === null ? '' : `: ${why}`}`);
}

/** What comes before the zero of a condition is claimed. */
export function claimedSteps({ kind, sides }: Equation): number {
  return sides.length - (kind === 'condition' ? 2 : 1);
}

function whyNoPoint(program: Program): string | null {
  const { calls } = program.compiler;
  const ofSize = () => (isOverflowing(program) ? OVERFLOW : isUnderflowing(calls) ? UNDERFLOW : null);
  return whyNotDrawn(program) ?? whyNoValue(calls) ?? whyNoEntry(program) ?? ofSize();
}

const OVERFLOW = 'its values are too large for a number';
const UNDERFLOW = 'its values are too small for a number';

/** An orthogonal matrix with more columns than rows, or one that is positive as well. */
function whyNotDrawn({ compiler: { variables } }: Program): string | null {
  const undrawn = [...variables.values()].find(({ slot }) => slot.tensor.data.some(Number.isNaN));
  return undrawn === undefined ? null : `no ${undrawn.info.text} has all that is declared of it`;
}

/** An index that counts further than what it indexes. */
function whyNoEntry({ compiler: { missed, derivation } }: Program): string | null {
  if (missed.of === null) return null;
  const name = missed.of.kind === 'symbol' ? derivation.symbols.get(missed.of.id)?.text : undefined;
  return `an index in it runs beyond the entries of ${name ?? 'what it indexes'}`;
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
  readonly points: Observation[];
  isOneSided: boolean;
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

function isEnough(points: readonly Observation[], { isHasty, claimed }: Sampling): boolean {
  return isHasty && points.some((one) => isContradicting(one, claimed));
}

/** Adds points until enough of them decide every step, or there have been too many; false where no point has values. */
function addPoints({ program, reasons, points }: SizeSet, sampling: Sampling): boolean {
  const { count, seed, turn, compared } = sampling;
  const undecided: Observation[] = [];
  let worked: Program['regions'] = new Map();
  for (let attempt = 0; points.length < count && attempt < TRIES; attempt++) {
    if (attempt >= PATIENCE && points.length === 0) chooseRegions(program, seed + attempt);
    else restoreRegions(program, attempt % 2 === 0 ? EVERYWHERE : worked);
    program.compiler.meter.tick(BETWEEN_LOOKS + DRAW * entriesDrawn(program));
    const observation = observeAt(program, reasons, sampling, { seed: seed + 7919 * attempt, turn: turn + attempt, reach: 1 });
    if (observation === null) continue;
    (isDecided(observation) ? points : undecided).push(observation);
    if (isDecided(observation)) addCovered(sampling.coverage, program.compiler.branches);
    if (points.length === 1) worked = new Map(program.regions);
    compared(points.length);
    if (isEnough([observation], sampling)) break;
  }
  restoreRegions(program, worked);
  points.push(...undecided.slice(0, count - points.length));
  return points.length > 0;
}
