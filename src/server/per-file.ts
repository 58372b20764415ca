import { CancellationToken, type Diagnostic, type DocumentSymbol } from 'vscode-languageserver';
import { diagnosticsByDocument } from './diagnostics.ts';
import { symbolsIn } from './document-symbols.ts';
import type { WorkspaceFile } from './host.ts';
import { openText } from './open-text.ts';
import { type Server, stopIfCancelled } from './server.ts';
import type { Settings } from './settings.ts';
import { fileSource, type Source } from './source.ts';

/** What was found in a version of a file, and a name for that version. */
export interface FoundInFile<T> {
  readonly id: string;
  readonly found: readonly T[];
}

export interface FileOfFolder {
  readonly folder: string;
  readonly file: WorkspaceFile;
}

type Look<T> = (source: Source, settings: Settings, id: string) => readonly T[];

/** The files that are not open; each is read for all who ask the same of it, and again only when the file or the settings changed. */
export class PerFile {
  readonly #server: Server;
  readonly #symbols = new Map<string, FoundInFile<DocumentSymbol>>();
  readonly #diagnostics = new Map<string, FoundInFile<Diagnostic>>();

  #isReadingOn = false;

  constructor(server: Server) {
    this.#server = server;
  }

  /** The files in a folder of the client, without those that it has open. */
  in(folder: string): readonly WorkspaceFile[] {
    const { sources, host } = this.#server;
    const open = new Set([...sources.all(), ...sources.documents()]);
    return (host.listFiles?.([folder]) ?? []).filter(({ uri }) => !open.has(uri));
  }

  /** Null for a file that is gone or none of ours. Throws when the client gave up. */
  diagnostics(folder: string, file: WorkspaceFile, token: CancellationToken): Promise<FoundInFile<Diagnostic> | null> {
    const { checking, rulePage } = this.#server;
    return this.#find(this.#diagnostics, folder, file, token, (source, settings, id) => {
      const analysis = checking.shapesOf(source, settings, id);
      return diagnosticsByDocument(analysis, rulePage).get(file.uri) ?? [];
    });
  }

  /** What is declared, defined and claimed in a file, for which no shape is inferred. Null and throws as above. */
  symbols(folder: string, file: WorkspaceFile, token: CancellationToken): Promise<FoundInFile<DocumentSymbol> | null> {
    const { checking } = this.#server;
    return this.#find(this.#symbols, folder, file, token, (source, settings) =>
      symbolsIn(source, checking.listed(source, settings), file.uri),
    );
  }

  /** The symbols of a file, where it was read as it is now. */
  knownSymbols(file: WorkspaceFile): readonly DocumentSymbol[] | null {
    const known = this.#symbols.get(file.uri);
    return known?.id === this.#idOf(file) ? known.found : null;
  }

  /** Reads the symbols of files while nobody waits for them. */
  async readOn(files: readonly FileOfFolder[]): Promise<void> {
    if (this.#isReadingOn) return;
    this.#isReadingOn = true;
    for (const { folder, file } of files) await this.symbols(folder, file, CancellationToken.None).catch(() => null);
    this.#isReadingOn = false;
  }

  #idOf({ sign }: WorkspaceFile): string {
    return `${sign}.${this.#server.settings.revision}`;
  }

  async #find<T>(
    known: Map<string, FoundInFile<T>>,
    folder: string,
    file: WorkspaceFile,
    token: CancellationToken,
    look: Look<T>,
  ): Promise<FoundInFile<T> | null> {
    const id = this.#idOf(file);
    const before = known.get(file.uri);
    if (before?.id === id) return before;
    // Between two files the client may say that it no longer wants to know.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    stopIfCancelled(token);
    const source = this.#read(file.uri);
    if (source === null) {
      known.delete(file.uri);
      return null;
    }
    const made = { id, found: look(source, await this.#server.settings.of(folder), id) };
    known.set(file.uri, made);
    return made;
  }

  #read(uri: string): Source | null {
    const { host, sources } = this.#server;
    const text = host.readFile?.(uri);
    return text === undefined ? null : fileSource(openText(uri, '', 0, text), 0, sources.encoding);
  }
}
