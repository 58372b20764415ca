import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  env,
  l10n,
  Uri,
  type WebviewPanel,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { ListedClaim, ProgressParams, ShownClaim, VerifyClaimParams, VerifyClaimResult, VerifyOptions } from '../protocol/lsp.ts';
import { type HostMessage, type PageMessage, type PanelState, readPageMessage } from '../protocol/panel.ts';
import type { Fix, Position } from '../protocol/report.ts';
import { fileName, isWithin, renamedUri } from './documents.ts';
import { isOpen, openDocument } from './open-document.ts';
import { documentsIn, isAboutTold } from './panel-guard.ts';
import { moved, toRange } from './ranges.ts';
import { openForEditing, reveal } from './reveal.ts';
import type { Session } from './session.ts';
import { staysAt } from './stays-at.ts';

/** Work that takes no longer is not announced, so that nothing flickers. */
const SILENT = 200;

/** Who wants numbers: nobody just now, a reader of one claim, or one of all of them. */
type Wish = 'unasked' | 'asked' | 'all';

/** One panel: it shows the claim at a place, and the claims around it, for as long as it is open. */
export class Panel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #session: Session;
  readonly #subscriptions: Disposable[] = [];
  #state: PanelState;
  #work = new CancellationTokenSource();
  #question = new CancellationTokenSource();
  #isReady = false;
  #isStale = false;
  /** Whether the page was told that work is being done. */
  #isAnnounced = false;
  #selected: ShownClaim | null = null;
  #claims: readonly ListedClaim[] = [];
  /** The place of the claim that was shown last; it moves with its text. */
  #anchor: { readonly uri: string; readonly position: Position } | null = null;
  /** The document whose claims the page shows. */
  #shown = '';
  /** The documents that the page knows of. */
  readonly #told = new Set<string>();

  constructor(panel: WebviewPanel, session: Session, state: PanelState) {
    this.#panel = panel;
    this.#session = session;
    this.#state = state;
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)),
      panel.onDidChangeViewState(() => this.#catchUp()),
    );
    panel.onDidDispose(() => this.dispose());
  }

  get isPinned(): boolean {
    return this.#state.pinned;
  }

  get uri(): string {
    return this.#state.uri;
  }

  /** Shows the claim at a place, with the options that stand. */
  show(uri: string, position: Position): void {
    const options = uri === this.#state.uri && this.#isSelected(position) ? this.#state.options : {};
    this.#state = { ...this.#state, uri, position, options };
    this.#panel.reveal(undefined, true);
    void this.#refresh('asked');
  }

  /** The cursor moved. */
  follow(uri: string, position: Position): void {
    if (this.#state.pinned || (uri === this.#state.uri && this.#isSelected(position))) return;
    this.#state = { ...this.#state, uri, position, options: {} };
    void this.#refresh();
  }

  /** The server checked a document again. */
  checked(uri: string): void {
    if (uri === this.#state.uri) void this.#refresh();
  }

  /** The server is at work on a document; what is shown stays until it is done. */
  progressed({ uri, of, done, total }: ProgressParams): void {
    if (uri !== this.#state.uri || !this.#isAnnounced || total < 2) return;
    const words =
      of === 'claims' ? l10n.t('Verifying claim {0} of {1}', done + 1, total) : l10n.t('{0} of {1} points compared', done, total);
    this.#post({ kind: 'busy', running: true, what: words });
  }

  /** The text of a document changed: the place moves with its text. */
  changed(uri: string, changes: Parameters<typeof moved>[1][]): void {
    // An editor also tells of changes that change nothing, such as that a file was saved.
    if (uri !== this.#state.uri || changes.length === 0) return;
    this.#selected = null;
    this.#state = { ...this.#state, position: changes.reduce(moved, this.#state.position) };
    if (this.#anchor?.uri === uri) this.#anchor = { uri, position: changes.reduce(moved, this.#anchor.position) };
  }

  /** A file was renamed, or a folder: what is shown of it has another address, whether it is pinned or its editor closed. */
  renamed(from: Uri, to: Uri): void {
    const uri = renamedUri(Uri.parse(this.#state.uri), from, to)?.toString();
    if (uri === undefined) return;
    this.#state = { ...this.#state, uri };
    if (this.#anchor !== null) this.#anchor = { ...this.#anchor, uri };
    void this.#refresh();
  }

  /** A file was deleted, or a folder: what is shown of it is looked for again. */
  deleted(uri: Uri): void {
    if (isWithin(Uri.parse(this.#state.uri), uri)) void this.#refresh();
  }

  /** A document was closed that was never saved: what is shown of it is nowhere any more. */
  discarded(uri: Uri): void {
    if (uri.toString() === this.#state.uri) void this.#refresh();
  }

  onDidDispose(callback: () => void): void {
    this.#panel.onDidDispose(callback);
  }

  dispose(): void {
    this.#work.cancel();
    this.#question.cancel();
    for (const one of this.#subscriptions) one.dispose();
  }

  #isSelected(position: Position): boolean {
    return this.#selected?.uri === this.#state.uri && staysAt(this.#selected, this.#claims, position);
  }

  #receive(value: unknown): void {
    const message = readPageMessage(value);
    if (message === null || !isAboutTold(message, this.#told)) return;
    this.#act(message).catch((error: unknown) => this.#fail(error));
  }

  async #act(message: PageMessage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        return this.#refresh();
      case 'select':
        this.#state = { ...this.#state, uri: message.uri, position: message.position, options: {} };
        return this.#refresh('asked');
      case 'verify':
        this.#state = { ...this.#state, uri: message.uri, position: message.position, options: message.options };
        return this.#refresh('asked');
      case 'ask':
        return this.#tell(message);
      case 'verifyAll':
        return this.#refresh('all');
      case 'cancel':
        return this.#cancel();
      case 'reveal':
        return reveal(message.uri, message.range);
      case 'apply':
        return this.#apply(message);
      case 'pin':
        this.#state = { ...this.#state, pinned: message.pinned };
        return this.#refresh();
      case 'copy':
        return env.clipboard.writeText(message.text);
    }
  }

  /** What is only asked for when someone looks at it; a later question takes the place of an earlier one. */
  async #tell({ what, uri, position }: Extract<PageMessage, { readonly kind: 'ask' }>): Promise<void> {
    const textDocument = { uri };
    if (what === 'graph') {
      const { graph } = await this.#session.graph({ textDocument, position });
      return this.#post({ kind: 'graph', uri, position, graph });
    }
    this.#question.cancel();
    const question = new CancellationTokenSource();
    this.#question = question;
    try {
      const { convergence, reason } = await this.#session.convergence(
        { textDocument, position, ...withOptions(this.#state.options) },
        question.token,
      );
      if (!question.token.isCancellationRequested) this.#post({ kind: 'convergence', uri, position, convergence, reason });
    } catch (error) {
      if (!question.token.isCancellationRequested) throw error;
    }
  }

  async #apply({ uri, version, fix }: Extract<PageMessage, { readonly kind: 'apply' }>): Promise<void> {
    const offered = this.#selected?.uri === uri ? this.#selected.fixes.find((one) => isSame(one, fix)) : undefined;
    if (offered === undefined) {
      this.#post({ kind: 'failed', message: l10n.t('The text has changed since; the claim is examined again.') });
      return;
    }
    const document = await openDocument(Uri.parse(uri));
    if (document.version !== version) {
      this.#post({ kind: 'failed', message: l10n.t('The text has changed since; the claim is examined again.') });
      return;
    }
    await openForEditing(uri, this.#selected?.range.start ?? this.#state.position);
    const edit = new WorkspaceEdit();
    for (const { range, newText } of offered.edits) edit.replace(document.uri, toRange(range), newText);
    await workspace.applyEdit(edit);
  }

  /** A hidden page is not kept up to date, and catches up when it is seen again. */
  #catchUp(): void {
    if (this.#panel.visible && this.#isStale) void this.#refresh();
  }

  /** Asks the server and shows what it says; what an earlier call still waits for is dropped. */
  async #refresh(wish: Wish = 'unasked'): Promise<void> {
    if (!this.#isReady) return;
    this.#isStale = !this.#panel.visible;
    if (this.#isStale) return;
    this.#work.cancel();
    const work = new CancellationTokenSource();
    this.#work = work;
    const announce = setTimeout(() => {
      this.#announce(l10n.t('Verifying'));
      void this.#introduce();
    }, SILENT);
    try {
      const message = await this.#ask(this.#state, wish, work);
      if (message !== null && !work.token.isCancellationRequested) this.#post(message);
    } catch (error) {
      if (!work.token.isCancellationRequested) this.#fail(error);
    } finally {
      clearTimeout(announce);
      if (this.#work === work) this.#rest();
    }
  }

  /** Of a document that takes long and is not shown yet the claims come first, unexamined, so that the page is neither empty nor about another one. */
  async #introduce(): Promise<void> {
    const { uri } = this.#state;
    const isWanted = () => this.#state.uri === uri && this.#shown !== uri;
    if (!isWanted()) return;
    const { claims, version } = await this.#session.knownClaims({ textDocument: { uri } });
    if (version === 0 || !isWanted()) return;
    const document = { uri, name: fileName(Uri.parse(uri)), version };
    this.#post({ kind: 'show', document, claims, selected: null, pinned: this.#state.pinned, state: this.#state });
  }

  /** What was shown stays to be read; the title no longer says that it holds. */
  #fail(error: unknown): void {
    this.#panel.title = l10n.t('Gradient');
    this.#post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }

  #announce(what: string): void {
    this.#isAnnounced = true;
    this.#post({ kind: 'busy', running: true, what });
  }

  #rest(): void {
    this.#isAnnounced = false;
    this.#post({ kind: 'busy', running: false, what: '' });
  }

  /** The reader waits no longer, and the server works no longer. It then tells what it knows, so that no verdict on an earlier text is left standing. */
  async #cancel(): Promise<void> {
    this.#work.cancel();
    this.#rest();
    await this.#session.stopExamining(this.#state.uri);
  }

  /** Null where the text changed meanwhile: what is shown stays until it is checked again. */
  async #ask(state: PanelState, wish: Wish, { token }: CancellationTokenSource): Promise<HostMessage | null> {
    const { uri, position, options } = state;
    const textDocument = { uri };
    // After a reload, or when its editor was closed, the document need not be open, and the server knows only what is.
    await openDocument(Uri.parse(uri));
    const verdict = this.#verify({ textDocument, position, ...withOptions(options), unasked: wish === 'unasked' }, token);
    // What is known of all claims after a usual verdict says more; another point changes none of it.
    if (Object.keys(options).length === 0) await verdict;
    const [{ claim, version, isStopped = false }, { claims }] = await Promise.all([
      verdict,
      this.#session.claims({ textDocument, verify: wish === 'all' }, token),
    ]);
    if (version === 0 && isOpen(Uri.parse(uri))) return null;
    if (version === 0 && !token.isCancellationRequested)
      throw new Error(l10n.t('{0} is not open, or none of the documents that Chainrule reads.', fileName(Uri.parse(uri))));
    if (!token.isCancellationRequested) this.#select(claim, claims);
    return {
      kind: 'show',
      document: { uri, name: fileName(Uri.parse(uri)), version },
      claims,
      selected: claim,
      pinned: this.#state.pinned,
      state: this.#state,
      ...(isStopped ? { isStopped } : {}),
    };
  }

  /** Where a section makes no claim the one that was shown last stays, so that the page is not empty while someone writes there. */
  async #verify(params: VerifyClaimParams, token: CancellationToken): Promise<VerifyClaimResult> {
    const found = await this.#session.verifyClaim(params, token);
    const anchor = this.#anchor;
    if (found.claim !== null || anchor?.uri !== params.textDocument.uri) return found;
    return this.#session.verifyClaim({ ...params, position: anchor.position }, token);
  }

  #select(claim: ShownClaim | null, claims: readonly ListedClaim[]): void {
    this.#selected = claim;
    this.#claims = claims;
    if (claim !== null) this.#anchor = { uri: claim.uri, position: claim.range.start };
    // What was stopped was not examined with the options that were wished for.
    if (claim !== null) this.#state = { ...this.#state, options: claim.options };
    this.#panel.title = claim === null ? l10n.t('Gradient') : titleOf(claim);
  }

  #post(message: HostMessage): void {
    if (message.kind === 'show') this.#shown = message.document.uri;
    for (const uri of documentsIn(message)) this.#told.add(uri);
    void this.#panel.webview.postMessage(message);
  }
}

/** Whether two fixes change the same places in the same way; by title alone several may be alike. */
function isSame({ edits }: Fix, other: Fix): boolean {
  const isEdit = ({ range, newText }: Fix['edits'][number], at: number) =>
    other.edits[at]?.newText === newText && toRange(range).isEqual(toRange(other.edits[at].range));
  return edits.length === other.edits.length && edits.every(isEdit);
}

/** Without options the server answers with what it already knows. */
function withOptions(options: VerifyOptions): { readonly options?: VerifyOptions } {
  return Object.keys(options).length === 0 ? {} : { options };
}

function titleOf({ of, wrt, status }: ShownClaim): string {
  const sign = { verified: '✓', refuted: '✗', inconclusive: '?' }[status];
  const what = wrt === '' ? of : `d${of}/d${wrt}`;
  return `${sign} ${what.length > 30 ? `${what.slice(0, 29)}…` : what}`;
}
