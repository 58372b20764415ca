import type { CancellationToken, DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { symbolsIn } from './document-symbols.ts';
import type { FileOfFolder } from './per-file.ts';
import type { Feature, Server } from './server.ts';

/** More do not help anyone who searches. */
const MOST_SYMBOLS = 400;

/** Milliseconds that a search may take where its answer comes in one piece. People type on meanwhile, and ask again. */
const PATIENCE = 1000;

/** Answers with what is declared, defined and claimed anywhere: in what is open, and in the files of the client's folders. */
export const workspaceSymbols: Feature = {
  offers: () => ({ workspaceSymbolProvider: { workDoneProgress: true } }),
  serve: (server) => {
    server.connection.onWorkspaceSymbol(async ({ query }, token, workDone, partial) => {
      workDone.begin(server.say('Looking for symbols'), undefined, '', true);
      const search = new Search(query, (symbols) => partial?.report(symbols));
      const until = partial === undefined ? server.host.now() + PATIENCE : Number.POSITIVE_INFINITY;
      await inOpen(server, search, token);
      await inFiles(server, search, token, until);
      workDone.done();
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
    if (analysis !== null) search.take(uri, symbolsIn(analysis.source, analysis.checked, uri));
  }
}

/** Files that were read before first, and of the others as many as time allows; those that are left are read for the next search. */
async function inFiles(server: Server, search: Search, token: CancellationToken, until: number): Promise<void> {
  const { files } = server;
  const unread: FileOfFolder[] = [];
  for (const one of filesOf(server)) {
    const known = files.knownSymbols(one.file);
    if (known === null) unread.push(one);
    else search.take(one.file.uri, known);
  }
  for (const [at, { folder, file }] of unread.entries()) {
    if (search.isFull) return;
    if (server.host.now() > until) return void files.readOn(unread.slice(at));
    search.take(file.uri, (await files.symbols(folder, file, token))?.found ?? []);
  }
}

function filesOf({ files, folders }: Server): readonly FileOfFolder[] {
  return folders.flatMap((folder) => files.in(folder).map((file) => ({ folder, file })));
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
