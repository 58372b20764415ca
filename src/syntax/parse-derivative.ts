import { cover, type Span } from '../base/span.ts';
import type { DerivativeForm, Expr, NameExpr, Wrt } from './ast.ts';
import { accept, type Cursor, peek, report, sees, spanSince } from './cursor.ts';
import { letterOf } from './name.ts';
import { functionNamed, POWER } from './notation.ts';
import { parseExpression, parseFactor } from './parse-expression.ts';
import { parsePostfixes, parseSub } from './parse-postfix.ts';
import type { Token } from './token.ts';

/**
 * `dz/dx`, `∂z/∂x`, `dz_i/dW`, `d tr(X)/dX`, `d(x' A x)/dx`, `d^2 f/(dx dx')`, `d/dx (x' A x)`: one
 * operand, told from a quotient by the `d` on both sides of the stroke. Null, and nothing consumed,
 * where there is no derivative.
 */
export function parsePlainDerivative(cursor: Cursor): Expr | null {
  const first = cursor.at;
  const token = cursor.tokens[first] as Token;
  if (!isDifferentialToken(token) || cursor.refused.has(token)) return null;
  const problems = cursor.problems.length;
  const result = tryDerivative(cursor, first);
  if (result !== null && cursor.problems.length === problems) return result;
  if (cursor.at > first) cursor.refused.add(token);
  cursor.at = first;
  cursor.problems.length = problems;
  return null;
}

function tryDerivative(cursor: Cursor, first: number): Expr | null {
  const start = peek(cursor) as Token;
  const problems = cursor.problems.length;
  const form: DerivativeForm = start.text === '∂' ? 'partial' : 'total';
  const stroke = strokeAhead(cursor);
  if (stroke === null) return null;
  const outer = cursor.stroke;
  cursor.stroke = stroke;
  const above = parseAbove(cursor);
  cursor.stroke = outer;
  if (above === null || accept(cursor, 'operator', '/') === undefined) return null;
  const wrt = parseBelow(cursor, above);
  if (wrt === null || cursor.problems.length > problems) return null;
  const of = above.of ?? parseReach(cursor);
  return { kind: 'derivative', form, of, wrt, order: above.order, span: spanSince(cursor, first) };
}

/** What is differentiated is written in fewer tokens. */
const LONGEST_OPERAND = 1000;

/** Cheap look ahead: where a `/` with a `d…` or `∂` right after it stands, before the statement ends. */
function strokeAhead(cursor: Cursor): number | null {
  const end = Math.min(cursor.tokens.length, cursor.at + LONGEST_OPERAND);
  for (let at = cursor.at + 1, depth = 0; at < end; at++) {
    const token = cursor.tokens[at] as Token;
    if (token.kind === 'newline' || token.kind === 'relation') return null;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if ((token.kind === 'close' || token.kind === 'ungroup') && depth-- === 0) return null;
    if (depth === 0 && token.text === '/' && isDifferentialToken(cursor.tokens[opensBelow(cursor.tokens[at + 1]) ? at + 2 : at + 1]))
      return at;
    if (depth === 0 && token.kind === 'operator' && token.text !== '∂' && token.text !== '⊤') return null;
  }
  return null;
}

/** The variables of a second derivative may stand in brackets. */
function opensBelow(token: Token | undefined): boolean {
  return token?.kind === 'open' && token.text === '(';
}

function isDifferentialToken(token: Token | undefined): boolean {
  if (token === undefined) return false;
  const { kind, text } = token;
  if (kind !== 'name') return text === '∂';
  return text.startsWith('d') ? !/^d(?:iag|et|elta|ot:|dot:)/.test(text) : text === 'rm:d' || text === '∂';
}

/** What stands over the stroke: the order, and what is differentiated unless it follows (`d/dx …`). */
interface Above {
  readonly order: number;
  readonly of: Expr | null;
}

