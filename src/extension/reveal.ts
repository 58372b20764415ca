import {
  commands,
  type NotebookDocument,
  NotebookRange,
  Selection,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { Position, Range } from '../protocol/report.ts';
import { holds, openDocument } from './open-document.ts';
import { toPosition, toRange } from './ranges.ts';

/** Shows a range in the editor that has its document, else in one beside the panel, which has the focus and stays in sight. */
export async function reveal(uri: string, range: Range): Promise<void> {
  const notebook = notebookOf(uri);
  if (notebook === undefined) await revealText(uri, range);
  else await revealCell(notebook, cellIndex(notebook, uri));
}

/**
 * Opens a cell of a notebook for editing, with the cursor at a place, where a document is one. What changes in a cell that is only drawn, VS Code
 * neither draws anew nor undoes by its key.
 */
export async function openForEditing(uri: string, at: Position): Promise<void> {
  const notebook = notebookOf(uri);
  if (notebook === undefined) return;
  await revealCell(notebook, cellIndex(notebook, uri));
  await commands.executeCommand('notebook.cell.edit');
  const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  if (editor !== undefined) editor.selection = new Selection(toPosition(at), toPosition(at));
}

function notebookOf(uri: string): NotebookDocument | undefined {
  return workspace.notebookDocuments.find((one) => cellIndex(one, uri) >= 0);
}

async function revealText(uri: string, range: Range): Promise<void> {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  const document = await openDocument(Uri.parse(uri));
  const selection = toRange(range);
  const editor = await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? besidePanel(document.uri), selection });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The column in which a document has a tab already, else the first one; in either case not that of the panel. */
function besidePanel(document: Uri): ViewColumn {
  const { all, activeTabGroup } = window.tabGroups;
  const others = all.filter((group) => group !== activeTabGroup);
  const holding = others.find(({ tabs }) => tabs.some(({ input }) => holds(input, document)));
  return (holding ?? others[0])?.viewColumn ?? ViewColumn.Beside;
}

function cellIndex(notebook: NotebookDocument, uri: string): number {
  return notebook.getCells().findIndex(({ document }) => document.uri.toString() === uri);
}

async function revealCell(notebook: NotebookDocument, index: number): Promise<void> {
  const at = new NotebookRange(index, index + 1);
  const shown = window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  const viewColumn = shown?.viewColumn ?? besidePanel(notebook.uri);
  const editor = await window.showNotebookDocument(notebook, { viewColumn, selections: [at] });
  editor.revealRange(at);
}
