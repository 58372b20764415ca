import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import type { EntriesReport, NamedMatrixReport, Status } from '../protocol/report.ts';
import type { Size } from '../tensor/product-plan.ts';
import { type Comparison, compareValues } from './compare.ts';
import { type Coverage, addCovered, forgetSides, isCovered, isOneSided } from './branches.ts';
import { largest } from './difference.ts';
import { isUnderflowing, whyNoValue } from './no-value.ts';
import { claimKey } from './claim-key.ts';
import { type KeepingVerdicts, verdictUnder } from './kept-verdicts.ts';
import { type Point, pointOf, pointReport } from './point.ts';
import { type Program, type Turn, type Values, chooseRegions, programFor, valuesAt, workOf } from './program.ts';
import { STRATA } from './sample.ts';
import { type Sizes, distinctSizes } from './sizes.ts';
import { type Subject, commonOf, subjectOf } from './subject.ts';
import { BrokenOff, Unverifiable } from './unverifiable.ts';
import { type Vote, type Witnesses, settled, vote, witnessesFor } from './witnesses.ts';

export interface VerifyOptions {
  readonly seed?: number;
  readonly tolerance?: number;
  /** Sizes of dimensions by name, over those the document fixes. */
  readonly sizes?: ReadonlyMap<string, number>;
  readonly cancelled?: () => boolean;
  /** Milliseconds on a monotonic clock; without one there is no time limit. */
  readonly now?: () => number;
  /** Told of the work as it is done, in multiplications; answers whether more may be spent. */
  readonly spend?: (work: number) => boolean;
  /** Milliseconds for one claim. */
  readonly timeLimit?: number;
  /** Told after each point how many decided, and how many have to. */
  readonly compared?: (points: number, of: number) => void;
  /** Small sizes even where the document fixes real ones; for candidates. */
  readonly smallSizes?: boolean;
  /** Every entry, or directions where the claim has some; otherwise large claims are checked along directions. */
  readonly method?: Verdict['method'];
  /** How many sets of sizes, and points for each, a claim has to pass; fewer than usual is for candidates only. */
  readonly sizeSets?: number;
  readonly points?: number;
  /** Verdicts that are known already, and where new ones are kept. */
  readonly keeping?: KeepingVerdicts;
}

/** What finite differences say of a claim. */
export interface Verdict {
  readonly status: Status;
  readonly method: 'entries' | 'directions';
  readonly reason?: string;
  /** Where not every entry was compared: what was, and how likely a mistake is missed. */
  readonly note?: string;
  /** The largest of any step that was compared. */
  readonly maxRelativeError?: number;
  /** For every side but the first, in order. */
  readonly steps: readonly StepVerdict[];
  readonly points?: number;
  /** The sizes of each set of points; sets that are equal, because everything is fixed, count once. */
  readonly sizes?: readonly Sizes[];
}

export interface StepVerdict {
  readonly status: Status;
  readonly maxRelativeError?: number;
  readonly reason?: string;
  /** The entry that is furthest off, counted from 0. */
  readonly worst?: Worst;
  /** All entries at the point that decided, for display. */
  readonly entries?: EntriesReport;
  /** What every variable was at that point. */
  readonly point?: readonly NamedMatrixReport[];
}

/** An entry, its row and column counted from 0, and the size of what it is an entry of. */
export interface Worst {
  readonly row: number;
  readonly col: number;
  readonly size: Size;
  readonly claimed: number;
  readonly numeric: number;
}

/** Sets of sizes, and points for each of them, that a claim has to pass. */
const SIZE_SETS = 2;
const POINTS = 3;
/** Further sets that are tried where some have no point: `(X' X)^-1` exists only where X has at least as many rows as columns. */
const SPARE_SIZE_SETS = 4;
/** Points tried for each one that decides. */
const TRIES = 40;
/** Tries before variables are drawn from other regions. */
const PATIENCE = 2;
const TIME_LIMIT = 10_000;
/** Relations under which the sides have to have equal values. */
const EQUALITIES: ReadonlySet<string> = new Set(['=', ':=', '=:', '≡', '←']);

