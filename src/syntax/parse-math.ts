import type { Span } from '../base/span.ts';
import type { EquationStatement, Expr, Property, Relation, ShapeExpr, Statement, SyntaxProblem } from './ast.ts';
import { type Contents, hasSign } from './contents.ts';
import { atEnd, type Cursor, cursorOver } from './cursor.ts';
import { withinDepth } from './depth.ts';
import { mathLines, trimPunctuation } from './math-lines.ts';
import { unstyled } from './name.ts';
import { splitOutside } from './parse-environment.ts';
import { parseWhole } from './parse-group.ts';
import { type Membership, membershipOf } from './parse-membership.ts';
import { shapeOfNote } from './parse-note.ts';
import { parseShapeLine } from './parse-statement.ts';
import { isSizeAlone } from './size-behind.ts';
import { baseKey, symbolKey } from './symbol-key.ts';
import { isRelation, outsideRelation, type Token } from './token.ts';

export interface ParsedMath {
  readonly statements: readonly Statement[];
  readonly problems: readonly SyntaxProblem[];
}

/** The statements of one block of LaTeX mathematics. Total; what is not understood is opaque and a problem. */
export function parseMath(tokens: readonly Token[], contents: Contents, displayed: boolean): ParsedMath {
  const block = withoutLeadingMark(tokens);
  const setting: Setting = { displayed, problems: [], refused: new Set(), contents };
  const statements: Statement[] = [];
  for (const line of mathLines(block, setting.contents)) {
    for (const group of groupParts(setting, withoutEnclosing(line))) statements.push(...parseGroup(setting, group));
  }
  return { statements, problems: setting.problems };
}

/** `$^{\text{th}}$` raises a mark over the words before it, and `$\otimes$` only names a sign. */
function withoutLeadingMark(tokens: readonly Token[]): readonly Token[] {
  const first = tokens[0];
  if (tokens.length === 1 && first !== undefined && first.kind !== 'name' && first.kind !== 'number') return [];
  return first?.kind === 'sup' || first?.kind === 'sub' || first?.kind === 'prime' ? [] : tokens;
}

/** `(i = 1, \dots, n)`: brackets around statements are punctuation. */
function withoutEnclosing(line: readonly Token[]): readonly Token[] {
  const enclosed = line[0]?.kind === 'open' && (line[0].text === '(' || line[0].text === '[') && closingOf(line) === line.length - 1;
  return enclosed && outsideRelation(line.slice(1, -1)) !== undefined ? withoutWords(trimPunctuation(line.slice(1, -1))) : line;
}

/** `\text{where}\quad x = y` without the words that lead to it. */
function withoutWords(line: readonly Token[]): readonly Token[] {
  const first = line.findIndex(({ kind, text }) => kind !== 'text' && text !== 'gap');
  return first <= 0 ? line : line.slice(first);
}

/** The number of the token that closes the first one. */
function closingOf(tokens: readonly Token[]): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    return depth === 0;
  });
}

interface Setting {
  readonly displayed: boolean;
  readonly problems: SyntaxProblem[];
  readonly refused: Set<Token>;
  /** Of the whole block. */
  readonly contents: Contents;
}

function cursorOn(setting: Setting, tokens: readonly Token[]): Cursor {
  return cursorOver(tokens, 'latex', tokens.at(-1)?.span.end ?? 0, setting.problems, setting.refused);
}

function parseTokens(setting: Setting, tokens: readonly Token[]): Expr {
  return parseWhole(cursorOn(setting, tokens));
}

/** The span of all tokens in some lists, of which one has any. */
function spanOf(...lists: readonly (readonly Token[])[]): Span {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (let list = 0; list < lists.length; list++) {
    const tokens = lists[list] as readonly Token[];
    for (let at = 0; at < tokens.length; at++) {
      const { span } = tokens[at] as Token;
      if (span.start < start) start = span.start;
      if (span.end > end) end = span.end;
    }
  }
  return { start, end };
}

// ---- commas

/** What a line lists: statements parted by commas, each with the names and the range that belong to it. */
interface Group {
  /** `x, y` of `x, y \in …`; the last one stands in `tokens`. */
  readonly names: readonly (readonly Token[])[];
  readonly tokens: readonly Token[];
  /** `\dots, N` of `i = 1, \dots, N`: what the range ends with. */
  readonly rangeEnd: readonly Token[] | null;
}

