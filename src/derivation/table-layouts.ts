import type { Span } from '../base/span.ts';
import type { Layout } from '../protocol/report.ts';

/** The heading of a column of a table, and the layout that it names. */
export interface ColumnLayout {
  readonly layout: Layout;
  readonly span: Span;
}

/**
 * The layout of a claim in a Markdown table whose headings set two of them side by side: "| column (denominator layout) | row (numerator
 * layout) |", as tables of identities do. Null where the place is in no such table.
 */
export function columnLayout(text: string, at: number): ColumnLayout | null {
  const start = lineStart(text, at);
  if (!isRow(text, start)) return null;
  const head = headAbove(text, start);
  if (head === null || head === start) return null;
  const layouts = cellsOf(text, head).map((span) => ({ span, layout: layoutNamed(text.slice(span.start, span.end)) }));
  if (new Set(layouts.flatMap(({ layout }) => layout ?? [])).size < 2) return null;
  const found = layouts[cellsOf(text, start).findIndex(({ end }) => at <= end)];
  return found === undefined || found.layout === null ? null : { layout: found.layout, span: found.span };
}

function layoutNamed(heading: string): Layout | null {
  const isDenominator = /\b(?:denominator|columns?)\b/iu.test(heading);
  const isNumerator = /\b(?:numerator|rows?)\b/iu.test(heading);
  return isDenominator === isNumerator ? null : isDenominator ? 'denominator' : 'numerator';
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}

function isRow(text: string, start: number): boolean {
  return /^[ \t>]*\|/u.test(lineAt(text, start));
}

/** Where the row above the `|---|---|` of a table begins. */
function headAbove(text: string, start: number): number | null {
  let row = start;
  while (row > 0 && isRow(text, lineStart(text, row - 1))) row = lineStart(text, row - 1);
  const rule = row + lineAt(text, row).length + 1;
  return /^[ \t>]*\|(?:\s*:?-+:?\s*\|)+\s*$/u.test(lineAt(text, rule)) ? row : null;
}

/** The cells of a row; a bar in mathematics, or behind a backslash, parts none. */
function cellsOf(text: string, start: number): readonly Span[] {
  const line = lineAt(text, start);
  const cells: Span[] = [];
  let from = line.indexOf('|') + 1;
  let isMath = false;
  for (let at = from; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '$') isMath = !isMath;
    else if (line[at] === '|' && !isMath) {
      cells.push({ start: start + from, end: start + at });
      from = at + 1;
    }
  }
  return from < line.trimEnd().length ? [...cells, { start: start + from, end: start + line.length }] : cells;
}
