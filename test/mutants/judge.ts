import { checkDocument } from '../../src/check/check-document.ts';
import type { CheckedDocument, Found } from '../../src/check/checked-document.ts';
import { applyEdits, type Surface } from '../../src/check/source.ts';
import { type Mutation, mutated } from './mutations.ts';

/** What became of one mistake. `true` stands for a mistake that is none: everything still holds. */
export interface Judgement {
  readonly mutation: Mutation;
  readonly outcome: 'caught' | 'missed' | 'true';
  readonly diagnostics: readonly Found[];
  /** Whether the first fix of what stands on the line was offered, and makes the document right again. */
  readonly repair: 'none' | 'holds' | 'fails';
  readonly repaired: string | null;
  /** Titles of fixes, of any diagnostic, that leave as many mistakes as there were. */
  readonly idle: readonly string[];
}

/** As many lines may a range cover and still be said to point at one of them. */
const MOST_LINES = 12;

/** Checks a document with a mistake in it, and once more with the first fix applied. */
export function judge(text: string, surface: Surface, mutation: Mutation): Judgement {
  const wrong = mutated(text, mutation);
  const checked = checkDocument(wrong, surface, { verify: true });
  const diagnostics = checked.diagnostics.filter(isBad);
  const here = diagnostics.filter((one) => covers(checked.text, one.span, mutation.start));
  const outcome = here.length > 0 || refutedAt(checked, mutation.start) ? 'caught' : isClean(checked) ? 'true' : 'missed';
  const fix = here.flatMap(({ fixes }) => fixes)[0];
  const idle = diagnostics.flatMap(({ fixes }) => fixes).filter(({ edits }) => !mends(wrong, surface, edits, diagnostics.length)).map(({ title }) => title);
  if (fix === undefined) return { mutation, outcome, diagnostics, repair: 'none', repaired: null, idle };
  const repaired = applyEdits(wrong, fix.edits);
  const isMended = isClean(checkDocument(repaired, surface, { verify: true, repair: false }));
  return { mutation, outcome, diagnostics, repair: isMended ? 'holds' : 'fails', repaired, idle };
}

/** Whether a text has fewer mistakes with some edits than the number it had. */
function mends(text: string, surface: Surface, edits: Found['fixes'][number]['edits'], mistakes: number): boolean {
  return checkDocument(applyEdits(text, edits), surface, { verify: true, repair: false }).diagnostics.filter(isBad).length < mistakes;
}

function isBad({ severity }: Found): boolean {
  return severity === 'error' || severity === 'warning';
}

function isClean({ diagnostics, claims = [] }: CheckedDocument): boolean {
  return !diagnostics.some(isBad) && claims.every(({ status }) => status === 'verified');
}

function refutedAt({ text, claims = [] }: CheckedDocument, offset: number): boolean {
  return claims.some(({ status, steps }) => status === 'refuted' && steps.some((step) => step.status === 'refuted' && covers(text, step.span, offset)));
}

function covers(text: string, span: { readonly start: number; readonly end: number }, offset: number): boolean {
  const [start, end, at] = [lineAt(text, span.start), lineAt(text, span.end), lineAt(text, offset)];
  return start <= at && at <= end && end - start <= MOST_LINES;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
