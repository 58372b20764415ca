import { cover, type Span } from '../base/span.ts';
import type { Expr, Mark } from './ast.ts';
import { accept, atEnd, type Cursor, peek, report, sees, spanSince } from './cursor.ts';
import { functionNamed, POWER } from './notation.ts';
import { CLOSING, parseCondition } from './parse-brackets.ts';
import { parseEvaluation } from './parse-environment.ts';
import { parseExpression, parseFactor } from './parse-expression.ts';
import { cursorWithin } from './parse-group.ts';
import { parseShapeSubscript } from './parse-note.ts';
import type { Token } from './token.ts';

/** The factor with all marks that follow it: `_i`, `^T`, `'`, `.^2`, and the brackets of an application. */
export function parsePostfixes(cursor: Cursor, base: Expr): Expr {
  let result = base;
  for (let next = parsePostfix(cursor, result); next !== null; next = parsePostfix(cursor, result)) result = next;
  return result;
}

function parsePostfix(cursor: Cursor, base: Expr): Expr | null {
  const token = peek(cursor);
  if (token === undefined) return null;
  switch (token.kind) {
    case 'sub':
      return parseHatMap(cursor, base) ?? parseSubscript(cursor, base);
    case 'sup':
      return parseHatMap(cursor, base) ?? parseSup(cursor).reduce(withMark, base);
    case 'prime':
      cursor.at++;
      return withMark(base, { kind: 'prime', count: token.text.length, span: token.span });
    case 'operator':
      return parseOperatorMark(cursor, base, token);
    case 'command':
      return token.text === 'at' ? parseEvaluation(cursor, base) : null;
    case 'unknown':
      return token.text === '!' ? parseFactorial(cursor, base, token) : null;
    case 'open':
      return callsHere(cursor, base, token) ? (parseSlice(cursor, base, token) ?? parseCall(cursor, base, token)) : null;
    default:
      return null;
  }
}

/** Signs above or below a vector that make a matrix of it, and the function that they stand for. */
const HAT_MAPS: ReadonlyMap<string, string> = new Map([
  ['sup ∧', 'hatmap'],
  ['sup ∨', 'veemap'],
  ['sup ⊙', 'odotmap'],
  ['sup ×', 'crossmap'],
  ['sub ×', 'crossmap'],
]);

/** `\phi^\wedge`, `[\omega]_\times`: the map from vectors to matrices of a Lie algebra, applied. */
function parseHatMap(cursor: Cursor, base: Expr): Expr | null {
  const isBraced = sees(cursor, 'group', undefined, 1);
  const sign = peek(cursor, isBraced ? 2 : 1);
  const name = sign?.kind === 'operator' ? HAT_MAPS.get(`${(peek(cursor) as Token).kind} ${sign.text}`) : undefined;
  if (sign === undefined || name === undefined || cursor.notation !== 'latex' || (isBraced && !sees(cursor, 'ungroup', undefined, 3)))
    return null;
  const first = cursor.at;
  cursor.at += isBraced ? 4 : 2;
  const head: Expr = { kind: 'name', name, span: sign.span };
  return { kind: 'call', head, args: [base], bracket: '(', argsSpan: base.span, span: cover(base.span, spanSince(cursor, first)) };
}

/** `n!`: an application of a function that no table knows. */
function parseFactorial(cursor: Cursor, base: Expr, sign: Token): Expr {
  cursor.at++;
  const head: Expr = { kind: 'name', name: 'factorial', span: sign.span };
  return { kind: 'call', head, args: [base], bracket: '(', argsSpan: base.span, span: cover(base.span, sign.span) };
}

function withMark(base: Expr, mark: Mark): Expr {
  return { kind: 'postfix', base, mark, span: cover(base.span, mark.span) };
}

/** A letter or a number by itself, `x_i`, `W_{1}`, is an index whatever stands around it. */
function parseSubscript(cursor: Cursor, base: Expr): Expr {
  if (isPositivePart(cursor, base)) return parsePositivePart(cursor, base);
  const mark = parseLoneSub(cursor);
  return mark === null
    ? (parseShapeSubscript(cursor, base) ?? withSub(cursor, base, parseSub(cursor, isConstantOfSize(base))))
    : withSub(cursor, base, mark);
}