function parseAbove(cursor: Cursor): Above | null {
  const attached = acceptD(cursor);
  if (attached === null) return null;
  const order = attached === undefined && sees(cursor, 'sup') ? parseOrder(cursor) : 1;
  if (order === null) return null;
  if (attached !== undefined) return { order, of: parsePostfixes(cursor, attached) };
  if (sees(cursor, 'operator', '/')) return { order, of: null };
  return { order, of: parseFactorWithApplication(cursor) };
}

/**
 * Moves past `∂` or `d`. Of `dz` the rest of the word is the name that is differentiated; undefined
 * where the `d` stands alone, null where there is none.
 */
function acceptD(cursor: Cursor): NameExpr | undefined | null {
  const token = peek(cursor);
  if (!isDifferentialToken(token) || token === undefined) return null;
  cursor.at++;
  if (token.text === '∂' || token.text === 'd' || token.text === 'rm:d') return undefined;
  const name = letterOf(token.text.slice(1));
  return { kind: 'name', name, span: { start: token.span.start + 1, end: token.span.end } };
}

/** `^2` after a `d` that stands alone. */
function parseOrder(cursor: Cursor): number | null {
  cursor.at++;
  const braced = accept(cursor, 'group') !== undefined;
  const token = peek(cursor);
  cursor.at++;
  if (braced) accept(cursor, 'ungroup');
  return token?.kind === 'number' && 'value' in token && token.value >= 1 && token.value <= 4 ? token.value : null;
}

/** `tr(X)`, `(Y c)`, `f`: one factor with its marks, or a function name with the operand after it. */
function parseFactorWithApplication(cursor: Cursor): Expr {
  return parsePostfixes(cursor, parseIncrement(cursor));
}

/** A factor, or the `\Delta h` of `\partial\Delta h/\partial\zeta`. */
function parseIncrement(cursor: Cursor): Expr {
  const sign = parseFactor(cursor);
  const isSign = sign.kind === 'name' && (sign.name === 'Δ' || sign.name === 'δ');
  if (!isSign || !sees(cursor, 'name') || isDifferentialToken(peek(cursor))) return sign;
  const of = parseFactor(cursor);
  return { kind: 'apply', op: 'mul', args: [sign, of], span: cover(sign.span, of.span) };
}

/** What stands under the stroke: as many variables as the order says, several of them in brackets or not. */
function parseBelow(cursor: Cursor, above: Above): Wrt[] | null {
  const wrt: Wrt[] = [];
  const bracketed = above.order > 1 && accept(cursor, 'open', '(') !== undefined;
  while (wrt.length < above.order) {
    const found = parseVariable(cursor, above.order - wrt.length, above.of === null && !bracketed);
    if (found === null) return null;
    wrt.push(...found);
  }
  return bracketed && accept(cursor, 'close', ')') === undefined ? null : wrt;
}

/** `dx`, `dx'`, `dσ(z)`, `d vec(X)'`, `dx^2` (twice). Behind the `dx` of an operator, `d/dx(…)`, brackets hold what it acts on. */
function parseVariable(cursor: Cursor, left: number, ofOperator: boolean): Wrt[] | null {
  const attached = acceptD(cursor);
  if (attached === null) return null;
  const base = attached ?? parseIncrement(cursor);
  const alone = ofOperator && sees(cursor, 'open') && base.kind === 'name' && functionNamed(base.name) === undefined;
  const read = alone ? { expr: base, transposed: false } : parseVariableMarks(cursor, base, left);
  const raised = left > 1 ? raisedVariable(read) : null;
  const marked = raised === null ? read : { expr: raised.base, transposed: false };
  const times = raised !== null ? raised.times : left > 1 && sees(cursor, 'sup') ? parseOrder(cursor) : 1;
  if (times === null || times > left) return null;
  return times === 1 ? [marked] : Array.from({ length: times }, () => marked);
}

