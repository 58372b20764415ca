import { commands, Disposable, l10n, TabInputWebview, type Uri, window, workspace } from 'vscode';
import type { ListedClaim } from '../protocol/lsp.ts';
import { type MarkdownIt, markFormulas } from './preview-marks.ts';
import type { Session } from './session.ts';

/** Milliseconds that verdicts have to rest before an open preview is rendered anew. */
const REST = 150;

/** Milliseconds until it is asked once more: a preview that waits to render an edit forgets what it is asked meanwhile. */
const AGAIN = 1000;

/** Marks in the built-in Markdown preview which equations are verified, wrong, or undecided. */
export class Preview implements Disposable {
  readonly #session: Session;
  readonly #claims = new Map<string, readonly ListedClaim[]>();
  readonly #subscriptions: Disposable;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
    this.#subscriptions = Disposable.from(
      session.onDidCheck(({ uri }) => void this.#update(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#claims.delete(uri.toString())),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('chainrule.preview') && this.#refresh()),
    );
  }

  /** What VS Code calls with the markdown-it of its preview. */
  extendMarkdownIt = (md: MarkdownIt): MarkdownIt =>
    markFormulas(md, {
      claims: (env) => {
        const uri = documentOf(env);
        return uri === null || !isWanted(uri, 'marks') ? [] : (this.#claims.get(uri.toString()) ?? []);
      },
      showsShapes: (env) => isWanted(documentOf(env), 'shapes'),
      say: (text, ...values) => l10n.t(text, ...values),
    });

  dispose(): void {
    clearTimeout(this.#resting);
    this.#subscriptions.dispose();
  }

  async #update(uri: string): Promise<void> {
    if (!workspace.textDocuments.some((document) => document.languageId === 'markdown' && document.uri.toString() === uri)) return;
    // Without a server the marks stay as they are.
    const found = await this.#session.knownClaims({ textDocument: { uri } }).catch(() => null);
    if (found === null) return;
    const { claims } = found;
    const isNew = verdicts(claims) !== verdicts(this.#claims.get(uri) ?? []);
    this.#claims.set(uri, claims);
    if (isNew) this.#refresh();
  }

  #refresh(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      renderAgain();
      this.#resting = setTimeout(renderAgain, AGAIN);
    }, REST);
  }
}

/** The command wakes the Markdown extension, which is not wanted where no preview is open. */
function renderAgain(): void {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  if (tabs.some(({ input }) => input instanceof TabInputWebview && input.viewType.includes('markdown.preview')))
    void commands.executeCommand('markdown.preview.refresh');
}

/** What marks are made of. Where claims only moved, the preview has been rendered with the edit that moved them. */
function verdicts(claims: readonly ListedClaim[]): string {
  return JSON.stringify(claims.map(({ text, status, reason, shapes }) => [text, status, reason, shapes]));
}

/** The document that the preview says it renders. */
function documentOf(env: unknown): Uri | null {
  const uri = typeof env === 'object' && env !== null && 'currentDocument' in env ? env.currentDocument : null;
  return typeof uri === 'object' && uri !== null && 'scheme' in uri ? (uri as Uri) : null;
}

function isWanted(scope: Uri | null, what: 'marks' | 'shapes'): boolean {
  return workspace.getConfiguration('chainrule.preview', scope).get<boolean>(what, what === 'marks');
}
