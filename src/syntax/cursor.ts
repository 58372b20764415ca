import type { Span } from '../base/span.ts';
import type { SyntaxProblem } from './ast.ts';
import type { Token, TokenKind } from './token.ts';

/** Which notation the tokens came from; it decides the few things the token kinds cannot. */
export type NotationName = 'plain' | 'latex';

/**
 * A reader's place in its tokens. One object serves one parse; the functions of the parser pass it
 * along and move it forward. `bars` are the bars that are open, outermost first.
 */
export interface Cursor {
  readonly tokens: readonly Token[];
  readonly notation: NotationName;
  readonly problems: SyntaxProblem[];
  /**
   * Tokens at which something was tried that then turned out to be something else: where they are read again, as part of what is
   * around them, it is not tried again, or the tries within tries would double the work at each level.
   */
  readonly refused: Set<Token>;
  /** Where the text ends, for what is missing there. */
  readonly end: number;
  readonly bars: string[];
  /** How deep angle brackets, within which `>` closes, are nested. */
  angles: number;
  /** The `/` of the derivative whose upper part is read, at which an operand ends: `∂ log det X / ∂X`. */
  stroke: number;
  at: number;
  depth: number;
}

/** Expressions nested deeper than this are not read further; no person writes them. */
export const DEEPEST = 200;

export function cursorOver(
  tokens: readonly Token[],
  notation: NotationName,
  end: number,
  problems: SyntaxProblem[] = [],
  refused: Set<Token> = new Set(),
): Cursor {
  return { tokens, notation, problems, refused, end, bars: [], angles: 0, stroke: -1, at: 0, depth: 0 };
}

export function peek(cursor: Cursor, ahead = 0): Token | undefined {
  return cursor.tokens[cursor.at + ahead];
}

/** Whether the next token is of that kind and, where it is given, has that text. */
export function sees(cursor: Cursor, kind: TokenKind, text?: string, ahead = 0): boolean {
  const token = cursor.tokens[cursor.at + ahead];
  return token !== undefined && token.kind === kind && (text === undefined || token.text === text);
}

export function accept(cursor: Cursor, kind: TokenKind, text?: string): Token | undefined {
  return sees(cursor, kind, text) ? cursor.tokens[cursor.at++] : undefined;
}

export function atEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.tokens.length;
}

/** The span of the next token, or the empty span after the last one. */
export function here(cursor: Cursor): Span {
  const token = peek(cursor);
  if (token !== undefined) return token.span;
  const last = cursor.tokens.at(-1);
  const end = last === undefined ? cursor.end : last.span.end;
  return { start: end, end };
}

/** The span from a token's number to the token before the cursor. */
export function spanSince(cursor: Cursor, first: number): Span {
  const start = cursor.tokens[first];
  const last = cursor.tokens[Math.max(first, cursor.at - 1)];
  if (start === undefined || last === undefined) return here(cursor);
  return { start: start.span.start, end: Math.max(start.span.end, last.span.end) };
}

/** Notes a problem. Of two tokens in a macro's expansion the later one may stand further left in the text, as its argument does. */
export function report(cursor: Cursor, message: string, { start, end }: Span): void {
  cursor.problems.push({ message, span: { start: Math.min(start, end), end: Math.max(start, end) } });
}
