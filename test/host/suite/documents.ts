import * as vscode from 'vscode';
import { until } from './cases.ts';

/** A file of the workspace, shown in an editor. */
export async function openFile(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(name)));
}

export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** A document that was never saved. */
export async function openUnsaved(content: string, language = 'derivation'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** Replaces the first occurrence of a text, as typing would. */
export async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, before), after);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`could not replace ${before}`);
}

export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`${document.fileName} does not contain ${text}`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

export function diagnosticsOf({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri);
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits for a diagnostic with this code on exactly this text. */
export async function diagnosed(document: vscode.TextDocument, code: string, text: string): Promise<vscode.Diagnostic> {
  const found = () => diagnosticsOf(document).find((one) => codeOf(one) === code && document.getText(one.range) === text);
  return until(`${code} on “${text}”`, found, () => told(document));
}

/** Waits until nothing, or no diagnostic with this code, is said of a document. */
export async function silent(document: vscode.TextDocument, code?: string): Promise<void> {
  const rest = () => diagnosticsOf(document).filter((one) => code === undefined || codeOf(one) === code);
  await until(`no ${code ?? 'diagnostic'}`, () => rest().length === 0, () => told(document));
}

function told(document: vscode.TextDocument): string {
  return `Said of the document: ${JSON.stringify(diagnosticsOf(document).map((one) => [codeOf(one), one.message, document.getText(one.range).slice(0, 60)]))}`;
}

export async function closeAll(): Promise<void> {
  for (let left = 20; left > 0 && isAnyOpen(); left--) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  // The next unsaved document has the address of the last one, and must not find what was said of that.
  for (let left = 100; left > 0 && isAnythingSaidOfUnsaved(); left--) await new Promise((resolve) => setTimeout(resolve, 50));
}

function isAnyOpen(): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0);
}

function isAnythingSaidOfUnsaved(): boolean {
  return vscode.languages.getDiagnostics().some(([{ scheme }, said]) => scheme === 'untitled' && said.length > 0);
}
