import type { Connection } from 'vscode-languageserver';
import { DEFAULT_SETTINGS, readSettings, type Settings } from './settings.ts';

/** The settings of each document, asked of the client once and again when they changed. */
export class SettingsStore {
  /** Grows when settings may have changed. */
  revision = 0;
  readonly #connection: Connection;
  readonly #asked = new Map<string, Promise<Settings>>();
  #pulls = false;
  #given: Settings = DEFAULT_SETTINGS;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Whether the client answers `workspace/configuration`. */
  usePull(pulls: boolean): void {
    this.#pulls = pulls;
  }

  /** What a client that cannot be asked says by itself: at the start, or in `didChangeConfiguration`. */
  give(settings: unknown): void {
    const own = typeof settings === 'object' && settings !== null && 'chainrule' in settings ? settings.chainrule : undefined;
    if (own !== undefined) this.#given = readSettings(own);
  }

  of(uri: string): Promise<Settings> {
    if (!this.#pulls) return Promise.resolve(this.#given);
    const known = this.#asked.get(uri) ?? this.#ask(uri);
    this.#asked.set(uri, known);
    return known;
  }

  forget(uri: string): void {
    this.#asked.delete(uri);
  }

  refresh(): void {
    this.revision++;
    this.#asked.clear();
  }

  async #ask(uri: string): Promise<Settings> {
    try {
      return readSettings(await this.#connection.workspace.getConfiguration({ scopeUri: uri, section: 'chainrule' }));
    } catch {
      return this.#given;
    }
  }
}
