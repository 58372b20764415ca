import type { CheckedDocument } from '../check/checked-document.ts';
import type { Span } from '../base/span.ts';
import { claimsOf } from './claims.ts';
import { showVerdict } from './figures.ts';

export interface ClaimLens {
  readonly span: Span;
  readonly title: string;
}

/** Above each claim its verdict, or the offer to find it. */
export function claimLenses(checked: CheckedDocument): readonly ClaimLens[] {
  return claimsOf(checked).map(({ span, verdict }) => ({ span, title: verdict === null ? 'Verify' : showVerdict(verdict) }));
}
