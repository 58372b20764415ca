import { cover, type Span } from '../base/span.ts';
import type { Expr } from './ast.ts';
import { accept, atEnd, type Cursor, here, peek, report, sees, spanSince } from './cursor.ts';
import { type OpName, POWER } from './notation.ts';
import { opensEnvironment, parseEnvironment } from './parse-environment.ts';
import { hole, parseExpression, parseFactor } from './parse-expression.ts';
import { takeGroup } from './parse-group.ts';
import { parseSup } from './parse-postfix.ts';
import type { Token } from './token.ts';

/** What closes each kind of bracket. */
export const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '⟨': '⟩', '<': '>', '|': '|', '‖': '‖' };

/**
 * `(…)`, `[…]`, `{…}`, `⟨x, y⟩`, `<x, y>` and the invisible braces of LaTeX; the cursor is on the opening one.
 * What begins with a relation, `4 (= 2^2)`, is a remark on what stands before it.
 */
export function parseBracketed(cursor: Cursor): Expr {
  const open = peek(cursor) as Token;
  if (open.text === '|' || open.text === '‖') return parseBars(cursor);
  if (opensEnvironment(open)) return parseEnvironment(cursor);
  if (open.text === '⟨' || open.text === '<') return parseInner(cursor);
  const first = cursor.at++;
  // A bar that is open around the brackets is not closed within them.
  cursor.bars.push(open.kind === 'group' ? 'group' : open.text);
  const isRemark = open.kind === 'open' && cursor.notation === 'latex' && acceptComparison(cursor) !== null;
  const inner = open.kind === 'open' && groupsAll(cursor) ? (peek(cursor) as Token) : null;
  if (inner !== null) cursor.at++;
  const rows = parseRows(cursor, open);
  if (inner !== null) close(cursor, inner);
  cursor.bars.pop();
  close(cursor, open);
  const span = spanSince(cursor, first);
  return isRemark ? hole(span, rows.flat()) : shapeOfBrackets(open, rows, span);
}

/** `[ {x_1 \cdots x_n} ]`: invisible braces around all that stands in brackets say nothing. */
function groupsAll({ tokens, at, notation }: Cursor): boolean {
  if (notation !== 'latex' || tokens[at]?.kind !== 'group') return false;
  for (let end = at, depth = 0; end < Math.min(tokens.length, at + LONGEST_GROUP); end++) {
    if (tokens[end]?.kind === 'group') depth++;
    if (tokens[end]?.kind === 'ungroup' && --depth === 0) return tokens[end + 1]?.kind === 'close';
  }
  return false;
}

/** So that brackets within brackets are not looked through again and again. */
const LONGEST_GROUP = 200;

/** What the brackets make of what stands in them: a group, a condition, a list or a matrix. */
function shapeOfBrackets(open: Token, rows: readonly (readonly Expr[])[], span: Span): Expr {
  const single = rows.length === 1 && rows[0]?.length === 1 ? rows[0][0] : undefined;
  if (single === undefined && open.text === '{' && open.kind === 'open') return hole(span, rows.flat());
  if (single === undefined) return rows.flat().length === 0 ? hole(span) : { kind: 'matrix', rows: nestedRows(open, rows) ?? rows, span };
  if (open.text === '[' && isComparison(single)) return { kind: 'apply', op: 'indicator', args: [single], span };
  return { ...single, span };
}

/** `[[1, 2], [3, 4]]`, as Python writes a matrix: lists of numbers in brackets of their own are its rows. */
function nestedRows(open: Token, rows: readonly (readonly Expr[])[]): readonly (readonly Expr[])[] | null {
  const lists = open.text === '[' && rows.length === 1 ? (rows[0] as readonly Expr[]) : [];
  const nested = lists.flatMap((list) => (list.kind === 'matrix' && list.rows.length === 1 ? list.rows : []));
  const width = nested[0]?.length;
  return nested.length > 1 && nested.length === lists.length && nested.every((row) => row.length === width) ? nested : null;
}

