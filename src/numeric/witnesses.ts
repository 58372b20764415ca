import { lazily } from '../base/lazily.ts';
import type { Term } from '../ops/term.ts';
import { type Comparison, compareValues, type FirstComparison, type Outcome } from './compare.ts';
import { distance } from './difference.ts';
import { copyPoint } from './place-variables.ts';
import { dualProgramFor, type Program, workOf } from './program.ts';
import { largeProjectable, moveEntryAt, type Projectable } from './project.ts';
import type { Subject } from './subject.ts';
import { type Taylor, type TaylorFinding, type TaylorTestimony, taylorFor, taylorTestimony } from './taylor.ts';
import { LONG } from './ticker.ts';
import { type Values, valuesHere, valuesNearby } from './values.ts';

/**
 * Two witnesses beside differences and complex steps, compiled when they are first asked: dual numbers, and the Taylor
 * remainder, which needs no step size.
 */
export interface Witnesses {
  readonly dual: () => DualWitness | string;
  readonly taylor: () => Taylor | string;
}

interface DualWitness {
  readonly program: Program;
  /** Where it would take too long to ask for every entry: lets it look at what an entry of the first side is by. */
  readonly lookAt: ((entry: number) => void) | null;
}

export function witnessesFor(subject: Subject, program: Program): Witnesses {
  return { dual: lazily(() => dualWitnessFor(subject, program)), taylor: lazily(() => taylorFor(subject, program)) };
}

function dualWitnessFor(subject: Subject, program: Program): DualWitness | string {
  const dual = dualProgramFor(subject, program);
  if (typeof dual === 'string') return dual;
  if (dual.method === program.method) return { program: dual, lookAt: null };
  const { equation, shapes } = subject;
  const claimed = largeProjectable(equation.sides[0] as Term) as Projectable;
  const lookAt = (entry: number) => moveEntryAt(dual.compiler, claimed, dual.left.tensor, shapes.layoutOf(equation), entry);
  return { program: dual, lookAt };
}

/** What a vote makes of a step: how it compares, whose values show it, and where it stays open, why. */
export interface Vote {
  readonly comparison: Comparison;
  readonly values: Values;
  readonly reason?: string;
}

/** How exact dual numbers are, relative to the natural size of a derivative. */
const DUAL_ERROR = 1e-13;

/**
 * Lets the witnesses vote on a step at the point where `program` is. Derivatives by steps that decide nothing are
 * outvoted by either; those that contradict a claim only by both.
 */
export function vote(
  witnesses: Witnesses,
  program: Program,
  values: Values,
  side: number,
  comparison: Comparison,
  tolerance: number,
): Vote {
  const witness = dualAt(witnesses, program, comparison);
  if (comparison.outcome === 'differs' && !isBeyondRounding(program, values, side, comparison, witness))
    return { comparison: { ...comparison, outcome: 'undecided' }, values, reason: ROUNDING };
  const dual = witness === null ? null : dualTestimony(witness, values, side, comparison, tolerance);
  if (dual !== null && dual.comparison.outcome === comparison.outcome && comparison.outcome !== 'undecided') return { comparison, values };
  const { finding, noise } = remainderTestimony(witnesses, program, side, tolerance);
  const differences = comparison.error > NOISY * noise ? comparison.outcome : 'undecided';
  const outcome =
    dual?.isOfOneEntry === true && dual.comparison.outcome === 'agrees'
      ? 'undecided'
      : decide(differences, dual?.comparison.outcome ?? 'undecided', finding);
  if (outcome === 'undecided')
    return {
      comparison: { ...comparison, outcome },
      values,
      reason: disagreement(nameOf(program), differences, dual?.comparison.outcome ?? null, finding),
    };
  const spoken = dual?.comparison.outcome === outcome ? dual : { comparison, values };
  return { comparison: { ...spoken.comparison, outcome }, values: spoken.values };
}

/** How much larger than what noise makes of them differences have to be off to count. */
const NOISY = 20;

function decide(differences: Outcome, dual: Outcome, taylor: TaylorFinding): Outcome {
  const remainder = OUTCOMES[taylor];
  const cast = [differences, dual, remainder].filter((one) => one !== 'undecided');
  const [first] = cast;
  if (first === undefined || taylor === 'kink') return 'undecided';
  if (cast.every((one) => one === first)) return first;
  // A step size has to be believed in for differences only: the two others may overrule them.
  return cast.length === 3 && dual === remainder ? dual : 'undecided';
}

const OUTCOMES: Readonly<Record<TaylorFinding, Outcome>> = { right: 'agrees', wrong: 'differs', kink: 'undecided', unclear: 'undecided' };

// ---- testimonies

/** How much larger than what rounding makes of the sides their difference has to be. */
const CERTAIN = 20;

