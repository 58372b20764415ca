import type { CheckedClaim, CheckedStep } from '../check/checked-document.ts';
import { derivationFor } from '../check/claims.ts';
import { withProofs } from '../check/proof.ts';
import type { DerivationView } from './derivation-view.ts';

/** The steps of a claim, with a note at those that algebra alone shows too: found for the one claim that someone looks at. */
export function provedSteps({ built, shapes }: DerivationView, { span, layout, steps }: CheckedClaim): readonly CheckedStep[] {
  const equation = built.derivation.equations.find(({ ranges }) => ranges[0]?.start === span.start && ranges.at(-1)?.end === span.end);
  return equation === undefined ? steps : withProofs(derivationFor({ built }, equation), shapes, layout, equation, steps);
}
