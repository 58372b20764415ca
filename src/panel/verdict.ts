import type { Say } from '../base/say.ts';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { EntriesReport, StepReport } from '../protocol/report.ts';
import { compare, worstEntries } from './matrix.ts';
import { formatEntry, verdictError } from './numbers.ts';

/** The answer in words: a title to read at a glance, and what supports it. */
export interface VerdictWords {
  readonly title: string;
  readonly detail: string;
}

export function verdictWords(say: Say, claim: ShownClaim): VerdictWords {
  switch (claim.status) {
    case 'verified':
      return { title: isProved(claim) ? say('Verified and proved') : say('Verified'), detail: supportOf(say, claim) };
    case 'refuted':
      return { title: wrongTitle(say, claim), detail: worstOf(say, claim) };
    case 'inconclusive':
      return { title: say('Not decided'), detail: sentence(claim.reason ?? say('the claim could not be checked')) };
  }
}

/** Whether algebra alone shows every step to be right. */
function isProved({ steps }: ShownClaim): boolean {
  return steps.length > 0 && steps.every(({ proved }) => proved === true);
}

function supportOf(say: Say, claim: ShownClaim): string {
  const { steps, maxRelativeError: error, note } = claim;
  const how =
    error === undefined
      ? methodWords(say, claim)
      : `${methodWords(say, claim)}; ${say('largest relative error {0}', verdictError(say, error))}`;
  const what =
    steps.length === 1
      ? say('The right side agrees with {0}.', how)
      : steps.length === 2
        ? say('Both steps agree with {0}.', how)
        : say('All {0} steps agree with {1}.', steps.length, how);
  return note === undefined ? what : `${what} ${sentence(note)}`;
}

/** `numeric derivatives, entry by entry, at 6 points of 2 sets of sizes`. */
function methodWords(say: Say, claim: ShownClaim): string {
  const at = pointWords(say, claim);
  return claim.method === 'directions'
    ? [say('numeric derivatives along random directions'), at].filter((one) => one !== '').join(' ')
    : [say('numeric derivatives, entry by entry'), at].filter((one) => one !== '').join(', ');
}

/** Words that reasons and notes begin with; anything else may be a symbol, and `g` is not `G`. */
const FIRST_WORD = /^(?:an?|differences|every|its?|no|nothing|\d+|rounding|the|this)\b/;

/** A clause as a sentence of its own; a symbol at its beginning stays as it is written. */
function sentence(text: string): string {
  const first = FIRST_WORD.test(text) ? text.charAt(0).toUpperCase() : text.charAt(0);
  return `${first}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

/** `at 6 points of 2 sets of sizes`: how much was tried. */
function pointWords(say: Say, { points, sizes = [] }: Pick<ShownClaim, 'points' | 'sizes'>): string {
  if (points === undefined) return '';
  if (sizes.length > 1) return say('at {0} points of {1} sets of sizes', points, sizes.length);
  return points === 1 ? say('at one point') : say('at {0} points', points);
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

function wrongTitle(say: Say, { steps, kind, misfit, sides }: ShownClaim): string {
  if (misfit !== undefined) return misfit > 0 && sides.length > 2 ? say('Step {0} does not fit', misfit) : say('The shapes do not fit');
  const at = firstWrong(steps);
  if (steps.length > 1 && at >= 0) return say('Step {0} is wrong', at + 1);
  if (kind === 'identity') return say('The identity does not hold');
  return kind === 'condition' ? say('The condition does not hold') : say('The claim is wrong');
}

/** The worst entry of the first wrong step; without entries its error, without that its reason. */
function worstOf(say: Say, { steps, reason, maxRelativeError, method }: ShownClaim): string {
  const step = steps[firstWrong(steps)];
  if (step?.entries !== undefined) return worstEntryWords(say, step.entries, method);
  const error = step?.maxRelativeError ?? maxRelativeError;
  return step?.reason ?? reason ?? differsWords(say, error);
}

function differsWords(say: Say, error?: number): string {
  return error === undefined
    ? say('It differs from the numeric derivative.')
    : say('It differs from the numeric derivative; largest relative error {0}.', verdictError(say, error));
}

function worstEntryWords(say: Say, entries: EntriesReport, method: ShownClaim['method']): string {
  const comparison = compare(entries);
  const [worst] = worstEntries(comparison, 1);
  if (worst === undefined) return differsWords(say);
  const [claimed, numeric] = [formatEntry(worst.claimed), formatEntry(worst.numeric)];
  if (method === 'directions') return say('Along one direction it gives {0}, the definitions give {1}.', claimed, numeric);
  return say('{0} is {1}, the definitions give {2}.', entryName(say, comparison, worst.row, worst.col), claimed, numeric);
}

/** `Entry (2, 1)` of a matrix, `Entry 2` of a vector, `The value` of a scalar: counted from 1. */
export function entryName(say: Say, size: Pick<EntriesReport, 'rows' | 'cols'>, row: number, col: number): string {
  return size.rows === 1 && size.cols === 1 ? say('The value') : say('Entry {0}', entryPlace(size, row, col));
}

/** `(2, 1)` in a matrix, `2` in a vector. */
export function entryPlace({ rows, cols }: Pick<EntriesReport, 'rows' | 'cols'>, row: number, col: number): string {
  return rows === 1 || cols === 1 ? String(Math.max(row, col) + 1) : `(${row + 1}, ${col + 1})`;
}

/** Index of the first wrong step, −1 where none is. */
export function firstWrong(steps: readonly StepReport[]): number {
  return steps.findIndex(({ status }) => status === 'refuted');
}
