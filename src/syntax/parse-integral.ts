import type { Span } from '../base/span.ts';
import type { Binder, BinderExpr, Expr, NameExpr } from './ast.ts';
import { accept, type Cursor, peek, spanSince } from './cursor.ts';
import { POWER } from './notation.ts';
import { hole, parseExpression, parseFactor, startsOperand } from './parse-expression.ts';
import { cursorWithin, parseWhole, takeGroup } from './parse-group.ts';
import { parsePostfixes } from './parse-postfix.ts';
import type { Token } from './token.ts';

/** An operator that binds and counts nothing. */
export function binding(binder: Binder, names: readonly NameExpr[], body: Expr, span: Span): BinderExpr {
  return { kind: 'binder', binder, names, from: null, to: null, comparison: null, body, span };
}

/** Moves behind what stands below and above a sign. */
export function skipBounds(cursor: Cursor): void {
  while (accept(cursor, 'sub') ?? accept(cursor, 'sup')) takeGroup(cursor);
}

/**
 * `\int_a^b f(x)\,dx`, `\int dx\, f(x)`, `\int_\Omega f`; the cursor is behind the sign. What is integrated stands before the
 * first differential, and of several signs the inner one takes it first: `\iint f\,dx\,dy`.
 */
export function parseIntegral(cursor: Cursor, sign: Token): Expr {
  const first = cursor.at - 1;
  skipBounds(cursor);
  const end = differentialAhead(cursor);
  const body = end === cursor.at ? null : end === null ? integrand(cursor, sign) : parseUpTo(cursor, end);
  while (isDifferential(cursor, cursor.at)) skipDifferential(cursor);
  return binding('integral', [], body ?? integrand(cursor, sign), spanSince(cursor, first));
}

function integrand(cursor: Cursor, sign: Token): Expr {
  return startsOperand(cursor) ? parseExpression(cursor, POWER.sum) : hole(sign.span);
}

/** Everything before a token, which may be a sum. */
function parseUpTo(cursor: Cursor, end: number): Expr {
  const inside = cursorWithin(cursor, cursor.tokens.slice(cursor.at, end));
  const body = parseWhole(inside);
  cursor.at = end;
  return body;
}

/** The number of the first token of a differential outside brackets, before what would end the expression. */
function differentialAhead(cursor: Cursor): number | null {
  for (let at = cursor.at, depth = 0; at < cursor.tokens.length; at++) {
    const { kind } = cursor.tokens[at] as Token;
    if (depth === 0 && ENDS.has(kind)) return null;
    if (kind === 'open' || kind === 'group') depth++;
    if ((kind === 'close' || kind === 'ungroup') && depth-- === 0) return null;
    if (depth === 0 && isDifferential(cursor, at)) return at;
  }
  return null;
}

const ENDS: ReadonlySet<Token['kind']> = new Set(['relation', 'separator', 'newline', 'text']);

const SIGNS: ReadonlySet<string> = new Set(['d', 'rm:d', 'sf:d', 'bold:d']);

/** `dx`, `\mathrm d\mathbf x`, `d^3 r`, `d\mu(x)`. */
function isDifferential(cursor: Cursor, at: number): boolean {
  const sign = cursor.tokens[at];
  return sign?.kind === 'name' && SIGNS.has(sign.text) && cursor.tokens[behindOrder(cursor, at + 1)]?.kind === 'name';
}

/** Behind the `^3` of `d^3 r`. */
function behindOrder({ tokens }: Cursor, at: number): number {
  return tokens[at]?.kind === 'sup' && tokens[at + 1]?.kind === 'group' && tokens[at + 3]?.kind === 'ungroup' ? at + 4 : at;
}

function skipDifferential(cursor: Cursor): void {
  cursor.at = behindOrder(cursor, cursor.at + 1);
  if (peek(cursor) !== undefined) parsePostfixes(cursor, parseFactor(cursor));
}
