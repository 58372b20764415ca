import { l10n, type NotebookEditor, Position, type TextDocument, type TextEditor, type Uri, window, workspace } from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient';

const LANGUAGES = ['derivation', 'markdown', 'latex', 'tex', 'quarto', 'rmd'];

/** Where a person keeps files; not the other side of a comparison, a chat, or a terminal's output. */
const SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-userdata', 'vscode-test-web', 'memfs', 'github'];

/** The documents that Chainrule reads. */
export const SELECTOR: DocumentSelector = [
  ...SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
  { notebook: 'jupyter-notebook', language: 'markdown' },
];

const CELL_SCHEME = 'vscode-notebook-cell';

export function isOurs({ languageId, uri }: TextDocument): boolean {
  return LANGUAGES.includes(languageId) && (SCHEMES.includes(uri.scheme) || uri.scheme === CELL_SCHEME);
}

export function isCell({ scheme }: Uri): boolean {
  return scheme === CELL_SCHEME;
}

/** The name of a document's file, of a cell its notebook's. */
export function fileName({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The file that a document is, or whose cell it is. */
export function fileOf(uri: Uri): Uri {
  if (uri.scheme !== CELL_SCHEME) return uri;
  const notebook = workspace.notebookDocuments.find((one) =>
    one.getCells().some(({ document }) => document.uri.toString() === uri.toString()),
  );
  return notebook?.uri ?? uri;
}

/** Opens a document that a panel still shows; a sentence for the reader where it is gone. */
export async function openDocument(uri: Uri): Promise<TextDocument> {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    throw new Error(l10n.t('{0} cannot be opened; it may have been moved or deleted.', fileName(uri)));
  }
}

/** Where a document is after a file or a folder was renamed; undefined where it is neither. A cell moves with its notebook. */
export function renamedUri(uri: Uri, from: Uri, to: Uri): Uri | undefined {
  const isIt = uri.path === from.path || uri.path.startsWith(`${from.path}/`);
  return isIt && (uri.scheme === from.scheme || uri.scheme === CELL_SCHEME)
    ? uri.with({ path: `${to.path}${uri.path.slice(from.path.length)}` })
    : undefined;
}

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

function cursorIn(editor: TextEditor | undefined): Place | null {
  return editor === undefined || !isOurs(editor.document) ? null : { document: editor.document, position: editor.selection.active };
}

/** The chosen cell, or where that holds code the next one that holds text, or the last one before. */
function chosenIn(editor: NotebookEditor | undefined): Place | null {
  const cells = editor?.notebook.getCells().filter(({ document }) => isOurs(document)) ?? [];
  const chosen = editor?.selection.start ?? 0;
  const cell = cells.find(({ index }) => index >= chosen) ?? cells.at(-1);
  return cell === undefined ? null : { document: cell.document, position: new Position(0, 0) };
}

function first<T>(all: readonly T[], placeIn: (one: T) => Place | null): Place | null {
  for (const one of all) {
    const place = placeIn(one);
    if (place !== null) return place;
  }
  return null;
}
