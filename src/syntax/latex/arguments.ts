import { skipBlanks } from '../tex-tokens.ts';
import type { Token } from '../token.ts';
import { emit, type Lexer, spanOf, textAt } from './lexer.ts';
import { groupEnd, lexNested } from './nested.ts';

/** `_` or `^` with its argument. */
export function lexScript(lexer: Lexer, at: number, to: number): number {
  const text = textAt(lexer, at) as string;
  emit(lexer, text === '^' ? 'sup' : 'sub', text, spanOf(lexer, at, at + 1));
  lexer.scripts++;
  const next = lexArgument(lexer, at + 1, to);
  lexer.scripts--;
  return next;
}

/** One argument between `group` and `ungroup`: what stands in braces, or the one thing that is next. */
export function lexArgument(lexer: Lexer, at: number, to: number): number {
  const first = skipBlanks(lexer.raws, at);
  const nothing = first >= to || textAt(lexer, first) === '}' || textAt(lexer, first) === '&';
  const here = nothing ? spanOf(lexer, Math.max(0, first - 1), first) : spanOf(lexer, first, first + 1);
  emit(lexer, 'group', '{', here);
  const next = nothing ? first : lexArgumentInside(lexer, first, to);
  emit(lexer, 'ungroup', '}', spanOf(lexer, Math.max(0, next - 1), next));
  return next;
}

function lexArgumentInside(lexer: Lexer, first: number, to: number): number {
  const text = textAt(lexer, first) as string;
  if (text === '{') {
    const close = groupEnd(lexer, first, to);
    lexNested(lexer, first + 1, close);
    return Math.min(close + 1, to);
  }
  if (text === '^' || text === '_') return first;
  if (text === '(') return lexBareBrackets(lexer, first, to);
  return text.startsWith('\\') ? lexer.one(lexer, first, to) : lexer.one(lexer, first, first + 1);
}

/** `x^(i)`, written where braces were meant. */
function lexBareBrackets(lexer: Lexer, first: number, to: number): number {
  for (let close = first + 1; close < Math.min(to, first + 8); close++) {
    if (textAt(lexer, close) !== ')') continue;
    lexNested(lexer, first, close + 1);
    return close + 1;
  }
  return lexer.one(lexer, first, first + 1);
}

/** The tokens of one argument, taken out of the stream. */
export function argumentTokens(lexer: Lexer, at: number, to: number): { readonly tokens: Token[]; readonly next: number } {
  const kept = lexer.tokens.length;
  const next = lexArgument(lexer, at, to);
  const tokens = lexer.tokens.splice(kept).slice(1, -1);
  return { tokens, next };
}

/** Where the argument at `at` stands, without its braces, and where the next thing begins. */
export function argumentRange(
  lexer: Lexer,
  at: number,
  to: number,
): { readonly from: number; readonly end: number; readonly next: number } {
  const first = skipBlanks(lexer.raws, at);
  if (first >= to) return { from: to, end: to, next: to };
  if (textAt(lexer, first) !== '{') return { from: first, end: first + 1, next: first + 1 };
  const close = groupEnd(lexer, first, to);
  return { from: first + 1, end: close, next: Math.min(close + 1, to) };
}

/** Where the optional argument at `at` ends, or `at` where there is none. */
export function optionalEnd(lexer: Lexer, at: number, to: number): number {
  const first = skipBlanks(lexer.raws, at);
  if (textAt(lexer, first) !== '[') return at;
  for (let next = first + 1, depth = 0; next < Math.min(to, first + 60); next++) {
    const text = textAt(lexer, next);
    if (text === '{') depth++;
    if (text === '}') depth--;
    if (text === ']' && depth === 0) return next + 1;
  }
  return at;
}
