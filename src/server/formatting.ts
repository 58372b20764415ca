import { DocumentFormattingRequest, DocumentRangeFormattingRequest, type Range, type TextEdit } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { formatPlain, formatSelection } from '../ide/format.ts';
import type { Feature } from './server.ts';
import { locate, offsetOf, type Source } from './source.ts';
import { unanswered } from './unanswered.ts';

/** Only plain notation is laid out: a formatter of Markdown or LaTeX is another program. */
const PLAIN = { documentSelector: [{ language: 'derivation' }, { pattern: '**/*.deriv' }] };

/**
 * Answers with the edits that lay out a document in plain notation. A client that can be told for which documents is told, so that
 * it offers nothing for the others.
 */
export const formatting: Feature = {
  offers: ({ registersFormatting }) =>
    registersFormatting ? {} : { documentFormattingProvider: true, documentRangeFormattingProvider: true },
  serve: (server) => {
    server.connection.onDocumentFormatting(async ({ textDocument: { uri } }, token) => {
      const analysis = await server.known(uri, token);
      return analysis === null ? [] : edits(analysis.source);
    });
    server.connection.onDocumentRangeFormatting(async ({ textDocument: { uri }, range }, token) => {
      const analysis = await server.known(uri, token);
      return analysis === null ? [] : edits(analysis.source, { uri, range });
    });
  },
  begin: ({ connection, client: { registersFormatting } }) => {
    if (!registersFormatting) return;
    unanswered(connection, 'a formatter', connection.client.register(DocumentFormattingRequest.type, PLAIN));
    unanswered(connection, 'a formatter of ranges', connection.client.register(DocumentRangeFormattingRequest.type, PLAIN));
  },
};

/** Of a selection, those of its lines. */
function edits(source: Source, range?: { readonly uri: string; readonly range: Range }): TextEdit[] {
  if (source.surface !== 'plain') return [];
  const selection = range === undefined ? null : spanOf(source, range.uri, range.range);
  const found = selection === null ? formatPlain(source.text) : formatSelection(source.text, selection);
  return found.flatMap(({ span, newText }) => {
    const at = locate(source, span);
    return at === null ? [] : [{ range: at.range, newText }];
  });
}

function spanOf(source: Source, uri: string, { start, end }: Range): Span {
  const [from, to] = [offsetOf(source, uri, start) ?? 0, offsetOf(source, uri, end) ?? 0];
  return { start: Math.min(from, to), end: Math.max(from, to) };
}
