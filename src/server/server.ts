import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError, type ServerCapabilities } from 'vscode-languageserver';
import { type Say, sayIn, type Texts } from '../base/say.ts';
import type { Position } from '../protocol/report.ts';
import { type Analysis, Checking } from './checking.ts';
import { type Client, UNKNOWN_CLIENT } from './client.ts';
import type { RulePage } from './diagnostics.ts';
import type { Host } from './host.ts';
import { PerFile } from './per-file.ts';
import { Publisher } from './publisher.ts';
import { SettingsStore } from './settings-store.ts';
import { offsetOf } from './source.ts';
import { Sources } from './sources.ts';
import { Views } from './views.ts';

/** Something that a client can ask for: what it is told of it at the start, and who answers. */
export interface Feature {
  readonly offers?: (client: Client) => ServerCapabilities;
  readonly serve?: (server: Server) => void;
  /** What the server asks of a client that is ready. */
  readonly begin?: (server: Server) => void;
}

/** Where something stands in an analysis, and the means to look into it. */
export interface Point {
  readonly analysis: Analysis;
  readonly offset: number;
  readonly views: Views;
}

/** What the features answer from: one client, what is open in it, and what was found of that. */
export class Server {
  client: Client = UNKNOWN_CLIENT;
  readonly connection: Connection;
  readonly host: Host;
  readonly sources: Sources;
  readonly settings: SettingsStore;
  readonly checking: Checking;
  readonly views: Views;
  readonly publisher: Publisher;
  readonly files: PerFile;

  constructor(connection: Connection, host: Host) {
    this.connection = connection;
    this.host = host;
    this.sources = new Sources(connection);
    this.settings = new SettingsStore(connection);
    this.checking = new Checking(this.sources, this.settings, host);
    this.views = new Views(host);
    this.publisher = new Publisher(connection, this.checking, { client: () => this.client, rulePage: this.rulePage });
    this.files = new PerFile(this);
  }

  get folders(): readonly string[] {
    return this.checking.folders;
  }

  set folders(folders: readonly string[]) {
    this.checking.folders = folders;
    this.views.folders = folders;
  }

  /** What the client is told is in its language. */
  get say(): Say {
    return this.views.say;
  }

  set texts(texts: Texts) {
    this.checking.texts = texts;
    this.views.say = sayIn(texts);
  }

  /** The address of the page of a rule; the client may have pages of its own. */
  readonly rulePage: RulePage = (code) => this.client.options.rulePage?.replace('{code}', code) ?? this.host.rulePage?.(code);

  /** What is known of a document; null where it is not open, or none of ours. Throws when the client gave up. */
  async known(uri: string, token: CancellationToken): Promise<Analysis | null> {
    const analysis = await this.checking.known(uri);
    stopIfCancelled(token);
    return analysis;
  }

  /** What is known around a position; null outside of what is open. Throws when the client gave up. */
  async pointAt(uri: string, position: Position, token: CancellationToken): Promise<Point | null> {
    const analysis = await this.known(uri, token);
    const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
    return analysis === null || offset === null ? null : { analysis, offset, views: this.views };
  }
}

export function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
