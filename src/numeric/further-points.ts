import { random } from '../base/random.ts';
import type { OpName } from '../syntax/notation.ts';
import { addCovered, areWide, isCovered, mayBendUnseen, sidesHere } from './branches.ts';
import type { Variable } from './frame.ts';
import { isDecided, type Observation, observeAt, observed, type Sampling } from './observation.ts';
import { EVERYWHERE, restoreRegions } from './place-variables.ts';
import { type Program, workOf } from './program.ts';
import { STRATA } from './sample.ts';
import { BETWEEN_LOOKS } from './ticker.ts';
import { type Values, valuesWhere } from './values.ts';

/** How far away points are looked for that lie on the other side of a kink. */
const REACHES = [3, 1, 10, 3, 1, 3, 10, 3, 1, 10, 3, 30, 10, 100, 30, 1000] as const;
/** So many of them are looked at in any case: not every condition is an operator of its own, such as the sign in `sign(2 - x)`. */
const ALWAYS = 4;
/** So many where a function may bend at places that no operator takes note of. */
const OF_UNSEEN = 10;
/** How near to zero points are looked at where something is nearly constant everywhere else, or a condition may be off by little. */
const NEAR = [1 / 4, 1 / 32] as const;
/** Further points are looked for where one costs less than so many multiplications. */
const CHEAP = 1e7;
/** Seeds of further points are none of those before. */
const FAR = 500_009;

/** Functions that are as good as a constant, or as a straight line, away from zero: what else a claim says of them shows near it only. */
const FLAT_AWAY: ReadonlySet<OpName> = new Set(['gelu', 'silu', 'erf', 'sigmoid', 'tanh', 'softmax', 'softplus', 'logsumexp', 'exp']);

/**
 * Further points for a claim with kinks, until it was compared on all sides of them or enough were tried, and near zero for
 * one that shows little elsewhere; those that show nothing new are left out.
 */
export function furtherPoints(program: Program, reasons: readonly (string | null)[], sampling: Sampling): readonly Observation[] {
  const { branches, calls, meter } = program.compiler;
  const { coverage, seed } = sampling;
  const isBent = branches.length > 0 || mayBendUnseen(calls);
  const isFlat = sampling.turn === 0 && calls.some(({ op }) => FLAT_AWAY.has(op));
  if ((!isBent && !isFlat) || workOf(program) > CHEAP) return [];
  const found: Observation[] = [];
  const keep = (observation: Observation | null) => {
    meter.tick(BETWEEN_LOOKS);
    if (observation === null || !isDecided(observation)) return;
    const isNew = addCovered(coverage, branches);
    if (isNew || observation.steps.some((step) => step?.outcome === 'differs')) found.push(observation);
  };
  const lookAt = (reach: number, at: number) =>
    keep(observeAt(program, reasons, sampling, { seed: seed + FAR + 7919 * at, turn: sampling.turn + STRATA * (1 + at), reach }));
  const worked = new Map(program.regions);
  for (const [at, reach] of NEAR.entries()) lookAt(reach, REACHES.length + at);
  if (!isBent) return found;
  const always = mayBendUnseen(calls) ? OF_UNSEEN : ALWAYS;
  for (let at = 0; at < REACHES.length && (at < always || !isCovered(coverage, branches)); at++) {
    restoreRegions(program, at % 2 === 0 ? EVERYWHERE : worked);
    lookAt(REACHES[at] as number, at);
  }
  const isEachCovered = isCovered(coverage, branches);
  if (isEachCovered && !(sampling.turn === 0 && areWide(branches))) return found;
  restoreRegions(program, worked);
  lookAt(1, REACHES.length + NEAR.length);
  const look = (compute: () => Values) => keep(observed(program, reasons, sampling, compute));
  lookAlongLine(program, seed, isEachCovered ? [1] : FAR_ALONG, look);
  return found;
}

// ---- where a condition changes

/** How far along a line, in both directions, the other side of a condition is looked for. */
const FAR_ALONG = [1, 4, 16, 64, 512] as const;
/** Halvings of the stretch in which it changes. */
const HALVINGS = 7;

/**
 * Looks at points along a line through the last one, and closer and closer to where a condition on it changes: one that differs from
 * that of the function does so next to that place. Only variables without declared properties move.
 */
function lookAlongLine(program: Program, seed: number, distances: readonly number[], look: (compute: () => Values) => void): void {
  const { variables, branches } = program.compiler;
  const { normal } = random(seed + 2 * FAR);
  const moving = [...variables.values()].filter(
    ({ info, slot }) => info.properties.length === 0 && slot.tensor.data.every(Number.isFinite),
  );
  const lines = new Map(moving.map((variable) => [variable, lineFrom(variable, normal)]));
  const sidesAt = (step: number) => {
    look(() => valuesWhere(program, (variable) => lines.get(variable)?.(step)));
    return sidesHere(branches);
  };
  const here = sidesAt(0);
  for (const steps of [distances, distances.map((distance) => -distance)]) {
    const change = steps.findIndex((step) => sidesAt(step) !== here);
    let [near, far] = [steps[change - 1] ?? 0, steps[change] ?? 0];
    for (let halving = 0; change >= 0 && halving < HALVINGS; halving++) {
      const middle = (near + far) / 2;
      if (sidesAt(middle) === here) near = middle;
      else far = middle;
    }
  }
  for (const line of lines.values()) line(0);
}

/** Puts a variable so many steps away from where it is now, in a random direction. */
function lineFrom({ slot: { tensor } }: Variable, normal: () => number): (step: number) => void {
  const { data } = tensor;
  const start = data.slice();
  const direction = start.map(normal);
  return (step) => {
    for (let k = 0; k < data.length; k++) data[k] = (start[k] as number) + step * (direction[k] as number);
  };
}
