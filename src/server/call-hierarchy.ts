import { type CallHierarchyItem, type CancellationToken, type Position, SymbolKind } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { type Dependency, type Dependent, dependentAt, dependsOn, usedBy } from '../ide/dependencies.ts';
import type { Analysis } from './checking.ts';
import type { Feature, Server } from './server.ts';
import { locate } from './source.ts';

/** Answers what a symbol depends on, and what depends on it, as a hierarchy of calls: the protocol has no other word for it. */
export const callHierarchy: Feature = {
  offers: () => ({ callHierarchyProvider: true }),
  serve: (server) => {
    const { callHierarchy: requests } = server.connection.languages;
    requests.onPrepare(async ({ textDocument: { uri }, position }, token) => {
      const found = await dependentOf(server, uri, position, token);
      return found === null ? null : toItems(found.analysis, found.item);
    });
    requests.onOutgoingCalls(async ({ item: { uri, selectionRange } }, token) => {
      const found = await dependentOf(server, uri, selectionRange.start, token);
      return found === null ? [] : dependsOn(found.view, found.item).flatMap((one) => outgoing(found.analysis, one, uri));
    });
    requests.onIncomingCalls(async ({ item: { uri, selectionRange } }, token) => {
      const found = await dependentOf(server, uri, selectionRange.start, token);
      return found === null ? [] : usedBy(found.view, found.item).flatMap((one) => incoming(found.analysis, one));
    });
  },
};

async function dependentOf(server: Server, uri: string, position: Position, token: CancellationToken) {
  const point = await server.pointAt(uri, position, token);
  if (point === null) return null;
  const view = server.views.of(point.analysis);
  const item = dependentAt(view, point.offset);
  return item === null ? null : { analysis: point.analysis, view, item };
}

function outgoing(analysis: Analysis, { item, places }: Dependency, uri: string) {
  return toItems(analysis, item).map((to) => ({ to, fromRanges: ranges(analysis, places, uri) }));
}

function incoming(analysis: Analysis, { item, places }: Dependency) {
  return toItems(analysis, item).map((from) => ({ from, fromRanges: ranges(analysis, places, from.uri) }));
}

function toItems({ source }: Analysis, { kind, name, detail, span, nameSpan }: Dependent): CallHierarchyItem[] {
  const [range, selection] = [locate(source, span), locate(source, nameSpan)];
  if (range === null || selection === null || range.uri !== selection.uri) return [];
  return [
    {
      name,
      kind: kind === 'claim' ? SymbolKind.Event : SymbolKind.Variable,
      detail,
      uri: range.uri,
      range: range.range,
      selectionRange: selection.range,
    },
  ];
}

function ranges({ source }: Analysis, spans: readonly Span[], uri: string) {
  return spans.flatMap((span) => {
    const at = locate(source, span);
    return at?.uri === uri ? [at.range] : [];
  });
}
