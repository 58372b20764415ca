import type { Span } from '../../base/span.ts';
import { CASES, TEXTS } from '../latex-symbols.ts';
import { skipBlanks } from '../tex-tokens.ts';
import { argumentRange, optionalEnd } from './arguments.ts';
import { environmentName } from './environments.ts';
import { blank, emit, type Lexer, nextText, spanOf, textAt } from './lexer.ts';
import { lexNested } from './nested.ts';

/** `\bigl(`: a bracket covers the size it is given. */
export function lexSized(lexer: Lexer, at: number, to: number): number {
  const next = skipBlanks(lexer.raws, at + 1);
  if (next >= to || !/^(?:[([\])|.]|\\[{}]|\\\|)$/.test(textAt(lexer, next) ?? '')) return blank(lexer, at);
  const before = lexer.tokens.length;
  const end = lexer.one(lexer, next, to);
  const bracket = lexer.tokens[before];
  if (bracket !== undefined && end === next + 1) lexer.tokens[before] = { ...bracket, span: spanOf(lexer, at, end) };
  return end;
}

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['(', '()'],
  [')', '()'],
  ['[', '[]'],
  [']', '[]'],
  ['\\{', '{}'],
  ['\\}', '{}'],
  ['\\lbrace', '{}'],
  ['\\rbrace', '{}'],
  ['<', '⟨⟩'],
  ['>', '⟨⟩'],
  ['\\langle', '⟨⟩'],
  ['\\rangle', '⟨⟩'],
  ['|', '||'],
  ['\\vert', '||'],
  ['\\lvert', '||'],
  ['\\rvert', '||'],
  ['\\|', '‖‖'],
  ['\\Vert', '‖‖'],
  ['\\lVert', '‖‖'],
  ['\\rVert', '‖‖'],
  ['\\lbrack', '[]'],
  ['\\rbrack', '[]'],
  ['\\lfloor', '()'],
  ['\\rfloor', '()'],
  ['\\lceil', '()'],
  ['\\rceil', '()'],
  ['⟨', '⟨⟩'],
  ['⟩', '⟨⟩'],
  ['‖', '‖‖'],
  ['/', '//'],
  ['\\llbracket', '[]'],
  ['\\rrbracket', '[]'],
  ['\\lgroup', '()'],
  ['\\rgroup', '()'],
]);

/** `\left(`. */
export function lexLeft(lexer: Lexer, at: number, to: number): number {
  const delimiter = skipBlanks(lexer.raws, at + 1);
  const text = textAt(lexer, delimiter);
  const right = lexer.partners[at];
  const after = Math.min(delimiter + 1, to);
  if (text === '.') return lexLeftNull(lexer, at, after, right);
  const pair = DELIMITERS.get(text ?? '');
  if (pair === undefined || pair === '//') return at + 1;
  if (
    pair === '{}' &&
    right !== undefined &&
    textAt(lexer, skipBlanks(lexer.raws, right + 1)) === '.' &&
    lexBraceSystem(lexer, after, right)
  )
    return after;
  const known = right !== undefined;
  if (text !== undefined) emitRounding(lexer, text, spanOf(lexer, at, after));
  emit(lexer, known || !isBarPair(pair) ? 'open' : 'bar', pair.charAt(0), spanOf(lexer, at, after));
  return after;
}

const ROUNDING: ReadonlyMap<string, string> = new Map([
  ['\\lfloor', 'floor'],
  ['\\lceil', 'ceil'],
]);

/** `\lfloor x \rfloor` is a function applied, of which nothing else is known. */
function emitRounding(lexer: Lexer, bracket: string, span: Span): void {
  const name = ROUNDING.get(bracket);
  if (name !== undefined) emit(lexer, 'name', name, { start: span.start, end: span.start });
}

/** `\lfloor` without `\left`. */
export function lexRounding(lexer: Lexer, at: number): number {
  emitRounding(lexer, textAt(lexer, at) as string, spanOf(lexer, at, at + 1));
  emit(lexer, 'open', '(', spanOf(lexer, at, at + 1));
  return at + 1;
}

function isBarPair(pair: string): boolean {
  return pair === '||' || pair === '‖‖';
}

/** `\left. … \right|_{x=0}` evaluates; any other `\left.` only balances a `\right` of another line. */
function lexLeftNull(lexer: Lexer, at: number, after: number, right: number | undefined): number {
  if (right === undefined) return after;
  const delimiter = skipBlanks(lexer.raws, right + 1);
  const pair = DELIMITERS.get(textAt(lexer, delimiter) ?? '');
  const mark = textAt(lexer, skipBlanks(lexer.raws, delimiter + 1));
  if (pair !== undefined && (isBarPair(pair) || pair === '[]') && (mark === '_' || mark === '^'))
    emit(lexer, 'open', 'evaluated', spanOf(lexer, at, after));
  return after;
}

