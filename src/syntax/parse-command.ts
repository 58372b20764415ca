import { cover, type Span } from '../base/span.ts';
import type { Expr, NotedExpr } from './ast.ts';
import { accept, type Cursor, peek, report, sees, spanSince } from './cursor.ts';
import { POWER } from './notation.ts';
import { parseBounds } from './parse-binder.ts';
import { parseCondition } from './parse-brackets.ts';
import { hole, parseExpression, parseFactor, startsOperand } from './parse-expression.ts';
import { parseFraction } from './parse-fraction.ts';
import { groupCursor, parseWhole, takeGroup } from './parse-group.ts';
import { binding, parseIntegral, skipBounds } from './parse-integral.ts';
import { nameInNote, shapeOfNote } from './parse-note.ts';
import { parsePostfixes } from './parse-postfix.ts';
import type { Token } from './token.ts';

type Parser = (cursor: Cursor, token: Token) => Expr;

const PARSERS: Readonly<Record<string, Parser>> = {
  frac: parseFraction,
  sqrt: parseSquareRoot,
  root: parseRoot,
  underbrace: parseUnderbrace,
  note: parseNote,
  plain: parsePlainGroup,
  optimum: parseOptimum,
  sup: parseOptimum,
  inf: parseOptimum,
  argmin: parseOptimum,
  expectation: parseExpectation,
  indicator: parseIndicator,
  pretranspose: parsePretranspose,
  lim: parseLimit,
  limsup: parseLimit,
  liminf: parseLimit,
  int: parseIntegral,
  iint: parseIntegral,
  iiint: parseIntegral,
  oint: parseIntegral,
  big: parseOfSets,
  barred: parseBarred,
  opaque: parseOpaque,
  quantifier: parseOfSets,
};

/** A structure that a command names: `\frac{…}{…}`, `√x`, `\underbrace{…}`. The cursor is on the command. */
export function parseCommand(cursor: Cursor): Expr {
  const token = peek(cursor) as Token;
  cursor.at++;
  const parser = Object.hasOwn(PARSERS, token.text) ? PARSERS[token.text] : undefined;
  if (parser !== undefined) return parser(cursor, token);
  report(cursor, `\`${token.text}\` is not read.`, token.span);
  return hole(token.span);
}

function spanFrom(cursor: Cursor, token: Token): Span {
  const last = cursor.tokens[cursor.at - 1] ?? token;
  return cover(token.span, last.span);
}

/** In LaTeX the root ends with its group; `√` takes the factor that follows. */
function parseSquareRoot(cursor: Cursor, token: Token): Expr {
  const grouped = sees(cursor, 'group');
  const operand = grouped ? parseFactor(cursor) : parseExpression(cursor, POWER.product);
  return { kind: 'apply', op: 'sqrt', args: [operand], span: cover(token.span, operand.span) };
}

/** `\sqrt[3]{x}` is a power. */
function parseRoot(cursor: Cursor, token: Token): Expr {
  const index = parseWhole(groupCursor(cursor));
  const operand = parseWhole(groupCursor(cursor));
  const span = spanFrom(cursor, token);
  const one: Expr = { kind: 'number', value: 1, span: index.span };
  const exponent: Expr = { kind: 'apply', op: 'div', args: [one, index], span: index.span };
  return { kind: 'postfix', base: operand, mark: { kind: 'power', exponent, entrywise: false, span: index.span }, span };
}

/** `\underbrace{M}_{m\times n}` notes a shape, `\underbrace{A x - b}_{r}` gives a name; any other words under a brace say nothing of the value. */
function parseUnderbrace(cursor: Cursor, token: Token): Expr {
  const body = parseWhole(groupCursor(cursor));
  const marked = accept(cursor, 'sub') ?? accept(cursor, 'sup');
  const note = marked === undefined ? [] : takeGroup(cursor);
  const span = spanFrom(cursor, token);
  const name = nameInNote(cursor, note);
  return name === null ? noted(body, note, span, cursor) : { kind: 'named', body, name, span };
}

/** `\underset{n\times 1}{x}`, `\overset{…}{…}`. */
function parseNote(cursor: Cursor, token: Token): Expr {
  const note = takeGroup(cursor);
  const body = parseWhole(groupCursor(cursor));
  return noted(body, note, spanFrom(cursor, token), cursor);
}

