import { l10n, ViewColumn, window, workspace } from 'vscode';
import type { ClaimPlace } from '../protocol/lsp.ts';
import type { Session } from './session.ts';

/** Opens beside the editor, as a document of its own, how a derivative comes about. */
export async function showSteps(session: Session, { uri, position }: ClaimPlace): Promise<void> {
  const { text, reason } = await session.steps({ textDocument: { uri }, position });
  if (text === null) {
    await window.showInformationMessage(l10n.t('The steps are not shown, because {0}.', reason));
    return;
  }
  const document = await workspace.openTextDocument({ language: 'derivation', content: text });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
}
