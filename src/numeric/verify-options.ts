import type { KeepingVerdicts } from './kept-verdicts.ts';
import type { Verdict } from './verdict.ts';

/** How a claim is checked; what is absent is as the document or the tool has it. */
export interface VerifyOptions {
  readonly seed?: number;
  readonly tolerance?: number;
  /** Sizes of dimensions by name, over those the document fixes. */
  readonly sizes?: ReadonlyMap<string, number>;
  readonly cancelled?: () => boolean;
  /** Milliseconds on a monotonic clock; without one there is no time limit. */
  readonly now?: () => number;
  /** When the claim was begun, by that clock; where it is absent, now. */
  readonly started?: number;
  /** Told of the work as it is done, in multiplications; answers whether more may be spent. */
  readonly spend?: (work: number) => boolean;
  /** Milliseconds for one claim. */
  readonly timeLimit?: number;
  /** Told after each point how many decided, and how many have to. */
  readonly compared?: (points: number, of: number) => void;
  /** Small sizes even where the document fixes real ones; for candidates. */
  readonly smallSizes?: boolean;
  /** Every entry, or directions where the claim has some; otherwise large claims are checked along directions. */
  readonly method?: Verdict['method'];
  /** How many sets of sizes, and points for each, a claim has to pass; fewer than usual is for candidates only. */
  readonly sizeSets?: number;
  readonly points?: number;
  /** Whether one contradiction is the end, and no other witness is asked: of a mended text only whether it holds counts. */
  readonly hasty?: boolean;
  /** Whether a side may have no value where the first side has one: a condition that never holds makes no claim right. */
  readonly mayHaveGaps?: boolean;
  /** Verdicts that are known already, and where new ones are kept. */
  readonly keeping?: KeepingVerdicts;
}
