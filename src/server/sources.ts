import {
  type Connection,
  NotebookCellKind,
  NotebookDocuments,
  TextDocuments,
  type TextDocumentsConfiguration,
} from 'vscode-languageserver';
import type { Surface } from '../check/check-document.ts';
import type { PositionEncoding } from './encoding.ts';
import { type Change, changed, type OpenText, openText } from './open-text.ts';
import { documentSource, notebookSource, type Source } from './source.ts';

/** What is open in the client: its documents and notebooks, as sources to check. */
export class Sources {
  /** Set once, when the client has said what it can. */
  encoding: PositionEncoding = 'utf-16';
  readonly #texts: TextDocuments<OpenText>;
  readonly #notebooks: NotebookDocuments<OpenText>;
  readonly #sources = new Map<string, Source>();
  readonly #revisions = new Map<string, number>();
  #changes = 0;
  #listeners: SourceListeners = { changed: () => {}, saved: () => {}, closed: () => {} };

  constructor(connection: Connection) {
    const configuration: TextDocumentsConfiguration<OpenText> = {
      create: (uri, languageId, version, content: unknown) =>
        openText(uri, String(languageId ?? ''), version, typeof content === 'string' ? content : ''),
      update: (document, changes, version) => changed(document, changes as readonly Change[], version, this.encoding),
    };
    this.#texts = new TextDocuments(configuration);
    this.#notebooks = new NotebookDocuments(configuration);
    this.#listen();
    this.#texts.listen(connection);
    this.#notebooks.listen(connection);
  }

  on(listeners: SourceListeners): void {
    this.#listeners = listeners;
  }

  /** The source that a document, a notebook or a cell of one is part of. */
  get(uri: string): Source | null {
    const owner = this.#notebooks.findNotebookDocumentForCell(uri)?.uri ?? uri;
    const known = this.#sources.get(owner);
    if (known !== undefined) return known;
    const made = this.#make(owner);
    if (made !== null) this.#sources.set(owner, made);
    return made;
  }

  all(): readonly string[] {
    return [...this.#revisions.keys()];
  }

  /** Every document that is open, and every cell of a notebook. */
  documents(): readonly string[] {
    return this.all().flatMap((uri) => this.get(uri)?.parts.map(({ document }) => document.uri) ?? []);
  }

  /** Takes the open documents of a surface to have changed, because what they read beside themselves has. */
  reread(surface: Surface): void {
    for (const uri of this.all()) if (this.get(uri)?.surface === surface) this.#touch(uri);
  }

  #make(uri: string): Source | null {
    const revision = this.#revisions.get(uri);
    if (revision === undefined) return null;
    const document = this.#texts.get(uri);
    if (document !== undefined) return documentSource(document, revision, this.encoding);
    const notebook = this.#notebooks.getNotebookDocument(uri);
    if (notebook === undefined) return null;
    const cells = notebook.cells.flatMap((cell, index) => {
      const text = cell.kind === NotebookCellKind.Markup ? this.#notebooks.getCellTextDocument(cell) : undefined;
      return text === undefined ? [] : [{ index, document: text }];
    });
    return notebookSource(uri, cells, revision, this.encoding);
  }

  #listen(): void {
    this.#texts.onDidChangeContent(({ document }) => this.#touch(document.uri));
    this.#texts.onDidSave(({ document }) => this.#listeners.saved(document.uri));
    this.#texts.onDidClose(({ document }) => this.#forget(document.uri));
    this.#notebooks.onDidOpen(({ uri }) => this.#touch(uri));
    this.#notebooks.onDidChange(({ notebookDocument }) => this.#touch(notebookDocument.uri));
    this.#notebooks.onDidSave(({ uri }) => this.#listeners.saved(uri));
    this.#notebooks.onDidClose(({ uri }) => this.#forget(uri));
  }

  #touch(uri: string): void {
    this.#sources.delete(uri);
    this.#revisions.set(uri, ++this.#changes);
    this.#listeners.changed(uri);
  }

  #forget(uri: string): void {
    this.#sources.delete(uri);
    this.#revisions.delete(uri);
    this.#listeners.closed(uri);
  }
}

/** Told by the uri of the document or the notebook. */
export interface SourceListeners {
  readonly changed: (uri: string) => void;
  readonly saved: (uri: string) => void;
  readonly closed: (uri: string) => void;
}
