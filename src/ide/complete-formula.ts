import type { Span } from '../base/span.ts';
import type { BegunClaim } from './claim-forms.ts';
import { type Completion, claimsAt, symbolsBefore } from './completion.ts';
import type { DerivationView } from './derivation-view.ts';
import type { ReadAfter } from './derive.ts';
import { LATEX_COMMANDS } from './latex-commands.ts';

/** No derivative that is being typed is longer. */
const NEARBY = 200;

/** Where a formula or a line of it begins, and a command or a derivative as far as it is written. */
const BEGINNING = /(?:\$|\\\[|\\\(|\\begin\{[^}]*\}|\\\\|\\q?quad)\s*(?<typed>(?:\\(?:\p{L}*|[dt]?frac\s*\{[^=&$]*|nabla\s*_[^=&$]*))?)$/u;

/** What may be written in mathematics: a backslash begins a command; where a formula begins, so may a claim. */
export function completeFormula(view: DerivationView, word: Span, readAfter: ReadAfter): readonly Completion[] {
  const begun = claimBegun(view.text, word.end);
  const claims = begun === null ? [] : claimsAt(view, begun, 'mathematics', readAfter);
  return [...claims, ...symbolsBefore(view, word), ...(view.text.slice(word.start, word.end).startsWith('\\') ? commands(word) : [])];
}

function claimBegun(text: string, offset: number): BegunClaim | null {
  const typed = BEGINNING.exec(text.slice(Math.max(0, offset - NEARBY), offset))?.groups?.typed;
  if (typed === undefined) return null;
  const isOpen = typed.lastIndexOf('{') > typed.lastIndexOf('}');
  const closed = isOpen ? (/^\}(?:\{\})?/.exec(text.slice(offset, offset + 3))?.[0].length ?? 0) : 0;
  return { typed, replaces: { start: offset - typed.length, end: offset + closed } };
}

function commands(replaces: Span): readonly Completion[] {
  return LATEX_COMMANDS.map(({ label, insert, detail, documentation }) => ({
    label,
    kind: 'function',
    detail,
    documentation,
    replaces,
    ...(insert === label ? {} : { insert, isSnippet: insert.includes('$') }),
  }));
}
