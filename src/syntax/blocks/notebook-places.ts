import { JSON_TOKEN } from './broken-json.ts';
import { type NotebookText, notebookText } from './notebook.ts';

/** A notebook's text, and where an offset of it stands in the file, which spells it as JSON. */
export interface NotebookFile {
  readonly notebook: NotebookText;
  readonly placeOf: (offset: number) => number;
}

/** A stretch of a cell's source that the file spells as it is, or a sign that it spells by an escape. */
interface Stretch {
  readonly start: number;
  readonly place: number;
  readonly isEscape: boolean;
}

const SOURCE = /^(?:worksheets\/0\/)?cells\/(?<cell>\d+)\/source(?:\/\d+)?$/;
const SPELLED = /\\u[0-9a-fA-F]{4}|\\.|[^\\]+/g;

/** The Markdown cells of a notebook's JSON with their places in it; null where it is no notebook. */
export function notebookFile(json: string): NotebookFile | null {
  const notebook = notebookText(json);
  if (notebook === null) return null;
  const stretches: Stretch[] = [];
  const ends = new Map(notebook.cells.map(({ index, span }) => [index, span.start]));
  for (const { path, start, end } of stringsOf(json)) {
    const cell = Number(SOURCE.exec(path)?.groups?.['cell'] ?? -1);
    let offset = ends.get(cell);
    if (offset === undefined) continue;
    for (const { 0: spelled, index } of json.slice(start + 1, end - 1).matchAll(SPELLED)) {
      const isEscape = spelled.startsWith('\\');
      stretches.push({ start: offset, place: start + 1 + index, isEscape });
      offset += isEscape ? 1 : spelled.length;
    }
    ends.set(cell, offset);
  }
  return { notebook, placeOf: (offset) => placeIn(stretches, offset) };
}

function placeIn(stretches: readonly Stretch[], offset: number): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle] as Stretch).start <= offset) low = middle;
    else high = middle - 1;
  }
  const found = stretches[low];
  if (found === undefined) return 0;
  return found.place + (found.isEscape && offset === found.start ? 0 : Math.max(0, offset - found.start));
}

interface JsonString {
  /** Names and numbers of what it stands in, with `/` between them. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The strings of what is known to be JSON, but for the names in its objects. */
function* stringsOf(json: string): Generator<JsonString> {
  const within: (number | string | null)[] = [];
  const tokens = new RegExp(JSON_TOKEN.source, 'gu');
  for (const { 0: token, index } of json.matchAll(tokens)) {
    const at = within.at(-1);
    if (token === '{') within.push(null);
    else if (token === '[') within.push(0);
    else if (token === '}' || token === ']') within.pop();
    else if (token === ',') within[within.length - 1] = typeof at === 'number' ? at + 1 : null;
    else if (token.startsWith('"') && at === null) within[within.length - 1] = JSON.parse(token) as string;
    else if (token.startsWith('"')) yield { path: within.join('/'), start: index, end: index + token.length };
  }
}
