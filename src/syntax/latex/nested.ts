import type { Span } from '../../base/span.ts';
import type { Token } from '../token.ts';
import { emit, type Lexer, spanOf, textAt } from './lexer.ts';

/** Groups nested deeper than this become one unknown token. */
const DEEPEST_GROUP = 250;

/** Everything between two places of one level of braces. */
export function lexRange(lexer: Lexer, from: number, to: number): void {
  const over = lexer.hasOver ? findOver(lexer, from, to) : null;
  if (over !== null) return lexOver(lexer, from, over, to);
  for (let at = from; at < to; ) at = lexer.one(lexer, at, to);
}

/** Reads a part with a style, restoring what holds around it afterwards. */
export function lexNested(lexer: Lexer, from: number, to: number, style = lexer.style): void {
  if (lexer.depth >= DEEPEST_GROUP) return emit(lexer, 'unknown', '…', spanOf(lexer, from, to));
  const { style: outer, barOpen } = lexer;
  lexer.style = style;
  lexer.barOpen = false;
  lexer.depth++;
  lexRange(lexer, from, to);
  lexer.depth--;
  lexer.style = outer;
  lexer.barOpen = barOpen;
}

/** The end of the group that opens at `at`; one that is never closed ends with what is around it. */
export function groupEnd(lexer: Lexer, at: number, to: number): number {
  const partner = lexer.partners[at];
  if (partner !== undefined && partner < to) return partner;
  lexer.problems.push({ message: '`{` is never closed.', span: spanOf(lexer, at, at + 1) });
  return to;
}

/** `{a \over b}`: the place of an infix fraction at this level. */
function findOver(lexer: Lexer, from: number, to: number): number | null {
  for (let at = from; at < to; at++) {
    const text = textAt(lexer, at);
    if (text === '\\over') return at;
    if (text === '\\buildrel') at = overOf(lexer, at, to) ?? at;
    if (text === '{') at = Math.max(at, Math.min(lexer.partners[at] ?? at, to));
  }
  return null;
}

/** The `\over` that belongs to a `\buildrel`. */
export function overOf(lexer: Lexer, at: number, to: number): number | null {
  for (let next = at + 1; next < Math.min(to, at + 20); next++) if (textAt(lexer, next) === '\\over') return next;
  return null;
}

function lexOver(lexer: Lexer, from: number, over: number, to: number): void {
  emit(lexer, 'command', 'frac', spanOf(lexer, over, over + 1));
  emit(lexer, 'group', '{', spanOf(lexer, from, from + 1));
  lexNested(lexer, from, over);
  emit(lexer, 'ungroup', '}', spanOf(lexer, over, over + 1));
  emit(lexer, 'group', '{', spanOf(lexer, over, over + 1));
  lexNested(lexer, over + 1, to);
  emit(lexer, 'ungroup', '}', spanOf(lexer, to - 1, to));
}

/** Tokens that were taken out of the stream, put back as one argument. */
export function pushGroup(lexer: Lexer, tokens: readonly Token[], span: Span): void {
  emit(lexer, 'group', '{', { start: span.start, end: span.start });
  lexer.tokens.push(...tokens);
  emit(lexer, 'ungroup', '}', { start: span.end, end: span.end });
}
