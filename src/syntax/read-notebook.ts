import { splitMarkdown } from './blocks/markdown.ts';
import { faultOf, type NotebookText, notebookText } from './blocks/notebook.ts';
import type { Piece } from './blocks/piece.ts';
import { shifted } from './blocks/shift-pieces.ts';
import type { SourceDocument } from './document.ts';
import { type Kept, keeping, keptOf } from './kept.ts';
import { documentOf, newReading, readPieces } from './read-pieces.ts';

/** A notebook as one document: spans count in the joined text of its Markdown cells, or in the file where it is none. */
export interface NotebookDocument {
  readonly document: SourceDocument;
  readonly notebook: NotebookText | null;
}

/** Reads the Markdown cells of a notebook's JSON, in order and in one scope. */
export function readNotebook(json: string, before: Kept | null = null): NotebookDocument {
  const notebook = notebookText(json);
  return notebook === null ? notANotebook(json) : { document: readCells(notebook, before), notebook };
}

/** Each cell is Markdown of its own: nothing that one leaves open reaches into the next. */
export function readCells({ text, cells }: NotebookText, before: Kept | null = null): SourceDocument {
  let readable = '';
  const pieces: Piece[] = [];
  for (const { span } of cells) {
    const split = splitMarkdown(text.slice(span.start, span.end));
    readable += text.slice(readable.length, span.start) + split.readable;
    pieces.push(...shifted(split.pieces, span.start));
  }
  const reading = newReading(new Map(), () => null, before);
  readPieces(reading, { readable, pieces });
  return documentOf(reading, null);
}

function notANotebook(json: string): NotebookDocument {
  const at = faultOf(json);
  const start = Math.min(at ?? 0, Math.max(0, json.length - 1));
  const message = `This is no notebook: ${at === null ? 'it has no list of cells.' : 'it is no JSON from here on.'}`;
  const problem = { message, span: { start, end: Math.min(json.length, start + 1) } };
  const coverage = { mathBlocks: 0, read: 0, partlyRead: 0, unread: 0 };
  return {
    document: {
      items: [{ kind: 'problem', problem, origin: 'plain', block: 0 }],
      annotated: false,
      coverage,
      macros: new Map(),
      kept: keptOf(keeping(null), null),
    },
    notebook: null,
  };
}
