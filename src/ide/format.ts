import type { Span } from '../base/span.ts';
import type { FoundEdit } from '../check/checked-document.ts';
import { applyEdits } from '../check/source.ts';
import type { EquationStatement, ShapeLineStatement, Statement } from '../syntax/ast.ts';
import { lexPlain } from '../syntax/lex-plain.ts';
import { readPlain } from '../syntax/read-plain.ts';
import type { Token } from '../syntax/token.ts';

/**
 * The edits that lay out a `.deriv` text: the relations of a chain stand below one another, shape lines
 * below what they speak of, and no line ends in blanks. A text whose meaning would change stays as it is.
 */
export function formatPlain(text: string): readonly FoundEdit[] {
  const edits = [
    ...new Map(
      [...trimmed(text), ...groupsIn(text).flatMap((group) => laidOut(text, group))].map((edit) => [edit.span.start, edit]),
    ).values(),
  ];
  const needed = edits.filter(({ span, newText }) => text.slice(span.start, span.end) !== newText);
  return meaningOf(applyEdits(text, needed)) === meaningOf(text) ? needed : [];
}

/** Those of the edits that lay out the lines of a selection; one that ends where a line begins does not reach into that line. */
export function formatSelection(text: string, selection: Span): readonly FoundEdit[] {
  const start = text.lastIndexOf('\n', selection.start - 1) + 1;
  const isWhole = selection.end > selection.start && text[selection.end - 1] === '\n';
  const end = isWhole ? selection.end : lineEnd(text, selection.end) + 1;
  const edits = formatPlain(text).filter(({ span }) => start <= span.start && span.start < end);
  return meaningOf(applyEdits(text, edits)) === meaningOf(text) ? edits : [];
}

/** Edits of one statement in plain notation as one edit of its lines, which are laid out too. */
export function formattedEdit(text: string, within: Span, edits: readonly FoundEdit[]): FoundEdit {
  const lines = { start: text.lastIndexOf('\n', within.start - 1) + 1, end: lineEnd(text, within.end) };
  const local = edits.map(({ span, newText }) => ({ span: { start: span.start - lines.start, end: span.end - lines.start }, newText }));
  const edited = applyEdits(text.slice(lines.start, lines.end), local);
  return { span: lines, newText: applyEdits(edited, formatPlain(edited)) };
}

/** Everything that was read, without where it stands. */
function meaningOf(text: string): string {
  return JSON.stringify(readPlain(text).items, (key, value: unknown) => (key === 'span' || key === 'argsSpan' ? undefined : value));
}

/** Each line that ends in blanks, without them. */
function trimmed(text: string): readonly FoundEdit[] {
  return linesOf(text, { start: 0, end: text.length }).map((span) => ({ span, newText: text.slice(span.start, span.end).trimEnd() }));
}

// ---- what belongs together

/** An equation over one or several lines, and the shape lines under it. */
interface Group {
  readonly equation: readonly Row[];
  readonly shapes: readonly Row[];
}

/** A line of the text as cells between relations, each made of chunks between blanks. */
interface Row {
  readonly span: Span;
  readonly indent: string;
  readonly cells: readonly Cell[];
  /** The relations between the cells, as they are written. */
  readonly relations: readonly string[];
  /** A comment with the blanks before it. */
  readonly rest: string;
}

type Cell = readonly string[];

function groupsIn(text: string): readonly Group[] {
  const statements = readPlain(text).items.flatMap((item) => (item.kind === 'statement' ? [item.statement] : []));
  return statements.flatMap((statement, at): readonly Group[] => {
    if (statement.kind !== 'equation' || statement.continues) return [];
    const equation = rowsOf(text, statement);
    const shapes = shapeLinesAfter(statements, at).map((line) => rowsOf(text, line));
    return equation === null || shapes.includes(null) ? [] : [{ equation, shapes: shapes.flatMap((rows) => rows ?? []) }];
  });
}

function shapeLinesAfter(statements: readonly Statement[], at: number): readonly ShapeLineStatement[] {
  const lines: ShapeLineStatement[] = [];
  for (let next = statements[at + 1]; next?.kind === 'shapeLine'; next = statements[at + 2 + lines.length - 1]) lines.push(next);
  return lines;
}

/** The lines of a statement; null where they hold more than it, or a bracket goes over several of them. */
function rowsOf(text: string, { span }: EquationStatement | ShapeLineStatement): readonly Row[] | null {
  const whole = { start: text.lastIndexOf('\n', span.start - 1) + 1, end: lineEnd(text, span.end) };
  const isAlone = text.slice(whole.start, span.start).trim() === '' && /^\s*(?:\/\/.*)?$/.test(text.slice(span.end, whole.end));
  if (!isAlone) return null;
  const rows = linesOf(text, whole).flatMap((line) => readRow(text, line));
  return rows.every((row) => row !== null) ? rows : null;
}

