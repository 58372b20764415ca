import type { WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import type { Feature } from './server.ts';

/** Follows the folders that the client adds and removes: files are read from inside them only. */
export const folders: Feature = {
  offers: () => ({ workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }),
  begin: (server) => {
    if (server.client.changesFolders)
      server.connection.workspace.onDidChangeWorkspaceFolders((change) => {
        server.folders = after(server.folders, change);
      });
  },
};

function after(before: readonly string[], { added, removed }: WorkspaceFoldersChangeEvent): readonly string[] {
  const gone = new Set(removed.map(({ uri }) => uri));
  return [...before.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
}
