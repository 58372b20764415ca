import type { Span } from '../base/span.ts';
import type { Token } from './token.ts';

/** `(batch, d_in)`, `(n_features,)`: sizes by names as programs have them, in which letters stand for themselves. */
const TUPLE = /^\(\s*([A-Za-z]\w*|\d+)\s*(?:,\s*([A-Za-z]\w*|\d+)?\s*)?\)/u;

/** What a size stands behind: a bar of a table, "shape", "size". */
const BEFORE = /(?:\||\b(?:shapes?|sizes?)|:)\s*$/iu;
const LONGEST_BEFORE = 12;

/** Behind "`W` is" of a letter in code, which blanks enclose by now, even letters are a size. */
const BEHIND_LETTER = /(?<![\p{L}\d])\p{L}\s{2,}is\s+$/u;

/** The length of a size in brackets at a place, and its tokens; null where there is none, or one of nothing but letters. */
export function sizeTupleAt(
  text: string,
  place: number,
  start: number,
): { readonly length: number; readonly tokens: readonly Token[] } | null {
  const found = TUPLE.exec(text.slice(place, place + LONGEST));
  const before = text.slice(Math.max(0, place - LONGEST_BEFORE), place);
  const isBehindLetter = BEHIND_LETTER.test(before);
  if (found === null || !(isBehindLetter || BEFORE.test(before))) return null;
  const [whole, rows = '', cols] = found;
  const hasWord = /^[A-Za-z]\w/u.test(rows) || /^[A-Za-z]\w/u.test(cols ?? '');
  if (!hasWord && (!isBehindLetter || cols === undefined)) return null;
  const span = (from: number, length: number): Span => ({ start: start + place + from, end: start + place + from + length });
  const name = (text: string, from: number): Token =>
    /^\d/u.test(text)
      ? { kind: 'number', value: Number(text), text, span: span(from, text.length), spaced: true }
      : { kind: 'name', text, span: span(from, text.length), spaced: true };
  const first = name(rows, whole.indexOf(rows));
  if (cols === undefined) return whole.includes(',') ? { length: whole.length, tokens: [first] } : null;
  const comma = whole.indexOf(',');
  return {
    length: whole.length,
    tokens: [
      { kind: 'open', text: '(', span: span(0, 1), spaced: true },
      first,
      { kind: 'separator', text: ',', span: span(comma, 1), spaced: false },
      name(cols, whole.indexOf(cols, comma)),
      { kind: 'close', text: ')', span: span(whole.length - 1, 1), spaced: false },
    ],
  };
}

const LONGEST = 60;
