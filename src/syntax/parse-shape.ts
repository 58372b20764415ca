import type { Expr, Property, ShapeExpr } from './ast.ts';
import { accept, atEnd, type Cursor, DEEPEST, peek, sees, spanSince } from './cursor.ts';
import { POWER } from './notation.ts';
import { parseExpression } from './parse-expression.ts';
import { parsePostfixes } from './parse-postfix.ts';
import type { Token } from './token.ts';

/** A shape with the properties that came with it: `n×n symmetric`, `𝕊^n_{++}`. */
export interface Typed {
  readonly shape: ShapeExpr;
  readonly properties: readonly Property[];
}

/** The words that may stand behind a shape. */
export const PROPERTIES: ReadonlySet<string> = new Set<Property>([
  'symmetric',
  'skew',
  'projection',
  'spd',
  'orthogonal',
  'diagonal',
  'invertible',
  'lower',
  'upper',
  'positive',
  'simplex',
  'onehot',
  'binary',
  'sign',
  'unit',
]);

/** Structures of matrices that are no properties here, and no names of dimensions either. */
const UNKNOWN_STRUCTURES: ReadonlySet<string> = new Set([
  'toeplitz',
  'hankel',
  'circulant',
  'tridiagonal',
  'bidiagonal',
  'banded',
  'vandermonde',
  'hermitian',
  'unitary',
  'sparse',
]);

export function isUnknownStructure(token: Token | undefined): boolean {
  return token?.kind === 'name' && UNKNOWN_STRUCTURES.has(token.text.toLowerCase());
}

export function isProperty(token: Token | undefined): boolean {
  return token?.kind === 'name' && PROPERTIES.has(token.text);
}

/** The property words at the cursor. */
export function parseProperties(cursor: Cursor): Property[] {
  const found: Property[] = [];
  while (isProperty(peek(cursor))) {
    const word = (cursor.tokens[cursor.at++] as Token).text as Property;
    const isDefinite = word === 'positive' && (acceptWord(cursor, 'definite') || acceptWord(cursor, 'semidefinite'));
    if (word === 'upper' || word === 'lower') acceptWord(cursor, 'triangular');
    found.push(isDefinite ? 'spd' : word);
    accept(cursor, 'separator', ',');
  }
  return found;
}

function acceptWord(cursor: Cursor, word: string): boolean {
  return accept(cursor, 'name', word) !== undefined;
}

/**
 * A shape at the cursor: `n`, `m×n`, `n x 1`, `scalar`, `R^n`, `R^(m×n)`, `𝕊^n_{++}`, `Δ^{n-1}`; null
 * where none stands there.
 */
export function parseTyped(cursor: Cursor): Typed | null {
  const first = cursor.at;
  const set = parseSet(cursor);
  if (set !== null) return set;
  if (accept(cursor, 'name', 'scalar') !== undefined) return typed([], cursor, first);
  if (accept(cursor, 'name', 'vector') !== undefined) return null;
  const dims = parseBracketedDims(cursor) ?? parseDims(cursor, false);
  return dims.length === 0 ? null : typed(dims, cursor, first);
}

/** `(m×n)`, `[m×n]`, `(m, n)`: brackets around a whole shape; null, and nothing consumed, where they belong to a dimension. */
function parseBracketedDims(cursor: Cursor): Expr[] | null {
  const first = cursor.at;
  if (cursor.notation !== 'plain' || (accept(cursor, 'open', '(') ?? accept(cursor, 'open', '[')) === undefined) return null;
  const dims = parseDims(cursor, false);
  while (dims.length > 0 && accept(cursor, 'separator', ',') !== undefined) dims.push(...parseDims(cursor, false));
  if (dims.length > 1 && accept(cursor, 'close') !== undefined) return dims;
  cursor.at = first;
  return null;
}

function typed(dims: readonly Expr[], cursor: Cursor, first: number, properties: readonly Property[] = []): Typed {
  return { shape: { dims, span: spanSince(cursor, first) }, properties };
}

const REALS: ReadonlySet<string> = new Set(['R', 'ℝ', 'bb:R', 'bold:R', 'rm:R', 'cal:R', 'C', 'bb:C', 'bb:Z', 'bb:N', 'ℜ', 'reals']);
const SYMMETRICS: ReadonlySet<string> = new Set(['bb:S', 'bold:S', 'cal:S', '𝕊', 'S']);

/** A set that fixes a shape: ℝ with its exponent, the symmetric matrices, the simplex. A bare `C` is how many classes there are. */
export function parseSet(cursor: Cursor): Typed | null {
  const token = peek(cursor);
  if (token?.kind !== 'name') return null;
  const raised = sees(cursor, 'sup', undefined, 1) || sees(cursor, 'sub', undefined, 1);
  // A plain C is any set, as `C_d` is; `C^n` is the space.
  if (REALS.has(token.text) && (token.text !== 'C' || sees(cursor, 'sup', undefined, 1))) return parsePower(cursor, []);
  if (SYMMETRICS.has(token.text) && raised) return parseSymmetric(cursor, token);
  if (token.text === 'Δ' && raised) return parseSimplex(cursor);
  return null;
}

