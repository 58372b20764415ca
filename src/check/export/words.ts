import type { MatrixReport, Status } from '../../protocol/report.ts';
import { shownError } from '../../protocol/shown-error.ts';
import type { CheckedClaim } from '../checked-document.ts';
import type { Verification } from './verification.ts';

export const STATUS_WORDS: Readonly<Record<Status, string>> = { verified: 'verified', refuted: 'wrong', inconclusive: 'not decided' };

export const STATUS_SIGNS: Readonly<Record<Status, string>> = { verified: '✓', refuted: '✗', inconclusive: '?' };

/** `3 claims: 2 verified, 1 wrong.` */
export function summaryWords({ counts }: Verification): string {
  const all = counts.verified + counts.refuted + counts.inconclusive;
  if (all === 0) return 'The document makes no claim.';
  const parts = (['verified', 'refuted', 'inconclusive'] as const).flatMap((status) =>
    counts[status] === 0 ? [] : [`${counts[status]} ${STATUS_WORDS[status]}`],
  );
  return `${all} ${all === 1 ? 'claim' : 'claims'}: ${parts.join(', ')}.`;
}

/** A reason with a full stop, which messages of rules bring themselves. */
export function ended(reason: string): string {
  return reason.endsWith('.') ? reason : `${reason}.`;
}

export function errorWords(error: number | undefined): string {
  if (error === undefined) return '–';
  return Number.isFinite(error) ? shownError(error, (one) => one.toExponential(1)) : 'not a number';
}

/** What stands before a repair; where a chain has several steps, with the one that it mends. */
export function repairWords({ steps, mended }: Pick<CheckedClaim, 'steps' | 'mended'>): string {
  return steps.length > 1 && mended !== undefined && mended.side > 0 ? `What would be right in step ${mended.side}` : 'What would be right';
}

/** How a claim was compared: `Compared entry by entry at 6 points; n = 2, m = 3 and n = 4, m = 3; denominator layout.` */
export function methodWords({ method, points, sizes = [], layout, note }: CheckedClaim): string {
  const sets = sizes
    .map((set) =>
      Object.entries(set)
        .map(([name, size]) => `${name} = ${size}`)
        .join(', '),
    )
    .filter((set) => set !== '');
  const how =
    points === undefined
      ? 'Not compared'
      : `Compared ${method === 'directions' ? 'along directions' : 'entry by entry'} with numeric derivatives at ${points} ${points === 1 ? 'point' : 'points'}`;
  return `${[how, ...(sets.length === 0 ? [] : [sets.join(' and ')]), `${layout} layout`, ...(note === undefined ? [] : [note])].join('; ')}.`;
}

/** `[1 2; 3 4]`, a single entry as a number. */
export function matrixWords({ rows, cols, data }: MatrixReport): string {
  const number = (value: number) => String(Number((Math.abs(value) < 1e-12 ? 0 : value).toPrecision(6)));
  if (data.length === 1) return number(data[0] as number);
  return `[${Array.from({ length: rows }, (_, row) =>
    data
      .slice(row * cols, (row + 1) * cols)
      .map(number)
      .join(' '),
  ).join('; ')}]`;
}
