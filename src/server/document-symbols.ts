import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { type Outlined, type OutlineItem, type OutlineNode, outline } from '../ide/outline.ts';
import type { Feature } from './server.ts';
import { locate, type Source, spanOfDocument } from './source.ts';

/** Answers with the outline of a document. */
export const documentSymbols: Feature = {
  offers: () => ({ documentSymbolProvider: { label: 'Chainrule' } }),
  serve: (server) =>
    server.connection.onDocumentSymbol(async ({ textDocument: { uri } }, token) => {
      const analysis = await server.known(uri, token);
      return analysis === null ? [] : symbolsIn(analysis.source, analysis.checked, uri);
    }),
};

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  declaration: SymbolKind.Variable,
  definition: SymbolKind.Constant,
  claim: SymbolKind.Event,
};

/** Sections, declarations, definitions and claims of a document. */
export function symbolsIn(source: Source, document: Outlined, uri: string): DocumentSymbol[] {
  const within = spanOfDocument(source, uri);
  if (within === null) return [];
  return outline(document).flatMap((node) => toSymbols(node, within, (span) => locate(source, span)?.range));
}

type RangeOf = (span: Span) => DocumentSymbol['range'] | undefined;

/** A section of a notebook goes over cells: where its heading stands in another one, its children stand alone. */
function toSymbols(node: OutlineNode, within: Span, rangeOf: RangeOf): DocumentSymbol[] {
  const children = node.kind === 'section' ? node.children.flatMap((child) => toSymbols(child, within, rangeOf)) : [];
  const name = node.kind === 'section' ? node.heading : node.name;
  if (name.start < within.start || name.end > within.end) return children;
  const span = { start: Math.min(node.span.start, name.start), end: Math.min(Math.max(node.span.end, name.end), within.end) };
  const [range, selectionRange] = [rangeOf(span), rangeOf(name)];
  if (range === undefined || selectionRange === undefined) return [];
  const kind = node.kind === 'section' ? SymbolKind.Namespace : KINDS[node.kind];
  return [{ name: node.title, detail: node.kind === 'section' ? '' : node.detail, kind, range, selectionRange, children }];
}
