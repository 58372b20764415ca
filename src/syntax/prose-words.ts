import { isDigit, isLetter } from '../base/characters.ts';
import type { Span } from '../base/span.ts';
import type { Expr, Statement } from './ast.ts';
import { MATH_MARK } from './blocks/piece.ts';
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

/** "i.i.d." ends no sentence. */
const PARTS = /\uE000\uE001*|i\.i\.d\.|\p{L}[\p{L}\p{M}]*(?:[-'’]\p{L}+)*|\d+|[,()|:&×]|[.;!?]|\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]/gu;

/** The words of a paragraph, each with its place in the text. */
export function wordsIn(words: string, span: Span, mathematics: readonly ProseMath[]): Word[] {
  const at = new Map(mathematics.map((one) => [one.outer.start, one]));
  const found: Word[] = [];
  for (const { 0: part, index } of words.replace(/[‐–]/g, '-').matchAll(PARTS)) {
    const start = span.start + index;
    found.push(wordOf(part, { start, end: start + part.length }, at));
  }
  return found;
}

function wordOf(text: string, span: Span, mathematics: ReadonlyMap<number, ProseMath>): Word {
  const math = text.startsWith(MATH_MARK) ? mathematics.get(span.start) : undefined;
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

/** What a formula names without saying what it equals. */
export function namedBy(word: Word | undefined): readonly Expr[] {
  return word?.kind === 'math' ? word.math.statements.flatMap(namedIn) : [];
}

function namedIn(statement: Statement): readonly Expr[] {
  if (statement.kind === 'declaration') return statement.names;
  return statement.kind === 'equation' && statement.sides.length === 1 ? statement.sides : [];
}
