/** Told of work as it is done, in multiplications; answers whether more may be spent. */
export type Spend = (work: number) => boolean;

/** What the candidates for one mistake may cost: some tenths of a second. */
const MOST_WORK = 300_000_000;
/** And reading one mended text again. */
export const OF_ONE_TEXT = 120_000_000;

/** A purse of its own: a repair is a courtesy, and what a document with enormous sizes asks for is not worth a wait. */
export function budget(most = MOST_WORK): Spend {
  let left = most;
  return (work) => (left -= work) > 0;
}

/** Mended texts that are read for one mistake. */
const MOST_TEXTS = 8;

/** What looking for the repair of one mistake may cost. */
export interface Purse {
  readonly spend: Spend;
  /** Whether another mended text may be read. */
  readonly mayRead: () => boolean;
}

export function purse(spend = budget()): Purse {
  let texts = MOST_TEXTS;
  return { spend, mayRead: () => texts-- > 0 };
}