/** Of `∂^2 f/∂p_i^2` the `p_i`, twice: the marks of an entry end in the order. */
function raisedVariable({ expr, transposed }: Wrt): { readonly base: Expr; readonly times: number } | null {
  if (transposed || expr.kind !== 'postfix' || expr.mark.kind !== 'power' || expr.mark.exponent.kind !== 'number') return null;
  const isEntry = expr.base.kind === 'postfix' && expr.base.mark.kind === 'sub';
  return isEntry && expr.mark.exponent.value > 1 ? { base: expr.base, times: expr.mark.exponent.value } : null;
}

/** Subscripts, arguments and labels belong to the variable; one prime or ⊤ transposes it. In LaTeX `∂ℓ/∂σ^2`, once, is by the square. */
function parseVariableMarks(cursor: Cursor, base: Expr, left: number): Wrt {
  const isSquare = left === 1 && cursor.notation === 'latex';
  const isEnd = () =>
    (!isSquare && sees(cursor, 'sup') && (peek(cursor, 1)?.kind === 'number' || peek(cursor, 2)?.kind === 'number')) ||
    (sees(cursor, 'open') && peek(cursor)?.spaced === true);
  if (isEnd()) return { expr: base, transposed: false };
  return splitTransposed(parsePostfixes(cursor, base));
}

/** A variable written with a transpose is differentiated by in the manner of Magnus and Neudecker. */
export function splitTransposed(expr: Expr): Wrt {
  if (expr.kind !== 'postfix') return { expr, transposed: false };
  const { mark, base } = expr;
  if (mark.kind === 'prime' && mark.count === 1) return { expr: base, transposed: true, primed: expr };
  return mark.kind === 'transpose' ? { expr: base, transposed: true } : { expr, transposed: false };
}

/**
 * `\partial_x f`, `\partial_{x_i} f` differentiates the operand; a `∂` without a subscript is the
 * sign of a differential.
 */
export function parsePartial(cursor: Cursor): Expr | null {
  const first = cursor.at;
  const sign = cursor.tokens[cursor.at++] as Token;
  if (!sees(cursor, 'sub')) return { kind: 'name', name: 'rm:d', span: sign.span };
  cursor.at++;
  const variable = parseFactor(cursor);
  const of = parseGradientOperand(cursor, spanSince(cursor, first));
  return { kind: 'derivative', form: 'partial', of, wrt: [splitTransposed(variable)], order: 1, span: cover(sign.span, of.span) };
}

/**
 * What an operator `d/dx` acts on: brackets without a mark, or else the product up to the next `+`,
 * `-` or relation.
 */
export function parseReach(cursor: Cursor): Expr {
  const first = cursor.at;
  const token = peek(cursor);
  const { length } = cursor.problems;
  if (token !== undefined && (token.kind === 'open' || token.kind === 'group') && !cursor.refused.has(token)) {
    const bracketed = parseFactor(cursor);
    const marked = sees(cursor, 'sup') || sees(cursor, 'prime') || sees(cursor, 'sub') || sees(cursor, 'operator', '⊤');
    if (!marked) return bracketed;
    cursor.refused.add(token);
    cursor.problems.length = length;
    cursor.at = first;
  }
  return parseExpression(cursor, POWER.sum);
}

/** `∇f`, `∇_x f`, `∇^2_w L`: the cursor is on `∇`, which reaches over one factor. */
export function parseGradient(cursor: Cursor): Expr {
  const first = cursor.at++;
  const marks = parseGradientMarks(cursor);
  const nabla = spanSince(cursor, first);
  if (sees(cursor, 'operator', '·') || sees(cursor, 'operator', '×')) return parseDivergence(cursor, nabla);
  const of = parseGradientOperand(cursor, nabla);
  const { order, variables } = gradientVariables(marks);
  const form: DerivativeForm = order === 2 ? 'hessian' : 'gradient';
  const gradientOf = (inner: Expr): Expr => ({
    kind: 'derivative',
    form,
    of: inner,
    wrt: variables.map(splitTransposed),
    order,
    span: cover(nabla, inner.span),
  });
  return aroundTranspose(of, gradientOf);
}

