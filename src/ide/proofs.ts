import type { CheckedClaim, CheckedStep } from '../check/checked-document.ts';
import { derivationFor } from '../check/claims.ts';
import { withProofs } from '../check/proof.ts';
import { claimSpan } from '../check/words.ts';
import type { DerivationView } from './derivation-view.ts';

/** The steps of a claim, with a note at those that algebra alone shows too: found for the one claim that someone looks at. */
export function provedSteps({ built, shapes }: DerivationView, { span, layout, steps }: CheckedClaim): readonly CheckedStep[] {
  const equation = built.derivation.equations.find((one) => {
    const { start, end } = claimSpan(one);
    return start === span.start && end === span.end;
  });
  return equation === undefined ? steps : withProofs(derivationFor({ built }, equation), shapes, layout, equation, steps);
}
