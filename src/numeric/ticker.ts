import type { Look } from '../tensor/look.ts';
import { BrokenOff, TimeOver } from './unverifiable.ts';
import type { VerifyOptions } from './verify-options.ts';

/** What is done between two looks at the clock, in multiplications; a call itself takes as long as some of them. */
export const BETWEEN_LOOKS = 64_000;
const CALL = 1000;
/** Multiplications from which on the clock is looked at within one evaluation, between its instructions. */
export const LONG = 1e6;
/** Milliseconds for a claim, where nothing else is said. */
const TIME_LIMIT = 10_000;
export const TIME_IS_UP = 'it takes longer than the time limit';
/** Multiplications in a millisecond, of a machine in a hurry. */
const FAST = 2e6;

/** What stops a claim that takes too long, or that nobody waits for any more. */
export interface Clock {
  /** Called between evaluations with the work of one. */
  readonly tick: (work: number) => void;
  /** Called within one, of which `tick` knows, and while memory is filled. */
  readonly look: Look;
  /** Called before something that takes long and does not look at the clock itself: it is not begun where there is no time for it. */
  readonly begin: (work: number) => void;
}

export function clockOf({ cancelled, spend, now, started, timeLimit = TIME_LIMIT }: VerifyOptions): Clock {
  const start = started ?? now?.() ?? 0;
  let done = BETWEEN_LOOKS;
  const lookAhead = (work: number) => {
    done = 0;
    if (cancelled?.() === true) throw new BrokenOff('it was cancelled');
    if (now !== undefined && now() - start + work / FAST > timeLimit) throw new TimeOver(TIME_IS_UP);
  };
  const look = (work: number) => {
    done += work;
    if (done >= BETWEEN_LOOKS) lookAhead(0);
  };
  return {
    look,
    begin: lookAhead,
    tick: (work) => {
      if (spend?.(work + CALL) === false) throw new BrokenOff('it takes more work than it may');
      look(work + CALL);
    },
  };
}

/** Where there is time for everything. */
export const TIMELESS: Clock = { tick: () => undefined, look: () => undefined, begin: () => undefined };

/** One that is told of work and never looks. */
export function clockWith(tick: Clock['tick']): Clock {
  return { ...TIMELESS, tick };
}
