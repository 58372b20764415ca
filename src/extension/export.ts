import { commands, env, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { fileName, fileOf, STEPS_SCHEME } from './documents.ts';
import { placeToActOn } from './place-to-act-on.ts';
import type { Session } from './session.ts';

/** Writes the verification of the document in the editor as a page or as Markdown, to where the person says; a caller may name the place. */
export async function exportReport(session: Session, target: unknown): Promise<void> {
  const document = (await placeToActOn())?.document;
  if (document === undefined) return;
  const to = target instanceof Uri ? target : await askWhere(fileOf(document.uri));
  if (to === undefined) return;
  const format = /\.(?:md|markdown)$/i.test(to.path) ? 'markdown' : 'html';
  const progress = { location: ProgressLocation.Notification, title: l10n.t('Verifying claims'), cancellable: true };
  const params = { textDocument: { uri: document.uri.toString() }, format, name: fileName(document.uri) } as const;
  const { text } = await window.withProgress(progress, (_, token) => session.report(params, token));
  await workspace.fs.writeFile(to, new TextEncoder().encode(text));
  if (target === undefined) await offerToOpen(to);
}

/** Beside the document, where it has a place. */
async function askWhere(uri: Uri): Promise<Uri | undefined> {
  const filters = { [l10n.t('Page')]: ['html'], Markdown: ['md'] };
  const isKept = uri.scheme !== 'untitled' && uri.scheme !== STEPS_SCHEME;
  const beside = !isKept ? {} : { defaultUri: uri.with({ path: `${uri.path.replace(/\.[^./]+$/, '')}-verification.html` }) };
  return window.showSaveDialog({ ...beside, filters, title: l10n.t('Export Verification Report') });
}

async function offerToOpen(uri: Uri): Promise<void> {
  const open = l10n.t('Open');
  if ((await window.showInformationMessage(l10n.t('The report was written to {0}.', fileName(uri)), open)) !== open) return;
  if (/\.html?$/i.test(uri.path) && uri.scheme === 'file' && env.remoteName === undefined) await env.openExternal(uri);
  else await commands.executeCommand('vscode.open', uri);
}
