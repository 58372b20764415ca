import { PassThrough } from 'node:stream';
import { createConnection } from 'vscode-languageserver/node';
import {
  createMessageConnection,
  type Diagnostic, type InitializeParams, type InitializeResult, type MessageConnection, type PublishDiagnosticsParams, ResponseError, StreamMessageReader, StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { SECTION_STATUS, type SectionStatusParams } from '../../src/protocol/lsp.ts';
import { admission } from '../../src/server/admission.ts';
import type { Host } from '../../src/server/host.ts';
import { startServer } from '../../src/server/start-server.ts';
import { verifyHere } from '../../src/server/verify-here.ts';

const now = () => performance.now();

/** A client and a server in one process, with nothing between them but two streams. */
export interface TestClient {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  /** Bytes as they go to the server, for what no well-behaved client sends. */
  readonly raw: PassThrough;
  readonly published: PublishDiagnosticsParams[];
  readonly statuses: SectionStatusParams[];
  /** The requests that the server has sent. */
  readonly asked: readonly string[];
  /** Waits until the server has sent a request. */
  readonly requestFor: (method: string) => Promise<string>;
  readonly open: (uri: string, languageId: string, text: string, version?: number) => Promise<void>;
  readonly change: (uri: string, version: number, ...contentChanges: readonly object[]) => Promise<void>;
  /** The next diagnostics of a document that satisfy the condition, those that came already included. */
  readonly diagnosticsOf: (uri: string, suits: (diagnostics: readonly Diagnostic[], published: PublishDiagnosticsParams) => boolean) => Promise<PublishDiagnosticsParams>;
  /** The next status of a document that satisfies the condition. */
  readonly statusOf: (uri: string, suits: (status: SectionStatusParams) => boolean) => Promise<SectionStatusParams>;
  readonly close: () => void;
}

export interface ClientSetup {
  readonly capabilities?: InitializeParams['capabilities'];
  readonly initializationOptions?: unknown;
  /** What the client answers to `workspace/configuration`. */
  readonly settings?: (scopeUri: string) => unknown;
  readonly host?: Partial<Host>;
  readonly rootUri?: string;
  readonly locale?: string;
  /** Which requests of the server it answers with an error. */
  readonly refuses?: (method: string) => boolean;
}

/** A server to which nothing was said yet. */
export function connect(host: Partial<Host> = {}): { readonly connection: MessageConnection; readonly raw: PassThrough } {
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down), { messageStrategy: admission() }), { now, verifier: verifyHere(now), ...host });
  return { connection: createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up)), raw: up };
}

export async function startClient({ capabilities = {}, initializationOptions, settings, host = {}, rootUri, locale, refuses = () => false }: ClientSetup = {}): Promise<TestClient> {
  const { connection, raw } = connect(host);
  const published: PublishDiagnosticsParams[] = [];
  const statuses: SectionStatusParams[] = [];
  const asked: string[] = [];
  const waiting = new Set<() => void>();
  const arrived = () => {
    for (const look of waiting) look();
  };
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    arrived();
  });
  connection.onNotification(SECTION_STATUS, (params: SectionStatusParams) => {
    statuses.push(params);
    arrived();
  });
  connection.onRequest((method: string, params) => {
    asked.push(method);
    arrived();
    if (method !== 'workspace/configuration' && refuses(method)) return new ResponseError(-32601, 'This client will not.');
    const { items = [] } = (params ?? {}) as { readonly items?: readonly { readonly scopeUri?: string }[] };
    return method === 'workspace/configuration' ? items.map(({ scopeUri = '' }) => settings?.(scopeUri) ?? null) : null;
  });
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', { processId: null, rootUri: rootUri ?? null, capabilities, initializationOptions, ...(locale === undefined ? {} : { locale }) });
  await connection.sendNotification('initialized', {});

  const next = <T>(list: readonly T[], suits: (one: T) => boolean) => new Promise<T>((resolve) => {
    const look = () => {
      const found = list.find(suits);
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });

  return {
    connection, initialized, raw, published, statuses, asked,
    requestFor: (method) => next(asked, (one) => one === method),
    open: (uri, languageId, text, version = 1) => connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version, text } }),
    change: (uri, version, ...contentChanges) => connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    diagnosticsOf: (uri, suits) => next(published, (one) => one.uri === uri && suits(one.diagnostics, one)),
    statusOf: (uri, suits) => next(statuses, (one) => one.uri === uri && suits(one)),
    close: () => connection.dispose(),
  };
}

/** One line a diagnostic: its range, its code, its message. */
export function show(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ range: { start, end }, code, message }) => `${start.line}:${start.character}-${end.line}:${end.character} ${code} ${String(message)}`);
}