/** The exponent and the sign of `ℝ^{m×n}`, `𝕊^n_{++}`, in either order. */
function parsePower(cursor: Cursor, properties: readonly Property[]): Typed {
  const first = cursor.at++;
  let dims: Expr[] = [];
  let positive = false;
  while (sees(cursor, 'sup') || sees(cursor, 'sub')) {
    if (sees(cursor, 'sub')) positive = skipSign(cursor) || positive;
    else dims = parseExponent(cursor);
  }
  const square = properties.length > 0;
  const all = [...properties.filter(() => !positive), ...(positive ? [square ? 'spd' : 'positive'] : [])] as Property[];
  return typed(square && dims.length === 1 ? [dims[0] as Expr, dims[0] as Expr] : dims, cursor, first, all);
}

/** `𝕊^n_{++}`, `𝕊_n`, and the sphere `S^{n-1}`; null, and nothing consumed, for `S_k`, which may be any set, and for the sphere `S^2`. */
function parseSymmetric(cursor: Cursor, { text }: Token): Typed | null {
  const first = cursor.at;
  const lowered = sees(cursor, 'sub', undefined, 1) ? loweredDim(cursor) : null;
  if (lowered !== null) return text === 'S' ? back(cursor, first) : typed([lowered, lowered], cursor, first, ['symmetric']);
  const set = parsePower(cursor, ['symmetric']);
  const [dim] = set.shape.dims;
  if (dim === undefined) return back(cursor, first);
  if (set.properties.includes('spd')) return set;
  if (dim.kind === 'number' && text === 'S') return back(cursor, first);
  return dim.kind === 'apply' && dim.op === 'sub' ? { shape: { ...set.shape, dims: [oneMore(dim)] }, properties: [] } : set;
}

function back(cursor: Cursor, first: number): null {
  cursor.at = first;
  return null;
}

/** The dimension below a set, which is consumed; null, and nothing consumed, where signs stand there. */
function loweredDim(cursor: Cursor): Expr | null {
  const first = cursor.at++;
  const dim = sees(cursor, 'sub') ? parseLowered(cursor) : undefined;
  if (dim !== undefined && !sees(cursor, 'sup')) return dim;
  cursor.at = first;
  return null;
}

/** `_{++}`, `_+`, `_{>0}`: whether the sign is strictly positive or semidefinite, which sampling treats alike. */
function skipSign(cursor: Cursor): boolean {
  cursor.at++;
  const braced = accept(cursor, 'group') !== undefined;
  let signs = 0;
  while (!atEnd(cursor) && (sees(cursor, 'operator', '+') || sees(cursor, 'relation') || (braced && !sees(cursor, 'ungroup')))) {
    signs++;
    cursor.at++;
    if (!braced && signs === 2) break;
  }
  if (braced) accept(cursor, 'ungroup');
  return signs > 0;
}

function parseExponent(cursor: Cursor): Expr[] {
  cursor.at++;
  const group = accept(cursor, 'group') !== undefined;
  const paren = accept(cursor, 'open', '(') !== undefined;
  if (!group && !paren) return parseBareExponent(cursor);
  const dims = parseDims(cursor, false);
  if (paren) accept(cursor, 'close', ')');
  if (group) accept(cursor, 'ungroup');
  return dims;
}

/** `R^m×n` without brackets: the stroke goes on, unless another set follows it. */
function parseBareExponent(cursor: Cursor): Expr[] {
  const dims = [parseExpression(cursor, POWER.postfix)];
  while (isTimes(cursor) && !REALS.has(peek(cursor, 1)?.text ?? '')) {
    cursor.at++;
    dims.push(parseExpression(cursor, POWER.postfix));
  }
  return dims;
}

/** `Δ^{n-1}`: points of ℝⁿ whose entries are positive and add up to one. */
function parseSimplex(cursor: Cursor): Typed {
  const first = cursor.at++;
  const superscript = sees(cursor, 'sup');
  const [dim] = superscript ? parseExponent(cursor) : [parseLowered(cursor)];
  if (dim === undefined) return typed([], cursor, first, ['simplex']);
  return typed([superscript ? oneMore(dim) : dim], cursor, first, ['simplex']);
}

function oneMore(dim: Expr): Expr {
  const one: Expr = { kind: 'number', value: 1, span: dim.span };
  return { kind: 'apply', op: 'add', args: [dim, one], span: dim.span };
}

function parseLowered(cursor: Cursor): Expr | undefined {
  cursor.at++;
  const braced = accept(cursor, 'group') !== undefined;
  const dim = parseDim(cursor, false) ?? undefined;
  if (braced) accept(cursor, 'ungroup');
  return dim;
}

