import { type NotebookEditor, Position, type TextDocument, type TextEditor, window } from 'vscode';
import { isOurs } from './documents.ts';

/** A place in one of our documents. */
export interface Place {
  readonly document: TextDocument;
  readonly position: Position;
}

/**
 * Where a person is: at the cursor, or in a notebook at the beginning of the chosen cell. While a panel or a preview has the focus, that
 * is in the editor beside it.
 */
export function currentPlace(): Place | null {
  const { activeTextEditor, activeNotebookEditor, visibleTextEditors, visibleNotebookEditors } = window;
  if (activeTextEditor !== undefined || activeNotebookEditor !== undefined)
    return cursorIn(activeTextEditor) ?? chosenIn(activeNotebookEditor);
  return first(visibleTextEditors, cursorIn) ?? first(visibleNotebookEditors, chosenIn);
}

export function cursorIn(editor: TextEditor | undefined): Place | null {
  return editor === undefined || !isOurs(editor.document) ? null : { document: editor.document, position: editor.selection.active };
}

/** The chosen cell, or where that holds code the next one that holds text, or the last one before. */
function chosenIn(editor: NotebookEditor | undefined): Place | null {
  const cells = editor?.notebook.getCells().filter(({ document }) => isOurs(document)) ?? [];
  const chosen = editor === undefined ? 0 : chosenCell(editor);
  const cell = cells.find(({ index }) => index >= chosen) ?? cells.at(-1);
  return cell === undefined ? null : { document: cell.document, position: new Position(0, 0) };
}

/** Escape in a notebook leaves no cell chosen; then it is the first one in sight, for VS Code does not tell which has the focus. */
function chosenCell({ selection, visibleRanges }: NotebookEditor): number {
  return selection.isEmpty ? (visibleRanges[0]?.start ?? 0) : selection.start;
}

function first<T>(all: readonly T[], placeIn: (one: T) => Place | null): Place | null {
  for (const one of all) {
    const place = placeIn(one);
    if (place !== null) return place;
  }
  return null;
}
