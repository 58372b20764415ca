import type { CancellationToken, DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { symbolsIn } from './document-symbols.ts';
import type { Feature, Server } from './server.ts';

/** More do not help anyone who searches. */
const MOST_SYMBOLS = 400;

/** Answers with what is declared, defined and claimed anywhere: in what is open, and in the files of the client's folders. */
export const workspaceSymbols: Feature = {
  offers: () => ({ workspaceSymbolProvider: { workDoneProgress: true } }),
  serve: (server) => {
    server.connection.onWorkspaceSymbol(async ({ query }, token, workDone, partial) => {
      workDone.begin(server.say('Looking for symbols'), undefined, '', true);
      const search = new Search(query, (symbols) => partial?.report(symbols));
      await inOpen(server, search, token);
      await inFiles(server, search, token);
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
    if (analysis !== null) search.take(uri, symbolsIn(analysis, uri));
  }
}

async function inFiles({ files, folders }: Server, search: Search, token: CancellationToken): Promise<void> {
  for (const folder of folders) {
    for (const file of files.in(folder)) {
      if (search.isFull) return;
      search.take(file.uri, (await files.of(folder, file, token))?.symbols ?? []);
    }
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
