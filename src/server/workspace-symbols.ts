import type { CancellationToken, DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { runJob } from './check-job.ts';
import { symbolsIn } from './document-symbols.ts';
import type { Host, WorkspaceFile } from './host.ts';
import { openText } from './open-text.ts';
import { type Feature, type Server, stopIfCancelled } from './server.ts';
import { documentSource } from './source.ts';
import type { Sources } from './sources.ts';

/** More do not help anyone who searches. */
const MOST_SYMBOLS = 400;

/** Answers with what is declared, defined and claimed anywhere: in what is open, and in the files of the client's folders. */
export const workspaceSymbols: Feature = {
  offers: () => ({ workspaceSymbolProvider: true }),
  serve: (server) => {
    const files = new FileSymbols(server.host, server.sources);
    server.connection.onWorkspaceSymbol(async ({ query }, token, _, partial) => {
      const search = new Search(query, (symbols) => partial?.report(symbols));
      await inOpen(server, search, token);
      await inFiles(server, files, search, token);
      return partial === undefined ? search.found : [];
    });
  },
};

/** A search that is under way. */
class Search {
  readonly found: SymbolInformation[] = [];
  readonly #query: string;
  readonly #tell: (symbols: SymbolInformation[]) => void;

  constructor(query: string, tell: (symbols: SymbolInformation[]) => void) {
    this.#query = query;
    this.#tell = tell;
  }

  get isFull(): boolean {
    return this.found.length >= MOST_SYMBOLS;
  }

  take(uri: string, symbols: readonly DocumentSymbol[]): void {
    const fitting = flat(symbols, uri, '').filter(({ name }) => fits(name, this.#query));
    const taken = fitting.slice(0, MOST_SYMBOLS - this.found.length);
    this.found.push(...taken);
    if (taken.length > 0) this.#tell(taken);
  }
}

async function inOpen(server: Server, search: Search, token: CancellationToken): Promise<void> {
  for (const uri of new Set(server.sources.documents())) {
    const analysis = await server.known(uri, token);
    if (analysis !== null) search.take(uri, symbolsIn(analysis, uri));
  }
}

async function inFiles(server: Server, files: FileSymbols, search: Search, token: CancellationToken): Promise<void> {
  const open = new Set(server.sources.documents());
  for (const file of server.host.listFiles?.(server.folders) ?? []) {
    if (search.isFull) break;
    if (!open.has(file.uri)) search.take(file.uri, await files.of(file, token));
  }
}

/** The symbols of files that are not open, each read again only when it changed. */
class FileSymbols {
  readonly #host: Host;
  readonly #sources: Sources;
  readonly #known = new Map<string, { readonly sign: string; readonly symbols: readonly DocumentSymbol[] }>();

  constructor(host: Host, sources: Sources) {
    this.#host = host;
    this.#sources = sources;
  }

  async of({ uri, sign }: WorkspaceFile, token: CancellationToken): Promise<readonly DocumentSymbol[]> {
    const known = this.#known.get(uri);
    if (known?.sign === sign) return known.symbols;
    // Between two files the client may say that it no longer wants to know.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    stopIfCancelled(token);
    const symbols = this.#read(uri);
    this.#known.set(uri, { sign, symbols });
    return symbols;
  }

  #read(uri: string): readonly DocumentSymbol[] {
    const text = this.#host.readFile?.(uri);
    const source = text === undefined ? null : documentSource(openText(uri, '', 0, text), 0, this.#sources.encoding);
    if (source === null) return [];
    const job = {
      uri,
      text: source.text,
      surface: source.surface,
      folders: [],
      verify: false,
      repair: false,
      layout: 'auto',
      defaults: {},
    } as const;
    const checked = runJob(job, { now: this.#host.now, cancelled: () => false });
    return symbolsIn({ source, checked }, uri);
  }
}

function flat(symbols: readonly DocumentSymbol[], uri: string, containerName: string): readonly SymbolInformation[] {
  return symbols.flatMap(({ name, kind, selectionRange, children }) => [
    { name, kind, location: { uri, range: selectionRange }, ...(containerName === '' ? {} : { containerName }) },
    ...flat(children ?? [], uri, name),
  ]);
}

/** The letters of the query stand in the name in their order. */
function fits(name: string, query: string): boolean {
  const letters = [...query.toLowerCase()].filter((letter) => letter.trim() !== '');
  let at = -1;
  const lower = name.toLowerCase();
  return letters.every((letter) => (at = lower.indexOf(letter, at + 1)) >= 0);
}
