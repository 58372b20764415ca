import { type CallHierarchyItem, type Connection, SymbolKind } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { type Dependency, type Dependent, dependentAt, dependsOn, usedBy } from '../ide/dependencies.ts';
import type { Asking } from './asking.ts';
import type { Analysis } from './checking.ts';
import { locate } from './source.ts';

/** Answers what a symbol depends on, and what depends on it, as a hierarchy of calls: the protocol has no other word for it. */
export function serveCallHierarchy(connection: Connection, asking: Asking): void {
  const { pointAt, views } = asking;
  const at = async ({ uri, selectionRange }: CallHierarchyItem, token: Parameters<typeof pointAt>[2]) => {
    const point = await pointAt(uri, selectionRange.start, token);
    const item = point === null ? null : dependentAt(views.of(point.analysis), point.offset);
    return point === null || item === null ? null : { analysis: point.analysis, view: views.of(point.analysis), item };
  };

  connection.languages.callHierarchy.onPrepare(async ({ textDocument: { uri }, position }, token) => {
    const point = await pointAt(uri, position, token);
    const item = point === null ? null : dependentAt(views.of(point.analysis), point.offset);
    return point === null || item === null ? null : toItems(point.analysis, item);
  });

  connection.languages.callHierarchy.onOutgoingCalls(async ({ item }, token) => {
    const found = await at(item, token);
    if (found === null) return [];
    const { analysis, view } = found;
    return dependsOn(view, found.item).flatMap(({ item: to, places }) =>
      toItems(analysis, to).map((one) => ({ to: one, fromRanges: ranges(analysis, places, item.uri) })),
    );
  });

  connection.languages.callHierarchy.onIncomingCalls(async ({ item }, token) => {
    const found = await at(item, token);
    return found === null ? [] : usedBy(found.view, found.item).flatMap((one) => incoming(found.analysis, one));
  });
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
