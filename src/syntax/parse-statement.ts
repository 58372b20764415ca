import type { EquationStatement, Expr, Relation, ShapeExpr, ShapeLineStatement, Statement } from './ast.ts';
import { accept, atEnd, type Cursor, here, peek, report, sees, spanSince } from './cursor.ts';
import { withinDepth } from './depth.ts';
import { DIRECTIVE_WORDS, parseDirective } from './parse-directive.ts';
import { parseExpression } from './parse-expression.ts';
import { isProperty, isUnknownStructure, parseDim, parseDims, parseProperties, parseSet, parseTyped } from './parse-shape.ts';
import type { Token } from './token.ts';

/**
 * One statement in plain notation: the tokens are those of one logical line, without line ends. Null
 * where nothing could be made of it; the cursor's problems then say why.
 */
export function parseStatement(cursor: Cursor): Statement | null {
  const statement =
    parseDirective(cursor) ??
    parseShapeLine(cursor) ??
    parseTypeStatement(cursor) ??
    (cursor.tokens.some((token) => token.kind === 'dots') ? parseIndexEquation(cursor) : null) ??
    parseEquation(cursor, true);
  if (statement?.kind === 'equation') refuseLoneExpression(cursor, statement);
  const another = statement?.kind === 'directive' && DIRECTIVE_WORDS.includes(peek(cursor)?.text ?? '');
  if (!atEnd(cursor) && !another)
    report(cursor, 'This could not be read.', { start: here(cursor).start, end: (cursor.tokens.at(-1) as Token).span.end });
  return statement;
}

function refuseLoneExpression(cursor: Cursor, statement: EquationStatement): void {
  if (statement.relations.length > 0 || statement.continues || cursor.problems.length > 0) return;
  const word = cursor.tokens[0]?.text ?? '';
  const near = DIRECTIVE_WORDS.find((known) => known.length > 3 && differsLittle(word, known));
  const hint = near === undefined ? '' : ` Is \`${near}\` meant?`;
  report(
    cursor,
    `This line states nothing: it is no declaration, no equation and no directive that Chainrule knows.${hint}`,
    statement.span,
  );
}