/** `\sigma^2_u` of a small letter is `\sigma_u^2`. */
function withSub({ notation }: Cursor, base: Expr, sub: Mark): Expr {
  const isPower = base.kind === 'postfix' && base.mark.kind === 'power' && base.mark.exponent.kind === 'number' && !base.mark.entrywise;
  if (notation !== 'latex' || !isPower || base.base.kind !== 'name' || !/\p{Ll}$/u.test(base.base.name)) return withMark(base, sub);
  return { ...withMark(withMark(base.base, sub), base.mark), span: cover(base.span, sub.span) };
}

/** `[x]_+`, `(x)_+`: the `+` stands below brackets that are no arguments. */
function isPositivePart(cursor: Cursor, base: Expr): boolean {
  const before = peek(cursor, -1);
  const isBraced = sees(cursor, 'group', undefined, 1);
  return (
    before?.kind === 'close' &&
    (before.text === ')' || before.text === ']') &&
    base.kind !== 'call' &&
    sees(cursor, 'operator', '+', isBraced ? 2 : 1) &&
    (!isBraced || sees(cursor, 'ungroup', undefined, 3))
  );
}

function parsePositivePart(cursor: Cursor, base: Expr): Expr {
  const first = cursor.at;
  cursor.at += sees(cursor, 'group', undefined, 1) ? 4 : 2;
  return { kind: 'apply', op: 'positivePart', args: [base], span: cover(base.span, spanSince(cursor, first)) };
}

function parseOperatorMark(cursor: Cursor, base: Expr, token: Token): Expr | null {
  if (token.text === '⊤' || token.text === '†') {
    cursor.at++;
    return withMark(base, { kind: token.text === '⊤' ? 'transpose' : 'pseudoInverse', span: token.span });
  }
  if (token.text !== '.^') return null;
  const first = cursor.at++;
  const exponent = parseFactor(cursor);
  return withMark(base, { kind: 'power', exponent, entrywise: true, span: spanSince(cursor, first) });
}

/** `h (> 1/2)`: what begins with a relation is said of what stands before it. */
function isRemark(cursor: Cursor): boolean {
  return cursor.notation === 'latex' && peek(cursor, 1)?.kind === 'relation';
}

/** Whether brackets after an expression may be its arguments; elaboration has the last word. */
function callsHere(cursor: Cursor, base: Expr, open: Token): boolean {
  if (open.text === '{') return listsArguments(cursor, base);
  if ((open.text !== '(' && open.text !== '[') || isRemark(cursor)) return false;
  const name = headName(base);
  if (name === null) return open.text === '[' && isApplication(base) && !open.spaced;
  if (open.text === '[') return (!open.spaced && base.span.end === open.span.start) || isSpelledOut(cursor, name);
  return cursor.notation === 'latex' || !open.spaced || functionNamed(name) !== undefined;
}

/** `\log [x]`, `\exp \bigl[ x \bigr]`: nothing but an argument stands behind a function of several letters, and LaTeX does not print the blank. */
function isSpelledOut(cursor: Cursor, name: string): boolean {
  return cursor.notation === 'latex' && /^[a-z]{2,}$/.test(name) && functionNamed(name) !== undefined;
}

/** `\max\{0, x\}`: the braces of a function hold its arguments, unless they say what runs through a set. */
export function listsArguments(cursor: Cursor, base: Expr): boolean {
  if (!sees(cursor, 'open', '{') || cursor.notation !== 'latex' || base.kind !== 'name' || functionNamed(base.name) === undefined)
    return false;
  for (let at = cursor.at + 1, depth = 0; at < cursor.tokens.length; at++) {
    const { kind, text } = cursor.tokens[at] as Token;
    if (kind === 'open' || kind === 'group') depth++;
    if ((kind === 'close' || kind === 'ungroup') && depth-- === 0) return kind === 'close' && text === '}';
    if (depth === 0 && kind === 'relation') return false;
  }
  return false;
}

/** `f(x)`, which may have a direction in brackets after it, and not `[a]_\times`, whose sign stands behind. */
function isApplication(expr: Expr): boolean {
  return expr.kind === 'call' && expr.head.span.start < expr.argsSpan.start;
}

/** The name under all marks, where there is one. */
function headName(expr: Expr): string | null {
  if (expr.kind === 'postfix') return headName(expr.base);
  return expr.kind === 'name' ? expr.name : null;
}