function noted(body: Expr, note: readonly Token[], span: Span, cursor: Cursor): Expr {
  const shape = shapeOfNote(cursor, note);
  if (shape === null) return { ...body, span };
  return { kind: 'noted', body, shape, span } satisfies NotedExpr;
}

function parsePlainGroup(cursor: Cursor, token: Token): Expr {
  const body = parseWhole(groupCursor(cursor));
  return { ...body, span: spanFrom(cursor, token) };
}

/** `\min_x f`, `\arg\max_{\theta \in \Theta} L`: the names below are bound, the operand reaches like that of `Σ`. */
function parseOptimum(cursor: Cursor, token: Token): Expr {
  const { names } = parseBounds(cursor);
  const body = startsOperand(cursor) ? parseExpression(cursor, POWER.sum) : hole(token.span);
  return binding(token.text === 'argmin' ? 'argmin' : 'minimum', names, body, spanFrom(cursor, token));
}

/** `\mathbb E_{x\sim p}[f(x)]`. */
function parseExpectation(cursor: Cursor, token: Token): Expr {
  const { names } = parseBounds(cursor);
  const body = startsOperand(cursor) ? parseFactor(cursor) : hole(token.span);
  return binding('expectation', names, body, spanFrom(cursor, token));
}

/** `\mathbb 1[z > 0]`, `\mathbf 1_{\{z>0\}}`. */
function parseIndicator(cursor: Cursor, token: Token): Expr {
  accept(cursor, 'sub');
  const braced = accept(cursor, 'group') !== undefined;
  const open = accept(cursor, 'open');
  const condition = parseCondition(cursor);
  skipTo(cursor, open === undefined ? 'ungroup' : 'close');
  if (braced && open !== undefined) accept(cursor, 'ungroup');
  return { kind: 'apply', op: 'indicator', args: [condition], span: spanFrom(cursor, token) };
}

/** Moves behind the closing token of this level; what stands before it was not read. */
function skipTo(cursor: Cursor, kind: 'close' | 'ungroup'): void {
  const first = cursor.at;
  for (let depth = 0; peek(cursor) !== undefined; cursor.at++) {
    const token = peek(cursor) as Token;
    if (depth === 0 && token.kind === kind) break;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    if (depth < 0) break;
  }
  if (cursor.at > first) report(cursor, 'This condition could not be read.', spanSince(cursor, first));
  accept(cursor, kind);
}

/** `{}^t A`. */
function parsePretranspose(cursor: Cursor, token: Token): Expr {
  const base = parsePostfixes(cursor, parseFactor(cursor));
  return { kind: 'postfix', base, mark: { kind: 'transpose', span: token.span }, span: cover(token.span, base.span) };
}

/** `\lim_{h \to 0} \frac{f(x + h) - f(x)}{h}`. */
function parseLimit(cursor: Cursor, token: Token): Expr {
  skipBounds(cursor);
  const body = startsOperand(cursor) ? parseExpression(cursor, POWER.sum) : hole(token.span);
  return binding('limit', [], body, spanFrom(cursor, token));
}

/** `\bigcup`, `\forall`: sets and logic, which are no values; what they act on is still read. */
function parseOfSets(cursor: Cursor, token: Token): Expr {
  skipBounds(cursor);
  const body = startsOperand(cursor) ? [parseExpression(cursor, POWER.sum)] : [];
  return hole(spanFrom(cursor, token), body);
}

/** `\overline{A + B}`: what an accent over an expression makes of it only the text knows. */
function parseBarred(cursor: Cursor, token: Token): Expr {
  return hole(spanFrom(cursor, token), [parseWhole(groupCursor(cursor))]);
}

/** A command whose meaning no one told: opaque, its arguments looked at. */
function parseOpaque(cursor: Cursor, token: Token): Expr {
  const parts: Expr[] = [];
  while (sees(cursor, 'group')) parts.push(parseWhole(groupCursor(cursor)));
  report(cursor, 'This command has no meaning that Chainrule knows.', token.span);
  return hole(spanFrom(cursor, token), parts);
}
