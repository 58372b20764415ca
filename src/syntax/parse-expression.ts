import { cover, type Span } from '../base/span.ts';
import type { Expr, HoleExpr, NameExpr } from './ast.ts';
import { atEnd, type Cursor, DEEPEST, here, peek, report, sees, spanSince } from './cursor.ts';
import { functionNamed, type OpName, POWER } from './notation.ts';
import { parseBinder } from './parse-binder.ts';
import { parseBars, parseBracketed } from './parse-brackets.ts';
import { parseCommand } from './parse-command.ts';
import { parseGradient, parsePartial, parsePlainDerivative } from './parse-derivative.ts';
import { parseBracedDerivative } from './parse-fraction.ts';
import { listsArguments, parsePostfixes } from './parse-postfix.ts';
import type { Token } from './token.ts';

/** Infix operators by the text of their token. */
const INFIX: ReadonlyMap<string, { readonly op: OpName; readonly power: number }> = new Map([
  ['+', { op: 'add', power: POWER.sum }],
  ['-', { op: 'sub', power: POWER.sum }],
  ['±', { op: 'plusMinus', power: POWER.sum }],
  ['⊙', { op: 'hadamard', power: POWER.entrywise }],
  ['∘', { op: 'compose', power: POWER.entrywise }],
  ['⊘', { op: 'hadamardDiv', power: POWER.entrywise }],
  ['⊗', { op: 'kron', power: POWER.entrywise }],
  ['*', { op: 'mul', power: POWER.product }],
  ['·', { op: 'dot', power: POWER.product }],
  ['×', { op: 'times', power: POWER.product }],
  ['/', { op: 'div', power: POWER.product }],
]);

/**
 * Reads the longest expression at the cursor whose operators bind tighter than `floor`. Total: where
 * nothing can be read it answers an empty hole, reports what was expected, and moves past nothing.
 */
export function parseExpression(cursor: Cursor, floor = 0): Expr {
  if (cursor.depth >= DEEPEST) return tooDeep(cursor);
  cursor.depth++;
  const first = cursor.at;
  let left = parsePrefix(cursor);
  for (let next = extend(cursor, left, floor, first); next !== left; next = extend(cursor, left, floor, first)) left = next;
  cursor.depth--;
  return left;
}

/** The operand with one more operator and operand to its right, or itself where none follows. */
function extend(cursor: Cursor, left: Expr, floor: number, first: number): Expr {
  const token = peek(cursor);
  if (token === undefined) return left;
  const infix = token.kind === 'operator' ? INFIX.get(token.text) : undefined;
  if (token.text === '\\' && token.kind === 'operator') return extendSolution(cursor, left, floor);
  if (infix === undefined && token.kind === 'operator' && UNVALUED_INFIX.has(token.text)) return extendUnvalued(cursor, left, floor);
  if (isProductSign(cursor, token, left) && POWER.product > floor) {
    cursor.at++;
    return combine(token.text === '.' ? 'dot' : 'inner', left, parseExpression(cursor, POWER.product));
  }
  if (infix !== undefined) {
    if (infix.power <= floor || cursor.at === cursor.stroke) return left;
    cursor.at++;
    if (
      cursor.notation === 'latex' &&
      (sees(cursor, 'close') || (token.text === '*' && sees(cursor, 'ungroup')) || (token.text === '×' && atEnd(cursor)))
    )
      return { ...left, span: cover(left.span, token.span) };
    return combine(infix.op, left, parseExpression(cursor, infix.power));
  }
  if (POWER.product <= floor || !startsOperand(cursor)) return left;
  const right = parseExpression(cursor, POWER.product);
  return cursor.at > first ? combine('mul', left, right) : left;
}

/** `\nabla u . \nabla v`, `(\sigma : \tau)`: in mechanics a point or a colon between two operands multiplies them. */
function isProductSign(cursor: Cursor, { kind, text }: Token, left: Expr): boolean {
  const isSign = (kind === 'separator' && text === '.') || (kind === 'relation' && text === ':');
  if (!isSign || cursor.notation !== 'latex' || left.kind === 'number' || left.kind === 'hole') return false;
  if (text === ':' && cursor.bars.at(-1) === '{') return false;
  const next = peek(cursor, 1);
  return next !== undefined && (next.kind === 'name' || next.kind === 'open' || next.kind === 'group' || next.text === 'nabla');
}

/** Infix operators of sets and of logic, which make no value of what they join, and of remainders. */
const UNVALUED_INFIX: ReadonlySet<string> = new Set([...'∪⊔∩⊓∧∨⊕⊖⊞⊠⋉⋊⨿∖¬', 'mod']);

function extendUnvalued(cursor: Cursor, left: Expr, floor: number): Expr {
  if (POWER.sum <= floor) return left;
  cursor.at++;
  const right = parseExpression(cursor, POWER.sum);
  return hole(cover(left.span, right.span), [left, right]);
}