/** `A[i, :]`, `x[0:N]`: in LaTeX a colon between square brackets makes indices of what they hold, as in a program. */
function parseSlice(cursor: Cursor, base: Expr, open: Token): Expr | null {
  if (open.text !== '[' || cursor.notation !== 'latex') return null;
  const close = closingOf(cursor);
  const tokens = close === null ? [] : cursor.tokens.slice(cursor.at + 1, close);
  if (close === null || !tokens.some(({ kind, text }) => kind === 'relation' && text === ':')) return null;
  const items = splitAt(tokens, ',').map((part) => parseSliceItem(cursor, part));
  const first = cursor.at;
  cursor.at = close + 1;
  return withMark(base, { kind: 'sub', items, span: spanSince(cursor, first) });
}

/** All of an axis, an index, or a stretch of them. */
function parseSliceItem(cursor: Cursor, part: readonly Token[]): Expr {
  const [only] = part;
  if (only?.text === ':' && part.length === 1) return { kind: 'name', name: ':', span: only.span };
  const bounds = splitBy(part, ({ kind, text }) => kind === 'relation' && text === ':')
    .filter((one) => one.length > 0)
    .map((one) => parseExpression(cursorWithin(cursor, one)));
  const [index] = bounds;
  const isIndex = index !== undefined && !part.some(({ text }) => text === ':');
  return isIndex ? index : { kind: 'hole', parts: bounds, span: spanSince(cursorWithin(cursor, part), 0) };
}

/** The number of the token that closes the bracket at the cursor; null where none does. */
function closingOf({ tokens, at: first }: Cursor): number | null {
  for (let at = first, depth = 0; at < tokens.length; at++) {
    const { kind } = tokens[at] as Token;
    if (kind === 'newline') return null;
    if (kind === 'open' || kind === 'group') depth++;
    if ((kind === 'close' || kind === 'ungroup') && --depth === 0) return at;
  }
  return null;
}

function parseCall(cursor: Cursor, head: Expr, open: Token): Expr {
  const first = cursor.at++;
  const args: Expr[] = [];
  while (!atEnd(cursor) && !sees(cursor, 'close') && !sees(cursor, 'newline')) {
    const before = cursor.at;
    args.push(parseCondition(cursor));
    const more = accept(cursor, 'separator', ',') ?? accept(cursor, 'separator', ';') ?? accept(cursor, 'relation', '|');
    if (more === undefined || cursor.at === before) break;
  }
  if (accept(cursor, 'close', CLOSING[open.text]) === undefined) closeBadly(cursor, open);
  const argsSpan = spanSince(cursor, first);
  const bracket = open.text === '[' ? '[' : '(';
  return { kind: 'call', head, args, bracket, argsSpan, span: cover(head.span, argsSpan) };
}

/** Skips to the bracket that closes this level, or reports that there is none. */
function closeBadly(cursor: Cursor, open: Token): void {
  const start = cursor.at;
  for (let depth = 0; !atEnd(cursor) && !sees(cursor, 'newline'); cursor.at++) {
    const kind = (peek(cursor) as Token).kind;
    if (kind === 'open' || kind === 'group') depth++;
    if ((kind === 'close' || kind === 'ungroup') && depth-- === 0) break;
  }
  const span = { start: (cursor.tokens[start] ?? open).span.start, end: (peek(cursor) ?? open).span.start };
  if (accept(cursor, 'close') !== undefined) return report(cursor, 'This could not be read.', span);
  cursor.at = start;
  report(cursor, `\`${open.text}\` is never closed.`, open.span);
}

// ---- subscripts and superscripts

/** The tokens of a script: those of its braces, or the one token that follows. The cursor is on the mark. */
function scriptTokens(cursor: Cursor): { readonly tokens: readonly Token[]; readonly span: Span; readonly braced: boolean } {
  const first = cursor.at++;
  const bracketed = cursor.notation === 'plain' ? acceptBracketed(cursor) : null;
  if (bracketed !== null) return { tokens: bracketed, span: spanSince(cursor, first), braced: true };
  if (accept(cursor, 'group') === undefined) {
    const signed = sees(cursor, 'operator', '-') && cursor.notation === 'plain';
    const tokens = cursor.tokens.slice(cursor.at, cursor.at + (signed ? 2 : 1)).filter((token) => token.kind !== 'newline');
    cursor.at += tokens.length;
    return { tokens, span: spanSince(cursor, first), braced: false };
  }
  const start = cursor.at;
  for (let depth = 0; !atEnd(cursor); cursor.at++) {
    const kind = (peek(cursor) as Token).kind;
    if (kind === 'group') depth++;
    if (kind === 'ungroup' && depth-- === 0) break;
  }
  const tokens = cursor.tokens.slice(start, cursor.at);
  accept(cursor, 'ungroup');
  return { tokens, span: spanSince(cursor, first), braced: true };
}