function groupParts({ contents }: Setting, line: readonly Token[]): Group[] {
  if (!hasSign(contents, ',')) return [{ names: [], tokens: line, rangeEnd: null }];
  const parts = splitOutside(line, (token) => token.kind === 'separator' && token.text === ',')
    .map(trimPunctuation)
    .filter((part) => part.length > 0);
  const groups: Group[] = [];
  const namesAt = leadingNames(parts);
  for (let at = 0; at < parts.length; ) {
    const names = namesAt(at);
    const tokens = parts[at + names.length] as readonly Token[];
    const range = rangeAfter(parts, at + names.length);
    groups.push({ names, tokens, rangeEnd: range.end });
    at += names.length + 1 + range.length;
  }
  return groups;
}

/** For each part the parts from it on that are names for the first part with a relation. */
function leadingNames(parts: readonly (readonly Token[])[]): (at: number) => readonly (readonly Token[])[] {
  // Where a list of names that begins at a part ends, found from the back so that no part is looked at twice.
  const ends: number[] = [];
  let end = -1;
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at] as readonly Token[];
    const relation = outsideRelation(part);
    if (relation !== undefined) end = isListing(part, relation) ? at : -1;
    else if (part.length > LONGEST_NAME) end = -1;
    ends[at] = end;
  }
  return (at) => parts.slice(at, Math.max(at, ends[at] as number));
}

const LONGEST_NAME = 12;

function isListing(part: readonly Token[], { text }: Token): boolean {
  return text === '∈' || LISTING.has(text) || part.some((token) => token.text === ':');
}

const LISTING: ReadonlySet<string> = new Set(['>', '≥', '≻', '⪰', '=', '→']);

/** `2, \dots, N` after `i = 1`. */
function rangeAfter(parts: readonly (readonly Token[])[], at: number): { readonly end: readonly Token[] | null; readonly length: number } {
  const none = { end: null, length: 0 };
  if (!(parts[at] as readonly Token[]).some((token) => token.text === '=')) return none;
  const counted = countedAfter(parts, at);
  if (counted > 0 && !isDots(parts[at + counted + 1])) return { end: parts[at + counted] as readonly Token[], length: counted };
  let next = at + 1;
  while (next < parts.length && next < at + 4 && !isDots(parts[next])) {
    if ((parts[next] as readonly Token[]).length > 3 || (parts[next] as readonly Token[]).some(isRelation)) return none;
    next++;
  }
  if (!isDots(parts[next])) return none;
  const end = parts[next + 1];
  const ends = end !== undefined && !end.some(isRelation);
  return { end: ends ? end : [], length: next - at + (ends ? 1 : 0) };
}

/** How many whole numbers go on where `t = 1` begins to count: one in `t = 1, 2`. */
function countedAfter(parts: readonly (readonly Token[])[], at: number): number {
  const part = parts[at] as readonly Token[];
  const [name, first] = [part[0], part[2]];
  if (name === undefined || first?.kind !== 'number' || part.length !== 3 || !/^\p{Ll}$/u.test(name.text)) return 0;
  const isNext = (part: readonly Token[] | undefined, by: number) =>
    part?.length === 1 && part[0]?.kind === 'number' && Number(part[0].text) === Number(first.text) + by;
  let count = 0;
  while (isNext(parts[at + count + 1], count + 1)) count++;
  return count;
}

function isDots(part: readonly Token[] | undefined): boolean {
  return part?.length === 1 && part[0]?.kind === 'dots';
}

// ---- one statement

function parseGroup(setting: Setting, group: Group): Statement[] {
  const tokens = hasSign(setting.contents, 'quantifier') ? withoutQuantifier(group.tokens) : group.tokens;
  if (tokens.length === 0) return [];
  if (group.rangeEnd !== null) return parseIndexRange(setting, group.names, tokens, group.rangeEnd);
  const { contents } = setting;
  const shapeLine = setting.displayed && hasSign(contents, '×') ? parseShapeLineOnly(tokens) : null;
  if (shapeLine !== null) return [shapeLine];
  return (
    (hasSign(contents, '→') ? parseFunction(setting, group.names, tokens) : null) ??
    (hasSign(contents, '∈') || hasSign(contents, '×') ? parseMember(setting, group.names, tokens) : null) ??
    parsePositive(setting, group.names, tokens) ?? [
      ...group.names.filter((name) => !isDots(name)).flatMap((name) => parseEquations(setting, name)),
      ...parseEquations(setting, tokens),
    ]
  );
}

