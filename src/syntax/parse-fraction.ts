import { cover, type Span } from '../base/span.ts';
import type { DerivativeForm, Expr, Wrt } from './ast.ts';
import { accept, type Cursor, peek, spanSince } from './cursor.ts';
import { parseReach, splitTransposed } from './parse-derivative.ts';
import { startsOperand } from './parse-expression.ts';
import { cursorWithin, parseWhole, takeGroup } from './parse-group.ts';
import type { Token } from './token.ts';

/** `\frac{a}{b}`: a derivative where a `∂` or `d` stands over a `∂` or `d`, else a quotient. */
export function parseFraction(cursor: Cursor, token: Token): Expr {
  const above = withoutBraces(takeGroup(cursor));
  const below = withoutBraces(takeGroup(cursor));
  const span = cover(token.span, (cursor.tokens[cursor.at - 1] ?? token).span);
  return parseDerivativeFraction(cursor, above, below, span) ?? quotient(cursor, above, below, span);
}

/** `{{\mathrm d f}}`: what stands in braces that hold all of it. */
function withoutBraces(tokens: readonly Token[]): readonly Token[] {
  if (tokens[0]?.kind !== 'group' || tokens[0].text !== '{') return tokens;
  let depth = 0;
  const close = tokens.findIndex(({ kind }) => {
    if (kind === 'group' || kind === 'open') depth++;
    if (kind === 'ungroup' || kind === 'close') depth--;
    return depth === 0;
  });
  return close === tokens.length - 1 ? withoutBraces(tokens.slice(1, -1)) : tokens;
}

/** `{\partial q}/{\partial x}`; the cursor is on the braces. Null, and nothing consumed, for any other group. */
export function parseBracedDerivative(cursor: Cursor): Expr | null {
  const first = cursor.at;
  if (signOf(peek(cursor, 1)) === null) return null;
  const above = takeGroup(cursor);
  const below = accept(cursor, 'operator', '/') === undefined ? [] : takeGroup(cursor);
  const derivative = below.length === 0 ? null : parseDerivativeFraction(cursor, above, below, spanSince(cursor, first));
  if (derivative === null) cursor.at = first;
  return derivative;
}

function quotient(cursor: Cursor, above: readonly Token[], below: readonly Token[], span: Span): Expr {
  const args = [parseWhole(cursorWithin(cursor, above)), parseWhole(cursorWithin(cursor, below))];
  return { kind: 'apply', op: 'div', args, span };
}

/** What stands over the stroke, behind its sign. */
interface Above {
  readonly sign: string;
  readonly order: number;
  readonly direct: boolean;
  readonly rest: readonly Token[];
}

function parseDerivativeFraction(cursor: Cursor, above: readonly Token[], below: readonly Token[], span: Span): Expr | null {
  const over = readAbove(above);
  if (over?.sign === '∂' && over.rest.length > 0 && isUnfinished(below)) return unfinished(cursor, over, span);
  const sign = signOf(below[0]);
  if (over === null || sign === null || (sign === '∂') !== (over.sign === '∂')) return null;
  const variables = splitVariables(below, sign);
  if (variables === null || (sign === 'd' && isBareQuotient(over, variables))) return null;
  const wrt = variables.flatMap((tokens) => parseVariable(cursor, tokens, over.order - variables.length + 1));
  const form: DerivativeForm = over.direct ? 'direct' : sign === '∂' ? 'partial' : 'total';
  const operator = over.rest.length === 0;
  const of = operator ? parseOperand(cursor, span) : parseWhole(cursorWithin(cursor, over.rest));
  return { kind: 'derivative', form, of, wrt, order: Math.max(over.order, wrt.length), span: operator ? cover(span, of.span) : span };
}

/** `\frac{\partial L}{`, `\frac{\partial L}{\partial`: the variable is still to be typed. */
function isUnfinished(below: readonly Token[]): boolean {
  return below.length === 0 || (below.length === 1 && signOf(below[0]) === '∂');
}

function unfinished(cursor: Cursor, { order, direct, rest }: Above, span: Span): Expr {
  const variable: Expr = { kind: 'hole', parts: [], span: { start: span.end, end: span.end } };
  return {
    kind: 'derivative',
    form: direct ? 'direct' : 'partial',
    of: parseWhole(cursorWithin(cursor, rest)),
    wrt: [{ expr: variable, transposed: false }],
    order,
    span,
  };
}

/** `\frac{d}{2}`, `\frac{d}{d+1}`, `\frac{d_j^2}{d_j^2 + \lambda}`: no derivative, but a dimension, or a member of a family, in a quotient. */
function isBareQuotient(over: Above, variables: readonly (readonly Token[])[]): boolean {
  const [first] = variables;
  if ([over.rest, ...variables].some((one) => one[0]?.kind === 'sub')) return true;
  return first === undefined || first.length === 0 || (over.rest.length === 0 && first[0]?.kind === 'operator');
}

/** An operator without an operand, as in the title of a table, differentiates nothing in particular. */
function parseOperand(cursor: Cursor, span: Span): Expr {
  if (startsOperand(cursor)) return parseReach(cursor);
  return { kind: 'hole', parts: [], span: { start: span.end, end: span.end } };
}

function signOf(token: Token | undefined): string | null {
  if (token?.kind === 'operator' && token.text === '∂') return '∂';
  if (token?.kind === 'name' && (token.text === 'd' || token.text === 'rm:d' || token.text === 'sf:d')) return token.text;
  return null;
}

/** The sign with its order and its plus: `∂`, `∂^2`, `∂^+`, `d`, `d^2`. */
function readAbove(tokens: readonly Token[]): Above | null {
  const sign = signOf(tokens[0]);
  if (sign === null) return null;
  const marked = tokens[1]?.kind === 'sup' && tokens[3] !== undefined && tokens[4]?.kind === 'ungroup';
  if (!marked) return { sign, order: 1, direct: false, rest: tokens.slice(1) };
  const mark = tokens[3] as Token;
  const rest = tokens.slice(5);
  if (mark.text === '+') return { sign, order: 1, direct: true, rest };
  const order = 'value' in mark && mark.value >= 1 && mark.value <= 4 ? mark.value : null;
  return order === null ? null : { sign, order, direct: false, rest };
}

/** The variables below the stroke, each behind a sign of its own; null where one begins otherwise. */
function splitVariables(tokens: readonly Token[], sign: string): Token[][] | null {
  const variables: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    const begins = depth === 0 && signOf(token) === sign;
    if (begins) variables.push([]);
    else variables.at(-1)?.push(token);
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') depth--;
  }
  return variables.length === 0 || variables.some((one) => one.length === 0) ? null : variables;
}

/** `x`, `x^\top`, `x_i`, `x^2` (twice, where the order leaves as many: not in `∂β ∂σ^2`), `\operatorname{vec}(X)^\top`. */
function parseVariable(cursor: Cursor, tokens: readonly Token[], left: number): Wrt[] {
  const variable = parseWhole(cursorWithin(cursor, tokens));
  const repeated = left > 1 && variable.kind === 'postfix' && variable.mark.kind === 'power' && variable.mark.exponent.kind === 'number';
  if (!repeated) return [splitTransposed(variable)];
  const { base, mark } = variable;
  const times = mark.kind === 'power' && mark.exponent.kind === 'number' ? mark.exponent.value : 1;
  return times === left ? Array.from({ length: times }, () => splitTransposed(base)) : [splitTransposed(variable)];
}