/** `∇f(x)^⊤` is the gradient transposed, for a function that has one is a number. */
function aroundTranspose(of: Expr, gradientOf: (inner: Expr) => Expr): Expr {
  if (of.kind !== 'postfix' || of.mark.kind !== 'transpose' || of.base.kind === 'name') return gradientOf(of);
  const inner = aroundTranspose(of.base, gradientOf);
  return { kind: 'postfix', base: inner, mark: of.mark, span: cover(inner.span, of.span) };
}

/** `∇^2_x` differentiates twice by x, and so does `∇_{xx}`; `∇^2_{xy}` and `∇_{xy}` by x and by y. */
function gradientVariables({ wrt, order }: { readonly wrt: Expr | null; readonly order: number }) {
  if (wrt === null) return { order, variables: [] };
  const two = wrt.kind === 'apply' && wrt.op === 'mul' && wrt.args.length === 2 ? wrt.args : null;
  const isTwice = two !== null && (order === 2 || two.every(isSmallLetter));
  return isTwice ? { order: 2, variables: two } : { order, variables: Array.from({ length: order }, () => wrt) };
}

function isSmallLetter(expr: Expr): boolean {
  return expr.kind === 'name' && /^(?:[a-z]+:)?\p{Ll}$/u.test(expr.name);
}

/** `∇·F`, `∇×F`; the cursor is on the sign. */
function parseDivergence(cursor: Cursor, nabla: Span): Expr {
  const sign = cursor.tokens[cursor.at++] as Token;
  const of = parseGradientOperand(cursor, sign.span);
  if (sign.text === '×') report(cursor, 'This is outside the notation that Chainrule reads.', cover(nabla, sign.span));
  return { kind: 'hole', parts: [of], span: cover(nabla, of.span) };
}

function parseGradientMarks(cursor: Cursor): { readonly wrt: Expr | null; readonly order: number } {
  let wrt: Expr | null = null;
  let order = 1;
  while (sees(cursor, 'sub') || sees(cursor, 'sup')) {
    if (sees(cursor, 'sup')) order = parseOrder(cursor) ?? 1;
    else wrt = parseGradientVariable(cursor) ?? wrt;
  }
  return { wrt, order };
}

/** `_x`, `_{W^{(l)}}`: the subscript is an expression, not a list of indices. */
function parseGradientVariable(cursor: Cursor): Expr | null {
  if (sees(cursor, 'group', undefined, 1)) {
    cursor.at++;
    return parseFactor(cursor);
  }
  const mark = parseSub(cursor);
  return mark.kind === 'sub' ? (mark.items[0] ?? null) : null;
}

/**
 * Applied names keep their brackets: `∇f(x)`; the brackets of `∇(x' A x)` are the operand. A number has no
 * gradient, so that `∇ ½ x' A x` reaches over the whole product.
 */
function parseGradientOperand(cursor: Cursor, nabla: Span): Expr {
  const token = peek(cursor);
  if (
    token === undefined ||
    token.kind === 'relation' ||
    token.kind === 'newline' ||
    token.kind === 'separator' ||
    token.kind === 'close'
  ) {
    return { kind: 'hole', parts: [], span: { start: nabla.end, end: nabla.end } };
  }
  const first = cursor.at;
  const factor = parsePostfixes(cursor, parseFactor(cursor));
  if (!isNumeric(factor) && !isWeight(factor)) return factor;
  cursor.at = first;
  return parseExpression(cursor, POWER.sum);
}

/** `\frac{\lambda}{2}`, `\frac1N`: what a term is weighed with. */
function isWeight(expr: Expr): boolean {
  return (
    expr.kind === 'apply' &&
    expr.op === 'div' &&
    expr.args.some(isNumeric) &&
    expr.args.every((arg) => isNumeric(arg) || arg.kind === 'name')
  );
}

/** `2`, `\tfrac12`. */
function isNumeric(expr: Expr): boolean {
  return expr.kind === 'number' || (expr.kind === 'apply' && expr.op === 'div' && expr.args.every(isNumeric));
}
