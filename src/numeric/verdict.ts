import type { EntriesReport, NamedMatrixReport, Status } from '../protocol/report.ts';
import type { Size } from '../tensor/product-plan.ts';
import type { Sizes } from './sizes.ts';

/** What finite differences say of a claim. */
export interface Verdict {
  readonly status: Status;
  readonly method: 'entries' | 'directions';
  readonly reason?: string;
  /** Where not every entry was compared: what was, and how likely a mistake is missed. */
  readonly note?: string;
  /** The largest of any step that was compared. */
  readonly maxRelativeError?: number;
  /** For every side but the first, in order. */
  readonly steps: readonly StepVerdict[];
  readonly points?: number;
  /** The sizes of each set of points; sets that are equal, because everything is fixed, count once. */
  readonly sizes?: readonly Sizes[];
}

export interface StepVerdict {
  readonly status: Status;
  readonly maxRelativeError?: number;
  readonly reason?: string;
  /** The entry that is furthest off, counted from 0. */
  readonly worst?: Worst;
  /** All entries at the point that decided, for display. */
  readonly entries?: EntriesReport;
  /** What every variable was at that point. */
  readonly point?: readonly NamedMatrixReport[];
}

/** An entry, its row and column counted from 0, and the size of what it is an entry of. */
export interface Worst {
  readonly row: number;
  readonly col: number;
  readonly size: Size;
  readonly claimed: number;
  readonly numeric: number;
}
