import type { CancellationToken, Connection } from 'vscode-languageserver';
import { verificationReport } from '../check/export/report.ts';
import { type DependencyGraph, graphOf } from '../ide/graph.ts';
import { claimAt } from '../ide/claims.ts';
import {
  CONVERGENCE,
  type ConvergenceResult,
  EXPORT,
  type ExportParams,
  type ExportResult,
  GRAPH,
  type GraphParams,
  type GraphReport,
  type GraphResult,
  PROGRESS,
  type ProgressParams,
  STOP,
  type StopParams,
  type VerifyClaimParams,
} from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import type { Feature, Server } from './server.ts';
import { stopWith } from './stop-with.ts';
import { type Source, locate, offsetOf, versionOf } from './source.ts';

type Parts = Pick<Server, 'checking' | 'views'>;

/** Answers what a panel asks only when someone opens that part of it, and tells how far the examination is that it waits for. */
export const panelRequests: Feature = {
  serve: (server) => {
    const { connection, checking } = server;
    connection.onRequest(CONVERGENCE, (params: VerifyClaimParams, token: CancellationToken) => answerConvergence(server, params, token));
    connection.onRequest(EXPORT, (params: ExportParams) => answerExport(server, params));
    connection.onRequest(GRAPH, (params: GraphParams) => answerGraph(server, params));
    connection.onNotification(STOP, ({ textDocument: { uri } }: StopParams) => checking.stop(uri));
    checking.onProgress = (source, progress) => tellProgress(connection, source, progress);
  },
};

function tellProgress(connection: Connection, { parts }: Source, progress: Omit<ProgressParams, 'uri'>): void {
  for (const { document } of parts) void connection.sendNotification(PROGRESS, { uri: document.uri, ...progress } satisfies ProgressParams);
}

async function answerConvergence(
  { checking }: Parts,
  { textDocument: { uri }, position, options = {} }: VerifyClaimParams,
  token: CancellationToken,
): Promise<ConvergenceResult> {
  const analysis = await checking.claimWith(uri, position, { ...options, convergence: true }, stopWith(token));
  const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
  if (analysis === null || offset === null) return { version: 0, convergence: null, reason: 'there is no claim here' };
  const found = claimAt(analysis.checked, offset)?.verdict?.convergence ?? 'there is no claim here';
  const version = versionOf(analysis.source, uri);
  return typeof found === 'string' ? { version, convergence: null, reason: found } : { version, convergence: found, reason: '' };
}

/** Every claim is examined before the report is written. */
async function answerExport({ checking }: Parts, { textDocument: { uri }, format, name }: ExportParams): Promise<ExportResult> {
  const analysis = (await checking.examined(uri, { verify: true, repair: true })) ?? (await checking.known(uri));
  return { text: analysis === null ? '' : verificationReport(format, name, analysis.checked) };
}

async function answerGraph({ checking, views }: Parts, { textDocument: { uri }, position }: GraphParams): Promise<GraphResult> {
  const analysis = await checking.known(uri);
  const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
  const claim = analysis === null || offset === null ? null : claimAt(analysis.checked, offset);
  if (analysis === null || claim === null) return { version: 0, graph: null };
  const graph = graphOf(views.of(analysis), claim.span.start);
  return { version: versionOf(analysis.source, uri), graph: graph === null ? null : located(analysis, graph) };
}

function located({ source }: Analysis, { nodes, edges, omitted }: DependencyGraph): GraphReport {
  const nowhere = { uri: source.uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
  return { nodes: nodes.map(({ span, ...node }) => ({ ...node, ...(locate(source, span) ?? nowhere) })), edges, omitted };
}