/** `\left\{ \begin{array} … \right.`: a case distinction, or a system of equations, which the brace only groups. */
function lexBraceSystem(lexer: Lexer, after: number, right: number): boolean {
  const begin = skipBlanks(lexer.raws, after);
  if (textAt(lexer, begin) !== '\\begin') return false;
  lexer.skipped.add(right);
  if (!CASES.has(environmentName(lexer, begin, right).name) && !isSystem(lexer, begin, right)) lexer.skipped.add(begin);
  else lexer.skipped.add(-begin);
  return true;
}

/** Whether the first row of an environment is an equation rather than a value with its condition. */
function isSystem(lexer: Lexer, begin: number, right: number): boolean {
  for (let at = environmentName(lexer, begin, right).next; at < right; at++) {
    const text = textAt(lexer, at) as string;
    if (text === '{') at = Math.max(at, lexer.partners[at] ?? at);
    if (text === '=') return true;
    if (text === '&') return nextText(lexer, at + 1) === '=';
    if (text === '\\\\' || text === ',' || TEXTS.has(text)) return false;
  }
  return false;
}

/** `\right)`. */
export function lexRight(lexer: Lexer, at: number, to: number): number {
  const delimiter = skipBlanks(lexer.raws, at + 1);
  const after = Math.min(delimiter + 1, to);
  const text = textAt(lexer, delimiter);
  const pair = DELIMITERS.get(text ?? '');
  if (lexer.skipped.has(at) || text === '.') return after;
  if (pair === undefined || pair === '//') return at + 1;
  const left = lexer.partners[at];
  const known = left !== undefined && textAt(lexer, skipBlanks(lexer.raws, left + 1)) !== '.';
  const evaluates = left !== undefined && !known && nextIsScript(lexer, after);
  const kind = known || evaluates || !isBarPair(pair) ? 'close' : 'bar';
  emit(lexer, kind, evaluates && isEvaluating(pair) ? 'evaluated' : pair.charAt(1), spanOf(lexer, at, after));
  return after;
}

function nextIsScript(lexer: Lexer, at: number): boolean {
  const mark = textAt(lexer, skipBlanks(lexer.raws, at));
  return mark === '_' || mark === '^';
}

function isEvaluating(pair: string): boolean {
  return isBarPair(pair) || pair === '[]';
}

/** `\norm{x}`, `\abs{x}`: brackets by a command. */
export function lexDelimited(lexer: Lexer, at: number, to: number, open: string, close: string): number {
  const star = textAt(lexer, at + 1) === '*' ? at + 2 : at + 1;
  const { from, end, next } = argumentRange(lexer, optionalEnd(lexer, star, to), to);
  emit(lexer, 'open', open, spanOf(lexer, at, Math.max(at + 1, from)));
  lexNested(lexer, from, end);
  emit(lexer, 'close', close, spanOf(lexer, Math.max(at, next - 1), next));
  return next;
}

/** `\ip{x}{y}`, `\inner{x, y}`. */
export function lexInnerProduct(lexer: Lexer, at: number, to: number): number {
  const left = argumentRange(lexer, at + 1, to);
  const right = argumentRange(lexer, left.next, to);
  const two = textAt(lexer, skipBlanks(lexer.raws, left.next)) === '{';
  emit(lexer, 'open', '⟨', spanOf(lexer, at, at + 1));
  lexNested(lexer, left.from, left.end);
  if (two) {
    emit(lexer, 'separator', ',', spanOf(lexer, right.from - 1, right.from));
    lexNested(lexer, right.from, right.end);
  }
  const next = two ? right.next : left.next;
  emit(lexer, 'close', '⟩', spanOf(lexer, next - 1, next));
  return next;
}

const MATRIX_BRACKETS: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['|', '|'],
]);

/** `\mqty(a & b \\ c & d)`, `\pmqty{…}`: a matrix by a command of physics, its brackets or bars around it. */
export function lexMatrixQuantity(lexer: Lexer, at: number, to: number): number {
  const open = skipBlanks(lexer.raws, at + 1);
  const bracket = textAt(lexer, open) ?? '';
  const closing = MATRIX_BRACKETS.get(bracket);
  const close = closing === undefined ? -1 : closingOf(lexer, open, to, closing);
  if (close < 0) return lexDelimited(lexer, at, to, 'matrix', 'matrix');
  const kind = bracket === '|' ? 'determinant' : 'matrix';
  emit(lexer, 'open', kind, spanOf(lexer, at, open + 1));
  lexNested(lexer, open + 1, close);
  emit(lexer, 'close', kind, spanOf(lexer, close, close + 1));
  return close + 1;
}

/** Where a bracket is closed; -1 where it is not. */
function closingOf(lexer: Lexer, open: number, to: number, closing: string): number {
  for (let next = open + 1, depth = 0; next < to; next++) {
    const text = textAt(lexer, next) as string;
    if (text === closing && depth-- === 0) return next;
    if (text === textAt(lexer, open)) depth++;
    if (text === '{') next = Math.max(next, lexer.partners[next] ?? next);
  }
  return -1;
}
