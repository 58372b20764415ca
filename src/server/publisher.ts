import type { Connection } from 'vscode-languageserver';
import { SECTION_STATUS } from '../protocol/lsp.ts';
import type { Analysis, Checking, Depth } from './checking.ts';
import type { Client } from './client.ts';
import { diagnosticsByDocument, type RulePage } from './diagnostics.ts';
import { sectionStatus } from './section-status.ts';
import { versionOf } from './source.ts';
import { unanswered } from './unanswered.ts';

/** Milliseconds after the last keystroke until shapes are checked, and until claims are. */
const SHAPES_AFTER = 50;
const CLAIMS_AFTER = 250;

/** Who is told, and where it finds the pages of rules. */
interface Reader {
  readonly client: () => Client;
  readonly rulePage: RulePage;
}

/** Tells the client what was found, soon after each change: shapes first, verdicts when they come. */
export class Publisher {
  readonly #connection: Connection;
  readonly #checking: Checking;
  readonly #reader: Reader;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** The documents that have diagnostics of a source on show. */
  readonly #published = new Map<string, readonly string[]>();
  /** The analysis of each source that the client knows. */
  readonly #told = new Map<string, Analysis>();
  /** The sources of whose present text a person stopped the examination. */
  readonly #stopped = new Set<string>();

  constructor(connection: Connection, checking: Checking, reader: Reader) {
    this.#connection = connection;
    this.#checking = checking;
    this.#reader = reader;
  }

  /** A source changed: what runs for it is abandoned, and it is checked again when the person pauses. */
  changed(uri: string): void {
    this.#checking.abandon(uri);
    this.#stopped.delete(uri);
    this.#after(uri, SHAPES_AFTER, () => this.#shapes(uri));
  }

  /** A person asks for numbers by saving. An editor that saves by itself takes up nothing that a person stopped. */
  saved(uri: string): void {
    if (this.#stopped.has(uri)) return;
    this.#after(uri, 0, async () => {
      const known = await this.#checking.known(uri);
      if (known !== null) await this.examine(uri, known.settings.verify !== 'never');
    });
  }

  closed(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#checking.forget(uri);
    for (const document of this.#published.get(uri) ?? []) void this.#connection.sendDiagnostics({ uri: document, diagnostics: [] });
    this.#published.delete(uri);
    this.#told.delete(uri);
    this.#stopped.delete(uri);
  }

  /** A person waits no longer: nothing is examined until they ask for it, or write on. What is known is told again, so that nothing waits for more. */
  async stop(document: string): Promise<void> {
    const uri = this.#checking.sourceOf(document);
    if (uri === null) return;
    this.#checking.abandon(uri);
    this.#stopped.add(uri);
    const known = await this.#checking.known(uri);
    if (known === null) return;
    if (this.#told.get(uri)?.id === known.id) this.#tellSections(known);
    else this.#tell(known);
  }

  /** Whether a person stopped the examination of a document as it is now. */
  isStopped(document: string): boolean {
    return this.#stopped.has(this.#checking.sourceOf(document) ?? '');
  }

  /** Examines a source and tells of its claims, then of what would be right; the last of it, or null where the text changed meanwhile. */
  async examine(uri: string, verify: boolean): Promise<Analysis | null> {
    const found = await this.claims(uri, verify);
    const repaired = found === null ? null : await this.#checking.examined(uri, { verify, repair: true });
    if (repaired !== null) this.#tell(repaired);
    return repaired;
  }

  /** Examines the claims of a source, which someone wants again who stopped it, and tells of them. */
  async claims(uri: string, verify = true): Promise<Analysis | null> {
    this.#stopped.delete(this.#checking.sourceOf(uri) ?? '');
    const found = await this.#checking.examined(uri, { verify, repair: false });
    if (found !== null) this.#tell(found);
    return found;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #shapes(uri: string): Promise<void> {
    const analysis = await this.#checking.known(uri);
    if (analysis === null) return;
    this.#tell(analysis);
    this.#after(uri, CLAIMS_AFTER - SHAPES_AFTER, async () => {
      if (this.#stopped.has(uri)) return;
      await this.examine(uri, analysis.settings.verify === 'change' || analysis.depth.verify);
    });
  }

  #after(uri: string, milliseconds: number, work: () => Promise<void>): void {
    clearTimeout(this.#timers.get(uri));
    const run = () => {
      this.#timers.delete(uri);
      work().catch((error: unknown) =>
        this.#connection.console.error(`Checking ${uri}: ${error instanceof Error ? error.stack : String(error)}`),
      );
    };
    this.#timers.set(uri, setTimeout(run, milliseconds));
  }

  /** What the client knows already, or knows better, is not told. */
  #tell(analysis: Analysis): void {
    const {
      source: { uri },
      depth,
      id,
    } = analysis;
    const told = this.#told.get(uri);
    if (told?.id === id || (told !== undefined && isSameCheck(told, analysis) && rank(told.depth) > rank(depth))) return;
    this.#told.set(uri, analysis);
    this.#tellSections(analysis);
    this.#show(analysis);
  }

  #tellSections(analysis: Analysis): void {
    for (const status of sectionStatus(analysis)) void this.#connection.sendNotification(SECTION_STATUS, status);
  }

  /** A client that asks for diagnostics asks for those of shapes by itself, when it changes a text. */
  #show(analysis: Analysis): void {
    const { pullsDiagnostics, refreshes } = this.#reader.client();
    const { depth } = analysis;
    if (!pullsDiagnostics) this.#push(analysis);
    else if (rank(depth) > 0 && refreshes.diagnostics) this.#askAgain('diagnostics', this.#connection.languages.diagnostics.refresh());
    if (depth.verify && refreshes.codeLens) this.#askAgain('lenses', this.#connection.sendRequest('workspace/codeLens/refresh'));
  }

  #askAgain(what: string, request: Promise<unknown>): void {
    unanswered(this.#connection, `to ask for ${what} again`, request);
  }

  #push(analysis: Analysis): void {
    const { source } = analysis;
    const lists = diagnosticsByDocument(analysis, this.#reader.rulePage);
    for (const [uri, diagnostics] of lists)
      void this.#connection.sendDiagnostics({ uri, version: versionOf(source, uri), diagnostics: [...diagnostics] });
    for (const gone of this.#published.get(source.uri) ?? [])
      if (!lists.has(gone)) void this.#connection.sendDiagnostics({ uri: gone, diagnostics: [] });
    this.#published.set(source.uri, [...lists.keys()]);
  }
}

/** Whether two analyses are of the same text under the same settings, so that the deeper one is what is known. */
function isSameCheck(one: Analysis, other: Analysis): boolean {
  return one.source === other.source && one.settings === other.settings;
}

function rank({ verify, repair }: Depth): number {
  return (verify ? 2 : 0) + (repair ? 1 : 0);
}
