import { type Say, told } from '../base/say.ts';
import type { ClaimStatus } from '../protocol/lsp.ts';
import type { Layout, Status } from '../protocol/report.ts';
import { shownError } from '../protocol/shown-error.ts';

/** An error as it is said in passing: `2e-8`. */
export function showError(error: number): string {
  return shownError(error, (one) => one.toExponential(0));
}

/** The sign before a verdict. */
export const STATUS_SIGN: Readonly<Record<ClaimStatus, string>> = { verified: '✓', refuted: '✗', inconclusive: '?', unchecked: '·' };

/** What each layout makes of a gradient, in two words. */
export const LAYOUT_WORDS: Readonly<Record<Layout, string>> = {
  denominator: told('denominator layout (gradient as column)'),
  numerator: told('numerator layout (gradient as row)'),
  mixed: told('mixed layout (gradients as columns, Jacobians m×n)'),
};

interface Judged {
  readonly status: Status;
  readonly maxRelativeError?: number;
  readonly reason?: string;
  readonly steps: readonly { readonly status: Status }[];
}

/** A verdict in a few words: `✓ verified < 1e-9`, `✗ step 2`, `? an expectation`. */
export function showVerdict(say: Say, { status, maxRelativeError, reason, steps }: Judged): string {
  const sign = STATUS_SIGN[status];
  if (status === 'verified') return `${sign} ${say('verified')}${maxRelativeError === undefined ? '' : ` ${showError(maxRelativeError)}`}`;
  if (status === 'inconclusive') return `${sign} ${say('inconclusive')}${reason === undefined ? '' : `: ${reason}`}`;
  const wrong = steps.findIndex((step) => step.status === 'refuted');
  return `${sign} ${wrong < 0 ? say('refuted') : say('step {0} is wrong', wrong + 1)}`;
}

/** A text as Markdown code, whatever backticks it has. */
export function asCode(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${flat}\`` : `${fence} ${flat} ${fence}`;
}
