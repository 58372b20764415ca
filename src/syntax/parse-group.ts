import { cover } from '../base/span.ts';
import type { Expr } from './ast.ts';
import { atEnd, type Cursor, here, peek, report } from './cursor.ts';
import { hole, parseExpression } from './parse-expression.ts';
import type { Token } from './token.ts';

/** The tokens between the invisible braces at the cursor, which moves behind them. */
export function takeGroup(cursor: Cursor): readonly Token[] {
  if (peek(cursor)?.kind !== 'group') return [];
  const first = ++cursor.at;
  for (let depth = 0; !atEnd(cursor); cursor.at++) {
    const { kind } = peek(cursor) as Token;
    if (kind === 'group') depth++;
    if (kind === 'ungroup' && depth-- === 0) break;
  }
  const tokens = cursor.tokens.slice(first, cursor.at);
  if (!atEnd(cursor)) cursor.at++;
  return tokens;
}

/** A cursor over some of the tokens; problems are shared, and so is the depth. */
export function cursorWithin(cursor: Cursor, tokens: readonly Token[]): Cursor {
  return {
    tokens,
    notation: cursor.notation,
    problems: cursor.problems,
    refused: cursor.refused,
    end: tokens.at(-1)?.span.end ?? here(cursor).start,
    bars: [],
    angles: 0,
    stroke: -1,
    at: 0,
    depth: cursor.depth,
  };
}

export function groupCursor(cursor: Cursor): Cursor {
  return cursorWithin(cursor, takeGroup(cursor));
}

/**
 * All tokens of the cursor as one expression. What does not go on from it becomes opaque, and what
 * follows is read again: the smallest part that is not understood.
 */
export function parseWhole(cursor: Cursor): Expr {
  const first = parseUpTo(cursor);
  // Most expressions are whole, and need no list of parts.
  if (atEnd(cursor)) return first;
  const parts = [first];
  while (!atEnd(cursor)) parts.push(parseUpTo(cursor));
  return hole(parts.map((part) => part.span).reduce(cover), parts);
}

/** An expression, and past the token at which it ended though the range goes on. */
function parseUpTo(cursor: Cursor): Expr {
  const before = cursor.at;
  const problems = cursor.problems.length;
  const part = parseExpression(cursor);
  const stray = peek(cursor);
  if (stray === undefined) return part;
  if (cursor.at === before) cursor.problems.length = problems;
  report(cursor, `\`${stray.text}\` could not be read here.`, stray.span);
  cursor.at++;
  return part;
}
