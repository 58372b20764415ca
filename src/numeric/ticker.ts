import { BrokenOff } from './unverifiable.ts';
import type { VerifyOptions } from './verify-options.ts';

/** What is done between two looks at the clock, in multiplications; a call itself takes as long as some of them. */
export const BETWEEN_LOOKS = 64_000;
const CALL = 1000;
/** Multiplications from which on the clock is looked at within one evaluation, between its instructions. */
export const LONG = 1e6;
/** Milliseconds for a claim, where nothing else is said. */
const TIME_LIMIT = 10_000;

/** Called between evaluations with the work of one: stops a claim that takes too long, or that nobody waits for any more. */
export function ticker({ cancelled, spend, now, timeLimit = TIME_LIMIT }: VerifyOptions): (work: number) => void {
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
