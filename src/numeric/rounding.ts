import type { Random } from '../base/random.ts';
import type { Look } from '../tensor/look.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Effect } from './focus.ts';
import { numberSet } from './number-set.ts';

/**
 * Whether results are rounded at random while a program runs, and by which numbers. What they move by then is what
 * rounding makes of them: stochastic arithmetic (Vignes and La Porte 1974).
 */
export interface Rounding {
  source: Random | null;
}

/** Entries between two looks at the clock, and what rounding one costs, in multiplications. */
const AT_ONCE = 4096;
const EACH = 50;

const LAST_DIGIT = 2 ** -52;
/** By how many of its last digit a result is moved: with two sizes errors that meet seldom cancel, as those of `p - p^2` may where p is 1 but for rounding. */
const MOVES = [-2, -1, 1, 2] as const;

/**
 * Moves every entry of a result by its last digit, up or down, or twice of it. Sums and products of whole numbers and of halves are exact and stay,
 * and so does what an operator took over from an operand: the largest entry has to stay equal to one of those it was chosen from, the
 * exponent of `S^{-2}` a whole number, that of `S^{-1/2}` half of one.
 */
export function roundAtRandom({ out: { data }, args, isExact }: Effect, { uniform }: Random, look: Look): void {
  const isGiven =
    data.length <= FEW
      ? (size: number) => args.some((arg) => hasSize(arg, size))
      : numberSet(
          args.map((arg) => arg.data),
          look,
        );
  for (let k = 0; k < data.length; k++) {
    if (k % AT_ONCE === AT_ONCE - 1) look(EACH * AT_ONCE);
    const value = data[k] as number;
    if ((isExact && Number.isInteger(2 * value)) || isGiven(Math.abs(value))) continue;
    data[k] = value * (1 + LAST_DIGIT * (MOVES[Math.floor(uniform() * MOVES.length)] as number));
  }
}

/** So many entries are each looked for in the operands sooner than all of those are put into a table. */
const FEW = 16;

function hasSize({ data }: Tensor, size: number): boolean {
  for (let k = 0; k < data.length; k++) if (Math.abs(data[k] as number) === size) return true;
  return false;
}
