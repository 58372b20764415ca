import { LSPErrorCodes, type Range, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { rename, renameable } from '../ide/rename.ts';
import type { Feature, Point } from './server.ts';
import { locate } from './source.ts';
import { workspaceEdit } from './workspace-edit.ts';

/** Renames symbols and dimensions; refuses with a reason what would change what something means. */
export const renaming: Feature = {
  offers: () => ({ renameProvider: { prepareProvider: true } }),
  serve: (server) => {
    server.connection.onPrepareRename(async ({ textDocument: { uri }, position }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? null : prepareRename(point);
    });
    server.connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? null : renameSymbol(point, newName, server.client.versionedEdits);
    });
  },
};

function prepareRename({ analysis, offset, views }: Point): Range | null {
  const span = renameable(views.of(analysis), offset);
  return span === null ? null : (locate(analysis.source, span)?.range ?? null);
}

function renameSymbol({ analysis, offset, views }: Point, name: string, versioned: boolean): WorkspaceEdit {
  const found = rename(views.of(analysis), offset, name, (edits) => views.after(analysis, edits));
  if (found.kind === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, found.reason);
  return workspaceEdit(analysis.source, found.edits, versioned);
}
