import { commands, l10n, type Tab, TabInputText, type TextDocument, type ViewColumn, window, workspace } from 'vscode';
import { currentPlace, cursorIn, type Place } from './current-place.ts';
import { isOurs } from './documents.ts';

/**
 * Where a command acts: where a person is; else, behind a page that covers the editors, in the document of ours that was opened last, which
 * then comes forward. Where none is open a person may have an example. Null where there is nothing to act on.
 */
export async function placeToActOn(): Promise<Place | null> {
  return currentPlace() ?? (await placeBehind()) ?? (await placeInExample());
}

async function placeBehind(): Promise<Place | null> {
  if (window.activeTextEditor !== undefined) return null;
  const behind = workspace.textDocuments.filter(isOurs).flatMap((document) => {
    const viewColumn = columnOf(document);
    return viewColumn === undefined ? [] : [{ document, viewColumn }];
  });
  const last = behind.at(-1);
  return last === undefined ? null : cursorIn(await window.showTextDocument(last.document, last.viewColumn));
}

/** The column in which a document has a tab. */
function columnOf({ uri }: TextDocument): ViewColumn | undefined {
  const holds = ({ input }: Tab) => input instanceof TabInputText && input.uri.toString() === uri.toString();
  return window.tabGroups.all.find(({ tabs }) => tabs.some(holds))?.viewColumn;
}

async function placeInExample(): Promise<Place | null> {
  const example = l10n.t('Open an Example');
  const chosen = await window.showInformationMessage(
    l10n.t('Open a .deriv, Markdown or LaTeX document or a notebook, and place the cursor in a gradient claim first.'),
    example,
  );
  if (chosen !== example) return null;
  await commands.executeCommand('chainrule.openExample');
  return currentPlace();
}
