import { type Contents, hasSign } from './contents.ts';
import { splitOutside } from './parse-environment.ts';
import { isSizeAlone, lyingIn } from './size-behind.ts';
import { isRelation, type Token } from './token.ts';

/**
 * The tokens of a block as logical lines, one a statement or a list of statements parted by commas:
 * rows and columns joined where one goes on from another, parted where words or wide spaces stand.
 */
export function mathLines(written: readonly Token[], contents: Contents): (readonly Token[])[] {
  const [hasRows, hasColumns] = [hasSign(contents, 'row'), hasSign(contents, '&')];
  const tokens = hasRows ? withoutBrace(written) : written;
  const isTabular = hasRows || hasColumns;
  const held = isTabular || !contents.balanced ? balanced(tokens) : tokens;
  if (!isTabular && !isParted(contents)) return nonEmpty([trimPunctuation(held)]);
  const lines: Token[][] = [];
  const rows = hasRows ? splitOutside(held, isRow) : [held];
  for (const row of rows) if (row.length > 0) addRow(lines, hasColumns ? splitOutside(row, isColumn) : [row], row.some(isRelation));
  return nonEmpty(lines.map(trimPunctuation));
}

/** A brace before nothing but equations, `\begin{cases} a = b \\ c = d \end{cases}`, makes a system of them and no value by cases. */
function withoutBrace(tokens: readonly Token[]): readonly Token[] {
  const [first, ...rest] = trimPunctuation(tokens);
  const last = rest.pop();
  if (first?.kind !== 'open' || first.text !== 'cases' || last?.kind !== 'close' || !isOneGroup(rest)) return tokens;
  const rows = splitOutside(rest, isRow).filter((row) => row.length > 0);
  return rows.length > 1 && rows.every(isOneEquation) ? rest : tokens;
}

/** Whether what opens within closes within. */
function isOneGroup(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind } of tokens) {
    if (kind === 'open' || kind === 'group') depth++;
    if ((kind === 'close' || kind === 'ungroup') && --depth < 0) return false;
  }
  return depth === 0;
}

/** `a = b`, `a &= b`, with no word and no column behind it that could be a condition. */
function isOneEquation(row: readonly Token[]): boolean {
  const [left = [], right, ...more] = splitOutside(row, isColumn);
  const equation = right === undefined ? left : right[0] !== undefined && isRelation(right[0]) ? right : [];
  return more.length === 0 && splitOutside(equation, (token) => token.text === '=').length > 1 && row.every(({ kind }) => kind !== 'text');
}

/** Whether anything occurs at which a cell may be parted. */
function isParted(contents: Contents): boolean {
  return contents.hasWords || hasSign(contents, 'gap') || hasSign(contents, ';') || hasSign(contents, 'quantifier');
}

function nonEmpty(lines: readonly (readonly Token[])[]): (readonly Token[])[] {
  return lines.filter((line) => line.length > 0);
}

function isRow(token: Token): boolean {
  return token.kind === 'separator' && token.text === 'row';
}

function isColumn(token: Token): boolean {
  return token.kind === 'separator' && token.text === '&';
}

/**
 * Without the brackets' hold on rows: a bracket that is never closed holds nothing, and rows and
 * columns within round brackets are one expression.
 */
function balanced(tokens: readonly Token[]): readonly Token[] {
  const open: number[] = [];
  const dropped = new Set<number>();
  const inside: number[][] = [];
  tokens.forEach((token, at) => {
    if (token.kind === 'open' || token.kind === 'group') {
      open.push(at);
      inside.push([]);
    } else if (token.kind === 'close' || token.kind === 'ungroup') {
      const opening = tokens[open.pop() ?? -1];
      const separators = inside.pop() ?? [];
      if (opening === undefined) dropped.add(at);
      else if (!isTable(opening)) for (const one of separators) dropped.add(one);
    } else if (token.kind === 'separator' && (token.text === 'row' || token.text === '&')) inside.at(-1)?.push(at);
  });
  for (const at of open) dropped.add(at);
  return dropped.size === 0 ? tokens : tokens.filter((_, at) => !dropped.has(at));
}

function isTable(token: Token): boolean {
  return token.text === 'matrix' || token.text === 'cases' || token.text === 'determinant' || token.text === 'norm';
}

// ---- rows and columns

/** Adds the cells of a row; `related` is whether it has a relation at all. */
function addRow(lines: Token[][], cells: readonly (readonly Token[])[], related: boolean): void {
  let started = false;
  const hasOwnLeft = (cells[0] ?? []).length > 0 && cells[1]?.[0] !== undefined && isRelation(cells[1][0]);
  // A remark on the row stands before it, for the row goes on in the next one.
  const remark = (tokens: readonly Token[]) => lines.splice(-1, 0, ...splitParts(tokens).map(({ part }) => [...part]));
  cells.forEach((written, column) => {
    // A cell that begins with words, `& \\text{from } x = y`.
    if (column > 0 && written[0]?.kind === 'text' && started) return void remark(written);
    const reason = reasonIn(written);
    const cell = reason < 0 ? written : written.slice(0, reason);
    const isApart = column > 1 && (cells[column - 1] ?? []).length === 0;
    splitParts(cell).forEach(({ part, isListed }, place) => {
      const before = lines.at(-1);
      if (started && before !== undefined && isSizeAlone(part) && !isSizeAlone(before)) before.push(lyingIn(part[0] as Token), ...part);
      else if (continuesLine(before, part, { column, place, isListed, related, started, hasOwnLeft, isApart })) before?.push(...part);
      else lines.push([...part]);
      started = true;
    });
    if (reason >= 0) remark(written.slice(reason));
  });
}