/** `\forall x \in …` says of each `x` what `x \in …` says of one. */
function withoutQuantifier(tokens: readonly Token[]): readonly Token[] {
  const from = tokens.findIndex((token) => !(token.kind === 'command' && token.text === 'quantifier'));
  return from <= 0 ? (from < 0 ? [] : tokens) : tokens.slice(from);
}

function parseShapeLineOnly(tokens: readonly Token[]): Statement | null {
  if (!tokens.some((token) => token.text === '×') || !tokens.some((token) => token.text === '=')) return null;
  const cursor = cursorOver(tokens, 'latex', 0);
  const line = parseShapeLine(cursor);
  return line !== null && atEnd(cursor) ? line : null;
}

/** Where the first relation of that text stands outside brackets; -1 where none does. */
function findOutside(tokens: readonly Token[], text: string): number {
  let depth = 0;
  return tokens.findIndex((token) => {
    if (token.kind === 'open' || token.kind === 'group') depth++;
    if (token.kind === 'close' || token.kind === 'ungroup') depth--;
    return depth === 0 && token.kind === 'relation' && token.text === text;
  });
}

// ---- declarations

/** `f, g : \mathbb R^n \times \mathbb R^k \to \mathbb R^m`. */
function parseFunction(setting: Setting, names: readonly (readonly Token[])[], tokens: readonly Token[]): Statement[] | null {
  const colon = findOutside(tokens, ':');
  const arrow = findOutside(tokens, '→');
  if (colon <= 0 || arrow < colon) return null;
  const all = parseNames(setting, [...names, tokens.slice(0, colon)]);
  const domain = splitOutside(tokens.slice(colon + 1, arrow), (token) => token.text === '×' || token.text === ',');
  const from = domain.map((set) => membershipOf(cursorOn(setting, set), set));
  const to = membershipOf(cursorOn(setting, tokens.slice(arrow + 1)), tokens.slice(arrow + 1));
  const known = all !== null && to?.shape != null && from.every((set) => set?.shape != null);
  if (!known) return [];
  const shapes = from.map((set) => (set as Membership).shape as ShapeExpr);
  return [{ kind: 'function', names: all, from: shapes, to: to.shape as ShapeExpr, span: spanOf(...names, tokens) }];
}

/** The names that some tokens spell; dots stay as holes; null where one is no name. */
function parseNames(setting: Setting, lists: readonly (readonly Token[])[]): Expr[] | null {
  const quiet = { ...setting, problems: [] };
  const names = lists.filter((list) => list.length > 0).map((list) => parseTokens(quiet, list));
  return names.length > 0 && quiet.problems.length === 0 && names.every((name, at) => symbolKey(name) !== null || isDots(lists[at]))
    ? names
    : null;
}

/** `x, y \in \mathbb R^n`, `Ax \in \mathbb R^m`, `W = (…) \in \mathbb R^{m\times k}`. */
function parseMember(setting: Setting, names: readonly (readonly Token[])[], tokens: readonly Token[]): Statement[] | null {
  const at = findOutside(tokens, '∈');
  if (at < 0) return null;
  const left = tokens.slice(0, at);
  const set = tokens.slice(at + 1);
  const span = spanOf(...names, tokens);
  const membership = membershipOf(cursorOn(setting, set), set) ?? sizeOf(setting, set);
  if (left.length === 0) return [];
  const supposed = parseSupposed(setting, left);
  if (supposed !== null) return [...supposed.said, ...declareNames(supposed.names, membership, span)];
  const declared = left.some((token) => isRelation(token)) ? null : parseNames(setting, [...names, left]);
  if (declared !== null) return declareNames(declared, membership, span);
  const equations = [...names.filter((name) => !isDots(name)), left].flatMap((part) => parseEquations(setting, part));
  return equations.map((one, place) =>
    one.kind === 'equation' && place === equations.length - 1 ? { ...one, membership: membership?.shape ?? null, span } : one,
  );
}

/** The size that stands behind a formula, `(m \times n)`. */
function sizeOf(setting: Setting, tokens: readonly Token[]): Membership | null {
  const shape = isSizeAlone(tokens) ? shapeOfNote(cursorOn(setting, tokens), tokens) : null;
  return shape === null ? null : { shape, properties: [], range: null };
}

