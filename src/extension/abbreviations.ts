import {
  commands,
  Disposable,
  Range,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextDocumentContentChangeEvent,
  type TextEditor,
  window,
  workspace,
} from 'vscode';

/** Whether an abbreviation ends at the cursor, for the key binding of Tab. */
const CONTEXT = 'chainrule.abbreviation';

/** Edits are refused while a person types on; the next try finds the same word at the same place. */
const MOST_TRIES = 10;

/** A word behind a backslash, where it stands, and the sign it is typed for. */
interface Abbreviation {
  readonly start: number;
  readonly word: string;
  readonly sign: string;
}

/** Puts the signs of plain notation in the place of the words that are typed for them. `signs` are known when the server has started. */
export class Abbreviations implements Disposable {
  readonly #signs: () => Readonly<Record<string, string>>;
  readonly #subscriptions: Disposable;
  #told = false;

  constructor(signs: () => Readonly<Record<string, string>>) {
    this.#signs = signs;
    this.#subscriptions = Disposable.from(
      workspace.onDidChangeTextDocument((event) => void this.#typed(event)),
      window.onDidChangeActiveTextEditor((editor) => this.#tell(editor)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#tell(textEditor)),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Tab behind an abbreviation; where it is none, Tab is what it always is. */
  async expand(): Promise<void> {
    const editor = window.activeTextEditor;
    const found = editor === undefined ? null : this.#atCursor(editor);
    if (editor === undefined || found === null) await commands.executeCommand('tab');
    else await replace(editor, found);
  }

  /** A sign takes the place of its word when something is typed behind it that ends the word. */
  async #typed({ document, contentChanges, reason }: TextDocumentChangeEvent): Promise<void> {
    const editor = window.activeTextEditor;
    const [change, ...others] = contentChanges;
    if (editor?.document !== document || change === undefined || others.length > 0 || reason !== undefined || !endsWord(change)) return;
    const found = this.#before(document, change.rangeOffset);
    if (found !== null) await replace(editor, found);
  }

  #atCursor({ document, selection }: TextEditor): Abbreviation | null {
    return selection.isEmpty ? this.#before(document, document.offsetAt(selection.active)) : null;
  }

  #before(document: TextDocument, offset: number): Abbreviation | null {
    if (document.languageId !== 'derivation') return null;
    const { line, character } = document.positionAt(offset);
    const text = document.lineAt(line).text.slice(0, character);
    const word = text.includes('//') ? undefined : /\\(?:[A-Za-z]+|[<>])$/.exec(text)?.[0];
    const sign = word === undefined ? undefined : this.#signs()[word.slice(1)];
    return word === undefined || sign === undefined ? null : { start: offset - word.length, word, sign };
  }

  #tell(editor: TextEditor | undefined): void {
    const ends = editor !== undefined && this.#atCursor(editor) !== null;
    if (ends === this.#told) return;
    this.#told = ends;
    void commands.executeCommand('setContext', CONTEXT, ends);
  }
}

/** One character that belongs to no word, or a new line; pasted text stays as it is. */
function endsWord({ text, rangeLength }: TextDocumentContentChangeEvent): boolean {
  return rangeLength === 0 && (/^[^A-Za-z]$/.test(text) || /^\r?\n[ \t]*$/.test(text));
}

async function replace(editor: TextEditor, { start, word, sign }: Abbreviation): Promise<void> {
  const { document } = editor;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const place = new Range(document.positionAt(start), document.positionAt(start + word.length));
    if (document.getText(place) !== word || (await editor.edit((edit) => edit.replace(place, sign)))) return;
  }
}