/** The tokens of `_(k+1)` in plain notation, where round brackets group what stands below. */
function acceptBracketed(cursor: Cursor): readonly Token[] | null {
  if (!sees(cursor, 'open', '(')) return null;
  let close = cursor.at + 1;
  while (close < cursor.tokens.length && !/^(?:close|open|newline)$/.test((cursor.tokens[close] as Token).kind)) close++;
  if (cursor.tokens[close]?.text !== ')') return null;
  const tokens = cursor.tokens.slice(cursor.at + 1, close);
  cursor.at = close + 1;
  return tokens;
}

/** `_{i}`, `_{1}`: one letter or number in braces; null, and nothing consumed, for anything more. */
function parseLoneSub(cursor: Cursor): Mark | null {
  const { tokens, at } = cursor;
  const item = tokens[at + 2];
  if (tokens[at + 1]?.kind !== 'group' || tokens[at + 3]?.kind !== 'ungroup' || item === undefined) return null;
  if (item.kind !== 'name' && !('value' in item)) return null;
  cursor.at += 4;
  const atom: Expr =
    'value' in item ? { kind: 'number', value: item.value, span: item.span } : { kind: 'name', name: item.text, span: item.span };
  return { kind: 'sub', items: [atom], span: spanSince(cursor, at) };
}

/** `_i`, `_{ij}`, `_{i,:}`; words, bars and whatever is no list of expressions make a label. */
export function parseSub(cursor: Cursor, isSize = false): Mark {
  const { tokens, span } = scriptTokens(cursor);
  const label: Mark = { kind: 'label', text: textOf(tokens), above: false, span };
  const isSign = tokens.length === 1 && tokens[0]?.kind === 'operator' && tokens[0].text !== '·';
  if (
    tokens.length === 0 ||
    isSign ||
    isWord(tokens) ||
    !tokens.every((token) => isSubscriptToken(token) || (isSize && token.kind === 'sup'))
  )
    return label;
  const items = splitAt(tokens, ',').map((part) => parseSubItems(cursor, part));
  return items.some((list) => list === null) ? label : { kind: 'sub', items: (items as Expr[][]).flat(), span };
}

/** `\mathcal L_{RSS}`, `p_{Log}`: three letters and more that begin with a capital are a word; indices are small, and sets two. */
function isWord(tokens: readonly Token[]): boolean {
  const isLetters = tokens.length > 2 && tokens.every(({ kind, text }) => kind === 'name' && /^[A-Za-z]$/.test(text));
  return isLetters && /^(?:[A-Z]{3,}|[A-Z][a-z]+)$/.test(tokens.map(({ text }) => text).join(''));
}

/** `I_{n^2}`, `\mathbf 1_{m^2}`: constants have their size below them. */
function isConstantOfSize(base: Expr): boolean {
  return base.kind === 'name' && /^(?:[a-z]+:)?[I10]$/.test(base.name);
}

const SUBSCRIPT_OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '·']);

function isSubscriptToken(token: Token): boolean {
  if (token.kind === 'operator') return SUBSCRIPT_OPERATORS.has(token.text);
  if (token.kind === 'relation') return token.text === ':';
  if (token.kind === 'open' || token.kind === 'close') return token.text === '(' || token.text === ')';
  return (
    token.kind === 'number' ||
    token.kind === 'name' ||
    token.kind === 'sub' ||
    token.kind === 'group' ||
    token.kind === 'ungroup' ||
    token.text === ','
  );
}

/** Juxtaposed letters are items of their own (`ij`); anything with an operator is one expression. */
function parseSubItems(cursor: Cursor, tokens: readonly Token[]): Expr[] | null {
  if (tokens.length === 0) return null;
  const whole = tokens.length === 1 && (tokens[0]?.text === ':' || tokens[0]?.text === '·');
  if (whole) return [{ kind: 'name', name: ':', span: (tokens[0] as Token).span }];
  if (tokens.some((token) => token.text === ':' || token.text === '·')) return parseSliceItems(cursor, tokens);
  const inner = cursorWithin(cursor, tokens);
  const problems = cursor.problems.length;
  const items: Expr[] = [];
  const summed = tokens.some((token) => token.kind === 'operator');
  while (!atEnd(inner) && cursor.problems.length === problems) items.push(parseExpression(inner, summed ? 0 : POWER.product));
  if (cursor.problems.length === problems) return items;
  cursor.problems.length = problems;
  return null;
}

