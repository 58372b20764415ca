import { lineIndex, positionAt } from '../../base/line-index.ts';
import type { Span } from '../../base/span.ts';
import { brokenAt } from './broken-json.ts';

/** A cell of mathematics and words: its number in the notebook, and where its source stands in the joined text. */
export interface Cell {
  readonly index: number;
  readonly span: Span;
}

/** The Markdown cells of a notebook as one text, so that offsets work as in any other document. */
export interface NotebookText {
  readonly text: string;
  readonly cells: readonly Cell[];
}

/** A place in a notebook as one counts there: the cell, and line and character within it, from 0. */
export interface CellPosition {
  readonly cell: number;
  readonly line: number;
  readonly character: number;
}

/** Between two cells stands what no construct of Markdown crosses. */
const BETWEEN = '\n\n';

/** The Markdown cells of a notebook's JSON; null where it is no notebook. */
export function notebookText(json: string): NotebookText | null {
  const cells = cellsOf(json);
  return cells === null ? null : joinCells(cells);
}

/** Sources by cell number, joined in their order. An editor that holds the cells itself begins here. */
export function joinCells(sources: readonly { readonly index: number; readonly source: string }[]): NotebookText {
  const cells: Cell[] = [];
  let text = '';
  for (const { index, source } of sources) {
    cells.push({ index, span: { start: text.length, end: text.length + source.length } });
    text += source + BETWEEN;
  }
  return { text, cells };
}

function cellsOf(json: string): { readonly index: number; readonly source: string }[] | null {
  const notebook = parsed(withoutMark(json));
  const cells = property(notebook, 'cells') ?? cellsOfSheets(property(notebook, 'worksheets'));
  if (!Array.isArray(cells)) return null;
  return cells.flatMap((cell: unknown, index) => {
    const source = readableSource(cell);
    return source === null ? [] : [{ index, source }];
  });
}

/** Until the third version of the format cells stood on worksheets. */
function cellsOfSheets(sheets: unknown): unknown {
  if (!Array.isArray(sheets) || sheets.length === 0) return undefined;
  return sheets.flatMap((sheet: unknown) => property(sheet, 'cells') ?? []);
}

/** What a cell has to read, as Markdown; null where that is nothing. Headings were cells of their own, too. */
function readableSource(cell: unknown): string | null {
  const source = sourceOf(property(cell, 'source'));
  switch (property(cell, 'cell_type')) {
    case 'markdown':
      return source;
    case 'heading':
      return `${source}\n${property(cell, 'level') === 1 ? '===' : '---'}`;
    default:
      return null;
  }
}

/** Where a file stops being JSON; null where it is JSON. */
export function faultOf(json: string): number | null {
  const text = withoutMark(json);
  return parsed(text) === undefined ? brokenAt(text) + json.length - text.length : null;
}

function withoutMark(json: string): string {
  return json.replace(/^\ufeff/, '');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** One string, or the list of its lines. */
function sourceOf(source: unknown): string {
  if (Array.isArray(source)) return source.filter((line) => typeof line === 'string').join('');
  return typeof source === 'string' ? source : '';
}

/** Where an offset of the joined text stands; what lies between cells belongs to the one before. */
export function positionInCell({ text, cells }: NotebookText, offset: number): CellPosition {
  const cell = cellAt(cells, offset);
  if (cell === undefined) return { cell: 0, line: 0, character: 0 };
  const until = text.slice(cell.span.start, Math.min(offset, cell.span.end));
  return { cell: cell.index, ...positionAt(lineIndex(until), until.length) };
}

function cellAt(cells: readonly Cell[], offset: number): Cell | undefined {
  let low = 0;
  let high = cells.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((cells[middle] as Cell).span.start <= offset) low = middle;
    else high = middle - 1;
  }
  return cells[low];
}
