import type { ShownClaim } from '../protocol/lsp.ts';
import type { EntriesReport, StepReport } from '../protocol/report.ts';
import { formatEntry, formatError } from './numbers.ts';
import { compare, worstEntries } from './matrix.ts';

/** The answer in words: a title to read at a glance, and what supports it. */
export interface VerdictWords {
  readonly title: string;
  readonly detail: string;
}

export function verdictWords(claim: ShownClaim): VerdictWords {
  switch (claim.status) {
    case 'verified':
      return { title: isProved(claim) ? 'Verified and proved' : 'Verified', detail: supportOf(claim) };
    case 'refuted':
      return { title: wrongTitle(claim), detail: worstOf(claim) };
    case 'inconclusive':
      return { title: 'Not decided', detail: sentence(claim.reason ?? 'the claim could not be checked') };
  }
}

/** Whether algebra alone shows every step to be right. */
function isProved({ steps }: ShownClaim): boolean {
  return steps.length > 0 && steps.every(({ proved }) => proved === true);
}

function supportOf(claim: ShownClaim): string {
  const { steps, method, maxRelativeError, note } = claim;
  const what = steps.length === 1 ? 'The right side agrees' : steps.length === 2 ? 'Both steps agree' : `All ${steps.length} steps agree`;
  const at = pointWords(claim);
  const how =
    method === 'directions'
      ? `numeric derivatives along random directions${at}`
      : `numeric derivatives, entry by entry${at === '' ? '' : `,${at}`}`;
  return `${what} with ${how}${errorWords(maxRelativeError)}.${note === undefined ? '' : ` ${sentence(note)}`}`;
}

/** Words that reasons and notes begin with; anything else may be a symbol, and `g` is not `G`. */
const FIRST_WORD = /^(?:an?|differences|every|its?|no|nothing|\d+|rounding|the|this)\b/;

/** A clause as a sentence of its own; a symbol at its beginning stays as it is written. */
function sentence(text: string): string {
  const first = FIRST_WORD.test(text) ? text.charAt(0).toUpperCase() : text.charAt(0);
  return `${first}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

/** ` at 6 points of 2 sets of sizes`: how much was tried. */
export function pointWords({ points, sizes = [] }: Pick<ShownClaim, 'points' | 'sizes'>): string {
  if (points === undefined) return '';
  const at = ` at ${points} ${points === 1 ? 'point' : 'points'}`;
  return sizes.length > 1 ? `${at} of ${sizes.length} sets of sizes` : at;
}

/** `n = 2, m = 3; n = 4, m = 3`, the sizes of each set; empty where nothing has a size. */
export function sizesWords({ sizes = [] }: Pick<ShownClaim, 'sizes'>): string {
  const sets = sizes.map((set) =>
    Object.entries(set)
      .map(([name, size]) => `${name} = ${size}`)
      .join(', '),
  );
  return sets.filter((set) => set !== '').join('; ');
}

function errorWords(error: number | undefined): string {
  return error === undefined ? '' : `; largest relative error ${formatError(error)}`;
}

function wrongTitle({ steps, kind, misfit, sides }: ShownClaim): string {
  if (misfit !== undefined) return misfit > 0 && sides.length > 2 ? `Step ${misfit} does not fit` : 'The shapes do not fit';
  const at = firstWrong(steps);
  if (steps.length > 1 && at >= 0) return `Step ${at + 1} is wrong`;
  return kind === 'identity' ? 'The identity does not hold' : kind === 'condition' ? 'The condition does not hold' : 'The claim is wrong';
}

/** The worst entry of the first wrong step; without entries its error, without that its reason. */
function worstOf({ steps, reason, maxRelativeError, method }: ShownClaim): string {
  const step = steps[firstWrong(steps)];
  if (step?.entries !== undefined) return worstEntryWords(step.entries, method);
  const error = step?.maxRelativeError ?? maxRelativeError;
  return (
    step?.reason ??
    reason ??
    (error === undefined
      ? 'It differs from the numeric derivative.'
      : `It differs from the numeric derivative; largest relative error ${formatError(error)}.`)
  );
}

function worstEntryWords(entries: EntriesReport, method: ShownClaim['method']): string {
  const comparison = compare(entries);
  const [worst] = worstEntries(comparison, 1);
  if (worst === undefined) return 'It differs from the numeric derivative.';
  if (method === 'directions')
    return `Along one direction it gives ${formatEntry(worst.claimed)}, the definitions give ${formatEntry(worst.numeric)}.`;
  return `${entryName(comparison, worst.row, worst.col)} is ${formatEntry(worst.claimed)}, the definitions give ${formatEntry(worst.numeric)}.`;
}

/** `Entry (2, 1)` of a matrix, `Entry 2` of a vector, `The value` of a scalar: counted from 1. */
export function entryName({ rows, cols }: { readonly rows: number; readonly cols: number }, row: number, col: number): string {
  if (rows === 1 && cols === 1) return 'The value';
  return rows === 1 || cols === 1 ? `Entry ${Math.max(row, col) + 1}` : `Entry (${row + 1}, ${col + 1})`;
}

/** Index of the first wrong step, −1 where none is. */
export function firstWrong(steps: readonly StepReport[]): number {
  return steps.findIndex(({ status }) => status === 'refuted');
}