/** Two letters swapped, or one wrong, missing or too many. */
function differsLittle(word: string, known: string): boolean {
  if (Math.abs(word.length - known.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === known[start]) start++;
  const rest = (text: string, from: number) => text.slice(start + from);
  const swapped = rest(word, 2) === rest(known, 2) && word[start] === known[start + 1] && word[start + 1] === known[start];
  return swapped || rest(word, 1) === rest(known, 1) || rest(word, 1) === rest(known, 0) || rest(word, 0) === rest(known, 1);
}

/** Whether a relation of that text stands outside all brackets. */
function hasRelation(cursor: Cursor, text: string): boolean {
  let depth = 0;
  for (let at = cursor.at; at < cursor.tokens.length; at++) {
    const { kind, text: found } = cursor.tokens[at] as Token;
    if (kind === 'open' || kind === 'group') depth++;
    if (kind === 'close' || kind === 'ungroup') depth--;
    if (depth === 0 && kind === 'relation' && found === text) return true;
  }
  return false;
}

// ---- declarations

/** `x, y : n`, `x ∈ R^n`, `f : R^n -> R^m`, `y(x) : m`, `i : 1..N`; null where it is none of these. */
function parseTypeStatement(cursor: Cursor): Statement | null {
  if (!hasRelation(cursor, ':') && (!hasRelation(cursor, '∈') || hasRelation(cursor, '='))) return null;
  const first = cursor.at;
  const names = parseNameList(cursor);
  const colon = accept(cursor, 'relation', ':') ?? accept(cursor, 'relation', '∈');
  if (colon === undefined || names.length === 0) {
    report(cursor, 'A name was expected before the colon.', spanSince(cursor, first));
    cursor.at = cursor.tokens.length;
    return null;
  }
  if (hasRelation(cursor, '→')) return parseFunctionType(cursor, first, names);
  if (cursor.tokens.slice(cursor.at).some((token) => token.kind === 'dots')) return parseIndexType(cursor, first, names);
  return parseShapeType(cursor, first, names);
}

function parseNameList(cursor: Cursor): Expr[] {
  const names: Expr[] = [];
  do {
    if (!sees(cursor, 'name')) break;
    names.push(parseExpression(cursor, 45));
  } while (accept(cursor, 'separator', ',') !== undefined);
  return names;
}

function parseShapeType(cursor: Cursor, first: number, names: readonly Expr[]): Statement | null {
  const before = parseProperties(cursor);
  const type = parseTyped(cursor);
  if (type === null && before.length === 0) {
    report(cursor, 'A shape was expected here, such as `n`, `m×n` or `scalar`.', here(cursor));
    cursor.at = cursor.tokens.length;
    return null;
  }
  if (isProperty(peek(cursor, 1))) accept(cursor, 'separator', ',');
  const properties = [...before, ...(type?.properties ?? []), ...parseProperties(cursor)];
  if (isUnknownStructure(peek(cursor))) reportStructure(cursor);
  const span = spanSince(cursor, first);
  const [name] = names;
  if (name?.kind === 'call' && type !== null) return { kind: 'open', name: name.head, args: name.args, shape: type.shape, span };
  return { kind: 'declaration', names, shape: type?.shape ?? null, properties, span };
}

function reportStructure(cursor: Cursor): void {
  const { text, span } = cursor.tokens[cursor.at++] as Token;
  report(
    cursor,
    `A matrix cannot be declared ${text} here: write it as what it is made of, such as \`T = Σ_k t_k S_k\` of a number for each diagonal.`,
    span,
  );
}

function parseFunctionType(cursor: Cursor, first: number, names: readonly Expr[]): Statement | null {
  const from: ShapeExpr[] = [];
  const bracketed = accept(cursor, 'open', '(') !== undefined;
  do {
    const set = parseSet(cursor) ?? parseTyped(cursor);
    if (set !== null) from.push(set.shape);
  } while ((accept(cursor, 'operator', '×') ?? accept(cursor, 'name', 'x') ?? accept(cursor, 'separator', ',')) !== undefined);
  if (bracketed) accept(cursor, 'close', ')');
  const arrow = accept(cursor, 'relation', '→');
  const to = arrow === undefined ? null : parseTyped(cursor);
  if (to === null || from.length === 0) {
    report(cursor, 'A function is declared as in `f : R^n -> R^m`.', here(cursor));
    cursor.at = cursor.tokens.length;
    return null;
  }
  return { kind: 'function', names, from, to: to.shape, span: spanSince(cursor, first) };
}

/** `i = 1..N`, `i = 1, …, N`; null, and nothing consumed, for any other equation. */
function parseIndexEquation(cursor: Cursor): Statement | null {
  const first = cursor.at;
  const names = parseNameList(cursor);
  const range = names.length > 0 && accept(cursor, 'relation', '=') !== undefined ? parseIndexRange(cursor) : null;
  if (range !== null && atEnd(cursor)) return { kind: 'index', names, ...range, span: spanSince(cursor, first) };
  cursor.at = first;
  return null;
}

/** `1..N`, `1, …, N`. */
function parseIndexRange(cursor: Cursor): { readonly from: Expr; readonly to: Expr } | null {
  const from = parseDim(cursor, false);
  accept(cursor, 'separator', ',');
  const dots = accept(cursor, 'dots');
  accept(cursor, 'separator', ',');
  const to = dots === undefined ? null : parseDim(cursor, false);
  return from === null || to === null ? null : { from, to };
}

function parseIndexType(cursor: Cursor, first: number, names: readonly Expr[]): Statement | null {
  const range = parseIndexRange(cursor);
  if (range === null) {
    report(cursor, 'An index is declared as in `i : 1..N`.', here(cursor));
    cursor.at = cursor.tokens.length;
    return null;
  }
  return { kind: 'index', names, ...range, span: spanSince(cursor, first) };
}

// ---- shape lines

/** `n×1 = n×m m×1`; null, and nothing consumed, where the line holds anything but shapes. */
export function parseShapeLine(cursor: Cursor): ShapeLineStatement | null {
  if (!mayHoldShapes(cursor)) return null;
  const first = cursor.at;
  const problems = cursor.problems.length;
  const sides = [parseShapeSide(cursor)];
  while (accept(cursor, 'relation', '=') !== undefined) sides.push(parseShapeSide(cursor));
  const whole = (atEnd(cursor) || sees(cursor, 'separator')) && sides.length > 1 && cursor.problems.length === problems;
  if (whole && sides.every((side) => side !== null))
    return { kind: 'shapeLine', sides: sides as ShapeExpr[][][], span: spanSince(cursor, first) };
  cursor.at = first;
  cursor.problems.length = problems;
  return null;
}

/** Whether there is an equation, and a sign that parts rows from columns. */
function mayHoldShapes({ tokens, at }: Cursor): boolean {
  let [hasEquals, hasTimes] = [false, false];
  for (let place = at; place < tokens.length; place++) {
    const { text } = tokens[place] as Token;
    hasEquals ||= text === '=';
    hasTimes ||= text === '×' || text === 'x';
  }
  return hasEquals && hasTimes;
}

/** The terms of one side, each a list of factor shapes. */
function parseShapeSide(cursor: Cursor): ShapeExpr[][] | null {
  const terms: ShapeExpr[][] = [];
  do {
    const factors: ShapeExpr[] = [];
    for (let shape = parseFactorShape(cursor); shape !== null; shape = parseFactorShape(cursor)) {
      factors.push(shape);
      accept(cursor, 'operator', '·');
    }
    if (factors.length === 0) return null;
    terms.push(factors);
  } while (accept(cursor, 'operator', '+') !== undefined || accept(cursor, 'operator', '-') !== undefined);
  return terms;
}

/** `n×m`, `(n×m)`, `[n×m]`: two dimensions with a × between them, without blanks inside a dimension. */
function parseFactorShape(cursor: Cursor): ShapeExpr | null {
  const first = cursor.at;
  const bracketed = accept(cursor, 'open', '(') ?? accept(cursor, 'open', '[');
  const dims = bracketed === undefined ? parseDims(cursor, true) : parseDims(cursor, false);
  const closed = bracketed === undefined || accept(cursor, 'close') !== undefined;
  if (dims.length === 2 && closed) return { dims, span: spanSince(cursor, first) };
  cursor.at = first;
  return bracketed === undefined ? null : parseUnbracketed(cursor, first);
}

/** `(n+1)×m` begins with a bracket that belongs to a dimension. */
function parseUnbracketed(cursor: Cursor, first: number): ShapeExpr | null {
  const dims = parseDims(cursor, true);
  if (dims.length === 2) return { dims, span: spanSince(cursor, first) };
  cursor.at = first;
  return null;
}

// ---- equations

const RELATIONS: ReadonlySet<string> = new Set<Relation>([
  '=',
  ':=',
  '=:',
  '≡',
  '≈',
  '≤',
  '≥',
  '<',
  '>',
  '≠',
  '∝',
  '~',
  '←',
  '→',
  '⇒',
  '≻',
  '⪰',
]);

/**
 * A chain of sides with relations between them, up to what belongs to no side: a separator, the end.
 * One that begins with a relation goes on from the statement before.
 */
export function parseEquation(cursor: Cursor, displayed: boolean): EquationStatement | null {
  const first = cursor.at;
  const relations: Relation[] = [];
  const leading = acceptRelation(cursor);
  const sides: Expr[] = [parseExpression(cursor)];
  if (leading !== null) relations.push(leading);
  for (let relation = acceptRelation(cursor); relation !== null; relation = acceptRelation(cursor)) {
    relations.push(relation);
    sides.push(parseExpression(cursor));
  }
  const membership = accept(cursor, 'relation', '∈') === undefined ? null : (parseTyped(cursor)?.shape ?? null);
  const span = spanSince(cursor, first);
  if (span.end === span.start) return null;
  const shallow = sides.map((side) => withinDepth(side, cursor.tokens.length, cursor.problems));
  return { kind: 'equation', sides: shallow, relations, demanded: false, membership, displayed, continues: leading !== null, span };
}

function acceptRelation(cursor: Cursor): Relation | null {
  const token = peek(cursor);
  if (token?.kind !== 'relation' || !RELATIONS.has(token.text)) return null;
  cursor.at++;
  return token.text as Relation;
}
