import type { Span } from '../base/span.ts';
import type { Surface } from '../check/check-document.ts';
import type { Position, Range } from '../protocol/report.ts';
import { joinCells, type NotebookText, positionInCell } from '../syntax/blocks/notebook.ts';
import { notebookFile } from '../syntax/blocks/notebook-places.ts';
import type { PositionEncoding } from './encoding.ts';
import { type OpenText, offsetIn, positionIn } from './open-text.ts';
import { isNotebook, surfaceOf } from './surface.ts';

/** What is checked at once: a document, or the Markdown cells of a notebook as one text. */
export interface Source {
  /** Of the document or the notebook. */
  readonly uri: string;
  readonly surface: Surface;
  readonly text: string;
  readonly notebook?: NotebookText;
  /** The documents it is made of, each with the offset at which it begins. */
  readonly parts: readonly Part[];
  /** Grows with every change. */
  readonly revision: number;
  readonly encoding: PositionEncoding;
}

export interface Part {
  readonly document: OpenText;
  readonly start: number;
  /** Where an offset of the part stands in its document, where that spells the text in another way. */
  readonly placeOf?: (offset: number) => number;
}

/** A range in one of the documents that a source is made of. */
export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** A document as a source; null where its language is none of ours. */
export function documentSource(document: OpenText, revision: number, encoding: PositionEncoding): Source | null {
  const surface = surfaceOf(document.uri, document.languageId);
  return surface === null ? null : { uri: document.uri, surface, text: document.text, parts: [{ document, start: 0 }], revision, encoding };
}

/** A file that no editor holds as a source; null where it is none of ours. Of a notebook the places are those in its JSON. */
export function fileSource(document: OpenText, revision: number, encoding: PositionEncoding): Source | null {
  if (!isNotebook(document.uri)) return documentSource(document, revision, encoding);
  const file = notebookFile(document.text);
  if (file === null) return null;
  const { notebook, placeOf } = file;
  return {
    uri: document.uri,
    surface: 'notebook',
    text: notebook.text,
    notebook,
    parts: [{ document, start: 0, placeOf }],
    revision,
    encoding,
  };
}

/** A notebook as a source. `cells` are its Markdown cells with their numbers among all cells. */
export function notebookSource(
  uri: string,
  cells: readonly { readonly index: number; readonly document: OpenText }[],
  revision: number,
  encoding: PositionEncoding,
): Source {
  const notebook = joinCells(cells.map(({ index, document }) => ({ index, source: document.text })));
  const parts = cells.map(({ document }, at) => ({ document, start: notebook.cells[at]?.span.start ?? 0 }));
  return { uri, surface: 'notebook', text: notebook.text, notebook, parts, revision, encoding };
}

/** Where a span stands for the client; one that leaves its document ends with it. */
export function locate({ parts, encoding }: Source, span: Span): Location | null {
  const part = partAround(parts, span.start);
  if (part === undefined) return null;
  const { document, start, placeOf = (offset) => offset } = part;
  const at = (offset: number) => positionIn(document, encoding, Math.min(placeOf(offset - start), document.text.length));
  return { uri: document.uri, range: { start: at(span.start), end: at(span.end) } };
}

/** Of a notebook the number of the cell that an offset stands in, counted from 0 among all its cells. */
export function cellOf({ notebook }: Source, offset: number): number | undefined {
  return notebook === undefined ? undefined : positionInCell(notebook, offset).cell;
}

function partAround(parts: readonly Part[], offset: number): Part | undefined {
  return parts.findLast(({ start }) => start <= offset) ?? parts[0];
}

/** The offset of a client's position; null where the document is no part of the source. */
export function offsetOf({ parts, encoding }: Source, uri: string, position: Position): number | null {
  const part = parts.find(({ document }) => document.uri === uri);
  return part === undefined ? null : part.start + offsetIn(part.document, encoding, position);
}

/** What of a source's text a document is. */
export function spanOfDocument({ parts }: Source, uri: string): Span | null {
  const part = parts.find(({ document }) => document.uri === uri);
  return part === undefined ? null : { start: part.start, end: part.start + part.document.text.length };
}

export function versionOf({ parts }: Source, uri: string): number {
  return parts.find(({ document }) => document.uri === uri)?.document.version ?? parts[0]?.document.version ?? 0;
}
