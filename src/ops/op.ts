import type { Look } from '../tensor/look.ts';
import type { Size } from '../tensor/product-plan.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Differential } from './differential.ts';
import type { Summed } from './summed.ts';

/**
 * Writes the operator's value into `out`, whose rows and columns are already those of the result.
 * A kernel allocates nothing that it keeps, and puts NaN where the value does not exist.
 */
export type Kernel = (out: Tensor, args: readonly Tensor[]) => void;

/**
 * What shape an operator gives:
 * - `signature`: patterns such as `n×n → 1×1`; a letter stands for one dimension throughout, a
 *   digit for itself, a bare letter pattern `m×n` for any matrix
 * - `entrywise`: one operand, any shape, the same shape back
 * - `special`: stands with inference, because it needs more than its operands (`derivation/infer-*.ts`)
 */
export type ShapeRule =
  | { readonly kind: 'signature'; readonly params: readonly Pattern[]; readonly result: Pattern }
  | { readonly kind: 'entrywise' }
  | { readonly kind: 'special' };

/** Rows and columns, each a letter or a digit or a letter product such as `mn`. */
export interface Pattern {
  readonly rows: string;
  readonly cols: string;
}

/** Where a function is real, for the sampling of points: its argument must be in it, entry by entry. */
export type Domain = 'real' | 'positive' | 'unit' | 'nonzero';

/** How smooth it is: kinked ones are sampled away from their kinks. */
export type Smoothness = 'smooth' | 'kinked' | 'constant';

/** What Chainrule knows of an operator besides how it is written (`syntax/notation.ts`). */
export interface Op {
  readonly shape: ShapeRule;
  /** Absent for what has a shape and no value: `rank` of a random matrix, `cov`. */
  readonly kernel: Kernel | null;
  /** The same kernel with buffers of its own, for a program that runs it again and again on a first operand of one size; it tells of the work it does. */
  readonly prepare?: (operand: Size, look: Look) => Kernel;
  /** For a number that is made of a sum: then its kernel gives for a part of the operands what that part adds, and moving one entry needs no sum over all. */
  readonly summed?: Summed;
  /**
   * Multiplications for each rows × columns × the smaller of both of the first operand, where that is a matrix: what a
   * decomposition costs, as measured. Absent where each entry costs a few.
   */
  readonly cubicCost?: number;
  readonly domain: Domain;
  readonly smoothness: Smoothness;
  readonly differential: Differential;
  /** One sentence for the documentation and the hover. */
  readonly doc: string;
}
