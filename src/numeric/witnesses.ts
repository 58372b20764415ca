import { type Comparison, compareValues } from './compare.ts';
import { type Program, type Values, copyPoint, dualProgramFor, valuesWhere } from './program.ts';
import type { Subject } from './subject.ts';
import { type Taylor, type TaylorFinding, type TaylorTestimony, taylorFor, taylorTestimony } from './taylor.ts';

/**
 * Two witnesses beside the differences, compiled when they are first asked: dual numbers, and the Taylor
 * remainder, which needs no step size.
 */
export interface Witnesses {
  readonly dual: () => Program | string;
  readonly taylor: () => Taylor | string;
}

export function witnessesFor(subject: Subject, program: Program): Witnesses {
  return { dual: once(() => dualProgramFor(subject, program)), taylor: once(() => taylorFor(subject, program)) };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
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
 * Lets the witnesses vote on a step at the point where `program` is. Differences that decide nothing are
 * outvoted by either; those that contradict a claim only by both.
 */
export function vote(witnesses: Witnesses, program: Program, values: Values, side: number, comparison: Comparison, tolerance: number): Vote {
  const dual = dualTestimony(witnesses, program, values, side, tolerance);
  if (dual !== null && dual.comparison.outcome === comparison.outcome && comparison.outcome !== 'undecided') return { comparison, values };
  const { finding, noise } = remainderTestimony(witnesses, program, side, tolerance);
  const differences = comparison.error > NOISY * noise ? comparison.outcome : 'undecided';
  const outcome = decide(differences, dual?.comparison.outcome ?? 'undecided', finding);
  if (outcome === 'undecided') return { comparison: { ...comparison, outcome }, values, reason: disagreement(differences, dual?.comparison.outcome ?? null, finding) };
  const spoken = dual?.comparison.outcome === outcome ? dual : { comparison, values };
  return { comparison: { ...spoken.comparison, outcome }, values: spoken.values };
}

/** How much larger than what noise makes of them differences have to be off to count. */
const NOISY = 20;

type Outcome = Comparison['outcome'];

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

function dualTestimony(witnesses: Witnesses, program: Program, { size, natural }: Values, side: number, tolerance: number): { readonly comparison: Comparison; readonly values: Values } | null {
  const dual = witnesses.dual();
  if (typeof dual === 'string' || !copyPoint(program.compiler, dual.compiler)) return null;
  const values = { ...valuesWhere(dual, () => undefined), size };
  const right = values.rights[side];
  if (right == null || ![...values.left, ...right].every(Number.isFinite)) return null;
  return { values, comparison: compareValues(values.left, right, tolerance, { noise: values.noise, error: Math.max(values.error, DUAL_ERROR * natural), natural }) };
}

function remainderTestimony(witnesses: Witnesses, program: Program, side: number, tolerance: number): TaylorTestimony {
  const taylor = witnesses.taylor();
  return typeof taylor === 'string' ? { finding: 'unclear', noise: 0 } : taylorTestimony(taylor, program, side, tolerance);
}

// ---- words

function disagreement(differences: Outcome, dual: Outcome | null, taylor: TaylorFinding): string {
  if (taylor === 'kink') return 'the function has a kink at the points tried';
  if (differences === 'undecided' && (dual ?? 'undecided') === 'undecided') return 'differences are too inexact to decide at the points tried';
  return `the witnesses do not agree: ${[DIFFERENCES[differences], dual === null ? '' : DUALS[dual], REMAINDERS[taylor]].filter((one) => one !== '').join(', ')}`;
}

const DIFFERENCES: Readonly<Record<Outcome, string>> = {
  agrees: 'finite differences confirm it', differs: 'finite differences contradict it', undecided: 'finite differences are too inexact',
};
const DUALS: Readonly<Record<Outcome, string>> = { agrees: 'dual numbers confirm it', differs: 'dual numbers contradict it', undecided: 'dual numbers are too inexact' };
const REMAINDERS: Readonly<Record<TaylorFinding, string>> = {
  right: 'the Taylor remainder confirms it', wrong: 'the Taylor remainder contradicts it', kink: '', unclear: '',
};
