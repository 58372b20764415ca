import type { Span } from '../../base/span.ts';
import type { SyntaxProblem } from '../ast.ts';
import { VANISHING } from '../latex-symbols.ts';
import { type Raw, skipBlanks } from '../tex-tokens.ts';
import type { Token, TokenKind } from '../token.ts';
import type { Partners } from './partners.ts';

/** Reads what stands at the token numbered `at`, no further than `to`, and answers where the next thing begins. */
export type Reader = (lexer: Lexer, at: number, to: number) => number;

/** The work of one call: tokens of TeX in, tokens of the parser out. It never outlives the call. */
export interface Lexer {
  /** Reads one thing at a place, with its arguments, and answers where the next one begins. */
  readonly one: Reader;
  readonly raws: readonly Raw[];
  readonly partners: Partners;
  /** Whether `\over` stands anywhere. */
  readonly hasOver: boolean;
  readonly tokens: Token[];
  readonly problems: SyntaxProblem[];
  /** `\right.` and its like that belong to something already read. */
  readonly skipped: Set<number>;
  /** Environments that are open, by the closing token they need; null where they need none. */
  readonly environments: (string | null)[];
  style: string;
  /** How deep in subscripts and superscripts. */
  scripts: number;
  depth: number;
  /** Whether a single `|` is open at this level. */
  barOpen: boolean;
  spaced: boolean;
}

/** Puts out one token; the first one after blanks is marked so. */
export function emit(lexer: Lexer, kind: TokenKind, text: string, span: Span): void {
  lexer.tokens.push({ kind, text, span, spaced: lexer.spaced });
  lexer.spaced = false;
}

/** A number, by its digits. */
export function emitNumber(lexer: Lexer, digits: string, span: Span): void {
  lexer.tokens.push({ kind: 'number', value: Number(digits), text: digits, span, spaced: lexer.spaced });
  lexer.spaced = false;
}

/** The span of the tokens of TeX from one number up to, and without, another. */
export function spanOf(lexer: Lexer, from: number, to: number): Span {
  const first = lexer.raws[from] ?? lexer.raws.at(-1);
  if (first === undefined) return { start: 0, end: 0 };
  if (to <= from + 1) return { start: first.start, end: first.end };
  const last = lexer.raws[to - 1] ?? first;
  return { start: first.start, end: Math.max(first.end, last.end) };
}

/** The empty span at the end of what is read. */
export function lastSpan(lexer: Lexer): Span {
  const end = lexer.raws.at(-1)?.end ?? 0;
  return { start: end, end };
}

/** The token of TeX with that number, as written. */
export function textAt(lexer: Lexer, at: number): string | undefined {
  return lexer.raws[at]?.text;
}

/** The text of the next token that is neither blank nor spacing. */
export function nextText(lexer: Lexer, at: number): string | undefined {
  let next = skipBlanks(lexer.raws, at);
  while (VANISHING.has(textAt(lexer, next) ?? '')) next = skipBlanks(lexer.raws, next + 1);
  return textAt(lexer, next);
}

/** Spacing is not put out; the next token remembers it. */
export function blank(lexer: Lexer, at: number): number {
  lexer.spaced = true;
  return at + 1;
}
