import { FileSystemError, l10n, type TextDocument, type Uri, window, workspace } from 'vscode';
import { fileName, fileOf } from './documents.ts';

/** Opens a document that a panel still shows; a sentence for the reader where it is gone. */
export async function openDocument(uri: Uri): Promise<TextDocument> {
  // To open what was never saved, and is closed, would make a new one of its name.
  if (uri.scheme === 'untitled' && !isOpen(uri)) throw cannotBeOpened(uri);
  try {
    if (!isInTab(fileOf(uri))) await workspace.fs.stat(fileOf(uri));
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') throw cannotBeOpened(uri);
  }
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    throw cannotBeOpened(uri);
  }
}

/** Whether there is a file at an address. */
export async function isTaken(uri: Uri): Promise<boolean> {
  const found = await Promise.resolve(workspace.fs.stat(uri)).catch(() => null);
  return found !== null;
}

export function isOpen(uri: Uri): boolean {
  return workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}

function cannotBeOpened(uri: Uri): Error {
  return new Error(l10n.t('{0} cannot be opened; it may have been moved or deleted.', fileName(uri)));
}

/** Whether a tab holds the file. VS Code keeps the text of one that was only read in memory for a while, also when it is deleted. */
function isInTab(file: Uri): boolean {
  return window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => holds(input, file)));
}

/** Whether what a tab shows is a file: text, a notebook, or in an editor of its own. */
export function holds(input: unknown, file: Uri): boolean {
  return typeof input === 'object' && input !== null && 'uri' in input && String(input.uri) === file.toString();
}
