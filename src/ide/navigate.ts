import type { Span } from '../base/span.ts';
import { type DerivationView, type Occurrence, occurrenceAt } from './derivation-view.ts';

/** Where the symbol at an offset is declared and defined, the declaration first; else where it is first used. */
export function definitionsAt(view: DerivationView, offset: number): readonly Span[] {
  const all = occurrencesAt(view, offset);
  const stated = [...all.filter(({ role }) => role === 'declaration'), ...all.filter(({ role }) => role === 'definition')];
  return (stated.length > 0 ? stated : all.slice(0, 1)).map(({ span }) => span);
}

/** Where the symbol at an offset is given its shape; else where it is defined. */
export function declarationsAt(view: DerivationView, offset: number): readonly Span[] {
  const declared = occurrencesAt(view, offset).filter(({ role }) => role === 'declaration');
  return declared.length > 0 ? declared.map(({ span }) => span) : definitionsAt(view, offset);
}

/** Every place of the symbol at an offset. */
export function occurrencesAt(view: DerivationView, offset: number): readonly Occurrence[] {
  const here = occurrenceAt(view, offset);
  return here === null ? [] : view.occurrences.filter(({ id }) => id === here.id);
}