function isTimes(cursor: Cursor): boolean {
  if (sees(cursor, 'operator', '×')) return true;
  const token = peek(cursor);
  return cursor.notation === 'plain' && token?.kind === 'name' && token.text === 'x' && token.spaced && startsDim(cursor, 1);
}

function startsDim(cursor: Cursor, ahead: number): boolean {
  const token = peek(cursor, ahead);
  return (
    token !== undefined &&
    (token.kind === 'number' || (token.kind === 'name' && !isProperty(token) && !isUnknownStructure(token)) || token.text === '(')
  );
}

/** Dimensions with × between them. `tight` ones hold no blanks, as in a shape line. */
export function parseDims(cursor: Cursor, tight: boolean): Expr[] {
  const crossed = cursor.notation === 'plain' ? parseCrossed(cursor) : null;
  if (crossed !== null) return crossed;
  const first = parseDim(cursor, tight);
  if (first === null) return [];
  const dims = [first];
  while (isTimes(cursor)) {
    const before = cursor.at++;
    const next = parseDim(cursor, tight);
    if (next === null) {
      cursor.at = before;
      break;
    }
    dims.push(next);
  }
  return dims;
}

/** `mxn`, `nx1`, `3x4`: the cross typed as an x without blanks; null, and nothing consumed, for anything else. */
function parseCrossed(cursor: Cursor): Expr[] | null {
  const first = peek(cursor);
  if (first?.kind !== 'name' && first?.kind !== 'number') return null;
  const rest = peek(cursor, 1);
  const together = first.kind === 'number' && rest?.kind === 'name' && !rest.spaced ? `${first.text}${rest.text}` : first.text;
  const [, rows, cols] = /^(\p{L}\d*|\d+)x(\p{L}\d*|\d+)$/u.exec(together) ?? [];
  if (rows === undefined || cols === undefined) return null;
  cursor.at += together === first.text ? 1 : 2;
  const { start } = first.span;
  return [lettered(rows, start), lettered(cols, start + rows.length + 1)];
}

function lettered(text: string, start: number): Expr {
  const span = { start, end: start + text.length };
  return /^\d/.test(text) ? { kind: 'number', value: Number(text), span } : { kind: 'name', name: text, span };
}

/** One dimension: a sum of products of names and numbers; null where none begins. */
export function parseDim(cursor: Cursor, tight: boolean): Expr | null {
  let left = parseDimProduct(cursor, tight);
  while (left !== null && (sees(cursor, 'operator', '+') || sees(cursor, 'operator', '-')) && !(tight && peek(cursor)?.spaced)) {
    const before = cursor.at;
    const op = (cursor.tokens[cursor.at++] as Token).text === '+' ? 'add' : 'sub';
    const right = parseDimProduct(cursor, tight);
    if (right === null) {
      cursor.at = before;
      break;
    }
    left = { kind: 'apply', op, args: [left, right], span: { start: left.span.start, end: right.span.end } };
  }
  return left;
}

function parseDimProduct(cursor: Cursor, tight: boolean): Expr | null {
  let left = parseDimFactor(cursor);
  while (left !== null && goesOn(cursor, tight)) {
    const divided = accept(cursor, 'operator', '/') !== undefined;
    if (!divided) accept(cursor, 'operator', '*') ?? accept(cursor, 'operator', '·');
    const right = parseDimFactor(cursor);
    if (right === null) break;
    left = { kind: 'apply', op: divided ? 'div' : 'mul', args: [left, right], span: { start: left.span.start, end: right.span.end } };
  }
  return left;
}

function goesOn(cursor: Cursor, tight: boolean): boolean {
  const token = peek(cursor);
  if (token === undefined || (tight && token.spaced)) return false;
  if (sees(cursor, 'operator', '*') || sees(cursor, 'operator', '·') || sees(cursor, 'operator', '/')) return true;
  return startsDim(cursor, 0) && !isTimes(cursor);
}

function parseDimFactor(cursor: Cursor): Expr | null {
  if (!startsDim(cursor, 0)) return null;
  const token = cursor.tokens[cursor.at] as Token;
  if (token.text === '(') return parseBracketedDim(cursor);
  cursor.at++;
  const atom: Expr =
    token.kind === 'number'
      ? { kind: 'number', value: 'value' in token ? token.value : 0, span: token.span }
      : { kind: 'name', name: token.text, span: token.span };
  return sees(cursor, 'sub') || sees(cursor, 'sup') ? parsePostfixes(cursor, atom) : atom;
}

function parseBracketedDim(cursor: Cursor): Expr | null {
  if (cursor.depth >= DEEPEST) return null;
  const first = cursor.at++;
  cursor.depth++;
  const inner = parseDim(cursor, false);
  cursor.depth--;
  if (inner === null || accept(cursor, 'close', ')') === undefined) {
    cursor.at = first;
    return null;
  }
  return { ...inner, span: spanSince(cursor, first) };
}
