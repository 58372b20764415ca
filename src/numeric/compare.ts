import { largest } from './difference.ts';

/** What a comparison decides; nothing where the numeric value is less certain than the difference. */
export type Outcome = 'agrees' | 'differs' | 'undecided';

/** How a side compares with the numeric value at one point. */
export interface Comparison {
  readonly outcome: Outcome;
  /** The largest difference, relative to the largest entry of either side. */
  readonly error: number;
  /** The place of the largest difference. */
  readonly worst: number;
}

/** Where both sides vanish beside the size of the function, whether they differ by more than rounding is still to be found out. */
export type FirstComparison = Omit<Comparison, 'outcome'> & { readonly outcome: Outcome | 'vanishes' };

/** How much larger than its estimated error a difference has to be to count. */
const CERTAIN = 20;
/** A derivative smaller than this part of its natural size is zero within rounding. */
const ZERO = 1e-7;
/** What rounding leaves of a derivative that is zero, as a part of its natural size, after some products. */
const ROUNDING = 1e-9;

export interface Certainty {
  readonly noise: number;
  readonly error: number;
  readonly natural: number;
}

/**
 * Compares entry by entry; a difference counts relative to the largest entry. Where there is a kink even agreement
 * decides nothing, because differences to both sides of it are the mean of two slopes.
 */
export function compareValues(
  numeric: Float64Array,
  claimed: Float64Array,
  tolerance: number,
  { noise, error: uncertainty, natural }: Certainty,
): FirstComparison {
  let worst = 0;
  let difference = 0;
  for (let k = 0; k < numeric.length; k++) {
    const size = Math.abs((numeric[k] as number) - (claimed[k] as number));
    if (size > difference) [worst, difference] = [k, size];
  }
  const scale = Math.max(largest(numeric), largest(claimed));
  const isSmooth = Number.isFinite(uncertainty);
  const error = scale === 0 ? 0 : difference / scale;
  if (isSmooth && error <= tolerance) return { outcome: 'agrees', error, worst };
  if (isSmooth && scale <= ZERO * natural && difference <= Math.max(CERTAIN * uncertainty, ROUNDING * natural))
    return { outcome: 'vanishes', error, worst };
  return { outcome: error > CERTAIN * noise && difference > CERTAIN * uncertainty ? 'differs' : 'undecided', error, worst };
}