const COMPARISONS: ReadonlyMap<string, OpName> = new Map([
  ['>', 'greater'],
  ['≥', 'greaterEqual'],
  ['<', 'less'],
  ['≤', 'lessEqual'],
  ['=', 'equal'],
  ['==', 'equal'],
  ['≠', 'unequal'],
]);

const COMPARING: ReadonlySet<OpName> = new Set(COMPARISONS.values());

function isComparison(expr: Expr): boolean {
  return expr.kind === 'apply' && COMPARING.has(expr.op);
}

/** An expression, or several with comparisons between them: what stands in brackets or under a case. */
export function parseCondition(cursor: Cursor): Expr {
  while (cursor.notation === 'latex' && accept(cursor, 'command', 'quantifier') !== undefined);
  let left = parseExpression(cursor);
  let result: Expr | null = null;
  for (let relation = acceptComparison(cursor); relation !== null; relation = acceptComparison(cursor)) {
    const right = parseExpression(cursor);
    const compared = compare(relation, left, right);
    result = result === null ? compared : { kind: 'apply', op: 'mul', args: [result, compared], span: cover(result.span, compared.span) };
    left = right;
  }
  return result ?? left;
}

/** A comparison; in LaTeX any other relation too, which makes what it joins opaque. */
function acceptComparison(cursor: Cursor): Token | null {
  const token = peek(cursor);
  if (token === undefined || (token.kind !== 'relation' && token.kind !== 'operator') || (cursor.angles > 0 && token.text === '>'))
    return null;
  const joins =
    COMPARISONS.has(token.text) || (cursor.notation === 'latex' && token.kind === 'relation' && token.text !== ':' && token.text !== '|');
  if (!joins) return null;
  cursor.at++;
  return token;
}

function compare(relation: Token, left: Expr, right: Expr): Expr {
  const op = COMPARISONS.get(relation.text);
  const span = cover(left.span, right.span);
  return op === undefined ? hole(span, [left, right]) : { kind: 'apply', op, args: [left, right], span };
}

/** Rows by `;`, entries by `,`; where a `[…;…]` has neither a comma nor a sum in it, blanks part its entries: `[A B; C D]`, not `[Q x + c; A x]`. */
function parseRows(cursor: Cursor, open: Token): Expr[][] {
  const blanks = (open.text === '[' && areEntriesParted(cursor)) || isRowOfNumbers(cursor) || isRowWithDots(cursor, open);
  const rows: Expr[][] = [[]];
  while (!atEnd(cursor) && !isClosing(cursor) && !sees(cursor, 'newline')) {
    const before = cursor.at;
    if (accept(cursor, 'separator', 'gap') !== undefined) continue;
    (rows.at(-1) as Expr[]).push(blanks ? parseExpression(cursor, POWER.product) : parseCondition(cursor));
    if (accept(cursor, 'separator', ';') || accept(cursor, 'separator', 'row')) rows.push([]);
    else if (
      !(accept(cursor, 'separator', ',') ?? accept(cursor, 'relation', '|') ?? acceptSuchThat(cursor, open)) &&
      !blanks &&
      !sees(cursor, 'separator', 'gap')
    )
      break;
    if (cursor.at === before) break;
  }
  return rows.filter((row) => row.length > 0);
}

/** `\{x : x > 0\}`. */
function acceptSuchThat(cursor: Cursor, open: Token): Token | undefined {
  return open.text === '{' && open.kind === 'open' && cursor.notation === 'latex' ? accept(cursor, 'relation', ':') : undefined;
}

function isClosing(cursor: Cursor): boolean {
  return sees(cursor, 'close') || sees(cursor, 'ungroup');
}

/** `(1 \; 1)`, `[0 1]`: numbers beside one another between brackets, which nobody multiplies. */
function isRowOfNumbers({ tokens, at }: Cursor): boolean {
  let end = at;
  while (tokens[end]?.kind === 'number') end++;
  return end > at + 1 && tokens[end]?.kind === 'close';
}