/** Whether the sides still differ where every number of the point is another one in its last digits; of a large claim that is looked up for the entry in question. */
function isBeyondRounding(program: Program, values: Values, side: number, { worst }: Comparison, witness: DualWitness | null): boolean {
  const ofOneEntry = witness !== null && witness.lookAt !== null && typeof witness.program.rights[side] !== 'string';
  const spread = ofOneEntry ? spreadOf(witness.program, valuesHere(witness.program), side) : spreadOf(program, values, side);
  return distanceAt(values, side, worst) > CERTAIN * spread;
}

function distanceAt({ left, rights }: Values, side: number, at: number): number {
  return Math.abs((left[at] as number) - (rights[side]?.[at] as number));
}

/** Seeds of as many ways to round; of what takes long, fewer. */
const ROUNDINGS = [1, 2, 3, 4, 5, 6] as const;
const OF_LONG = 3;

/** How far the sides move where every number of the point is another one in its last digits. */
function spreadOf(program: Program, { left, rights }: Values, side: number): number {
  const spreads = ROUNDINGS.slice(0, workOf(program) > LONG ? OF_LONG : ROUNDINGS.length).map((seed) => {
    const nearby = valuesNearby(program, seed);
    return Math.max(distance(left, nearby.left), distance(rights[side] as Float64Array, nearby.rights[side] as Float64Array));
  });
  return Math.max(...spreads);
}

/**
 * Sides that vanish beside the size of the function agree where rounding is all that is left of them, and differ where
 * their distance is more than rounding makes of it. Differences see nothing that small.
 */
export function settled(program: Program, values: Values, side: number, comparison: FirstComparison): Comparison {
  if (comparison.outcome !== 'vanishes') return { ...comparison, outcome: comparison.outcome };
  const byDifferences = program.compiler.steps.taken.has('differences');
  const uncertain = Math.max(spreadOf(program, values, side), byDifferences ? values.error : 0);
  if (distanceAt(values, side, comparison.worst) > CERTAIN * uncertain) return { ...comparison, outcome: 'differs' };
  return byDifferences ? { ...comparison, outcome: 'undecided' } : { ...comparison, outcome: 'agrees', error: 0 };
}

interface DualTestimony {
  readonly comparison: Comparison;
  readonly values: Values;
  /** Such a testimony contradicts a claim, and confirms none. */
  readonly isOfOneEntry: boolean;
}

/** The dual program where `program` is, for the entry that differs most where it looks at one only; null where there is none. */
function dualAt(witnesses: Witnesses, program: Program, { worst }: Comparison): DualWitness | null {
  const witness = witnesses.dual();
  if (typeof witness === 'string') return null;
  const { program: dual, lookAt } = witness;
  const { directions } = lookAt === null ? program.compiler : dual.compiler;
  if (!copyPoint({ ...program.compiler, directions }, dual.compiler)) return null;
  lookAt?.(worst);
  return witness;
}

function dualTestimony(
  { program: dual, lookAt }: DualWitness,
  numeric: Values,
  side: number,
  differences: Comparison,
  tolerance: number,
): DualTestimony | null {
  if (lookAt !== null && differences.outcome === 'undecided') return null;
  const { size, natural } = numeric;
  const values = { ...valuesHere(dual), size };
  const right = values.rights[side];
  if (right == null || ![...values.left, ...right].every(Number.isFinite)) return null;
  const certainty = { noise: values.noise, error: Math.max(values.error, DUAL_ERROR * natural), natural };
  const comparison = settled(dual, { ...values, natural }, side, compareValues(values.left, right, tolerance, certainty));
  return lookAt === null
    ? { values, comparison, isOfOneEntry: false }
    : { values: numeric, comparison: { ...differences, outcome: comparison.outcome }, isOfOneEntry: true };
}

function remainderTestimony(witnesses: Witnesses, program: Program, side: number, tolerance: number): TaylorTestimony {
  const taylor = witnesses.taylor();
  return typeof taylor === 'string' ? { finding: 'unclear', noise: 0 } : taylorTestimony(taylor, program, side, tolerance);
}

// ---- words

function disagreement(numeric: string, differences: Outcome, dual: Outcome | null, taylor: TaylorFinding): string {
  if (taylor === 'kink') return 'the function has a kink at the points tried';
  if (differences === 'undecided' && (dual ?? 'undecided') === 'undecided')
    return 'differences are too inexact to decide at the points tried';
  return `the witnesses do not agree: ${[`${numeric} ${WORDS[differences]}`, dual === null ? '' : `dual numbers ${WORDS[dual]}`, REMAINDERS[taylor]].filter((one) => one !== '').join(', ')}`;
}

const ROUNDING = 'rounding makes as much of it as the sides differ';
const WORDS: Readonly<Record<Outcome, string>> = { agrees: 'confirm it', differs: 'contradict it', undecided: 'are too inexact' };

/** What the left side was computed by. */
function nameOf({ compiler: { steps } }: Program): string {
  return steps.taken.has('differences') ? 'finite differences' : 'complex steps';
}
const REMAINDERS: Readonly<Record<TaylorFinding, string>> = {
  right: 'the Taylor remainder confirms it',
  wrong: 'the Taylor remainder contradicts it',
  kink: '',
  unclear: '',
};
