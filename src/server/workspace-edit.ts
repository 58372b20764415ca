import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { FoundEdit } from '../check/checked-document.ts';
import { locate, type Source, versionOf } from './source.ts';

/** Edits by offsets as edits of the client's documents. */
export function workspaceEdit(source: Source, edits: readonly FoundEdit[], versioned: boolean): WorkspaceEdit {
  const byDocument: Record<string, TextEdit[]> = {};
  for (const { span, newText } of edits) {
    const at = locate(source, span);
    if (at !== null) (byDocument[at.uri] ??= []).push({ range: at.range, newText });
  }
  if (!versioned) return { changes: byDocument };
  return {
    documentChanges: Object.entries(byDocument).map(([uri, own]) => ({
      textDocument: { uri, version: versionOf(source, uri) },
      edits: own,
    })),
  };
}
