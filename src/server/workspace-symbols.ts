import type { CancellationToken, Connection, DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import type { Asking } from './asking.ts';
import { runJob } from './check-job.ts';
import type { Host, WorkspaceFile } from './host.ts';
import { openText } from './open-text.ts';
import { documentSource } from './source.ts';
import type { Sources } from './sources.ts';
import { documentSymbols } from './symbols.ts';

/** More do not help anyone who searches. */
const MOST_SYMBOLS = 400;

/** Answers with what is declared, defined and claimed anywhere: in what is open, and in the files of the client's folders. */
export function serveWorkspaceSymbols(connection: Connection, asking: Asking, sources: Sources, host: Host): void {
  const files = new FileSymbols(host, sources);
  connection.onWorkspaceSymbol(async ({ query }, token, _, partial) => {
    const found: SymbolInformation[] = [];
    const take = (uri: string, symbols: readonly DocumentSymbol[]) => {
      const fitting = flat(symbols, uri, '')
        .filter(({ name }) => fits(name, query))
        .slice(0, MOST_SYMBOLS - found.length);
      found.push(...fitting);
      if (fitting.length > 0) partial?.report(fitting);
    };
    const open = new Set(sources.documents());
    for (const uri of open) {
      const analysis = await asking.known(uri, token);
      if (analysis !== null) take(uri, documentSymbols(analysis, uri));
    }
    for (const file of host.listFiles?.(asking.views.folders) ?? []) {
      if (found.length >= MOST_SYMBOLS) break;
      if (!open.has(file.uri)) take(file.uri, await files.of(file, token));
    }
    return partial === undefined ? found : [];
  });
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
    if (token.isCancellationRequested) return [];
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
    return documentSymbols({ source, checked }, uri);
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
