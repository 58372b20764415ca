import { type Disposable, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import type { ClaimPlace } from '../protocol/lsp.ts';
import { fileName, fileOf, STEPS_SCHEME } from './documents.ts';
import type { Session } from './session.ts';

/** Opens beside the editor, as a document that is only read, how a derivative comes about. */
export async function showSteps(session: Session, { uri, position }: ClaimPlace): Promise<void> {
  const { text, reason } = await session.steps({ textDocument: { uri }, position });
  if (text === null) {
    await window.showInformationMessage(l10n.t('The steps are not shown, because {0}.', reason));
    return;
  }
  const document = await workspace.openTextDocument(stepsUri(Uri.parse(uri), text));
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
}

/** The text is part of the address: there is nothing to be saved, or to be forgotten, and a window that is opened again shows it again. */
function stepsUri(from: Uri, text: string): Uri {
  const stem = fileName(fileOf(from)).replace(/\.[^.]+$/, '');
  return Uri.from({ scheme: STEPS_SCHEME, path: `/${l10n.t('Steps in {0}', stem)}.deriv`, query: text });
}

/** Gives the texts of such documents. */
export function provideSteps(): Disposable {
  return workspace.registerTextDocumentContentProvider(STEPS_SCHEME, { provideTextDocumentContent: ({ query }) => query });
}
