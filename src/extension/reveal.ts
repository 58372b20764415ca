import { type NotebookDocument, NotebookRange, TextEditorRevealType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Range } from '../protocol/report.ts';
import { toRange } from './ranges.ts';

/** Shows a range in the editor that has its document, else in one beside the panel. */
export async function reveal(uri: string, range: Range): Promise<void> {
  const notebook = workspace.notebookDocuments.find((one) => cellIndex(one, uri) >= 0);
  if (notebook === undefined) await revealText(uri, range);
  else await revealCell(notebook, cellIndex(notebook, uri));
}

async function revealText(uri: string, range: Range): Promise<void> {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const selection = toRange(range);
  const editor = await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? ViewColumn.One, selection });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

function cellIndex(notebook: NotebookDocument, uri: string): number {
  return notebook.getCells().findIndex(({ document }) => document.uri.toString() === uri);
}

async function revealCell(notebook: NotebookDocument, index: number): Promise<void> {
  const at = new NotebookRange(index, index + 1);
  const shown = window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  const editor = await window.showNotebookDocument(notebook, { viewColumn: shown?.viewColumn ?? ViewColumn.One, selections: [at] });
  editor.revealRange(at);
}
