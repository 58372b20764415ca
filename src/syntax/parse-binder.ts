import { cover } from '../base/span.ts';
import type { BinderExpr, Expr, IndexComparison, IndexRelation, NameExpr } from './ast.ts';
import { accept, atEnd, type Cursor, peek, sees, spanSince } from './cursor.ts';
import { POWER } from './notation.ts';
import { hole, parseExpression } from './parse-expression.ts';
import type { Token } from './token.ts';

interface Bounds {
  readonly names: readonly NameExpr[];
  readonly from: Expr | null;
  readonly to: Expr | null;
  readonly comparison: BinderExpr['comparison'];
  readonly among?: string;
}

/** `Σ_{i=1}^{N} body`, `sum_i body`, `∏_{i} body`; the cursor is on the sign. */
export function parseBinder(cursor: Cursor): BinderExpr {
  const first = cursor.at;
  const sign = cursor.tokens[cursor.at++] as Token;
  const bounds = parseBounds(cursor);
  const signSpan = spanSince(cursor, first);
  const body = isNamedOnly(cursor) ? hole(signSpan) : parseExpression(cursor, POWER.sum);
  const binder = sign.text === 'prod' ? 'product' : 'sum';
  return { kind: 'binder', binder, ...bounds, body, span: cover(signSpan, body.span) };
}

/** `\displaystyle\sum_{i}` with nothing behind it only names the sign. */
function isNamedOnly(cursor: Cursor): boolean {
  return cursor.notation === 'latex' && (atEnd(cursor) || sees(cursor, 'ungroup'));
}

/** The marks below and above the sign, in either order. */
export function parseBounds(cursor: Cursor): Bounds {
  let bounds: Bounds = { names: [], from: null, to: null, comparison: null };
  while (sees(cursor, 'sub') || sees(cursor, 'sup')) {
    const below = sees(cursor, 'sub');
    cursor.at++;
    bounds = below ? { ...bounds, ...parseBelowSign(cursor) } : { ...bounds, to: parseBound(cursor) };
  }
  return bounds;
}

function parseBound(cursor: Cursor): Expr {
  const braced = accept(cursor, 'group') !== undefined;
  const bound = parseExpression(cursor, braced ? 0 : POWER.postfix);
  if (braced) skipGroup(cursor);
  return bound;
}

/** `i`, `{i=1}`, `{i,j}`, `{i≠j}`, `{i=1..N}`, `{i ∈ S}`. */
function parseBelowSign(cursor: Cursor): Partial<Bounds> {
  const braced = accept(cursor, 'group') !== undefined;
  const written = parseNames(cursor, braced);
  const names = written.filter(({ name }, at) => written.findIndex((one) => one.name === name) === at);
  if (!braced) return { names };
  const comparison = parseComparison(cursor, written.at(-1));
  if (comparison !== null) return { names, comparison };
  const relation = accept(cursor, 'relation');
  const bounds = relation?.text === '=' ? parseRange(cursor) : {};
  const among = condition(names, relation ?? null, takeRest(cursor));
  return { names, ...bounds, ...(among === null ? {} : { among }) };
}

const COMPARISONS: ReadonlySet<string> = new Set<IndexRelation>(['≠', '<', '≤', '>', '≥']);

/** `≠ j`, `< i`, `: i ≥ k - 1` behind letters, up to the end of the group; null, and the cursor where it was, for anything else. */
function parseComparison(cursor: Cursor, last: NameExpr | undefined): IndexComparison<Expr> | null {
  const first = cursor.at;
  const isApart = last !== undefined && accept(cursor, 'relation', ':') !== undefined;
  const left = isApart ? parseNames(cursor, false)[0] : last;
  const sign = accept(cursor, 'relation');
  if (left !== undefined && sign !== undefined && COMPARISONS.has(sign.text)) {
    const right = parseExpression(cursor);
    if (isOfLetters(right) && accept(cursor, 'ungroup') !== undefined) return { left, relation: sign.text as IndexRelation, right };
  }
  cursor.at = first;
  return null;
}

/** A letter or a number, or what is so much more or less than one. */
function isOfLetters(expr: Expr): boolean {
  if (expr.kind === 'apply' && (expr.op === 'add' || expr.op === 'sub')) return expr.args.every(isOfLetters);
  return expr.kind === 'name' || expr.kind === 'number';
}

/** What stands below a sign besides names and a range: a set, a condition; null where that leaves nothing out. */
function condition(names: readonly NameExpr[], relation: Token | null, rest: readonly Token[]): string | null {
  const [first] = rest;
  if (first === undefined || names.length === 0 || rest.some(({ kind }) => kind === 'dots')) return null;
  // `[n]` is `{1, …, n}`.
  if (relation?.text === '∈' && first.text === '[' && rest.length === 3) return null;
  const own = new Map(names.map(({ name }, at) => [name, `#${at + 1}`]));
  const said = relation === null || relation.text === '=' || relation.text === ':' ? rest : [relation, ...rest];
  return said.map(({ text }) => own.get(text) ?? text).join(' ');
}

function parseNames(cursor: Cursor, several: boolean): NameExpr[] {
  const names: NameExpr[] = [];
  while (sees(cursor, 'name')) {
    const token = peek(cursor) as Token;
    cursor.at++;
    names.push(...indexNames(cursor, token));
    if (!several) break;
    accept(cursor, 'separator', ',');
  }
  return names;
}

/** `Σ_ij` in plain notation runs over two indices, as `A_ij` has two. */
function indexNames({ notation }: Cursor, { text, span }: Token): NameExpr[] {
  const letters = notation === 'plain' && /^[i-n]{2,3}$/.test(text) ? [...text] : [text];
  return letters.map((name) => ({ kind: 'name', name, span }));
}

function parseRange(cursor: Cursor): Partial<Bounds> {
  const from = parseExpression(cursor);
  return accept(cursor, 'dots', '..') === undefined ? { from } : { from, to: parseExpression(cursor) };
}

/** What is left of a group, which the cursor moves behind. */
function takeRest(cursor: Cursor): readonly Token[] {
  const first = cursor.at;
  skipGroup(cursor);
  const taken = cursor.tokens.slice(first, cursor.at);
  const inside = taken.at(-1)?.kind === 'ungroup' ? taken.slice(0, -1) : taken;
  const isEdge = (token: Token) => token.kind === 'separator' || token.text === ':' || token.kind === 'bar' || token.kind === 'newline';
  const begin = inside.findIndex((token) => !isEdge(token));
  return begin < 0 ? [] : inside.slice(begin);
}

/** Moves behind the brace that closes this level. */
function skipGroup(cursor: Cursor): void {
  for (let depth = 0; !atEnd(cursor); cursor.at++) {
    const kind = (peek(cursor) as Token).kind;
    if (kind === 'group') depth++;
    if (kind === 'newline') return;
    if (kind === 'ungroup' && depth-- === 0) {
      cursor.at++;
      return;
    }
  }
}
