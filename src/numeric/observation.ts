import { type Coverage, forgetSides } from './branches.ts';
import { type Comparison, compareValues } from './compare.ts';
import { largest } from './difference.ts';
import { isDoubted, type Jury, voteIn } from './jury.ts';
import { isUnderflowing } from './no-value.ts';
import type { Turn } from './place-variables.ts';
import { type Point, pointOf } from './point.ts';
import type { Program } from './program.ts';
import { Unverifiable } from './unverifiable.ts';
import { type Values, valuesAt } from './values.ts';
import { settled } from './witnesses.ts';

/** One point: the values there, and how every step compares. */
export interface Observation {
  readonly values: Values;
  readonly point: Point | null;
  readonly steps: readonly (Comparison | null)[];
  /** Why a step stays undecided here, where the witnesses told. */
  readonly reasons: readonly (string | undefined)[];
}

export interface Sampling {
  readonly count: number;
  readonly tolerance: number;
  readonly seed: number;
  /** Of the first point, among all points of the claim. */
  readonly turn: number;
  readonly coverage: Coverage;
  readonly jury: Jury;
  /** Whether a side may have no value where the first side has one. */
  readonly mayHaveGaps: boolean;
  /** How many steps are claimed: that the last side of a condition is zero is not. */
  readonly claimed: number;
  /** Whether one contradiction is enough. */
  readonly isHasty: boolean;
  readonly compared: (points: number) => void;
}

export function isDecided({ steps }: Observation): boolean {
  return steps.every((step) => step?.outcome !== 'undecided');
}

export function isContradicting({ steps }: Observation, claimed: number): boolean {
  return steps.slice(0, claimed).some((step) => step?.outcome === 'differs');
}

/** Where no side has a larger entry, all may be what is left of numbers that are too small to be told from zero. */
const LEAST = 1e-290;

/** Where the variables are drawn; null where a side has no value there, such as the logarithm of a negative number. */
export function observeAt(program: Program, reasons: readonly (string | null)[], sampling: Sampling, turn: Turn): Observation | null {
  return observed(program, reasons, sampling, () => valuesAt(program, turn));
}

/** The same where `compute` puts the variables. */
export function observed(
  program: Program,
  reasons: readonly (string | null)[],
  { tolerance, jury, mayHaveGaps }: Sampling,
  compute: () => Values,
): Observation | null {
  forgetSides(program.compiler.branches);
  const values = compute();
  const compared = values.rights.map((right, at) => (reasons[at] === null ? right : null));
  const sides = [values.left, ...compared];
  if (!sides.every((entries) => entries === null || entries.every(Number.isFinite))) {
    if (!mayHaveGaps && values.left.every(Number.isFinite)) throw new Unverifiable('a side has no value where the first side has one');
    return null;
  }
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
