import { cover, type Span } from '../base/span.ts';
import type { Expr } from './ast.ts';
import { accept, atEnd, type Cursor, peek, report } from './cursor.ts';
import { parseCondition } from './parse-brackets.ts';
import { hole } from './parse-expression.ts';
import { cursorWithin, parseWhole, takeGroup } from './parse-group.ts';
import { isRelation, type Token } from './token.ts';

const ENVIRONMENTS: ReadonlySet<string> = new Set(['matrix', 'determinant', 'norm', 'cases', 'evaluated']);

/** Whether an opening token begins an environment rather than brackets. */
export function opensEnvironment(token: Token): boolean {
  return ENVIRONMENTS.has(token.text);
}

/** `\begin{bmatrix} … \end{bmatrix}`, `\begin{cases}`, `\left. … \right|_{…}`; the cursor is on its opening token. */
export function parseEnvironment(cursor: Cursor): Expr {
  const open = cursor.tokens[cursor.at] as Token;
  const inside = takeInside(cursor);
  const span = cover(open.span, (cursor.tokens[cursor.at - 1] ?? open).span);
  switch (open.text) {
    case 'cases':
      return parseCases(cursor, inside, span);
    case 'evaluated':
      return parseEvaluated(cursor, inside, span);
    case 'determinant':
      return { kind: 'apply', op: 'det', args: [parseMatrix(cursor, inside, span)], span };
    case 'norm':
      return { kind: 'apply', op: 'norm', args: [parseMatrix(cursor, inside, span)], span };
    default:
      return parseMatrix(cursor, inside, span);
  }
}

/** The tokens up to the one that closes the environment, which the cursor moves behind. */
function takeInside(cursor: Cursor): readonly Token[] {
  const first = ++cursor.at;
  for (let depth = 0; !atEnd(cursor); cursor.at++) {
    const { kind } = peek(cursor) as Token;
    if (kind === 'open') depth++;
    if (kind === 'close' && depth-- === 0) break;
  }
  const tokens = cursor.tokens.slice(first, cursor.at);
  if (!atEnd(cursor)) cursor.at++;
  return tokens;
}

function parseMatrix(cursor: Cursor, tokens: readonly Token[], span: Span): Expr {
  const all = splitRows(tokens).map(splitCells);
  const rows = all.filter((cells, at) => !cells.every(isStroke) || (at > 0 && at < all.length - 1 && cells.every(isDots)));
  if (rows.length === 0) return hole(span);
  return { kind: 'matrix', rows: rows.map((cells) => cells.map((cell) => parseCell(cursor, cell, span))), span };
}

function parseCell(cursor: Cursor, tokens: readonly Token[], around: Span): Expr {
  const cell = trimmed(withoutStrokes(tokens), (token) => token?.kind === 'separator');
  const [first] = cell;
  if (first === undefined) return hole({ start: around.start, end: around.start });
  const whole = cell.every((token) => token.kind === 'dots' || token.kind === 'text');
  return whole ? hole(cell.map((token) => token.span).reduce(cover)) : parseWhole(cursorWithin(cursor, cell));
}

/** A cell of a row that only draws the strokes of columns: `\mid`, `|`, `\vdots`, nothing. */
function isStroke(tokens: readonly Token[]): boolean {
  return (
    tokens.every((token) => token.kind === 'bar' || token.kind === 'dots' || token.text === '|' || token.text === '→') && tokens.length <= 2
  );
}

/** A cell of `\vdots & \ddots & \vdots`, which between two rows stands for others. */
function isDots(tokens: readonly Token[]): boolean {
  return tokens.every((token) => token.kind === 'dots');
}

/** `- x_i^\top -`: the strokes of a row. */
function withoutStrokes(tokens: readonly Token[]): readonly Token[] {
  const isDash = (token: Token | undefined) => token?.kind === 'operator' && token.text === '-';
  if (tokens.length === 1 && isDash(tokens[0])) return [];
  return tokens.length > 2 && isDash(tokens[0]) && isDash(tokens.at(-1)) ? tokens.slice(1, -1) : tokens;
}

function splitRows(tokens: readonly Token[]): (readonly Token[])[] {
  return splitOutside(tokens, (token) => token.kind === 'separator' && token.text === 'row').filter((row) => row.length > 0);
}

function splitCells(tokens: readonly Token[]): (readonly Token[])[] {
  return splitOutside(tokens, (token) => token.kind === 'separator' && token.text === '&');
}

/** The stretches between separators that stand outside all brackets. */
export function splitOutside(tokens: readonly Token[], separates: (token: Token) => boolean): (readonly Token[])[] {
  const parts: (readonly Token[])[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    else if (token.kind === 'close' || token.kind === 'ungroup') depth = Math.max(0, depth - 1);
    if (depth > 0 || !separates(token)) continue;
    parts.push(tokens.slice(start, at));
    start = at + 1;
  }
  parts.push(start === 0 ? tokens : tokens.slice(start));
  return parts;
}

// ---- cases

/** Value, condition, value, condition, …, and the value otherwise, as one list of operands. */
function parseCases(cursor: Cursor, tokens: readonly Token[], span: Span): Expr {
  const rows = splitRows(tokens).filter((row) => !row.every((token) => token.kind === 'dots' || token.text === '&'));
  const args = rows.flatMap((row) => parseCase(cursor, row));
  return args.length === 0 ? hole(span) : { kind: 'apply', op: 'cases', args, span };
}