/** `i:` and `:j` without a comma: the colon is an item of its own. */
function parseSliceItems(cursor: Cursor, tokens: readonly Token[]): Expr[] | null {
  if (tokens.length !== 2) return null;
  const parts = tokens.map((token) => parseSubItems(cursor, [token]));
  return parts.some((part) => part === null) ? null : (parts as Expr[][]).flat();
}

function splitAt(tokens: readonly Token[], separator: string): Token[][] {
  return splitBy(tokens, (token) => token.kind === 'separator' && token.text === separator);
}

function splitBy(tokens: readonly Token[], parts: (token: Token) => boolean): Token[][] {
  const found: Token[][] = [[]];
  for (const token of tokens) {
    if (parts(token)) found.push([]);
    else (found.at(-1) as Token[]).push(token);
  }
  return found;
}

function textOf(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) text += token.text;
  return text;
}

/** What stands above: a transpose, an inverse, a power, a prime, a label, or a label and then a transpose. */
export function parseSup(cursor: Cursor): Mark[] {
  const power = parsePlainPower(cursor);
  if (power !== null) return [power];
  const { tokens, span, braced } = scriptTokens(cursor);
  const label = splitLabel(tokens, braced);
  if (label === null) return classifySup(cursor, tokens, span);
  return [{ kind: 'label', text: label.text, above: true, span }, ...classifySup(cursor, label.rest, span)];
}

/** In plain notation brackets above group an exponent: `A^(1/2)`. */
function parsePlainPower(cursor: Cursor): Mark | null {
  if (cursor.notation !== 'plain' || !sees(cursor, 'open', '(', 1)) return null;
  const first = cursor.at++;
  const exponent = parseFactor(cursor);
  return { kind: 'power', exponent, entrywise: false, span: spanSince(cursor, first) };
}

/** `(t)⊤`: the bracketed label and what follows it; null where nothing does. */
function splitLabel(tokens: readonly Token[], braced: boolean): { readonly text: string; readonly rest: readonly Token[] } | null {
  if (!braced || tokens[0]?.kind !== 'open') return null;
  const close = tokens.findIndex((token) => token.kind === 'close');
  if (close < 0 || close === tokens.length - 1) return null;
  return { text: textOf(tokens.slice(0, close + 1)), rest: tokens.slice(close + 1) };
}

const TRANSPOSES: ReadonlySet<string> = new Set(['T', '⊤', 'rm:T', 'sf:T', 'bold:T', 'tr', '⊺']);

function classifySup(cursor: Cursor, tokens: readonly Token[], span: Span): Mark[] {
  const text = textOf(tokens);
  if (TRANSPOSES.has(text)) return [{ kind: 'transpose', span }];
  if (text === '-1') return [{ kind: 'inverse', span }];
  if (text.startsWith('-') && TRANSPOSES.has(text.slice(1))) return [{ kind: 'inverseTranspose', span }];
  if (text === '+' || text === '†') return [{ kind: 'pseudoInverse', span }];
  if (text.startsWith("'") && /^'+$/.test(text)) return [{ kind: 'prime', count: text.length, span }];
  if (text === '*' || text === '-' || text === '' || tokens.every((token) => token.kind === 'text'))
    return [{ kind: 'label', text, above: true, span }];
  const open = tokens[0] as Token;
  const bracketed = open.kind === 'open' && (open.text === '(' || open.text === '[') && tokens.at(-1)?.kind === 'close';
  if (bracketed) return [{ kind: 'label', text, above: true, span }];
  return [parsePower(cursor, tokens, span)];
}

/** An exponent; `∘` or `⊙` before it makes the power entry by entry. */
function parsePower(cursor: Cursor, tokens: readonly Token[], span: Span): Mark {
  const entrywise = tokens[0]?.text === '∘' || tokens[0]?.text === '⊙';
  const inner = cursorWithin(cursor, entrywise ? tokens.slice(1) : tokens);
  const problems = cursor.problems.length;
  const exponent = parseExpression(inner);
  if (atEnd(inner) && cursor.problems.length === problems) return { kind: 'power', exponent, entrywise, span };
  cursor.problems.length = problems;
  return { kind: 'label', text: textOf(tokens), above: true, span };
}
