import { type DocumentHighlight, DocumentHighlightKind, type Location } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { declarationsAt, definitionsAt, occurrencesAt } from '../ide/navigate.ts';
import type { Analysis } from './checking.ts';
import type { Feature, Point } from './server.ts';
import { locate } from './source.ts';

/** Answers where the symbol at a point is declared and defined, and where else it stands. */
export const navigation: Feature = {
  offers: () => ({ declarationProvider: true, definitionProvider: true, referencesProvider: true, documentHighlightProvider: true }),
  serve: (server) => {
    server.connection.onDeclaration(async ({ textDocument: { uri }, position }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? [] : stated(point, declarationsAt);
    });
    server.connection.onDefinition(async ({ textDocument: { uri }, position }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? [] : stated(point, definitionsAt);
    });
    server.connection.onReferences(async ({ textDocument: { uri }, position, context }, token, _, partial) => {
      const point = await server.pointAt(uri, position, token);
      const found = point === null ? [] : references(point, context?.includeDeclaration !== false);
      partial?.report(found);
      return partial === undefined ? found : [];
    });
    server.connection.onDocumentHighlight(async ({ textDocument: { uri }, position }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? [] : highlights(point, uri);
    });
  },
};

function stated({ analysis, offset, views }: Point, where: typeof definitionsAt): Location[] {
  return locations(analysis, where(views.of(analysis), offset));
}

function references({ analysis, offset, views }: Point, withDeclaration: boolean): Location[] {
  const found = occurrencesAt(views.of(analysis), offset).filter(({ role }) => withDeclaration || role === 'use');
  return locations(
    analysis,
    found.map(({ span }) => span),
  );
}

function locations({ source }: Analysis, spans: readonly Span[]): Location[] {
  return spans.flatMap((span) => locate(source, span) ?? []);
}

/** The other places of a symbol in the same document. */
function highlights({ analysis, offset, views }: Point, uri: string): DocumentHighlight[] {
  return occurrencesAt(views.of(analysis), offset).flatMap(({ span, role }) => {
    const at = locate(analysis.source, span);
    return at?.uri === uri ? [{ range: at.range, kind: role === 'use' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write }] : [];
  });
}