/** `A \backslash b` is what solves `A x = b`; `V \backslash \{i\}` is a set without some of its members. */
function extendSolution(cursor: Cursor, left: Expr, floor: number): Expr {
  const sign = peek(cursor) as Token;
  const next = peek(cursor, 1);
  if (next === undefined || next.text === '{' || left.kind === 'hole') return extendUnvalued(cursor, left, floor);
  if (POWER.product <= floor) return left;
  cursor.at++;
  const inverse: Expr = {
    kind: 'postfix',
    base: left,
    mark: { kind: 'pseudoInverse', span: sign.span },
    span: cover(left.span, sign.span),
  };
  return combine('mul', inverse, parseExpression(cursor, POWER.product));
}

/**
 * A product of a product and a factor is one product: factors stand in one list, which grows in place. Nothing but the product
 * that is still being read holds it, and a copy for each factor would take quadratic time.
 */
function combine(op: OpName, left: Expr, right: Expr): Expr {
  const span = cover(left.span, right.span);
  if (op !== 'mul' || left.kind !== 'apply' || left.op !== 'mul' || isBracketed(left))
    return { kind: 'apply', op, args: [left, right], span };
  (left.args as Expr[]).push(right);
  return { kind: 'apply', op, args: left.args, span };
}

/** A bracketed product starts before its first factor, and stays a factor of its own. */
function isBracketed(product: Expr & { kind: 'apply' }): boolean {
  const inner = product.args[0];
  return inner === undefined || inner.span.start > product.span.start;
}

/** Whether a factor may begin at the cursor, so that what stands before it is multiplied with it. */
export function startsOperand(cursor: Cursor): boolean {
  const token = peek(cursor);
  if (token === undefined) return false;
  switch (token.kind) {
    case 'number':
    case 'name':
    case 'open':
    case 'group':
    case 'text':
    case 'dots':
    case 'unknown':
      return token.text !== '..';
    case 'command':
      return !ENDING_COMMANDS.has(token.text);
    case 'operator':
      return token.text === '∂';
    case 'bar':
      return cursor.bars.at(-1) !== token.text;
    default:
      return false;
  }
}

const ENDING_COMMANDS: ReadonlySet<string> = new Set(['end', 'right', 'middle', 'at', 'quantifier']);

function parsePrefix(cursor: Cursor): Expr {
  const token = peek(cursor);
  const isSign = token?.kind === 'operator' && (token.text === '-' || token.text === '+' || token.text === '±');
  if (!isSign) return parsePostfixes(cursor, parseFactor(cursor));
  cursor.at++;
  const operand = parseExpression(cursor, POWER.prefix - 1);
  if (token.text === '+') return operand;
  if (token.text === '±') return combine('plusMinus', { kind: 'number', value: 0, span: token.span }, operand);
  return { kind: 'apply', op: 'neg', args: [operand], span: cover(token.span, operand.span) };
}

/** One factor without its postfix marks: a number, a name, brackets, a derivative, a sum, a command. */
export function parseFactor(cursor: Cursor): Expr {
  const token = peek(cursor);
  if (token === undefined) return missing(cursor);
  switch (token.kind) {
    case 'number':
      cursor.at++;
      return { kind: 'number', value: 'value' in token ? token.value : Number.NaN, span: token.span };
    case 'name':
      return parsePlainDerivative(cursor) ?? parseName(cursor, token);
    case 'open':
      return parseBracketed(cursor);
    case 'group':
      return parseBracedDerivative(cursor) ?? parseBracketed(cursor);
    case 'bar':
      return parseBars(cursor);
    case 'command':
      return parseNamedStructure(cursor, token);
    case 'relation':
      return token.text === '<' && cursor.notation === 'plain' ? parseBracketed(cursor) : unexpected(cursor, token);
    case 'operator':
      return parseSignAsOperand(cursor, token) ?? unexpected(cursor, token);
    case 'text':
    case 'dots':
      cursor.at++;
      return hole(token.span);
    default:
      return unexpected(cursor, token);
  }
}

/** `∂`; and `\T_n` where a letter has to stand, as the macros of some texts are names there. */
function parseSignAsOperand(cursor: Cursor, token: Token): Expr | null {
  if (token.text === '∂') return parsePlainDerivative(cursor) ?? parsePartial(cursor);
  const isLetter =
    token.text === '⊤' && cursor.notation === 'latex' && (sees(cursor, 'sub', undefined, 1) || sees(cursor, 'sup', undefined, 1));
  if (!isLetter) return null;
  cursor.at++;
  return { kind: 'name', name: '\\T', span: token.span };
}

