/** Told of work as it is done, in multiplications; answers whether more may be spent. */
export type Spend = (work: number) => boolean;

/** What the candidates for one mistake, or one mended text, may cost: some tenths of a second. */
const MOST_WORK = 400_000_000;

/** A purse of its own: a repair is a courtesy, and what a document with enormous sizes asks for is not worth a wait. */
export function budget(): Spend {
  let left = MOST_WORK;
  return (work) => (left -= work) > 0;
}