const REASONS = /^\W*(?:because|since|as|using|where)\b/iu;

/** Where in a cell `\qquad \text{because } a = b` begins, behind a side of the row; -1 where none does. */
function reasonIn(cell: readonly Token[]): number {
  const at = cell.findIndex(({ kind, text }) => kind === 'text' && REASONS.test(text));
  const isOutside = at > 0 && cell[at - 1]?.text === 'gap' && isOneGroup(cell.slice(0, at)) && isOneGroup(cell.slice(at));
  return isOutside && cell.slice(0, at).some(isRelation) ? at : -1;
}

interface Place {
  readonly column: number;
  readonly place: number;
  readonly isListed: boolean;
  /** Whether the row has a relation at all. */
  readonly related: boolean;
  /** Whether something of this row was read already. */
  readonly started: boolean;
  /** Whether it begins with a left side and, in the next column, a relation. */
  readonly hasOwnLeft: boolean;
  /** Whether the column before it is empty: `a &= b && (m \\times n)` sets a remark apart. */
  readonly isApart: boolean;
}

/** Whether a part goes on from the line before it. */
function continuesLine(before: readonly Token[] | undefined, part: readonly Token[], at: Place): boolean {
  if (before === undefined) return false;
  const first = part[0] as Token;
  if (isRelation(first)) return true;
  // A row whose right side is still to be typed, `a &=`, above one that has both sides.
  if (at.hasOwnLeft && !at.started && isOpenSide(before.at(-1))) return false;
  if (isUnfinished(before.at(-1))) return true;
  if (first.kind === 'operator' && first.text !== '∂') return !isSignedStart(part, at);
  if (at.place > 0 || (at.isApart && at.started)) return false;
  // `a = b, & c = d`: two equations side by side, each in a column of its own.
  const [isRelated, wasRelated] = [part.some(isRelation), before.some(isRelation)];
  return at.column % 2 === 1 && (at.started ? !(isRelated && wasRelated) : !isRelated && wasRelated);
}

/** `-a &= b`, `\qquad -a = b`, `0 \text{ and } -1`: the sign belongs to the left side of a new equation, to another value. */
function isSignedStart(part: readonly Token[], at: Place): boolean {
  const signed = /^[-+±]$/.test((part[0] as Token).text);
  return signed && (at.isListed || (at.place > 0 ? part.some(isRelation) : at.column === 0 && at.related));
}

function isOpenSide(last: Token | undefined): boolean {
  return last !== undefined && isRelation(last);
}

function isUnfinished(last: Token | undefined): boolean {
  if (last === undefined) return false;
  return isRelation(last) || isOperator(last) || (last.kind === 'command' && last.text === 'sum');
}

/** An operator that wants an operand to its right. */
function isOperator(token: Token | undefined): boolean {
  return token?.kind === 'operator' && !POSTFIX_OPERATORS.has(token.text);
}

const POSTFIX_OPERATORS: ReadonlySet<string> = new Set(['⊤', '†']);

// ---- parts of a cell

/** A stretch of a cell, and whether it stands behind an "and" or an "or". */
interface Part {
  readonly part: readonly Token[];
  readonly isListed: boolean;
}

/** The stretches between words, wide spaces and semicolons; a quantifier begins one too. */
function splitParts(cell: readonly Token[]): readonly Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let start = 0;
  const add = (to?: number) =>
    parts.push({ part: trimPunctuation(cell.slice(start, to)), isListed: start > 0 && isJoint(cell[start - 1] as Token) });
  for (let at = 0; at < cell.length; at++) {
    const token = cell[at] as Token;
    if (token.kind === 'open' || token.kind === 'group') depth++;
    else if (token.kind === 'close' || token.kind === 'ungroup') depth = Math.max(0, depth - 1);
    if (depth > 0) continue;
    const begins = token.kind === 'command' && token.text === 'quantifier';
    if (!begins && !isParting(token, at > start ? cell[at - 1] : undefined)) continue;
    add(at);
    start = begins ? at : at + 1;
  }
  add();
  return parts.filter(({ part }) => part.length > 0);
}

function isJoint({ kind, text }: Token): boolean {
  return kind === 'text' && /^,?\s*(?:and|or|and also|or else),?$/i.test(text);
}

/** Words, wide spaces and semicolons part a cell; words after an operator are its operand: `x + \\text{const}`. */
function isParting(token: Token, before: Token | undefined): boolean {
  if (token.kind === 'text') return !isOperator(before);
  return token.kind === 'separator' && (token.text === 'gap' || token.text === ';');
}

/** Without full stops and commas at either end, and a colon that announces something. */
export function trimPunctuation(tokens: readonly Token[]): readonly Token[] {
  let from = 0;
  let to = tokens.length;
  while (from < to && isPunctuation(tokens[from] as Token)) from++;
  while (to > from && (isPunctuation(tokens[to - 1] as Token) || isColon(tokens[to - 1] as Token))) to--;
  return from === 0 && to === tokens.length ? tokens : tokens.slice(from, to);
}

function isPunctuation(token: Token): boolean {
  return (
    (token.kind === 'separator' && (token.text === ',' || token.text === '.' || token.text === ';' || token.text === '&')) ||
    (token.kind === 'relation' && token.text === '|')
  );
}

function isColon(token: Token): boolean {
  return token.kind === 'relation' && token.text === ':';
}