/** One row; that of a system of equations has an equation where others have a value. */
function parseCase(cursor: Cursor, row: readonly Token[]): Expr[] {
  const [value, condition] = splitCase(row);
  const parsed = value.length === 0 ? [] : [value.some(isRelation) ? parseGuard(cursor, value) : parseWhole(cursorWithin(cursor, value))];
  return condition.length === 0 ? parsed : [...parsed, parseGuard(cursor, condition)];
}

/** `x &= y`: a mark before a relation lines up the equations of a system and parts nothing. */
function joinedAtRelation(cells: readonly (readonly Token[])[]): readonly (readonly Token[])[] {
  const [first = [], second, ...rest] = cells;
  return first.length > 0 && second?.[0] !== undefined && isRelation(second[0]) ? [[...first, ...second], ...rest] : cells;
}

/** A value and its condition are parted by `&`, words, a wide space or a comma. */
function splitCase(row: readonly Token[]): [readonly Token[], readonly Token[]] {
  const cells = joinedAtRelation(splitCells(row));
  const [value, condition] =
    cells.length > 1 ? [cells[0] as readonly Token[], cells.slice(1).flat()] : splitAtWords(cells[0] as readonly Token[]);
  const isEdge = (token: Token | undefined) => token?.kind === 'text' || token?.kind === 'separator' || token?.text === ':';
  return [trimmed(value, isEdge), trimmed(condition, isEdge)];
}

function splitAtWords(row: readonly Token[]): [readonly Token[], readonly Token[]] {
  let depth = 0;
  const at = row.findIndex((token) => {
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    return (
      depth === 0 &&
      (token.kind === 'text' || token.text === 'quantifier' || (token.kind === 'separator' && (token.text === 'gap' || token.text === ',')))
    );
  });
  return at < 0 ? [row, []] : [row.slice(0, at), row.slice(at)];
}

/** Without what says nothing at either end. */
function trimmed(tokens: readonly Token[], isEdge: (token: Token | undefined) => boolean): readonly Token[] {
  let from = 0;
  let to = tokens.length;
  while (from < to && isEdge(tokens[from])) from++;
  while (to > from && isEdge(tokens[to - 1])) to--;
  return tokens.slice(from, to);
}

/** What has to hold: several conditions, parted by commas, words or columns, hold together; `i = 1, \dots, p` counts and is left open. */
function parseGuard(cursor: Cursor, tokens: readonly Token[]): Expr {
  const parts = splitOutside(tokens, partsConditions).filter((part) => part.length > 0);
  const isDots = (part: readonly Token[]) => part.every(({ kind }) => kind === 'dots');
  const conditions = parts.filter((part) => !isDots(part)).map((part) => parseOneGuard(cursor, part));
  const span = conditions.map((one) => one.span).reduce(cover, (tokens[0] as Token).span);
  const [only] = conditions;
  if (conditions.length === 1 && only !== undefined && !parts.some(isDots)) return only;
  const isEither = tokens.some(({ kind, text }) => kind === 'text' && /\b(?:or|oder|ou)\b/.test(text));
  return isEither || parts.some(isDots) ? hole(span, conditions) : { kind: 'apply', op: 'mul', args: conditions, span };
}

function partsConditions({ kind, text }: Token): boolean {
  return kind === 'text' || kind === 'separator' || (kind === 'relation' && (text === '|' || text === ':'));
}

function parseOneGuard(cursor: Cursor, tokens: readonly Token[]): Expr {
  const inner = cursorWithin(cursor, tokens);
  const condition = parseCondition(inner);
  if (atEnd(inner)) return condition;
  const rest = { start: (peek(inner) as Token).span.start, end: (tokens.at(-1) as Token).span.end };
  report(cursor, 'This condition could not be read.', rest);
  return hole(cover(condition.span, rest), [condition]);
}

// ---- evaluated at a point

/** `\left. f \right|_{x=x_0}`: what is evaluated is read; its value at the point is left open, but for `t = 0`. */
function parseEvaluated(cursor: Cursor, inside: readonly Token[], span: Span): Expr {
  const body = parseWhole(cursorWithin(cursor, inside));
  return evaluated(cursor, body, span);
}

/** `f |_{x=x_0}`; the cursor is on the bar. */
export function parseEvaluation(cursor: Cursor, body: Expr): Expr {
  cursor.at++;
  return evaluated(cursor, body, body.span);
}

/** The body at the point that its marks state; the cursor is on the first mark. */
function evaluated(cursor: Cursor, body: Expr, span: Span): Expr {
  let end = span.end;
  let zero: Expr | null = null;
  for (
    let mark = accept(cursor, 'sub') ?? accept(cursor, 'sup');
    mark !== undefined;
    mark = accept(cursor, 'sub') ?? accept(cursor, 'sup')
  ) {
    zero ??= letterAtZero(cursor, takeGroup(cursor));
    end = (cursor.tokens[cursor.at - 1] as Token).span.end;
  }
  const whole = hole({ start: span.start, end }, [body]);
  return zero === null ? whole : { ...whole, zero };
}

/** The t of `t = 0`. */
function letterAtZero(cursor: Cursor, mark: readonly Token[]): Expr | null {
  const [relation, value] = mark.slice(-2);
  if (mark.length < 3 || relation?.text !== '=' || value?.kind !== 'number' || Number(value.text) !== 0) return null;
  const letter = parseWhole(cursorWithin(cursor, mark.slice(0, -2)));
  return letter.kind === 'name' ? letter : null;
}