/** `[x_1 \cdots x_n]`: square brackets around letters with dots between them hold a list, which nobody would write for their product. */
function isRowWithDots({ tokens, at, notation }: Cursor, open: Token): boolean {
  if (notation !== 'latex' || open.text !== '[' || tokens[at]?.kind !== 'name') return false;
  let hasDots = false;
  for (let end = at, depth = 0; end < Math.min(tokens.length, at + LONGEST_GROUP); end++) {
    const { kind } = tokens[end] as Token;
    if (kind === 'group') depth++;
    else if (kind === 'close' || kind === 'ungroup') {
      if (depth-- === 0) return hasDots && tokens[end - 1]?.kind !== 'dots';
    } else if (depth === 0 && !LISTED.has(kind)) return false;
    else if (depth === 0 && kind === 'dots') hasDots = true;
  }
  return false;
}

/** What a letter with an index is made of, and what stands between two. */
const LISTED: ReadonlySet<string> = new Set(['name', 'number', 'sub', 'sup', 'dots']);

/** `[A B; C D]`. */
function areEntriesParted(cursor: Cursor): boolean {
  const inside = separatorsInside(cursor);
  return inside.has(';') && !inside.has(',') && !inside.has(SUM);
}

const SUM = '+';

/** A sign between two terms, with blanks on both sides; that of `[A -B; C D]` belongs to what follows. */
function isOfSum(token: Token, next: Token | undefined): boolean {
  return token.kind === 'operator' && /^[+\-−]$/u.test(token.text) && token.spaced && next?.spaced === true;
}

/** The separators at the level of the brackets that were just opened, and whether there are sums. */
function separatorsInside(cursor: Cursor): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = cursor.at, depth = 0; at < cursor.tokens.length && at < cursor.at + 2000; at++) {
    const token = cursor.tokens[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if ((token.kind === 'close' || token.kind === 'ungroup') && depth-- === 0) break;
    if (token.kind === 'newline') break;
    if (token.kind === 'separator' && depth === 0) found.add(token.text);
    if (depth === 0 && isOfSum(token, cursor.tokens[at + 1])) found.add(SUM);
  }
  return found;
}

/** Moves past the closing bracket; what stands before it and was not read becomes one problem. */
function close(cursor: Cursor, open: Token): void {
  const text = CLOSING[open.text] as string;
  const kind = open.kind === 'group' ? 'ungroup' : 'close';
  if (accept(cursor, kind, text)) return;
  const rest = here(cursor);
  const matched = skipTo(cursor, kind);
  const closing = matched ? (peek(cursor) as Token) : undefined;
  if (closing !== undefined && (closing.text === text || cursor.notation === 'latex')) {
    cursor.at++;
    if (closing.span.start > rest.start) report(cursor, 'This could not be read.', { start: rest.start, end: closing.span.start });
    return;
  }
  report(cursor, `\`${open.text}\` is never closed.`, open.span);
}

/** Moves to the closing token of this level, and says whether there is one before the line ends. */
function skipTo(cursor: Cursor, kind: 'close' | 'ungroup'): boolean {
  const start = cursor.at;
  for (let depth = 0; !atEnd(cursor); cursor.at++) {
    const token = peek(cursor) as Token;
    if (token.kind === 'newline' && cursor.notation === 'plain') break;
    if (token.kind === kind && depth === 0) return true;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') {
      if (depth === 0) break;
      depth--;
    }
  }
  cursor.at = start;
  return false;
}

/** `⟨x, y⟩`, `<x, y>`, `⟨u | h⟩`. */
function parseInner(cursor: Cursor): Expr {
  const first = cursor.at;
  const open = cursor.tokens[cursor.at++] as Token;
  cursor.angles++;
  const left = parseExpression(cursor);
  const separated = accept(cursor, 'separator', ',') ?? accept(cursor, 'bar', '|') ?? accept(cursor, 'relation', '|');
  const args = separated === undefined ? [left] : [left, parseExpression(cursor)];
  cursor.angles--;
  if (open.text === '<') accept(cursor, 'relation', '>') ?? report(cursor, '`<` is never closed.', open.span);
  else close(cursor, open);
  const span = spanSince(cursor, first);
  return args.length === 2 ? { kind: 'apply', op: 'inner', args, span } : hole(span, args);
}

