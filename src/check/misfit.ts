import { contains, type Span } from '../base/span.ts';
import type { CheckedClaim, CheckedDocument, Found } from './checked-document.ts';
import { MISFIT } from './claims.ts';

/** What does not fit in a claim, so that it is wrong before any number is asked; null where nothing is known of that kind. */
export type MisfitIn = (span: Span, verdict: Pick<CheckedClaim, 'reason'> | null) => Found | null;

/** Rules that say what does not fit. */
const FIT = /^(?:shape|layout|chain)\//;

/**
 * What is found of shapes and layouts in each claim of a document. Before numbers are asked an error of shapes is what does
 * not fit; where they were not asked because of it, a warning of the layout may be.
 */
export function misfitsIn({ diagnostics }: Pick<CheckedDocument, 'diagnostics'>): MisfitIn {
  const explaining = diagnostics.filter(({ severity, code }) => (severity === 'error' || severity === 'warning') && FIT.test(code));
  const certain = explaining.filter(({ severity, code }) => severity === 'error' && code.startsWith('shape/'));
  return (span, verdict) => {
    if (verdict !== null && verdict.reason !== MISFIT) return null;
    return (verdict === null ? certain : explaining).find((found) => isAbout(found, span)) ?? null;
  };
}

/** Whether it stands within a claim, or is a false declaration that the claim does not fit. */
function isAbout({ code, span, related }: Found, claim: Span): boolean {
  return contains(claim, span) || (code === 'shape/annotation' && related.some((one) => contains(claim, one.span)));
}
