import type { Say } from '../base/say.ts';
import type { Span } from '../base/span.ts';
import type { Layout } from '../protocol/report.ts';

export interface CheckOptions {
  /** Check every claim numerically too. */
  readonly verify: boolean;
  /** The layout of sections that no directive sets one for. */
  readonly layout?: Layout | 'auto';
  /** What holds where the document says nothing: a person's settings. */
  readonly defaults?: { readonly seed?: number; readonly tolerance?: number };
  /** Overrides the seed of the numeric check. */
  readonly seed?: number;
  readonly tolerance?: number;
  /** Sizes of dimensions, by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** How claims are compared, where it is not left to their size. */
  readonly method?: 'entries' | 'directions';
  /** Asked between claims and steps; when it answers true, the work stops and what is left is absent. */
  readonly cancelled?: () => boolean;
  /** Told before each claim is examined: how many were, and how many there are. */
  readonly progressed?: (done: number, total: number) => void;
  /** The text of a file that this one \inputs, or undefined where it may not be read. */
  readonly readInput?: (path: string) => string | undefined;
  /** Milliseconds on a monotonic clock; without one there is no time limit. */
  readonly now?: () => number;
  /** When the claim that is examined was begun, by that clock. */
  readonly started?: number;
  /** Milliseconds for each claim, where they are not the usual ones. */
  readonly timeLimit?: number;
  /** Told after each point of a claim how many it passed or failed, and how many it has to. */
  readonly compared?: (points: number, of: number) => void;
  /** Told of the work of each claim, in multiplications; answers whether more may be spent. */
  readonly spend?: (work: number) => boolean;
  /** Whether only what holds counts: of what does not, no more is asked than that. */
  readonly hasty?: boolean;
  /** Whether to look for repairs, which takes longer than everything else where something is wrong. */
  readonly repair?: boolean;
  /** Whether to note which verified steps algebra alone shows too: two fifths of the time that verifying takes. */
  readonly prove?: boolean;
  /** Find out of each claim how the error of its differences depends on their step. */
  readonly convergence?: boolean;
  /** Whether equations are told with their shapes and claims as formulas; they take a tenth of a check, and a terminal shows neither. */
  readonly typeset?: boolean;
  /** Only claims that begin in here are verified. */
  readonly examine?: Span;
  /** The language of the titles of fixes; English where absent. */
  readonly say?: Say;
}

/** The seed of a document that sets none. */
export const SEED = 20_240_229;
