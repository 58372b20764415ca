import type { Comparison } from './compare.ts';
import type { Program } from './program.ts';
import type { Subject } from './subject.ts';
import type { Values } from './values.ts';
import type { VerifyOptions } from './verify-options.ts';
import { type Vote, vote, type Witnesses, witnessesFor } from './witnesses.ts';

/** The witnesses of one program, and when they are asked. */
export interface Jury {
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

export function juryFor(subject: Subject, program: Program, { smallSizes, hasty }: VerifyOptions): Jury {
  return {
    witnesses: witnessesFor(subject, program),
    confirms: smallSizes !== true && hasty !== true,
    confirmed: new Set(),
    patience: VOTES,
  };
}

/** Differences are doubted where they decide nothing, and once before a step is refuted. */
export function isDoubted({ confirms, confirmed, patience }: Jury, { outcome }: Comparison, step: number): boolean {
  if (outcome === 'undecided') return patience > 0;
  return outcome === 'differs' && confirms && !confirmed.has(step);
}

export function voteIn(jury: Jury, program: Program, values: Values, step: number, comparison: Comparison, tolerance: number): Vote {
  const found = vote(jury.witnesses, program, values, step, comparison, tolerance);
  if (found.comparison.outcome === 'undecided') jury.patience--;
  if (found.comparison.outcome === 'differs') jury.confirmed.add(step);
  return found;
}