/**
 * Checks a claim at random points: its first side by finite differences of what the definitions say, and
 * every other side against that. Never answers `verified` where a step was not compared.
 */
export function verifyClaim(derivation: Derivation, shapes: ShapeTable, equation: Equation, options: VerifyOptions): Verdict {
  return claimVerifier(derivation, shapes)(equation, options);
}

export type ClaimVerifier = (equation: Equation, options: VerifyOptions) => Verdict;

/** Checks claims of one derivation, which have much in common. */
export function claimVerifier(derivation: Derivation, shapes: ShapeTable): ClaimVerifier {
  const common = commonOf(derivation, shapes);
  return (equation, options) => verify(subjectOf(derivation, shapes, equation, common), options);
}

export type ClaimVerifiers = (derivation: Derivation) => ClaimVerifier;

/** The same for several readings of one text: what claims of a derivation have in common is found once. */
export function claimVerifiers(shapes: ShapeTable): ClaimVerifiers {
  const known = new Map<Derivation, ClaimVerifier>();
  return (derivation) => {
    const verifier = known.get(derivation) ?? claimVerifier(derivation, shapes);
    known.set(derivation, verifier);
    return verifier;
  };
}

function verify(subject: Subject, options: VerifyOptions): Verdict {
  const { keeping } = options;
  if (keeping === undefined) return verdictOn(subject, options).verdict;
  return verdictUnder(keeping, `${claimKey(subject)}\n${limitsKey(options)}`, () => verdictOn(subject, options));
}

function limitsKey({ seed, tolerance, sizes, method, smallSizes, sizeSets, points }: VerifyOptions): string {
  return JSON.stringify([seed, tolerance, [...(sizes ?? [])], method, smallSizes, sizeSets, points]);
}

function verdictOn(subject: Subject, options: VerifyOptions): { readonly verdict: Verdict; readonly isBrokenOff: boolean } {
  const { equation } = subject;
  try {
    return { verdict: judge(equation, observe(subject, options)), isBrokenOff: false };
  } catch (problem) {
    if (!(problem instanceof Unverifiable)) throw problem;
    const steps = equation.sides.slice(1).map((): StepVerdict => ({ status: 'inconclusive', reason: problem.message }));
    return {
      verdict: { status: 'inconclusive', method: 'entries', reason: problem.message, steps },
      isBrokenOff: problem instanceof BrokenOff,
    };
  }
}

// ---- observing

/** One point: the values there, and how every step compares. */
interface Observation {
  readonly values: Values;
  readonly point: Point | null;
  readonly steps: readonly (Comparison | null)[];
  /** Why a step stays undecided here, where the witnesses told. */
  readonly reasons: readonly (string | undefined)[];
}

interface Observations {
  readonly points: readonly Observation[];
  /** Why a step was not compared, for those that were not. */
  readonly reasons: readonly (string | null)[];
  readonly sizes: readonly Sizes[];
  readonly method: Program['method'];
  readonly tolerance: number;
  /** Points that each step has to pass. */
  readonly required: number;
  /** Sides with more entries than so many are told of without them. */
  readonly mostEntries: number;
  /** Whether the points lie on one side only of a kink or a condition. */
  readonly isOneSided: boolean;
}

function observe(subject: Subject, options: VerifyOptions): Observations {
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
    if (points === null) why ??= whyNoValue(program.compiler.calls);
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
    mostEntries: options.method === 'entries' ? ALL_ENTRIES : MOST_ENTRIES,
    isOneSided: sets.every((set) => set.isOneSided),
  };
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

/** What is done between two looks at the clock, in multiplications; a call itself takes as long as some of them. */
const BETWEEN_LOOKS = 64_000;
const CALL = 1000;
/** What a random number and all that is done with it at a point costs, in multiplications. */
const DRAW = 100;

function entriesDrawn({ compiler: { variables } }: Program): number {
  return [...variables.values()].reduce((sum, { slot }) => sum + slot.tensor.data.length, 0);
}

