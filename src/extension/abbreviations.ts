import { Disposable, type TextEdit, type TextEditor, WorkspaceEdit, commands, window, workspace } from 'vscode';

/** Whether an abbreviation ends at the cursor, for the key binding of Tab. */
const CONTEXT = 'chainrule.abbreviation';

/** Tells VS Code when Tab has something to expand. */
export function watchAbbreviations(): Disposable {
  let told = false;
  const tell = (editor: TextEditor | undefined) => {
    const ends = editor !== undefined && endsAbbreviation(editor);
    if (ends === told) return;
    told = ends;
    void commands.executeCommand('setContext', CONTEXT, ends);
  };
  return Disposable.from(
    window.onDidChangeActiveTextEditor(tell),
    window.onDidChangeTextEditorSelection(({ textEditor }) => tell(textEditor)),
  );
}

function endsAbbreviation({ document, selection }: TextEditor): boolean {
  if (document.languageId !== 'derivation' || !selection.isEmpty) return false;
  return /\\[A-Za-z]+$/.test(document.lineAt(selection.active.line).text.slice(0, selection.active.character));
}

/** Puts the sign of the abbreviation at the cursor in its place; where it is none, Tab is what it always is. */
export async function expandAbbreviation(): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const { document, selection } = editor;
  const edits = await commands.executeCommand<readonly TextEdit[] | undefined>('vscode.executeFormatOnTypeProvider', document.uri, selection.active, '\t', { tabSize: 2, insertSpaces: true });
  if (edits === undefined || edits.length === 0) return void commands.executeCommand('tab');
  const edit = new WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(document.uri, range, newText);
  await workspace.applyEdit(edit);
}
