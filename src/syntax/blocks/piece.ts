import type { Span } from '../../base/span.ts';

/** What stands in a document, in its order, before any mathematics is read. */
export type Piece =
  | { readonly kind: 'heading'; readonly level: number; readonly title: string; readonly span: Span }
  | MathPiece
  /**
   * Words with the mathematics within them. `words` is as long as the span: mathematics and whatever
   * is no prose is replaced, character by character.
   */
  | { readonly kind: 'paragraph'; readonly words: string; readonly span: Span }
  /** Plain notation: a `deriv` fence, the statements of a comment. */
  | { readonly kind: 'statements'; readonly span: Span; readonly annotates: boolean }
  /** A definition of a macro outside mathematics; `span` begins at its command. */
  | { readonly kind: 'definition'; readonly span: Span }
  /** A file that is `\input` here. */
  | { readonly kind: 'input'; readonly path: string; readonly span: Span }
  | { readonly kind: 'problem'; readonly message: string; readonly span: Span };

export interface MathPiece {
  readonly kind: 'math';
  /** The mathematics, without its delimiters. */
  readonly span: Span;
  /** With its delimiters. */
  readonly outer: Span;
  readonly displayed: boolean;
}

/** A text cut into pieces. */
export interface Pieces {
  /** The text with markers that stand within its mathematics blanked out; as long as the text. */
  readonly readable: string;
  readonly pieces: readonly Piece[];
}

/** Stands for the first character of mathematics in the words of a paragraph, and for each further one. */
export const MATH_MARK = '\uE000';
export const MATH_FILL = '\uE001';

/** The words of a stretch of text: its mathematics marked, what is no prose blanked out. */
export function wordsOf(text: string, span: Span, mathematics: readonly Span[], excluded: readonly Span[]): string {
  const cuts = mathematics.map(({ start, end }) => ({ start, end, math: true }));
  for (const { start, end } of excluded) cuts.push({ start, end, math: false });
  if (excluded.length > 0) cuts.sort((a, b) => a.start - b.start);
  let words = '';
  let at = span.start;
  for (const cut of cuts) {
    const start = Math.max(cut.start, at);
    const end = Math.min(cut.end, span.end);
    if (end <= start) continue;
    words += text.slice(at, start) + (cut.math ? MATH_MARK + MATH_FILL.repeat(end - start - 1) : ' '.repeat(end - start));
    at = end;
  }
  return words + text.slice(at, span.end);
}

/** The text with the given stretches replaced by blanks, line ends kept. */
export function blanked(text: string, stretches: readonly Span[]): string {
  if (stretches.length === 0) return text;
  let result = '';
  let at = 0;
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}
