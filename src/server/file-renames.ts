import type { CancellationToken, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { type Move, movedInputs } from '../ide/moved-inputs.ts';
import { inputTarget } from './input-target.ts';
import { openText } from './open-text.ts';
import { type Feature, type Server, stopIfCancelled } from './server.ts';
import { fileSource, locate, type Source, versionOf } from './source.ts';

/** LaTeX documents go on inputting a file that is renamed, and find their own inputs when they are moved themselves. */
export const fileRenames: Feature = {
  offers: () => ({
    workspace: {
      fileOperations: {
        willRename: {
          filters: [
            { scheme: 'file', pattern: { glob: '**/*.{tex,ltx,sty,cls}', matches: 'file', options: { ignoreCase: true } } },
            { scheme: 'file', pattern: { glob: '**/*', matches: 'folder' } },
          ],
        },
      },
    },
  }),
  serve: (server) =>
    server.connection.workspace.onWillRenameFiles(async ({ files }, token) => {
      const moves = files.map(({ oldUri, newUri }) => ({ from: pathOf(oldUri), to: pathOf(newUri) }));
      const read = await latexSources(server, token);
      const changes = read.map(({ source, version }) => ({ uri: source.uri, version, edits: editsIn(server, source, moves) }));
      return asEdit(
        changes.filter(({ edits }) => edits.length > 0),
        server.client.versionedEdits,
      );
    }),
};

function editsIn(server: Server, source: Source, moves: readonly Move[]): TextEdit[] {
  const targetOf = (name: string) => {
    const target = inputTarget(server, source.uri, name);
    return target === undefined ? undefined : pathOf(target);
  };
  const around = { folders: server.folders.map(pathOf), targetOf };
  return movedInputs(source.text, pathOf(source.uri), moves, around).flatMap(({ span, newText }) => {
    const at = locate(source, span);
    return at === null ? [] : [{ range: at.range, newText }];
  });
}

/** Clients spell the address of one file in several ways, its path in one. */
function pathOf(uri: string): string {
  try {
    return decodeURIComponent(new URL(uri).pathname).replace(/\/$/, '');
  } catch {
    return uri;
  }
}

interface Change {
  readonly uri: string;
  /** Null where no editor holds the document. */
  readonly version: number | null;
  readonly edits: TextEdit[];
}

interface Read {
  readonly source: Source;
  readonly version: number | null;
}

/** Every LaTeX document that is open, and those in the client's folders that are not and input something. */
async function latexSources(server: Server, token: CancellationToken): Promise<readonly Read[]> {
  const { sources, files, folders, host } = server;
  const read: Read[] = sources.all().flatMap((uri) => {
    const source = sources.get(uri);
    return source?.surface === 'latex' ? [{ source, version: versionOf(source, uri) }] : [];
  });
  for (const { uri } of folders.flatMap((folder) => files.in(folder))) {
    if (!/\.(?:tex|ltx)$/i.test(uri)) continue;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    stopIfCancelled(token);
    const text = host.readFile?.(uri) ?? '';
    const source = text.includes('\\') ? fileSource(openText(uri, 'latex', 0, text), 0, sources.encoding) : null;
    if (source !== null) read.push({ source, version: null });
  }
  return read;
}

function asEdit(changes: readonly Change[], versioned: boolean): WorkspaceEdit | null {
  if (changes.length === 0) return null;
  if (!versioned) return { changes: Object.fromEntries(changes.map(({ uri, edits }) => [uri, edits])) };
  return { documentChanges: changes.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })) };
}
