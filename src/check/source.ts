import type { KeptInference } from '../derivation/kept-sections.ts';
import type { KeptVerdicts } from '../numeric/kept-verdicts.ts';
import type { NotebookText } from '../syntax/blocks/notebook.ts';
import { joinCells } from '../syntax/blocks/notebook.ts';
import type { SourceDocument } from '../syntax/document.ts';
import type { Kept } from '../syntax/kept.ts';
import { readLatex } from '../syntax/read-latex.ts';
import { readMarkdown } from '../syntax/read-markdown.ts';
import { readCells, readNotebook } from '../syntax/read-notebook.ts';
import { readPlain } from '../syntax/read-plain.ts';
import type { FoundEdit } from './checked-document.ts';

/** The surface a derivation is written in. */
export type Surface = 'plain' | 'markdown' | 'latex' | 'notebook';

/** What checking a document leaves for the next check of it, after an edit. */
export interface KeptCheck {
  readonly reading: Kept;
  readonly inference: KeptInference | null;
  readonly verdicts: KeptVerdicts | null;
}

/** A text with what was read in it, and the means to read it again after an edit. */
export interface Source {
  readonly text: string;
  readonly surface: Surface;
  readonly document: SourceDocument;
  readonly notebook?: NotebookText;
  /** What the last check kept; null for the first one. */
  readonly before: KeptCheck | null;
  readonly edited: (edits: readonly FoundEdit[]) => Source;
}

export type ReadInput = ((path: string) => string | undefined) | undefined;

export function openSource(text: string, surface: Surface, readInput: ReadInput, before: KeptCheck | null = null): Source {
  if (surface === 'notebook') {
    const { document, notebook } = readNotebook(text, before?.reading ?? null);
    if (notebook !== null) return { ...openCells(notebook, keptFor(document, before)), document };
    return ofText(text, surface, document, readInput, before);
  }
  return ofText(text, surface, readText(text, surface, readInput, before?.reading ?? null), readInput, before);
}

function ofText(text: string, surface: Surface, document: SourceDocument, readInput: ReadInput, before: KeptCheck | null): Source {
  const kept = keptFor(document, before);
  const edited = (edits: readonly FoundEdit[]) => openSource(applyEdits(text, edits), surface, readInput, kept);
  return { text, surface, document, before, edited };
}

/** For the next reading; verdicts are asked for anew, at other points. */
function keptFor({ kept }: SourceDocument, before: KeptCheck | null): KeptCheck {
  return { reading: kept, inference: before?.inference ?? null, verdicts: before?.verdicts ?? null };
}

function readText(text: string, surface: Exclude<Surface, 'notebook'>, readInput: ReadInput, before: Kept | null): SourceDocument {
  switch (surface) {
    case 'plain':
      return readPlain(text, before);
    case 'markdown':
      return readMarkdown(text, before);
    case 'latex':
      return readLatex(text, readInput === undefined ? {} : { readInput }, before);
  }
}

/** The Markdown cells of a notebook; offsets count in their joined text. */
export function openCells(notebook: NotebookText, before: KeptCheck | null = null): Source {
  const document = readCells(notebook, before?.reading ?? null);
  const kept = keptFor(document, before);
  const edited = (edits: readonly FoundEdit[]) => openCells(editedCells(notebook, edits), kept);
  return { text: notebook.text, surface: 'notebook', document, notebook, before, edited };
}

/** An edit lies within one cell: nothing that is reported crosses two. */
function editedCells({ text, cells }: NotebookText, edits: readonly FoundEdit[]): NotebookText {
  return joinCells(
    cells.map(({ index, span }) => {
      const own = edits.filter((edit) => span.start <= edit.span.start && edit.span.end <= span.end);
      const local = own.map(({ span: at, newText }) => ({ span: { start: at.start - span.start, end: at.end - span.start }, newText }));
      return { index, source: applyEdits(text.slice(span.start, span.end), local) };
    }),
  );
}

/** The text after edits that do not overlap. */
export function applyEdits(text: string, edits: readonly FoundEdit[]): string {
  // What is inserted at a place stands before what is put there, and insertions at one place in their order.
  const backwards = [...edits].reverse().sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  return backwards.reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}