/** Called between evaluations with the work of one: stops a claim that takes too long, or that nobody waits for any more. */
function ticker({ cancelled, spend, now, timeLimit = TIME_LIMIT }: VerifyOptions): (work: number) => void {
  const start = now?.() ?? 0;
  let done = BETWEEN_LOOKS;
  return (work) => {
    done += work + CALL;
    if (spend?.(work + CALL) === false) throw new BrokenOff('it takes more work than it may');
    if (done < BETWEEN_LOOKS) return;
    done = 0;
    if (cancelled?.() === true) throw new BrokenOff('it was cancelled');
    if (now !== undefined && now() - start > timeLimit) throw new BrokenOff('it takes longer than the time limit');
  };
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
  for (let attempt = 0; decided.length < count && attempt < TRIES; attempt++) {
    if (attempt >= PATIENCE && decided.length === 0) chooseRegions(program, seed + attempt);
    program.compiler.meter.tick(BETWEEN_LOOKS + DRAW * entriesDrawn(program));
    const observation = observeAt(program, reasons, sampling, { seed: seed + 7919 * attempt, turn: turn + attempt, reach: 1 });
    if (observation === null) continue;
    (isDecided(observation) ? decided : undecided).push(observation);
    if (isDecided(observation)) addCovered(sampling.coverage, program.compiler.branches);
    compared(decided.length);
  }
  if (decided.length + undecided.length === 0) return null;
  return [...decided, ...undecided.slice(0, count - decided.length)];
}

/** How far away points are looked for that lie on the other side of a kink. */
const REACHES = [1, 1, 1, 1, 3, 3, 3, 10, 10, 30, 100, 1000] as const;
/** Points on the other side of a kink are looked for where a point costs less than so many multiplications. */
const CHEAP = 1e7;
/** Seeds of points further away are none of those before. */
const FAR = 500_009;

