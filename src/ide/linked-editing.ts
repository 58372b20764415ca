import type { Span } from '../base/span.ts';
import { type DerivationView, occurrenceAt } from './derivation-view.ts';

/** The places that change together while a symbol is typed over: those that spell it alike. */
export function linkedRanges(view: DerivationView, offset: number): readonly Span[] {
  const here = occurrenceAt(view, offset);
  if (here === null) return [];
  const spelling = view.text.slice(here.span.start, here.span.end);
  const alike = view.occurrences.filter(({ id, span }) => id === here.id && view.text.slice(span.start, span.end) === spelling);
  return alike.length < 2 ? [] : alike.map(({ span }) => span);
}
