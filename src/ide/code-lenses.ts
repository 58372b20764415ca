import { type Span, contains } from '../base/span.ts';
import type { CheckedDocument, Found } from '../check/checked-document.ts';
import { type Claim, claimsOf } from './claims.ts';
import { STATUS_SIGN, showVerdict } from './figures.ts';

export interface ClaimLens {
  readonly span: Span;
  readonly title: string;
  /** What happens on a click: the claim is shown with its numbers, or the steps to its derivative. */
  readonly opens: 'claim' | 'steps';
}

/** Above each claim its verdict, or the offer to find it; above one of a derivative also the way there. */
export function claimLenses(checked: CheckedDocument): readonly ClaimLens[] {
  return claimsOf(checked).flatMap((claim): readonly ClaimLens[] => {
    const { span, equation } = claim;
    const verdict: ClaimLens = { span, title: titleOf(checked, claim), opens: 'claim' };
    return equation.kind === 'claim' ? [verdict, { span, title: 'Show steps', opens: 'steps' }] : [verdict];
  });
}

/** A warning says what is wrong with a claim only where numbers do not say that it is right. */
function titleOf({ diagnostics }: CheckedDocument, claim: Claim): string {
  const isOpen = claim.verdict !== null && claim.verdict.status !== 'verified';
  const mistake = diagnostics.find(
    ({ severity, span }) => (severity === 'error' || (severity === 'warning' && isOpen)) && contains(claim.span, span),
  );
  if (mistake !== undefined) return mistakeText(claim, mistake);
  return claim.verdict === null ? 'Verify' : showVerdict(claim.verdict);
}

/** `✗ step 2: transpose?`; a step is a side behind the first. */
function mistakeText({ equation: { sides } }: Claim, { span, fixes }: Found): string {
  const step = sides.findIndex((side) => contains(side.span, span));
  const slip = fixes.find((fix) => fix.slip !== undefined)?.slip;
  const place = step < 1 ? 'this does not fit' : `step ${step}${slip === undefined ? ' is wrong' : ''}`;
  return `${STATUS_SIGN.refuted} ${place}${slip === undefined ? '' : `: ${slip}?`}`;
}
