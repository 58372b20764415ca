import type { Expr } from './ast.ts';
import { type Cursor, peek, report } from './cursor.ts';
import { POWER } from './notation.ts';
import { hole, parseExpression } from './parse-expression.ts';
import type { Token } from './token.ts';

/** A structure that a command names: `\frac{…}{…}`, `√x`. The cursor is on the command. */
export function parseCommand(cursor: Cursor): Expr {
  const token = peek(cursor) as Token;
  cursor.at++;
  if (token.text === 'sqrt') {
    const operand = parseExpression(cursor, POWER.product);
    return { kind: 'apply', op: 'sqrt', args: [operand], span: { start: token.span.start, end: operand.span.end } };
  }
  report(cursor, `\`${token.text}\` is not read.`, token.span);
  return hole(token.span);
}
