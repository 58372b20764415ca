import { INVALID, list, natural, object, oneOf, string } from '../protocol/read.ts';

export const STATUS_FILTERS = ['all', 'refuted', 'inconclusive', 'verified', 'unchecked'] as const;

export type StatusFilter = (typeof STATUS_FILTERS)[number];

/** What a reader has arranged on the page itself; it survives a hidden tab and a reload. */
export interface Looks {
  readonly query: string;
  readonly only: StatusFilter;
  readonly scroll: number;
  /** Names of the parts that are unfolded. */
  readonly open: readonly string[];
}

export const FIRST_LOOKS: Looks = { query: '', only: 'all', scroll: 0, open: [] };

const looks = object<Looks>({ query: string, only: oneOf(...STATUS_FILTERS), scroll: natural, open: list(string) });

/** The looks inside what was kept, or those of a first opening. */
export function readLooks(kept: unknown): Looks {
  const inside = typeof kept === 'object' && kept !== null && 'looks' in kept ? kept.looks : undefined;
  const read = looks(inside);
  return read === INVALID ? FIRST_LOOKS : read;
}
