import type { Equation } from '../derivation/derivation.ts';
import type { Status } from '../protocol/report.ts';
import type { Comparison } from './compare.ts';
import { claimedSteps, type Observations } from './observe.ts';
import { pointReport } from './point.ts';
import { TIME_IS_UP } from './ticker.ts';
import type { Values } from './values.ts';
import type { StepVerdict, Verdict } from './verdict.ts';

/** What the points that were seen say of a claim: never `verified` where a step was not compared at as many points as it takes. */
export function judge(equation: Equation, observations: Observations, asked: Verdict['method'] | undefined): Verdict {
  const { points, reasons, sizes, method, tolerance, isOneSided: oneSided } = observations;
  const mostEntries = asked === 'entries' ? ALL_ENTRIES : MOST_ENTRIES;
  const compared = claimedSteps(equation);
  const steps = reasons.map(
    (reason, at): StepVerdict => (at >= compared ? { status: 'verified' } : judgeStep(observations, reason, at, mostEntries)),
  );
  const errors = steps.flatMap(({ maxRelativeError }) => maxRelativeError ?? []);
  const status = statusOf(steps);
  const reason = status === 'inconclusive' ? steps.find((step) => step.status === 'inconclusive')?.reason : undefined;
  return {
    status,
    method,
    steps,
    points: points.length,
    sizes,
    ...(method === 'directions' && compared > 0
      ? { note: `${asked === 'entries' ? TOO_MANY : ''}${chanceOf(points.length, tolerance)}` }
      : compared === 0 && status === 'verified' && !holdsEverywhere(observations)
        ? { note: NOTHING_COMPARED }
        : oneSided && status === 'verified'
          ? { note: ONE_SIDED }
          : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(errors.length === 0 ? {} : { maxRelativeError: Math.max(...errors) }),
  };
}

const TOO_INEXACT = 'differences are too inexact to decide at the points tried';
const TOO_MANY = 'comparing every entry would take too long; ';
const ONE_SIDED = 'no point was found on one side of a kink or a condition in it';

/** A lone `df/dx = 0` demands something of x and claims nothing, unless f does not move with x. */
const NOTHING_COMPARED = 'it is a condition: no step before its last was there to compare';

function holdsEverywhere(observations: Observations): boolean {
  const { reasons } = observations;
  const last = reasons.length - 1;
  return judgeStep(observations, reasons[last] ?? null, last, 0).status === 'verified';
}

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

function judgeStep({ points, required, isCutShort }: Observations, reason: string | null, at: number, mostEntries: number): StepVerdict {
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
  return { status: 'inconclusive', reason: isCutShort ? TIME_IS_UP : (told ?? TOO_INEXACT), ...details };
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
