import type { Connection } from 'vscode-languageserver';
import { SECTION_STATUS } from '../protocol/lsp.ts';
import type { Analysis, Checking } from './checking.ts';
import { type RulePage, diagnosticsByDocument } from './diagnostics.ts';
import { sectionStatus } from './section-status.ts';
import { versionOf } from './source.ts';

/** How the client learns of diagnostics: they are sent to it, or it asks and is told when to ask again. */
export type Delivery = { readonly kind: 'push' } | { readonly kind: 'pull'; readonly canRefresh: boolean };

/** Milliseconds after the last keystroke until shapes are checked, and until claims are. */
const SHAPES_AFTER = 50;
const CLAIMS_AFTER = 250;

/** Tells the client what was found, soon after each change: shapes first, verdicts when they come. */
export class Publisher {
  delivery: Delivery = { kind: 'push' };
  refreshes: { readonly codeLens: boolean; readonly inlayHint: boolean } = { codeLens: false, inlayHint: false };
  readonly #connection: Connection;
  readonly #checking: Checking;
  readonly #rulePage: RulePage;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** The documents that have diagnostics of a source on show. */
  readonly #published = new Map<string, readonly string[]>();
  /** The analysis of each source that the client knows. */
  readonly #told = new Map<string, string>();

  constructor(connection: Connection, checking: Checking, rulePage: RulePage) {
    this.#connection = connection;
    this.#checking = checking;
    this.#rulePage = rulePage;
  }

  /** A source changed: what runs for it is abandoned, and it is checked again when the person pauses. */
  changed(uri: string): void {
    this.#checking.abandon(uri);
    this.#after(uri, SHAPES_AFTER, () => this.#shapes(uri));
  }

  /** A person asked for numbers by saving. */
  saved(uri: string): void {
    this.#after(uri, 0, async () => {
      const known = await this.#checking.known(uri);
      if (known !== null && known.settings.verify !== 'never') await this.verify(uri);
    });
  }

  closed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#checking.forget(uri);
    for (const document of this.#published.get(uri) ?? []) void this.#connection.sendDiagnostics({ uri: document, diagnostics: [] });
    this.#published.delete(uri);
    this.#told.delete(uri);
  }

  /** Examines the claims and tells of them. */
  async verify(uri: string): Promise<Analysis | null> {
    const analysis = await this.#checking.verified(uri);
    if (analysis !== null) this.#tell(analysis);
    return analysis;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #shapes(uri: string): Promise<void> {
    const analysis = await this.#checking.known(uri);
    if (analysis === null) return;
    this.#tell(analysis);
    if (analysis.settings.verify !== 'change' || analysis.verified) return;
    this.#after(uri, CLAIMS_AFTER - SHAPES_AFTER, async () => {
      await this.verify(uri);
    });
  }

  #after(uri: string, milliseconds: number, work: () => Promise<void>): void {
    clearTimeout(this.#timers.get(uri));
    const run = () => {
      this.#timers.delete(uri);
      work().catch((error: unknown) => this.#connection.console.error(`Checking ${uri}: ${error instanceof Error ? error.stack : String(error)}`));
    };
    this.#timers.set(uri, setTimeout(run, milliseconds));
  }

  #tell(analysis: Analysis): void {
    if (this.#told.get(analysis.source.uri) === analysis.id) return;
    this.#told.set(analysis.source.uri, analysis.id);
    for (const status of sectionStatus(analysis)) void this.#connection.sendNotification(SECTION_STATUS, status);
    if (this.delivery.kind === 'push') this.#push(analysis);
    else if (analysis.verified && this.delivery.canRefresh) void this.#connection.languages.diagnostics.refresh();
    if (analysis.verified && this.refreshes.codeLens) void this.#connection.sendRequest('workspace/codeLens/refresh');
  }

  #push(analysis: Analysis): void {
    const { source } = analysis;
    const lists = diagnosticsByDocument(analysis, this.#rulePage);
    for (const [uri, diagnostics] of lists) void this.#connection.sendDiagnostics({ uri, version: versionOf(source, uri), diagnostics: [...diagnostics] });
    for (const gone of this.#published.get(source.uri) ?? []) if (!lists.has(gone)) void this.#connection.sendDiagnostics({ uri: gone, diagnostics: [] });
    this.#published.set(source.uri, [...lists.keys()]);
  }
}
