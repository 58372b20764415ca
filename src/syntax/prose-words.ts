import type { Span } from '../base/span.ts';
import type { Statement } from './ast.ts';
import { MATH_MARK } from './blocks/piece.ts';
import type { Token } from './token.ts';

/** Mathematics within a sentence: where it stands, and what it was read as. */
export interface ProseMath {
  readonly outer: Span;
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
}

/** A sentence in parts: words in small letters, signs, numbers in digits, mathematics, and where it ends. */
export type Word =
  | { readonly kind: 'word' | 'sign' | 'number' | 'stop'; readonly text: string; readonly span: Span }
  | { readonly kind: 'math'; readonly math: ProseMath; readonly text: ''; readonly span: Span };

const PARTS = /\uE000\uE001*|\p{L}[\p{L}\p{M}]*(?:[-‐–'’]\p{L}+)*|\d+|[,()|:&×]|[.;!?]|\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]/gu;

/** The words of a paragraph, each with its place in the text. */
export function wordsIn(words: string, span: Span, mathematics: readonly ProseMath[]): Word[] {
  const at = new Map(mathematics.map((one) => [one.outer.start, one]));
  return [...words.matchAll(PARTS)].map((found): Word => {
    const [text] = found;
    const place = { start: span.start + found.index, end: span.start + found.index + text.length };
    const math = text.startsWith(MATH_MARK) ? at.get(place.start) : undefined;
    return math === undefined ? { kind: kindOf(text), text: text.toLowerCase().replace(/[‐–]/g, '-'), span: place } : { kind: 'math', math, text: '', span: place };
  });
}

function kindOf(text: string): 'word' | 'sign' | 'number' | 'stop' {
  if (/^\d+$/.test(text)) return 'number';
  if (/^[,()|:&×]$/.test(text)) return 'sign';
  return /^\p{L}/u.test(text) ? 'word' : 'stop';
}