/** `Q = P : a` before `\in [1, 2]`: what stands behind the colon is what the equation supposes. */
function parseSupposed(setting: Setting, left: readonly Token[]): { readonly said: readonly Statement[]; readonly names: Expr[] } | null {
  const at = findOutside(left, ':');
  if (at < 0 || findOutside(left.slice(0, at), '=') < 0) return null;
  const names = parseNames(setting, [left.slice(at + 1)]);
  return names === null ? null : { said: parseEquations(setting, left.slice(0, at)), names };
}

function declareNames(names: readonly Expr[], membership: Membership | null, span: Span): Statement[] {
  if (membership === null || isSphere(names, membership)) return [];
  const [name] = names;
  if (membership.range !== null && names.every((one) => one.kind === 'name')) return [{ kind: 'index', names, ...membership.range, span }];
  if (membership.shape === null && membership.properties.length === 0) return [];
  return name === undefined ? [] : [{ kind: 'declaration', names, shape: membership.shape, properties: membership.properties, span }];
}

/** `v \in \mathbb S^2` is a point of the sphere, `W \in \mathbb S^2` a symmetric matrix. */
function isSphere(names: readonly Expr[], { shape, properties }: Membership): boolean {
  return (
    shape?.dims[0]?.kind === 'number' &&
    properties.includes('symmetric') &&
    names.every((name) => /^\p{Ll}/u.test(unstyled(baseKey(name) ?? '')))
  );
}

const SIGNS: Readonly<Record<string, readonly Property[]>> = { '>': ['positive'], '≥': ['positive'], '≻': ['spd'], '⪰': ['symmetric'] };

/** `\lambda > 0`, `\sigma^2 > 0`, `S \succ 0`. */
function parsePositive(setting: Setting, names: readonly (readonly Token[])[], tokens: readonly Token[]): Statement[] | null {
  const zero = tokens.at(-1);
  const relation = tokens.at(-2);
  const properties = relation?.kind === 'relation' ? SIGNS[relation.text] : undefined;
  const isZero = zero?.text === '0' || zero?.text === 'bold:0' || zero?.text === 'O';
  if (properties === undefined || !isZero || tokens.slice(0, -2).some(isRelation)) return null;
  const all = parseNames(setting, [...names, withoutSquare(tokens.slice(0, -2))]);
  if (all === null) return null;
  const [compared] = names.length === 0 ? parseEquations({ ...setting, problems: [] }, tokens) : [];
  const said = { kind: 'declaration', names: all, shape: null, properties, span: spanOf(...names, tokens) } as const;
  return [compared === undefined ? said : { ...said, compared }];
}

/** A letter whose square is said to be positive is positive: deviations are. */
function withoutSquare(tokens: readonly Token[]): readonly Token[] {
  const sup = tokens.findLastIndex(({ kind }) => kind === 'sup');
  const [two, ...more] = tokens.slice(sup + 1).filter(({ kind }) => kind !== 'group' && kind !== 'ungroup');
  return sup > 0 && two?.text === '2' && more.length === 0 ? tokens.slice(0, sup) : tokens;
}

/** `i, j = 1, \dots, N`; of anything but an index nothing is said, and `x = x_1, \dots, x_n` only lists what x holds. */
function parseIndexRange(
  setting: Setting,
  names: readonly (readonly Token[])[],
  tokens: readonly Token[],
  rangeEnd: readonly Token[],
): Statement[] {
  const at = findOutside(tokens, '=');
  const all = parseNames(setting, [...names, tokens.slice(0, at)]);
  const isIndex = all?.every((name) => name.kind === 'name') === true;
  if (!isIndex || rangeEnd.length === 0) return [];
  const isOwn = ({ kind, text }: Token) => kind === 'name' && all.some((name) => name.kind === 'name' && name.name === text);
  if (tokens.slice(at + 1).some(isOwn)) return [];
  const from = parseTokens(setting, tokens.slice(at + 1));
  return [{ kind: 'index', names: all, from, to: parseTokens(setting, rangeEnd), span: spanOf(...names, tokens, rangeEnd) }];
}

// ---- equations

