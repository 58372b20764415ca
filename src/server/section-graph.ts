import { claimAt } from '../ide/claims.ts';
import { type DependencyGraph, graphOf } from '../ide/graph.ts';
import { GRAPH, type GraphParams, type GraphReport, type GraphResult } from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import type { Feature, Server } from './server.ts';
import { locate, offsetOf, versionOf } from './source.ts';

/** What depends on what in the section of a claim: drawn when someone looks at it. */
export const sectionGraph: Feature = {
  serve: (server) => server.connection.onRequest(GRAPH, (params: GraphParams) => answerGraph(server, params)),
};

async function answerGraph({ checking, views }: Server, { textDocument: { uri }, position }: GraphParams): Promise<GraphResult> {
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
