import { type CancellationToken, type Disposable, EventEmitter, l10n, Uri } from 'vscode';
import type { BaseLanguageClient, Hover, HoverParams } from 'vscode-languageclient';
import {
  CLAIMS,
  type ClaimsParams,
  type ClaimsResult,
  CONVERGENCE,
  type ConvergenceResult,
  EXPORT,
  type ExportParams,
  type ExportResult,
  FILE_CLAIMS,
  type FileClaimsParams,
  type FileClaimsResult,
  GRAPH,
  type GraphParams,
  type GraphResult,
  IS_TAKEN,
  type IsTakenParams,
  type IsTakenResult,
  LAYOUT_EDIT,
  type LayoutEditParams,
  type LayoutEditResult,
  PROGRESS,
  type ProgressParams,
  SECTION_STATUS,
  type SectionStatusParams,
  type SelectedHover,
  type ServerAbilities,
  STEPS,
  STOP,
  type StepsParams,
  type StepsResult,
  VERIFY_CLAIM,
  type VerifyClaimParams,
  type VerifyClaimResult,
} from '../protocol/lsp.ts';
import { INVALID, object, type Reader, record, string } from '../protocol/read.ts';
import { isTaken } from './open-document.ts';
import { ServerLink } from './server-link.ts';

const abilities: Reader<ServerAbilities> = object<ServerAbilities>({ abbreviations: record(string) });

/** The conversation with the language server, which may be restarted within it. */
export class Session implements Disposable {
  readonly #client: BaseLanguageClient;
  readonly #link: ServerLink;
  readonly #checked = new EventEmitter<SectionStatusParams>();
  /** Fires whenever the server has checked a document. */
  readonly onDidCheck = this.#checked.event;
  readonly #progress = new EventEmitter<ProgressParams>();
  /** Fires now and then while the server examines the claims of a document. */
  readonly onDidProgress = this.#progress.event;

  constructor(client: BaseLanguageClient) {
    this.#client = client;
    this.#link = new ServerLink(
      client,
      () =>
        new Error(
          l10n.t(
            'The language server is not running. The command Chainrule: Restart Server starts it, and Chainrule: Show Output tells what happened.',
          ),
        ),
    );
    client.onRequest(IS_TAKEN, async ({ uri }: IsTakenParams): Promise<IsTakenResult> => ({ isTaken: await isTaken(Uri.parse(uri)) }));
    client.onNotification(PROGRESS, (progress: ProgressParams) => this.#progress.fire(progress));
    client.onNotification(SECTION_STATUS, (status: SectionStatusParams) => this.#checked.fire(status));
  }

  start(): Promise<void> {
    return this.#link.start();
  }

  restart(): Promise<void> {
    return this.#link.restart();
  }

  stop(): Promise<void> {
    return this.#link.stop();
  }

  showOutput(): void {
    this.#client.outputChannel.show();
  }

  /** The signs of plain notation by the words that are typed for them; none before the server has started. */
  abbreviations(): Readonly<Record<string, string>> {
    const offered: unknown = this.#client.initializeResult?.capabilities.experimental;
    const read = abilities(offered);
    return read === INVALID ? {} : read.abbreviations;
  }

  claims(params: ClaimsParams, token: CancellationToken): Promise<ClaimsResult> {
    return this.#link.ask<ClaimsResult>(CLAIMS, params, token);
  }

  /** What is known of what is selected around a position. */
  hover(params: HoverParams & SelectedHover, token: CancellationToken): Promise<Hover | null> {
    return this.#link.ask<Hover | null>('textDocument/hover', params, token);
  }

  /** The claims with what is known of them already. */
  knownClaims(params: ClaimsParams): Promise<ClaimsResult> {
    return this.#link.ask<ClaimsResult>(CLAIMS, params);
  }

  fileClaims(params: FileClaimsParams, token?: CancellationToken): Promise<FileClaimsResult> {
    return this.#link.ask<FileClaimsResult>(FILE_CLAIMS, params, token);
  }

  verifyClaim(params: VerifyClaimParams, token: CancellationToken): Promise<VerifyClaimResult> {
    return this.#link.ask<VerifyClaimResult>(VERIFY_CLAIM, params, token);
  }

  /** Stops the examination of a document that runs. */
  stopExamining(uri: string): Promise<void> {
    return this.#link.tell(STOP, { textDocument: { uri } });
  }

  convergence(params: VerifyClaimParams, token: CancellationToken): Promise<ConvergenceResult> {
    return this.#link.ask<ConvergenceResult>(CONVERGENCE, params, token);
  }

  graph(params: GraphParams): Promise<GraphResult> {
    return this.#link.ask<GraphResult>(GRAPH, params);
  }

  report(params: ExportParams, token: CancellationToken): Promise<ExportResult> {
    return this.#link.ask<ExportResult>(EXPORT, params, token);
  }

  steps(params: StepsParams): Promise<StepsResult> {
    return this.#link.ask<StepsResult>(STEPS, params);
  }

  layoutEdit(params: LayoutEditParams): Promise<LayoutEditResult> {
    return this.#link.ask<LayoutEditResult>(LAYOUT_EDIT, params);
  }

  dispose(): void {
    this.#checked.dispose();
    this.#progress.dispose();
  }
}
