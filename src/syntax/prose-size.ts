import { cover, type Span } from '../base/span.ts';
import type { Expr, Property, ShapeExpr } from './ast.ts';
import { atEnd, cursorOver } from './cursor.ts';
import { splitOutside } from './parse-environment.ts';
import { membershipOf } from './parse-membership.ts';
import { shapeOfNote } from './parse-note.ts';
import { parseDims } from './parse-shape.ts';
import type { ProseMath, Word } from './prose-words.ts';
import { outsideRelation, type Token } from './token.ts';

/** A size in a sentence: one dimension or two, and the number of the word behind it. */
export interface Size {
  readonly dims: readonly Expr[];
  readonly span: Span;
  readonly next: number;
  /** Whether it is the order of a square matrix. */
  readonly isOrder?: true;
  /** What is said of each of so many entries. */
  readonly properties?: readonly Property[];
}

/** `$m\times n$`, `$m$ by $n$`, `$(N, D)$`, `3 × 3`, `$n$`, `28` at a word; null where none stands there. */
export function sizeAt(words: readonly Word[], at: number): Size | null {
  const word = words[at];
  if (word === undefined) return null;
  const pair = word.kind === 'math' ? pairOf(word.math.tokens) : null;
  if (pair !== null) return { dims: pair, span: word.span, next: at + 1 };
  const rows = dimAt(word);
  if (rows === null) return null;
  const between = words[at + 1]?.text;
  const second = words[at + 2];
  const cols = (between === 'by' || between === '×' || between === 'x') && second !== undefined ? dimAt(second) : null;
  if (cols === null || second === undefined) return { dims: [rows], span: word.span, next: at + 1 };
  return { dims: [rows, cols], span: cover(word.span, second.span), next: at + 3 };
}

/** "(`$n\times n$`)", `$(n\times n)$`: two numbers in brackets, within a formula or around it. */
export function sizeInBrackets(words: readonly Word[], at: number): Size | null {
  const word = words[at];
  if (word?.kind === 'math') return isBracketed(word.math) ? sizeAt(words, at) : null;
  const size = word?.text === '(' ? sizeAt(words, at + 1) : null;
  return size?.dims.length === 2 && words[size.next]?.text === ')' ? { ...size, next: size.next + 1 } : null;
}

/** `$(n\times n)$`. */
export function isBracketed({ tokens, displayed }: ProseMath): boolean {
  return !displayed && tokens[0]?.kind === 'open' && tokens[0].text === '(' && tokens.some(({ text }) => text === '×');
}

/** `$m \times n$`, `$(m, n)$`: two dimensions in one piece of mathematics. */
function pairOf(tokens: readonly Token[]): readonly Expr[] | null {
  if (tokens.length < 3) return null;
  const note = tokens.some((token) => token.text === '×') ? shapeOfNote(cursorOver(tokens, 'latex', 0), tokens) : null;
  if (note?.dims.length === 2) return note.dims;
  if (tokens[0]?.kind !== 'open' || tokens.at(-1)?.kind !== 'close') return null;
  const parts = splitOutside(tokens.slice(1, -1), (token) => token.kind === 'separator' && token.text === ',');
  const dims = parts.map(dimOf);
  return dims.length === 2 && dims.every((dim) => dim !== null) ? dims : null;
}

/** One dimension: `$n$`, `$n-1$`, `28`. */
function dimAt(word: Word): Expr | null {
  if (word.kind === 'number') return { kind: 'number', value: Number(word.text), span: word.span };
  return word.kind === 'math' ? dimOf(word.math.tokens) : null;
}

function dimOf(tokens: readonly Token[]): Expr | null {
  if (tokens.length === 0 || outsideRelation(tokens) !== undefined) return null;
  const cursor = cursorOver(tokens, 'latex', 0);
  const dims = parseDims(cursor, false);
  return dims.length === 1 && atEnd(cursor) && cursor.problems.length === 0 ? (dims[0] as Expr) : null;
}

/** "a vector in `$\mathbb R^n$`": the shape of what is in the set. */
export function setAt(words: readonly Word[], at: number): ShapeExpr | null {
  const word = words[at];
  if (word?.kind !== 'math') return null;
  const { tokens } = word.math;
  const set = tokens[0]?.text === '∈' ? tokens.slice(1) : tokens;
  return membershipOf(cursorOver(set, 'latex', 0), set)?.shape ?? null;
}
