import { cover } from '../base/span.ts';
import type { CallExpr, Expr, ShapeExpr } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { atEnd } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import { cursorWithin, takeGroup } from './parse-group.ts';
import { parseDims, parseTyped } from './parse-shape.ts';
import { symbolKey } from './symbol-key.ts';
import type { Token } from './token.ts';

/**
 * The shape that a note under a symbol states: `m\times n`, `(m\times n)`, `[m \times n]`,
 * `\in\mathbb R^{m\times n}`, `\text{scalar}`; null where it says something else.
 */
export function shapeOfNote(cursor: Cursor, tokens: readonly Token[]): ShapeExpr | null {
  const inside = withoutBrackets(tokens);
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = { start: (tokens[0] as Token).span.start, end: Math.max(last.span.end, (tokens.at(-1) as Token).span.end) };
  if (inside.length === 1 && (first.text === 'scalar' || first.text === 'Scalar')) return { dims: [], span };
  const set = first.text === '∈' ? inside.slice(1) : inside;
  return shapeOfSet(cursor, set, span) ?? shapeOfDims(cursor, inside, span);
}

const NAMING: ReadonlySet<string> = new Set(['=:', ':=', '=', '≡']);

/** The symbol, or the function of symbols, that a note under a brace is: `r`, `=: \delta`, `g(x)`; null where it says something else. */
export function nameInNote(cursor: Cursor, tokens: readonly Token[]): Expr | null {
  const written = tokens.filter(({ kind, text }) => kind !== 'relation' || !NAMING.has(text));
  if (written.length === 0 || tokens.length - written.length > 1) return null;
  const inner = quiet(cursor, written);
  const name = parseExpression(inner);
  const symbols = name.kind === 'call' ? [name.head, ...name.args] : [name];
  return atEnd(inner) && inner.problems.length === 0 && symbols.every((one) => symbolKey(one) !== null) ? name : null;
}

/** `M_{m\times n}`, `M_{[m\times n]}`: a subscript that states a shape; null, and nothing consumed, for any other. */
export function parseShapeSubscript(cursor: Cursor, body: Expr): Expr | null {
  const first = cursor.at;
  const mark = cursor.tokens[cursor.at++] as Token;
  const tokens = cursor.refused.has(mark) ? [] : takeGroup(cursor);
  const shape = tokens.some((token) => token.text === '×') ? shapeOfNote(cursor, tokens) : null;
  const end = cursor.tokens[cursor.at - 1] ?? body;
  if (shape !== null) return { ...(filled(body, shape) ?? { kind: 'noted', body, shape }), span: cover(body.span, end.span) };
  cursor.refused.add(mark);
  cursor.at = first;
  return null;
}

const FILLED: ReadonlyMap<string, string> = new Map([
  ['bold:1', 'ones'],
  ['bb:1', 'ones'],
  ['bold:0', 'zeros'],
  ['bb:0', 'zeros'],
]);

/** `\mathbf 1_{m\times n}`, `0_{m\times n}`: the matrix that has the number everywhere; null for any other symbol. */
function filled(body: Expr, { dims, span }: ShapeExpr): CallExpr | null {
  const name = body.kind === 'name' ? FILLED.get(body.name) : body.kind === 'number' && body.value === 0 ? 'zeros' : undefined;
  if (name === undefined || dims.length !== 2) return null;
  return { kind: 'call', head: { kind: 'name', name, span: body.span }, args: dims, bracket: '(', argsSpan: span, span };
}

function withoutBrackets(tokens: readonly Token[]): readonly Token[] {
  const enclosed = tokens[0]?.kind === 'open' && tokens.at(-1)?.kind === 'close';
  return enclosed ? tokens.slice(1, -1) : tokens;
}

function shapeOfDims(cursor: Cursor, tokens: readonly Token[], span: ShapeExpr['span']): ShapeExpr | null {
  if (!tokens.some((token) => token.kind === 'operator' && token.text === '×')) return null;
  const inner = quiet(cursor, tokens);
  const dims = parseDims(inner, false);
  return dims.length === 2 && atEnd(inner) && inner.problems.length === 0 ? { dims, span } : null;
}

function shapeOfSet(cursor: Cursor, tokens: readonly Token[], span: ShapeExpr['span']): ShapeExpr | null {
  if (!/^(?:bb|bold|rm):/.test(tokens[0]?.text ?? '')) return null;
  const inner = quiet(cursor, tokens);
  const set = parseTyped(inner);
  return set !== null && atEnd(inner) && inner.problems.length === 0 && isMatrixShape(set.shape.dims) ? { ...set.shape, span } : null;
}

function isMatrixShape(dims: readonly Expr[]): boolean {
  return dims.length <= 2;
}

/** A trial whose problems concern no one. */
function quiet(cursor: Cursor, tokens: readonly Token[]): Cursor {
  return { ...cursorWithin(cursor, tokens), problems: [] };
}
