import type { Random } from '../base/random.ts';
import type { Effect } from './focus.ts';

/**
 * Whether results are rounded at random while a program runs, and by which numbers. What they move by then is what
 * rounding makes of them: stochastic arithmetic (Vignes and La Porte 1974).
 */
export interface Rounding {
  source: Random | null;
}

const LAST_DIGIT = 2 ** -52;

/** Moves every entry of a result by its last digit, up or down. Sums and products of whole numbers are exact and stay. */
export function roundAtRandom({ out: { data }, isExact }: Effect, { uniform }: Random): void {
  for (let k = 0; k < data.length; k++) {
    const value = data[k] as number;
    if (isExact && Number.isInteger(value)) continue;
    data[k] = value * (1 + (uniform() < 0.5 ? LAST_DIGIT : -LAST_DIGIT));
  }
}