function parseNamedStructure(cursor: Cursor, token: Token): Expr {
  switch (token.text) {
    case 'sum':
    case 'prod':
      return parseBinder(cursor);
    case 'nabla':
      return parseGradient(cursor);
    default:
      return parseCommand(cursor);
  }
}

/** A name; a function without brackets takes the operand that follows: `tr A B`, `log p_k`. */
function parseName(cursor: Cursor, token: Token): Expr {
  cursor.at++;
  const name: NameExpr = { kind: 'name', name: token.text, span: token.span };
  const op = token.text.length > 1 ? functionNamed(token.text) : undefined;
  return op === undefined && !OTHER_FUNCTIONS.has(token.text) ? name : parseBareApplication(cursor, name, op);
}

/** Commands of LaTeX for functions of which nothing but that is known. */
const OTHER_FUNCTIONS: ReadonlySet<string> = new Set(
  ['sec', 'csc', 'cot', 'coth', 'deg', 'dim', 'gcd', 'hom', 'ker', 'lg', 'div', 'divergence', 'curl', 'laplacian'].map(
    (word) => `\\${word}`,
  ),
);

const WHOLE_PRODUCT: ReadonlySet<OpName> = new Set(['trace', 'det', 'logdet', 'vec']);

/** Whose logarithm nobody takes: `\log \mathbf 1^\top p` is that of the sum. */
const ONES: ReadonlySet<string> = new Set(['bold:1', 'bb:1', 'vec:1']);

/** `log p_k`, `tr A B`, `sin^2 x`: the marks between the name and the operand belong to the function. */
function parseBareApplication(cursor: Cursor, name: NameExpr, op: OpName | undefined): Expr {
  const first = cursor.at;
  const { length } = cursor.problems;
  const mark = sees(cursor, 'sup') || sees(cursor, 'prime') ? peek(cursor) : undefined;
  if (mark !== undefined && cursor.refused.has(mark)) return name;
  const head = mark === undefined ? name : parsePostfixes(cursor, name);
  const bracketed = sees(cursor, 'open', '(') || sees(cursor, 'open', '[') || listsArguments(cursor, name);
  const bare = startsOperand(cursor) && !bracketed;
  if (!bare) {
    if (mark !== undefined) cursor.refused.add(mark);
    cursor.problems.length = length;
    cursor.at = first;
    return name;
  }
  const isOfProduct = op !== undefined && (WHOLE_PRODUCT.has(op) || (op === 'log' && ONES.has(peek(cursor)?.text ?? '')));
  const operand = parseExpression(cursor, isOfProduct ? POWER.sum : POWER.product);
  return { kind: 'call', head, args: [operand], bracket: '(', argsSpan: operand.span, span: cover(name.span, operand.span) };
}

export function hole(span: Span, parts: readonly Expr[] = []): HoleExpr {
  return { kind: 'hole', parts, span };
}

function missing(cursor: Cursor): Expr {
  report(cursor, 'Something is missing here: an expression was expected.', here(cursor));
  return hole(here(cursor));
}

function unexpected(cursor: Cursor, token: Token): Expr {
  if (isPlaceholder(cursor, token)) {
    cursor.at++;
    return hole(token.span);
  }
  const closes = token.kind === 'relation' || token.kind === 'separator' || token.kind === 'close' || token.kind === 'newline';
  if (!closes && token.kind !== 'ungroup') cursor.at++;
  report(cursor, closes ? `An expression was expected before \`${shown(token)}\`.` : `\`${shown(token)}\` cannot stand here.`, token.span);
  return hole(token.span);
}

/** `(\cdot)`, `S(t-)`: an operator right before a bracket closes stands for an operand that is left open. */
function isPlaceholder(cursor: Cursor, token: Token): boolean {
  const next = peek(cursor, 1);
  return (
    cursor.notation === 'latex' &&
    (token.kind === 'operator' || token.text === '.') &&
    (next === undefined || next.kind === 'close' || next.kind === 'ungroup' || next.kind === 'separator' || next.kind === 'bar')
  );
}

function shown(token: Token): string {
  if (token.kind === 'newline') return 'the end of the line';
  return /^[\p{C}\p{Z}]$/u.test(token.text) ? codePoint(token.text) : token.text;
}

/** What no font draws, by its number: `U+200B`. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Skips what is nested too deep, bracket by bracket without recursion, and says so once. */
function tooDeep(cursor: Cursor): Expr {
  const first = cursor.at;
  report(cursor, `Brackets are nested more than ${DEEPEST} deep; what is inside is not read.`, here(cursor));
  for (let open = 0; !atEnd(cursor); cursor.at++) {
    const kind = (peek(cursor) as Token).kind;
    if (kind === 'open' || kind === 'group') open++;
    if ((kind === 'close' || kind === 'ungroup') && open-- === 0) break;
  }
  return hole(spanSince(cursor, first));
}
