import { largest } from './difference.ts';

/** How a side compares with the numeric value at one point. */
export interface Comparison {
  /** What the comparison decides; nothing where the numeric value is less certain than the difference. */
  readonly outcome: 'agrees' | 'differs' | 'undecided';
  /** The largest difference, relative to the largest entry of either side. */
  readonly error: number;
  /** The place of the largest difference. */
  readonly worst: number;
}

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
 * Compares entry by entry. Both sides zero within rounding agree, because a relative error says nothing
 * there; every other difference counts relative to the largest entry. Where there is a kink even agreement
 * decides nothing, because differences to both sides of it are the mean of two slopes.
 */
export function compareValues(
  numeric: Float64Array,
  claimed: Float64Array,
  tolerance: number,
  { noise, error: uncertainty, natural }: Certainty,
): Comparison {
  let worst = 0;
  let difference = 0;
  for (let k = 0; k < numeric.length; k++) {
    const size = Math.abs((numeric[k] as number) - (claimed[k] as number));
    if (size > difference) [worst, difference] = [k, size];
  }
  const scale = Math.max(largest(numeric), largest(claimed));
  const isSmooth = Number.isFinite(uncertainty);
  if (isSmooth && scale <= ZERO * natural && difference <= Math.max(CERTAIN * uncertainty, ROUNDING * natural))
    return { outcome: 'agrees', error: 0, worst };
  const error = scale === 0 ? 0 : difference / scale;
  if (isSmooth && error <= tolerance) return { outcome: 'agrees', error, worst };
  return { outcome: error > CERTAIN * noise && difference > CERTAIN * uncertainty ? 'differs' : 'undecided', error, worst };
}
