import type { CancellationToken } from 'vscode-languageserver';
import type { Analysis } from './checking.ts';
import type { WorkspaceFile } from './host.ts';
import { openText } from './open-text.ts';
import { type Server, stopIfCancelled } from './server.ts';
import { documentSource } from './source.ts';

/** What was made of a file, and a name for that version of it. */
export interface Made<T> {
  readonly id: string;
  readonly value: T;
}

/** Something made of files that are not open; of each again only when the file or the settings changed. */
export class PerFile<T> {
  readonly #server: Server;
  readonly #make: (analysis: Analysis) => T;
  readonly #known = new Map<string, Made<T>>();

  constructor(server: Server, make: (analysis: Analysis) => T) {
    this.#server = server;
    this.#make = make;
  }

  /** Null for a file that is gone or none of ours. Throws when the client gave up. */
  async of(folder: string, { uri, sign }: WorkspaceFile, token: CancellationToken): Promise<Made<T> | null> {
    const id = `${sign}.${this.#server.settings.revision}`;
    const known = this.#known.get(uri);
    if (known?.id === id) return known;
    // Between two files the client may say that it no longer wants to know.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    stopIfCancelled(token);
    const made = await this.#read(folder, uri, id);
    if (made === null) this.#known.delete(uri);
    else this.#known.set(uri, made);
    return made;
  }

  async #read(folder: string, uri: string, id: string): Promise<Made<T> | null> {
    const { host, sources, settings, checking } = this.#server;
    const text = host.readFile?.(uri);
    const source = text === undefined ? null : documentSource(openText(uri, '', 0, text), 0, sources.encoding);
    return source === null ? null : { id, value: this.#make(checking.shapesOf(source, await settings.of(folder), id)) };
  }
}