/** Blank lines and those of a comment alone have no row; a line with an open bracket none that can be laid out. */
function readRow(text: string, span: Span): readonly (Row | null)[] {
  const tokens = lexPlain(text, span);
  const [first] = tokens;
  if (first === undefined) return [];
  const last = Math.max(...tokens.map((token) => token.span.end));
  const cells: string[][] = [[]];
  const relations: string[] = [];
  let depth = 0;
  let from = first.span.start;
  const close = (end: number) => {
    if (end > from) (cells.at(-1) as string[]).push(text.slice(from, end));
  };
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    if (depth === 0 && token.kind === 'relation') {
      if (before !== undefined) close(ended(before, from));
      relations.push(text.slice(token.span.start, token.span.end));
      cells.push([]);
      from = tokens[at + 1]?.span.start ?? token.span.end;
    } else if (depth === 0 && token.spaced && before !== undefined && before.kind !== 'relation') {
      close(ended(before, from));
      from = token.span.start;
    }
    depth += opens(token) ? 1 : closes(token) ? -1 : 0;
    if (depth < 0) return [null];
  }
  if (tokens.at(-1)?.kind !== 'relation') close(last);
  const indent = text.slice(span.start, first.span.start);
  return [depth === 0 ? { span, indent, cells, relations, rest: text.slice(last, span.end).trimEnd() } : null];
}

/** A relation that was just read has moved the beginning of the next chunk beyond its own end. */
function ended({ span }: Token, from: number): number {
  return Math.max(span.end, from);
}

function opens({ kind }: Token): boolean {
  return kind === 'open' || kind === 'group';
}

function closes({ kind }: Token): boolean {
  return kind === 'close' || kind === 'ungroup';
}

// ---- the layout

function laidOut(text: string, { equation, shapes }: Group): readonly FoundEdit[] {
  const [head, ...continued] = equation;
  if (head === undefined || head.relations.length === 0) return [];
  const widths = [head, ...shapes].reduce<readonly (readonly number[])[]>((known, row) => merged(known, row, head), []);
  const side = widthOf(widths[0] ?? []);
  const lines = [
    ...[head, ...shapes].map((row) => ({ row, content: head.indent + joined(row, widths) })),
    ...continued.map((row) => ({ row, content: head.indent + continuation(row, side) })),
  ];
  return lines
    .map(({ row, content }) => ({ span: row.span, newText: (content.trimEnd() + row.rest).trimEnd() }))
    .filter(({ span, newText }) => newText !== text.slice(span.start, span.end));
}

/** The width of each chunk of each cell: chunk by chunk where an equation and its shape line have as many, else of the cell as a whole. */
function merged(known: readonly (readonly number[])[], { cells }: Row, head: Row): readonly (readonly number[])[] {
  return head.cells.map((own, at) => {
    const before = known[at] ?? own.map(columns);
    const cell = cells[at];
    if (cell === undefined) return before;
    if (cell.length === before.length) return before.map((width, chunk) => Math.max(width, columns(cell[chunk] as string)));
    const total = Math.max(widthOf(before), widthOf(cell.map(columns)));
    return before.map((width, chunk) => (chunk === before.length - 1 ? width + total - widthOf(before) : width));
  });
}

function joined({ cells, relations }: Row, widths: readonly (readonly number[])[]): string {
  return cells
    .map(
      (cell, at) =>
        padded(cellText(cell, widths[at]), widthOf(widths[at] ?? [])) + (relations[at] === undefined ? '' : ` ${relations[at]} `),
    )
    .join('');
}

function cellText(cell: Cell, widths: readonly number[] | undefined): string {
  return widths === undefined || widths.length !== cell.length
    ? cell.join(' ')
    : cell.map((chunk, at) => padded(chunk, widths[at] as number)).join(' ');
}

/** A line that begins with a relation has it below the first of the chain; one that begins with another operator stands below the right side. */
function continuation({ cells, relations }: Row, side: number): string {
  const text = cells.map((cell, at) => cell.join(' ') + (relations[at] === undefined ? '' : ` ${relations[at]} `)).join('');
  return cells[0]?.length === 0 ? ' '.repeat(side) + text : ' '.repeat(side + 3) + text;
}

function widthOf(chunks: readonly number[]): number {
  return chunks.reduce((sum, width) => sum + width, 0) + Math.max(0, chunks.length - 1);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** Accents that stand over a letter take no column of their own. */
function columns(text: string): number {
  return [...text].filter((letter) => !/\p{M}/u.test(letter)).length;
}

// ---- lines

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Lines without their ends; a carriage return is part of the end. */
function linesOf(text: string, within: Span): readonly Span[] {
  const lines: Span[] = [];
  for (let start = within.start; start <= within.end; ) {
    const end = Math.min(lineEnd(text, start), within.end);
    lines.push({ start, end: end > start && text[end - 1] === '\r' ? end - 1 : end });
    start = end + 1;
  }
  return lines;
}
