import { commands, l10n, type QuickPickItem, WorkspaceEdit, window, workspace } from 'vscode';
import type { Layout } from '../protocol/report.ts';
import type { Place } from './current-place.ts';
import { placeToActOn } from './place-to-act-on.ts';
import { toRange } from './ranges.ts';
import type { Session } from './session.ts';

interface LayoutChoice extends QuickPickItem {
  readonly layout: Layout | 'auto' | 'settings';
}

/** Asks for a layout and writes it into the section at the cursor. */
export async function setLayout(session: Session): Promise<void> {
  const place = await placeToActOn();
  if (place === null) return;
  const choice = await window.showQuickPick(choices(), {
    title: l10n.t('Layout of this section'),
    placeHolder: l10n.t('How are derivatives laid out here?'),
  });
  if (choice === undefined) return;
  if (choice.layout === 'settings') await commands.executeCommand('workbench.action.openSettings', 'chainrule.layout');
  else await writeLayout(session, place, choice.layout);
}

function choices(): LayoutChoice[] {
  return [
    { layout: 'denominator', label: 'denominator', description: l10n.t('gradient as column: dy/dx is n×m, dz/dx = dy/dx dz/dy') },
    { layout: 'numerator', label: 'numerator', description: l10n.t('gradient as row: dy/dx is m×n, dz/dx = dz/dy dy/dx') },
    { layout: 'mixed', label: 'mixed', description: l10n.t('gradients as columns, Jacobians m×n') },
    { layout: 'auto', label: 'auto', description: l10n.t('the layout that the claims of the section fit') },
    { layout: 'settings', label: l10n.t('Layout of sections that set none…'), description: l10n.t('opens the setting') },
  ];
}

async function writeLayout(session: Session, { document, position }: Place, layout: Layout | 'auto'): Promise<void> {
  const { line, character } = position;
  const { version, edits } = await session.layoutEdit({
    textDocument: { uri: document.uri.toString() },
    position: { line, character },
    layout,
  });
  if (version !== document.version) return;
  const edit = new WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(document.uri, toRange(range), newText);
  await workspace.applyEdit(edit);
}
