import type { Say } from '../base/say.ts';
import { contains, type Span } from '../base/span.ts';
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
export function claimLenses(checked: CheckedDocument, say: Say): readonly ClaimLens[] {
  return claimsOf(checked).flatMap((claim): readonly ClaimLens[] => {
    const { span, equation } = claim;
    const verdict: ClaimLens = { span, title: titleOf(checked, claim, say), opens: 'claim' };
    return equation.kind === 'claim' ? [verdict, { span, title: say('Show steps'), opens: 'steps' }] : [verdict];
  });
}

/** A warning says what is wrong with a claim only where numbers do not say that it is right. */
function titleOf({ diagnostics }: CheckedDocument, claim: Claim, say: Say): string {
  const isOpen = claim.verdict !== null && claim.verdict.status !== 'verified';
  const mistake = diagnostics.find(
    ({ severity, span }) => (severity === 'error' || (severity === 'warning' && isOpen)) && contains(claim.span, span),
  );
  if (mistake !== undefined) return mistakeText(claim, mistake, say);
  return claim.verdict === null ? say('Verify') : showVerdict(say, claim.verdict);
}

/** `✗ step 2: transpose?`; a step is a side behind the first. */
function mistakeText({ equation: { sides } }: Claim, { span, fixes }: Found, say: Say): string {
  const step = sides.findIndex((side) => contains(side.span, span));
  const slip = fixes.find((fix) => fix.slip !== undefined)?.slip;
  const place = step < 1 ? say('this does not fit') : slip === undefined ? say('step {0} is wrong', step) : say('step {0}', step);
  return `${STATUS_SIGN.refuted} ${place}${slip === undefined ? '' : `: ${say(slip)}?`}`;
}
