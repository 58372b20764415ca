import { countBelow } from '../base/sorted-numbers.ts';
import type { Span } from '../base/span.ts';
import type { Word } from './prose-words.ts';

/** A cell of a table: what stands in it, and its text, in which mathematics is filled in. */
export interface Cell {
  readonly words: readonly Word[];
  readonly text: string;
  readonly span: Span;
}

/** A table among words: its headings and the rows below them. */
export interface Table {
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
  readonly span: Span;
}

/** The text of a paragraph, where it begins, and its words with the offsets at which they begin. */
interface Paragraph {
  readonly text: string;
  readonly start: number;
  readonly words: readonly Word[];
  readonly offsets: readonly number[];
}

/** The tables of Markdown, `| a | b |` above `|---|---|`, and of LaTeX, `a & b \\`, in a paragraph. */
export function tablesIn(text: string, start: number, words: readonly Word[]): readonly Table[] {
  if (!text.includes('|') && !text.includes('&')) return [];
  const paragraph = { text, start, words, offsets: words.map(({ span }) => span.start) };
  if (/\|[ \t:]*-/u.test(text)) return tablesOfMarkdown(paragraph);
  return text.includes('&') && text.includes('\\\\') ? tableOfLatex(paragraph) : [];
}

interface Line {
  readonly text: string;
  readonly from: number;
}

const RULE = /^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?[ \t]*)?$/u;

function tablesOfMarkdown(paragraph: Paragraph): readonly Table[] {
  const lines = partsOf(paragraph.text, /\r?\n/gu);
  const tables: Table[] = [];
  for (let at = 1; at < lines.length; at++) {
    if (!RULE.test((lines[at] as Line).text)) continue;
    const head = lines[at - 1] as Line;
    const rows: Line[] = [];
    for (let row = lines[at + 1]; row?.text.includes('|'); row = lines[++at + 1]) rows.push(row);
    tables.push(tableOf(paragraph, head, rows, '|'));
  }
  return tables;
}

function tableOfLatex(paragraph: Paragraph): readonly Table[] {
  const [head, ...rows] = partsOf(paragraph.text, /\\\\(?:\[[^\]\n]*\])?/gu).filter((row) => row.text.includes('&'));
  return head === undefined ? [] : [tableOf(paragraph, head, rows, '&')];
}

function tableOf(paragraph: Paragraph, head: Line, rows: readonly Line[], bar: '|' | '&'): Table {
  const last = rows.at(-1) ?? head;
  return {
    head: cellsOf(paragraph, head, bar),
    rows: rows.map((row) => cellsOf(paragraph, row, bar)),
    span: { start: paragraph.start + head.from, end: paragraph.start + last.from + last.text.length },
  };
}

/** The stretches of a text between what parts it. */
function partsOf(text: string, parting: RegExp): readonly Line[] {
  const parts: Line[] = [];
  let from = 0;
  for (const found of text.matchAll(parting)) {
    parts.push({ text: text.slice(from, found.index), from });
    from = found.index + found[0].length;
  }
  return [...parts, { text: text.slice(from), from }];
}

/** The cells of a row, without what the bars around one of Markdown enclose with its ends; a bar behind a backslash parts none. */
function cellsOf({ start, words, offsets }: Paragraph, { text, from }: Line, bar: '|' | '&'): readonly Cell[] {
  const bars = [...text.matchAll(/\\.|[|&]/gu)].flatMap((found) => (found[0] === bar ? [found.index] : []));
  const edges = [-1, ...bars, text.length];
  const cells = edges.slice(1).map((end, at) => {
    const begin = (edges[at] as number) + 1;
    const span = { start: start + from + begin, end: start + from + end };
    return { span, text: text.slice(begin, end), words: words.slice(countBelow(offsets, span.start), countBelow(offsets, span.end)) };
  });
  const isOuter = (at: number) => bar === '|' && (at === 0 || at === cells.length - 1) && cells[at]?.text.trim() === '';
  return cells.filter((_, at) => !isOuter(at));
}
