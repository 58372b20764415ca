import { isDigit, isLetter } from '../base/characters.ts';
import type { Span } from '../base/span.ts';
import type { Expr, Statement } from './ast.ts';
import { MATH_FILL, MATH_MARK } from './blocks/piece.ts';
import { inEnglish } from './prose-languages.ts';
import type { Token } from './token.ts';

/** Mathematics within a sentence: where it stands, and what it was read as. */
export interface ProseMath {
  readonly outer: Span;
  /** Whether it stands in a line of its own. */
  readonly displayed: boolean;
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
}

/** A sentence in parts: words in small letters, signs, numbers in digits, mathematics, and where it ends. */
export type Word =
  | { readonly kind: 'word' | 'sign' | 'number' | 'stop'; readonly text: string; readonly span: Span }
  | { readonly kind: 'math'; readonly math: ProseMath; readonly text: ''; readonly span: Span };

/** Reads what sentences say in one way, of which each has one of the telling words; that of a formula is the empty one. */
export interface ProseReader {
  readonly telling: readonly string[];
  /** What the words of a paragraph say so; `said` is what they say without a telling word. */
  readonly read: (words: readonly Word[], said: readonly Statement[]) => readonly Statement[];
}

/** What is more than letters of ASCII, one sign, or mathematics. "i.i.d." ends no sentence. */
const PART = /i\.i\.d\.|\p{L}[\p{L}\p{M}]*(?:[-'’]\p{L}+)*|\d+|[,()|:&×]|[.;!?]|\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]/uy;

/** The words of a paragraph, each with its place in the text. */
export function wordsIn(words: string, span: Span, mathematics: readonly ProseMath[]): readonly Word[] {
  const formulas = new Map(mathematics.map((one) => [one.outer.start, one]));
  const text = words.replace(/[‐–，、。；：（）？！]/g, (sign) => ASCII[sign] as string);
  const found: Word[] = [];
  for (let at = 0; at < text.length; ) {
    const end = partEnd(text, at);
    if (end > at) found.push(wordOf(text.slice(at, end), { start: span.start + at, end: span.start + end }, formulas));
    at = Math.max(end, at + 1);
  }
  return inEnglish(found);
}

/** Signs of the width of a Chinese character, and hyphens, as they are written elsewhere. */
const ASCII: Readonly<Record<string, string>> = {
  '‐': '-',
  '–': '-',
  '，': ',',
  '、': ',',
  '。': '.',
  '；': ';',
  '：': ':',
  '（': '(',
  '）': ')',
  '？': '?',
  '！': '!',
};

/** Where the part that begins at an offset ends; the offset itself where none begins. Most words are letters, digits and signs of ASCII, for which no expression is asked. */
function partEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 32) return at;
  if (code === MARK) return fillEnd(text, at + 1);
  if (isAsciiLetter(code)) {
    let end = at + 1;
    while (isAsciiLetter(text.charCodeAt(end))) end++;
    if (!goesOn(text.charCodeAt(end))) return end;
  } else if (code < 128 && code !== NEWLINE) return isDigitCode(code) ? digitsEnd(text, at + 1) : SIGNS_AND_STOPS.has(code) ? at + 1 : at;
  PART.lastIndex = at;
  return PART.test(text) ? PART.lastIndex : at;
}

const MARK = MATH_MARK.charCodeAt(0);
const NEWLINE = 10;
const SIGNS_AND_STOPS: ReadonlySet<number> = new Set([...',()|:&.;!?'].map((sign) => sign.charCodeAt(0)));

function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (isDigitCode(text.charCodeAt(end))) end++;
  return end;
}
const FILL = new RegExp(`${MATH_FILL}*`, 'y');

function fillEnd(text: string, from: number): number {
  FILL.lastIndex = from;
  FILL.test(text);
  return FILL.lastIndex;
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Whether a word may go on behind letters: with a hyphen, an apostrophe, the point of "i.i.d.", a letter of another alphabet. */
function goesOn(code: number): boolean {
  return code === 45 || code === 39 || code === 46 || (code >= 128 && code !== MARK);
}

function wordOf(text: string, span: Span, formulas: ReadonlyMap<number, ProseMath>): Word {
  const math = text.startsWith(MATH_MARK) ? formulas.get(span.start) : undefined;
  if (math !== undefined) return { kind: 'math', math, text: '', span };
  const kind = kindOf(text);
  return { kind, text: kind === 'word' ? text.toLowerCase() : text, span };
}

function kindOf(text: string): 'word' | 'sign' | 'number' | 'stop' {
  if (isLetter(text.charAt(0))) return 'word';
  if (isDigit(text.charAt(0))) return 'number';
  return SIGNS.has(text) ? 'sign' : /^\p{L}/u.test(text) ? 'word' : 'stop';
}

const SIGNS: ReadonlySet<string> = new Set(',()|:&×');

/** Asks whether a word is one of some: a set tells it sooner than an expression, which has to be compiled first. */
export function anyOf(words: string): (word: Word | undefined) => boolean {
  const known = new Set(words.split(' '));
  return (word) => word !== undefined && known.has(word.text);
}

/** The only statement of a formula. */
export function soleStatement(word: Word | undefined): Statement | undefined {
  return word?.kind === 'math' && word.math.statements.length === 1 ? word.math.statements[0] : undefined;
}

/** What a formula names without saying what it equals. */
export function namedBy(word: Word | undefined): readonly Expr[] {
  return word?.kind === 'math' ? word.math.statements.flatMap(namedIn) : [];
}

function namedIn(statement: Statement): readonly Expr[] {
  if (statement.kind === 'declaration') return statement.names;
  return statement.kind === 'equation' && statement.sides.length === 1 ? statement.sides : [];
}
