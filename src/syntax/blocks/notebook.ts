import type { Span } from '../../base/span.ts';

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
  const notebook = parsed(json.replace(/^\ufeff/, ''));
  const cells = property(notebook, 'cells') ?? property(first(property(notebook, 'worksheets')), 'cells');
  if (!Array.isArray(cells)) return null;
  return cells.flatMap((cell: unknown, index) =>
    property(cell, 'cell_type') === 'markdown' ? [{ index, source: sourceOf(property(cell, 'source')) }] : [],
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
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
  const lastLine = until.lastIndexOf('\n') + 1;
  return { cell: cell.index, line: countLines(until), character: until.length - lastLine };
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

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
