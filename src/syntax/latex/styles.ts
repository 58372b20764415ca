import type { Span } from '../../base/span.ts';
import { SWITCHES, VANISHING } from '../latex-symbols.ts';
import { isControlWord, type Raw, rawText } from '../tex-tokens.ts';
import type { Token } from '../token.ts';
import { argumentRange, argumentTokens } from './arguments.ts';
import { emitFunction, knownFunction } from './letters.ts';
import { emit, type Lexer, nextText, spanOf, textAt } from './lexer.ts';
import { lexNested, pushGroup } from './nested.ts';

/** `\hat{x_k}` decorates the name it begins with, `\overline{AB}` makes one name of several, and over anything longer an accent is opaque. */
export function lexAccent(lexer: Lexer, at: number, to: number, accent: string): number {
  const { tokens, next } = argumentTokens(lexer, at + 1, to);
  const [first, ...rest] = tokens;
  const span = spanOf(lexer, at, next);
  if (first !== undefined && isNameable(first) && (rest.length === 0 || rest[0]?.kind === 'sub' || rest[0]?.kind === 'sup')) {
    emit(lexer, 'name', `${accent}:${first.text}`, rest.length === 0 ? span : { start: span.start, end: first.span.end });
    lexer.tokens.push(...rest);
    return next;
  }
  if (first?.kind === 'command' && first.text === 'nabla' && rest.length === 0) {
    emit(lexer, 'command', 'nabla', span);
    return next;
  }
  if (accent !== 'underline' && tokens.length > 0 && tokens.every(({ kind }) => kind === 'name' || kind === 'prime')) {
    emit(lexer, 'name', `${accent}:${tokens.map(({ text }) => text.slice(text.lastIndexOf(':') + 1)).join('')}`, span);
    return next;
  }
  emit(lexer, 'command', accent === 'underline' ? 'plain' : 'barred', { start: span.start, end: first?.span.start ?? span.end });
  pushGroup(lexer, tokens, span);
  return next;
}

function isNameable(token: Token): boolean {
  return token.kind === 'name' || (token.kind === 'number' && /^[01]$/.test(token.text));
}

/** `\mathbf{Ax}`, `\mathrm{diag}`, `\operatorname*{arg\,min}`, `\mathbf\alpha`. What is one token covers its style too. */
export function lexStyled(lexer: Lexer, at: number, to: number, style: string): number {
  const before = lexer.tokens.length;
  const next = lexWithin(lexer, at, to, style);
  const [only] = lexer.tokens.slice(before);
  if (only !== undefined && lexer.tokens.length === before + 1)
    lexer.tokens[before] = { ...bindingHere(lexer, only, next), span: spanOf(lexer, at, next) };
  return next;
}

/** `\mathop{\text{min}}_x` only binds, as `\min_x` does. */
function bindingHere(lexer: Lexer, token: Token, next: number): Token {
  const binds = token.kind === 'name' && /^(?:min|max)$/.test(token.text) && nextText(lexer, next) === '_' && lexer.scripts === 0;
  return binds ? { kind: 'command', text: 'optimum', span: token.span, spaced: token.spaced } : token;
}

function lexWithin(lexer: Lexer, at: number, to: number, style: string): number {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  const { from, end, next } = argumentRange(lexer, star, to);
  if (end === from + 1 && isControlWord(lexer.raws[from] as Raw)) return lexStyledCommand(lexer, from, to, next, style);
  const word = style === 'rm' ? uprightWord(lexer, from, end) : null;
  if (word !== null) emitUprightWord(lexer, word, at, next);
  else lexNested(lexer, from, end, isOperator(lexer, from, end) ? lexer.style : style);
  return next;
}

/** `\boldsymbol{\frac{d}{dt}}`: an operator that is printed bold differentiates by the same letter. */
function isOperator(lexer: Lexer, from: number, end: number): boolean {
  return /frac$/.test(textAt(lexer, from) ?? '') && OPERATOR.test(rawText(lexer.raws, from, end));
}

const OPERATOR = /^\\[dt]?frac\s*\{\s*(?:d|\\partial)\s*(?:\^\s*\{?\s*\d\s*\}?\s*)?\}\{\s*(?:d|\\partial)[^{}]*\}\s*$/;

/** The command under a style may take arguments of its own: `\mathbf\hat x`. */
function lexStyledCommand(lexer: Lexer, from: number, to: number, next: number, style: string): number {
  const { style: outer } = lexer;
  lexer.style = style;
  const end = lexer.one(lexer, from, next > from + 1 ? next - 1 : to);
  lexer.style = outer;
  return Math.max(end, next);
}

/** The words of `\operatorname{arg\,min}`, without spacing; null where it holds anything but words. */
function uprightWord(lexer: Lexer, from: number, end: number): string | null {
  const parts = lexer.raws.slice(from, end).filter(({ text }) => text !== ' ' && text !== '\\rm' && !VANISHING.has(text));
  const text = rawText(parts);
  return parts.length >= 2 && /^[\p{L}][\p{L}\p{N}-]+$/u.test(text) ? text : null;
}

function emitUprightWord(lexer: Lexer, word: string, at: number, next: number): void {
  const span = spanOf(lexer, at, next);
  if (/^arg(min|max)$/i.test(word)) emit(lexer, 'command', 'argmin', span);
  else if (knownFunction(word) !== undefined) emitFunction(lexer, word, next, span);
  else if (/^d[A-Za-z]$/.test(word) && !isMatrixOfDiagonal(lexer, word, next)) emitUprightDifferential(lexer, word, span);
  else emit(lexer, lexer.scripts > 0 ? 'text' : 'name', word, span);
}

/** `\mathrm{dg}(A)`, as Magnus and Neudecker call the diagonal of A; of anything else it is the differential of g. */
function isMatrixOfDiagonal(lexer: Lexer, word: string, next: number): boolean {
  return word === 'dg' && nextText(lexer, next) === '(';
}

function emitUprightDifferential(lexer: Lexer, word: string, span: Span): void {
  emit(lexer, 'name', 'rm:d', span);
  emit(lexer, 'name', word.charAt(1), span);
}

/** `\bf`: holds to the end of the group. */
export function lexSwitch(lexer: Lexer, at: number): number {
  lexer.style = SWITCHES.get(textAt(lexer, at) as string) as string;
  return at + 1;
}
