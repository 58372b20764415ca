import type { EntriesReport } from '../protocol/report.ts';

/** One matrix to draw, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly values: readonly number[];
}

/** An entry by its row and column, counted from 0. */
export interface Place {
  readonly row: number;
  readonly col: number;
}

/** An entry of the comparison. */
export interface ComparedEntry extends Place {
  readonly claimed: number;
  readonly numeric: number;
  readonly difference: number;
}

/** What is compared at one step, with the scale that all three pictures share. */
export interface Comparison {
  readonly rows: number;
  readonly cols: number;
  readonly claimed: Matrix;
  readonly numeric: Matrix;
  readonly difference: Matrix;
  /** The largest size of an entry on either side. */
  readonly scale: number;
}

export function compare({ rows, cols, claimed, numeric }: EntriesReport): Comparison {
  const matrix = (values: readonly number[]): Matrix => ({ rows, cols, values });
  const difference = claimed.map((value, at) => value - (numeric[at] ?? Number.NaN));
  return {
    rows,
    cols,
    claimed: matrix(claimed),
    numeric: matrix(numeric),
    difference: matrix(difference),
    scale: Math.max(largest(claimed), largest(numeric)),
  };
}

/** Infinite entries and those that are not numbers say nothing of the scale. */
function largest(values: readonly number[]): number {
  let most = 0;
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return most;
}

export function entryAt({ cols, claimed, numeric, difference }: Comparison, at: number): ComparedEntry {
  const of = ({ values }: Matrix) => values[at] ?? Number.NaN;
  return { row: Math.floor(at / cols), col: at % cols, claimed: of(claimed), numeric: of(numeric), difference: of(difference) };
}

/** A part of a comparison, drawn on the scale of the whole. */
export function blockOf(comparison: Comparison, { row, col }: Place, most: { readonly rows: number; readonly cols: number }): Comparison {
  const [rows, cols] = [Math.min(most.rows, comparison.rows - row), Math.min(most.cols, comparison.cols - col)];
  const cut = ({ values }: Matrix): Matrix => ({
    rows,
    cols,
    values: Array.from({ length: rows }, (_, at) =>
      values.slice((row + at) * comparison.cols + col, (row + at) * comparison.cols + col + cols),
    ).flat(),
  });
  return {
    rows,
    cols,
    claimed: cut(comparison.claimed),
    numeric: cut(comparison.numeric),
    difference: cut(comparison.difference),
    scale: comparison.scale,
  };
}

/** The entries that differ most, worst first; one that is not a number is worse than any other. */
export function worstEntries(comparison: Comparison, count: number): readonly ComparedEntry[] {
  const { values } = comparison.difference;
  const sizeAt = (at: number) => badnessOf(values[at] ?? 0);
  const worst: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) {
    if (sizeAt(at) <= least) continue;
    insertSorted(worst, at, count, (one, other) => sizeAt(other) - sizeAt(one));
    if (worst.length === count) least = sizeAt(worst[count - 1] ?? 0);
  }
  return worst.map((at) => entryAt(comparison, at));
}

function badnessOf(difference: number): number {
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.abs(difference);
}

/** Keeps the first `count` in order, so that a large matrix is not sorted as a whole. */
function insertSorted(kept: number[], one: number, count: number, order: (one: number, other: number) => number): void {
  const at = kept.findIndex((other) => order(one, other) < 0);
  kept.splice(at < 0 ? kept.length : at, 0, one);
  if (kept.length > count) kept.pop();
}

/** Where on the scale a value lies: −1 … 1, and null for what is not a number. */
export function shareOf(value: number, scale: number): number | null {
  if (Number.isNaN(value)) return null;
  if (scale === 0) return 0;
  return Math.max(-1, Math.min(1, value / scale));
}
