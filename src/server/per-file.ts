import type { CancellationToken, Diagnostic, DocumentSymbol } from 'vscode-languageserver';
import { diagnosticsByDocument } from './diagnostics.ts';
import { symbolsIn } from './document-symbols.ts';
import type { WorkspaceFile } from './host.ts';
import { openText } from './open-text.ts';
import { type Server, stopIfCancelled } from './server.ts';
import { fileSource } from './source.ts';

/** What is told of a file that is not open, and a name for that version of it. */
export interface ReadFile {
  readonly id: string;
  readonly symbols: readonly DocumentSymbol[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The files that are not open; each is read for all who ask, and again only when the file or the settings changed. */
export class PerFile {
  readonly #server: Server;
  readonly #known = new Map<string, ReadFile>();

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
  async of(folder: string, { uri, sign }: WorkspaceFile, token: CancellationToken): Promise<ReadFile | null> {
    const id = `${sign}.${this.#server.settings.revision}`;
    const known = this.#known.get(uri);
    if (known?.id === id) return known;
    // Between two files the client may say that it no longer wants to know.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    stopIfCancelled(token);
    const read = await this.#read(folder, uri, id);
    if (read === null) this.#known.delete(uri);
    else this.#known.set(uri, read);
    return read;
  }

  async #read(folder: string, uri: string, id: string): Promise<ReadFile | null> {
    const { host, sources, settings, checking, rulePage } = this.#server;
    const text = host.readFile?.(uri);
    const source = text === undefined ? null : fileSource(openText(uri, '', 0, text), 0, sources.encoding);
    if (source === null) return null;
    const analysis = checking.shapesOf(source, await settings.of(folder), id);
    return { id, symbols: symbolsIn(analysis, uri), diagnostics: diagnosticsByDocument(analysis, rulePage).get(uri) ?? [] };
  }
}