/** The chains that `⇒` parts, each a statement. */
function parseEquations(setting: Setting, tokens: readonly Token[]): EquationStatement[] {
  if (!hasSign(setting.contents, '⇒')) return parseTrimmed(setting, tokens);
  const parts = splitOutside(tokens, (token) => token.kind === 'relation' && token.text === '⇒');
  return parts.flatMap((part) => parseTrimmed(setting, part));
}

function parseTrimmed(setting: Setting, part: readonly Token[]): EquationStatement[] {
  const tokens = trimPunctuation(part);
  const equation = tokens.length === 0 ? null : parseEquation(setting, tokens);
  return equation === null ? [] : [equation];
}

/** `H_0 : C\beta = d`: a name with an index before a colon is what the equation is called. */
function withoutCaption(tokens: readonly Token[]): readonly Token[] {
  const colon = findOutside(tokens, ':');
  const called =
    colon > 1 && colon < 6 && tokens[0]?.kind === 'name' && tokens[1]?.kind === 'sub' && tokens.slice(colon + 1).some(isRelation);
  return called && !tokens.slice(0, colon).some(isRelation) ? tokens.slice(colon + 1) : tokens;
}

function parseEquation(setting: Setting, written: readonly Token[]): EquationStatement | null {
  const { contents } = setting;
  const tokens = hasSign(contents, ':') ? withoutCaption(written) : written;
  const { sides, relations } = contents.hasRelations ? splitSides(tokens) : { sides: [tokens], relations: [] };
  const continues = sides[0]?.length === 0;
  const known = hasSign(contents, '?') ? sides.map((side) => side.filter((token) => token.text !== '?')) : sides;
  const filled = known.map(trimPunctuation).filter((side) => side.length > 0);
  if (filled.length === 0 || (continues && !setting.displayed)) return null;
  const [shape, kept] = entriesShape(setting, filled);
  const exprs = kept.map((side) => withinDepth(parseSide(setting, side), side.length, setting.problems));
  const joints = relations.slice(0, continues ? exprs.length : exprs.length - 1);
  return {
    kind: 'equation',
    sides: exprs,
    relations: joints.map((relation) => (relation === '!=' ? '=' : (relation as Relation))),
    demanded: joints.at(-1) === '!=',
    membership: shape,
    displayed: setting.displayed,
    continues,
    span: spanOf(tokens),
  };
}

function splitSides(tokens: readonly Token[]): { readonly sides: readonly (readonly Token[])[]; readonly relations: readonly string[] } {
  const sides: (readonly Token[])[] = [];
  const relations: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    else if (token.kind === 'close' || token.kind === 'ungroup') depth = Math.max(0, depth - 1);
    else if (depth === 0 && isRelation(token)) {
      // Of several relations in a row the first one counts.
      if (at > start || relations.length === 0) {
        relations.push(token.text);
        sides.push(tokens.slice(start, at));
      }
      start = at + 1;
    }
  }
  sides.push(start === 0 ? tokens : tokens.slice(start));
  return { sides, relations };
}

/** `A = (a_{ij})_{m\times n}`: the matrix of such entries; its last side says the shape and nothing else. */
function entriesShape(setting: Setting, sides: readonly (readonly Token[])[]): [ShapeExpr | null, readonly (readonly Token[])[]] {
  const last = sides.at(-1) as readonly Token[];
  if (sides.length === 1 || last[0]?.kind !== 'open' || last.at(-1)?.kind !== 'ungroup') return [null, sides];
  const close = last.findLastIndex((token) => token.kind === 'close');
  const noted = close > 0 && close < 12 && last[close + 1]?.kind === 'sub';
  const note = noted ? last.slice(close + 3, -1) : [];
  const shape = noted ? shapeOfNote(cursorOn(setting, note), note) : null;
  return shape === null ? [null, sides] : [shape, sides.slice(0, -1)];
}

/** One side; what a bar parts is opaque. */
function parseSide(setting: Setting, tokens: readonly Token[]): Expr {
  const parts = hasSign(setting.contents, '|') ? splitAtBars(tokens) : [tokens];
  if (parts.length <= 1) return parseTokens(setting, tokens);
  return { kind: 'hole', parts: parts.map((part) => parseTokens(setting, part)), span: spanOf(tokens) };
}

function splitAtBars(tokens: readonly Token[]): (readonly Token[])[] {
  return splitOutside(tokens, (token) => token.kind === 'relation' && token.text === '|').filter((part) => part.length > 0);
}
