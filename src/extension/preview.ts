import { commands, Disposable, l10n, TabInputWebview, type Uri, window, workspace } from 'vscode';
import type { ListedClaim } from '../protocol/lsp.ts';
import { type MarkdownIt, markFormulas } from './preview-marks.ts';
import { PreviewRenewal } from './preview-renewal.ts';
import { isJudged, withVerdictsOf } from './preview-verdicts.ts';
import type { Session } from './session.ts';

/**
 * Milliseconds for which a new verdict is waited for: as long one on an earlier text stays, so that marks do not flicker while someone writes, and
 * no preview is asked to show that there is none, which its own rendering of the edit does.
 */
const PATIENCE = 1000;

/** What is known of a document, and what its marks are made of. */
interface Marks {
  readonly claims: readonly ListedClaim[];
  readonly key: string;
}

const NONE: Marks = { claims: [], key: keyOf([]) };

/** Marks in the built-in Markdown preview which equations are verified, wrong, or undecided. */
export class Preview implements Disposable {
  readonly #session: Session;
  readonly #marks = new Map<string, Marks>();
  readonly #renewal = new PreviewRenewal((uri) => this.#marksOf(uri).key, renderAgain);
  /** The last question about each document: an answer that another one has overtaken is not news. */
  readonly #asked = new Map<string, symbol>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #subscriptions: Disposable;

  constructor(session: Session) {
    this.#session = session;
    this.#subscriptions = Disposable.from(
      session.onDidCheck(({ uri }) => void this.#update(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString())),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('chainrule.preview') && this.#changeSettings()),
    );
  }

  /** What VS Code calls with the markdown-it of its preview. */
  extendMarkdownIt = (md: MarkdownIt): MarkdownIt =>
    markFormulas(md, {
      claims: (env) => {
        const uri = documentOf(env);
        if (uri === null) return [];
        this.#renewal.rendered(uri.toString(), viewOf(env));
        return isWanted(uri, 'marks') ? this.#marksOf(uri.toString()).claims : [];
      },
      showsShapes: (env) => isWanted(documentOf(env), 'shapes'),
      say: (text, ...values) => l10n.t(text, ...values),
    });

  dispose(): void {
    this.#renewal.dispose();
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#subscriptions.dispose();
  }

  async #update(uri: string): Promise<void> {
    if (!workspace.textDocuments.some((document) => document.languageId === 'markdown' && document.uri.toString() === uri)) return;
    const question = Symbol();
    this.#asked.set(uri, question);
    // Without a server the marks stay as they are.
    const found = await this.#session.knownClaims({ textDocument: { uri } }).catch(() => null);
    if (found === null || this.#asked.get(uri) !== question) return;
    const { claims } = found;
    clearTimeout(this.#waiting.get(uri));
    if (claims.every(isJudged)) this.#show(uri, claims);
    else {
      this.#take(uri, withVerdictsOf(this.#marksOf(uri).claims, claims));
      this.#waiting.set(
        uri,
        setTimeout(() => this.#show(uri, claims), PATIENCE),
      );
    }
  }

  #take(uri: string, claims: readonly ListedClaim[]): void {
    this.#marks.set(uri, { claims, key: keyOf(claims) });
  }

  #show(uri: string, claims: readonly ListedClaim[]): void {
    this.#take(uri, claims);
    this.#renewal.changed(uri);
  }

  #forget(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    this.#asked.delete(uri);
    this.#marks.delete(uri);
  }

  /** Marks are drawn in another way: what was rendered with these very claims is out of date as well. */
  #changeSettings(): void {
    for (const [uri, { claims, key }] of this.#marks) this.#marks.set(uri, { claims, key: `${key} ` });
    this.#renewal.changedAll();
  }

  #marksOf(uri: string): Marks {
    return this.#marks.get(uri) ?? NONE;
  }
}

/** The command wakes the Markdown extension, which is not wanted where no preview is open. */
function renderAgain(): void {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  if (tabs.some(({ input }) => input instanceof TabInputWebview && input.viewType.includes('markdown.preview')))
    void commands.executeCommand('markdown.preview.refresh');
}

/** What marks are made of. Where claims only moved, the preview has been rendered with the edit that moved them. */
function keyOf(claims: readonly ListedClaim[]): string {
  return JSON.stringify(claims.map(({ text, status, reason, shapes }) => [text, status, reason, shapes]));
}

/** The document that the preview says it renders. */
function documentOf(env: unknown): Uri | null {
  const uri = typeof env === 'object' && env !== null && 'currentDocument' in env ? env.currentDocument : null;
  return typeof uri === 'object' && uri !== null && 'scheme' in uri ? (uri as Uri) : null;
}

/** The preview that renders, by what it loads its pictures with: nothing else in what VS Code tells of a rendering tells two previews apart. */
function viewOf(env: unknown): unknown {
  return typeof env === 'object' && env !== null && 'resourceProvider' in env ? env.resourceProvider : undefined;
}

function isWanted(scope: Uri | null, what: 'marks' | 'shapes'): boolean {
  return workspace.getConfiguration('chainrule.preview', scope).get<boolean>(what, what === 'marks');
}
