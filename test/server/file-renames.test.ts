import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { InitializeParams, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { findInput, readInput } from '../../src/server/read-input.ts';
import { listFiles, readFile } from '../../src/server/workspace-files.ts';
import { startClient, type TestClient } from './client.ts';
import { folderMaker } from './folders.ts';

const { folderWith, removeAll } = folderMaker();
const clients: TestClient[] = [];

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
  removeAll();
});

const FILES = {
  'main.tex': '\\input{macros}\n% \\input{macros}\n\\input{ ./parts/one.tex }\n\\include{parts/two}\n\\input{nowhere}\n',
  'macros.tex': '\\newcommand{\\R}{\\mathbb{R}}\n',
  'parts/one.tex': '\\input{../macros}\n\\input{parts/two}\n',
  'parts/two.tex': 'Nothing is input here.\n',
  'notes.md': '`\\input{macros}`\n',
};

interface Workplace {
  readonly one: TestClient;
  readonly uriOf: (name: string) => string;
  /** What the edits of a renaming put where, a line an edit. */
  readonly renamed: (...moves: readonly (readonly [from: string, to: string])[]) => Promise<readonly string[]>;
}

async function workplace(files: Readonly<Record<string, string>> = FILES, capabilities: InitializeParams['capabilities'] = {}): Promise<Workplace> {
  const folder = folderWith(files);
  const one = await startClient({ capabilities, host: { listFiles, readFile, findInput, readInput }, rootUri: pathToFileURL(folder).href });
  clients.push(one);
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const nameOf = (uri: string) => Object.keys(files).find((name) => uriOf(name) === uri) ?? uri;
  const line = (uri: string, { range: { start }, newText }: TextEdit) => `${nameOf(uri)}:${start.line + 1}:${start.character + 1} ${newText}`;
  return {
    one, uriOf,
    renamed: async (...moves) => {
      const params = { files: moves.map(([from, to]) => ({ oldUri: uriOf(from), newUri: uriOf(to) })) };
      const edit = await one.connection.sendRequest<WorkspaceEdit | null>('workspace/willRenameFiles', params);
      return Object.entries(edit?.changes ?? {}).flatMap(([uri, edits]) => edits.map((each) => line(uri, each)));
    },
  };
}

describe('a LaTeX document', () => {
  it('inputs a file under its new name, with an ending where it had one', async () => {
    const { renamed } = await workplace();
    expect(await renamed(['macros.tex', 'symbols.tex'])).toEqual(['main.tex:1:8 symbols', 'parts/one.tex:1:8 ../symbols']);
    expect(await renamed(['parts/one.tex', 'first.tex'])).toEqual(expect.arrayContaining(['main.tex:3:9 first.tex', 'parts/one.tex:1:8 macros']));
  });

  it('inputs what is in a folder that is renamed', async () => {
    const { renamed } = await workplace();
    expect(await renamed(['parts', 'chapters/all'])).toEqual([
      'main.tex:3:9 chapters/all/one.tex', 'main.tex:4:10 chapters/all/two', 'parts/one.tex:1:8 ../../macros', 'parts/one.tex:2:8 chapters/all/two',
    ]);
  });

  it('is left alone where all its inputs stay where it looks for them', async () => {
    const { renamed } = await workplace();
    expect(await renamed(['notes.md', 'text.md'])).toEqual([]);
    expect(await renamed(['main.tex', 'thesis.tex'])).toEqual([]);
    expect(await renamed(['macros.tex', 'macros.tex'])).toEqual([]);
    expect(await renamed(['nowhere.tex', 'somewhere.tex'])).toEqual([]);
  });

  it('gets no path that LaTeX would read otherwise', async () => {
    const { renamed } = await workplace();
    expect(await renamed(['macros.tex', '100%.tex'])).toEqual([]);
  });

  it('is edited as it is open, and under its version where the client knows versions', async () => {
    const { one, uriOf } = await workplace(FILES, { workspace: { workspaceEdit: { documentChanges: true } } });
    await one.open(uriOf('main.tex'), 'latex', '% a line more\n\\input{macros}\n', 4);
    const edit = await one.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', { files: [{ oldUri: uriOf('macros.tex'), newUri: uriOf('symbols.tex') }] });
    const [open, closed] = edit.documentChanges ?? [];
    expect(open).toMatchObject({ textDocument: { uri: uriOf('main.tex'), version: 4 }, edits: [{ range: { start: { line: 1, character: 7 } }, newText: 'symbols' }] });
    expect(closed).toMatchObject({ textDocument: { uri: uriOf('parts/one.tex'), version: null }, edits: [{ newText: '../symbols' }] });
  });

  it('survives addresses that are none', async () => {
    const { one } = await workplace();
    const files = [{ oldUri: 'no address', newUri: '%' }, { oldUri: 'file:///%zz', newUri: '' }];
    expect(await one.connection.sendRequest('workspace/willRenameFiles', { files })).toBeNull();
    await expect(one.connection.sendRequest('workspace/willRenameFiles', { files: [{}] })).rejects.toMatchObject({ code: -32602 });
  });
});