/** Further points, until the claim was compared on all sides of its kinks or enough were tried; those that show nothing new are left out. */
function acrossKinks(program: Program, reasons: readonly (string | null)[], sampling: Sampling): readonly Observation[] {
  const { branches, meter } = program.compiler;
  if (workOf(program) > CHEAP) return [];
  const found: Observation[] = [];
  for (let at = 0; at < REACHES.length && !isCovered(sampling.coverage, branches); at++) {
    meter.tick(BETWEEN_LOOKS);
    const turn = { seed: sampling.seed + FAR + 7919 * at, turn: sampling.turn + STRATA * (1 + at), reach: REACHES[at] as number };
    const observation = observeAt(program, reasons, sampling, turn);
    if (observation !== null && isDecided(observation) && addCovered(sampling.coverage, branches)) found.push(observation);
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

// ---- doubt

/** The witnesses of one program, and when they are asked. */
interface Jury {
  readonly witnesses: Witnesses;
  /** Whether a claim that differences contradict is put to the vote; for candidates that would cost too much. */
  readonly confirms: boolean;
  /** Steps that were found wrong by vote. */
  readonly confirmed: Set<number>;
  /** Votes that may still end without a decision. */
  patience: number;
}

/** Votes without a decision after which no more are taken. */
const VOTES = 4;

function juryFor(subject: Subject, program: Program, { smallSizes }: VerifyOptions): Jury {
  return { witnesses: witnessesFor(subject, program), confirms: smallSizes !== true, confirmed: new Set(), patience: VOTES };
}

/** Differences are doubted where they decide nothing, and once before a step is refuted. */
function isDoubted({ confirms, confirmed, patience }: Jury, { outcome }: Comparison, step: number): boolean {
  if (outcome === 'undecided') return patience > 0;
  return outcome === 'differs' && confirms && !confirmed.has(step);
}

function voteIn(jury: Jury, program: Program, values: Values, step: number, comparison: Comparison, tolerance: number): Vote {
  const found = vote(jury.witnesses, program, values, step, comparison, tolerance);
  if (found.comparison.outcome === 'undecided') jury.patience--;
  if (found.comparison.outcome === 'differs') jury.confirmed.add(step);
  return found;
}

// ---- judging

function judge(equation: Equation, observations: Observations): Verdict {
  const { points, reasons, sizes, method, tolerance, isOneSided: oneSided } = observations;
  const compared = equation.kind === 'condition' ? equation.sides.length - 2 : equation.sides.length - 1;
  const steps = reasons.map((reason, at): StepVerdict => (at >= compared ? { status: 'verified' } : judgeStep(observations, reason, at)));
  const errors = steps.flatMap(({ maxRelativeError }) => maxRelativeError ?? []);
  const status = statusOf(steps);
  const reason = status === 'inconclusive' ? steps.find((step) => step.status === 'inconclusive')?.reason : undefined;
  return {
    status,
    method,
    steps,
    points: points.length,
    sizes,
    ...(method === 'directions'
      ? { note: chanceOf(points.length, tolerance) }
      : oneSided && status === 'verified'
        ? { note: ONE_SIDED }
        : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(errors.length === 0 ? {} : { maxRelativeError: Math.max(...errors) }),
  };
}

const ONE_SIDED = 'no point was found on one side of a kink or a condition in it';

/**
 * A mistake of relative size e shows along a random direction unless that is nearly orthogonal to it: it
 * is missed with a probability of about √(2/π) tolerance / e. Half of the points have a random direction.
 */
function chanceOf(points: number, tolerance: number): string {
  const chance = (Math.sqrt(2 / Math.PI) * (tolerance / 0.01)) ** Math.floor(points / 2);
  return `${points} directions and single entries were compared; a mistake of 1 % everywhere is missed with a probability of ${chance.toExponential(0)}`;
}

function statusOf(steps: readonly StepVerdict[]): Status {
  if (steps.some(({ status }) => status === 'refuted')) return 'refuted';
  return steps.every(({ status }) => status === 'verified') ? 'verified' : 'inconclusive';
}

function judgeStep({ points, required, mostEntries }: Observations, reason: string | null, at: number): StepVerdict {
  if (reason !== null) return { status: 'inconclusive', reason };
  const seen = points.flatMap(({ values, point, steps }) => (steps[at] ? [{ values, point, comparison: steps[at] }] : []));
  const wrong = seen.filter(({ comparison }) => comparison.outcome === 'differs');
  const agreeing = seen.filter(({ comparison }) => comparison.outcome === 'agrees').length;
  const worst = largestError(wrong.length > 0 ? wrong : seen);
  const details =
    worst === undefined
      ? {}
      : {
          maxRelativeError: worst.comparison.error,
          ...detailsOf(worst.values, at, worst.comparison.worst, mostEntries),
          ...(worst.point === null ? {} : { point: pointReport(worst.point) }),
        };
  if (wrong.length > 0) return { status: 'refuted', ...details };
  if (agreeing >= required) return { status: 'verified', ...details };
  const told = points.find(({ steps, reasons }) => steps[at]?.outcome === 'undecided' && reasons[at] !== undefined)?.reasons[at];
  return { status: 'inconclusive', reason: told ?? 'differences are too inexact to decide at the points tried', ...details };
}

function largestError<T extends { readonly comparison: Comparison }>(seen: readonly T[]): T | undefined {
  return seen.reduce<T | undefined>(
    (most, one) => (most === undefined || one.comparison.error > most.comparison.error ? one : most),
    undefined,
  );
}

/** More entries than a reader would look at are not kept, unless every entry was asked for: then those of 784×256 are. */
const MOST_ENTRIES = 4096;
const ALL_ENTRIES = 2 ** 18;

function detailsOf({ left, rights, size }: Values, step: number, worst: number, most: number): Pick<StepVerdict, 'worst' | 'entries'> {
  const right = rights[step] as Float64Array;
  const each = size.rows * size.cols;
  const place = { row: Math.floor((worst % each) / size.cols), col: worst % size.cols };
  const from = Math.floor(worst / each) * each;
  const part = (entries: Float64Array) => [...entries.subarray(from, from + each)];
  return {
    worst: { ...place, size: { rows: size.rows, cols: size.cols }, claimed: right[worst] as number, numeric: left[worst] as number },
    ...(each > most ? {} : { entries: { rows: size.rows, cols: size.cols, claimed: part(right), numeric: part(left) } }),
  };
}
