import type { Built } from '../derivation/build.ts';
import type { Inferred } from '../derivation/infer.ts';
import { type DerivativeTerm, type Term, termKey } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { differentiateTerm, isRefusal } from './differentiate.ts';
import { type Formula, formulaOf, withNames } from './formula.ts';

/** The derivative that a term asks for, written out in a layout; null where there is none or it says nothing new. */
export function derive(built: Built, inferred: Pick<Inferred, 'shapes'>, term: DerivativeTerm, layout: Layout): Term | null {
  const answer = differentiateTerm(built.derivation, inferred.shapes, term, layout);
  if (isRefusal(answer) || termKey(answer.term) === termKey(term)) return null;
  return withNames(built.derivation, inferred.shapes, answer, layout, term.span);
}

/** The same as it is written down in the section of the term, with names for what occurs several times. */
export function deriveFormula(built: Built, { shapes }: Pick<Inferred, 'shapes'>, term: DerivativeTerm, layout: Layout): Formula | null {
  const answer = differentiateTerm(built.derivation, shapes, term, layout);
  if (isRefusal(answer) || termKey(answer.term) === termKey(term)) return null;
  return formulaOf(built.derivation, shapes, answer, layout, term.span);
}