/** `|s|`, `‖x‖`, `||A||_F`; the cursor is on the opening bar. */
export function parseBars(cursor: Cursor): Expr {
  const first = cursor.at;
  const open = cursor.tokens[cursor.at++] as Token;
  if (open.kind === 'bar' && !closesLater(cursor, open.text)) {
    report(cursor, `\`${open.text}\` is never closed.`, open.span);
    return hole(open.span);
  }
  cursor.bars.push(open.text);
  const body = parseExpression(cursor);
  cursor.bars.pop();
  if (cursor.notation === 'latex') accept(cursor, 'separator');
  if (!accept(cursor, 'bar', open.text) && !accept(cursor, 'close', open.text))
    report(cursor, `\`${open.text}\` is never closed.`, open.span);
  const span = spanSince(cursor, first);
  return open.text === '|' ? { kind: 'apply', op: 'bars', args: [body], span } : parseNorm(cursor, body, span);
}

/** `‖x‖_2^2` and `‖x‖^2_2` are the same: the subscript belongs to the norm, wherever the power stands. */
function parseNorm(cursor: Cursor, body: Expr, span: Span): Expr {
  const power = cursor.at;
  if (!sees(cursor, 'sup')) return parseNormKind(cursor, body, span);
  const marks = parseSup(cursor);
  if (!sees(cursor, 'sub')) {
    cursor.at = power;
    return parseNormKind(cursor, body, span);
  }
  const norm = parseNormKind(cursor, body, span);
  return marks.reduce<Expr>((base, mark) => ({ kind: 'postfix', base, mark, span: norm.span }), norm);
}

/** Whether a bar of that kind follows before the brackets around it close. */
function closesLater(cursor: Cursor, text: string): boolean {
  for (let at = cursor.at, depth = 0; at < cursor.tokens.length; at++) {
    const token = cursor.tokens[at] as Token;
    if (token.kind === 'bar' && token.text === text && depth === 0) return true;
    if (token.kind === 'newline' || (token.kind === 'separator' && token.text !== '.' && depth === 0)) return false;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if ((token.kind === 'close' || token.kind === 'ungroup') && depth-- === 0) return false;
  }
  return false;
}

const NORMS: ReadonlyMap<string, OpName> = new Map([
  ['1', 'norm1'],
  ['2', 'norm2'],
  ['F', 'normF'],
  ['rm:F', 'normF'],
  ['sf:F', 'normF'],
  ['bold:F', 'normF'],
  ['fro', 'normF'],
  ['inf', 'normInf'],
  ['∞', 'normInf'],
  ['*', 'normNuclear'],
]);

/** `\|u\|_{a*}`: the dual of a norm that the text names. */
function namesDual({ tokens, at }: Cursor): boolean {
  const end = tokens.findIndex(({ kind }, next) => next > at && kind === 'ungroup');
  return end > at + 2 && tokens[end - 1]?.text === '*';
}

/** The subscript of a norm says which one it is; a matrix there weights it. */
function parseNormKind(cursor: Cursor, body: Expr, span: Span): Expr {
  if (!sees(cursor, 'sub')) return { kind: 'apply', op: 'norm', args: [body], span };
  const start = cursor.at;
  cursor.at++;
  const braced = accept(cursor, 'group') !== undefined;
  const token = peek(cursor);
  const alone = !braced || (cursor.tokens[cursor.at + 1]?.kind ?? 'ungroup') === 'ungroup';
  const op = token !== undefined && alone ? NORMS.get(token.text) : undefined;
  if (op !== undefined) {
    cursor.at++;
    if (braced) accept(cursor, 'ungroup');
    return { kind: 'apply', op, args: [body], span: { start: span.start, end: (cursor.tokens[cursor.at - 1] as Token).span.end } };
  }
  cursor.at = start + 1;
  if (braced && namesDual(cursor)) {
    takeGroup(cursor);
    return hole({ start: span.start, end: (cursor.tokens[cursor.at - 1] as Token).span.end }, [body]);
  }
  // As in TeX, one letter stands below: the power behind it is that of the norm.
  const weight = braced ? parseBracketed(cursor) : parseFactor(cursor);
  return { kind: 'apply', op: 'normWeighted', args: [body, weight], span: { start: span.start, end: weight.span.end } };
}
