import {
  type Connection,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import { expandAbbreviation } from '../ide/abbreviations.ts';
import { formatPlain } from '../ide/format.ts';
import type { Asking } from './asking.ts';
import { type Source, locate, offsetOf } from './source.ts';

/** Only plain notation is laid out: a formatter of Markdown or LaTeX is another program. */
const PLAIN = [{ language: 'derivation' }, { pattern: '**/*.deriv' }];

/** Answers with the edits that lay out a document in plain notation. */
export function serveFormatting(connection: Connection, { known }: Asking): void {
  connection.onDocumentFormatting(async ({ textDocument: { uri } }, token) => {
    const analysis = await known(uri, token);
    return analysis === null ? [] : edits(analysis.source);
  });
  connection.onDocumentRangeFormatting(async ({ textDocument: { uri }, range }, token) => {
    const analysis = await known(uri, token);
    return analysis === null ? [] : edits(analysis.source, { uri, range });
  });
}

/** Answers with the sign for an abbreviation, when what was typed behind it ends it. */
export function serveAbbreviations(connection: Connection, { pointAt }: Asking): void {
  connection.onDocumentOnTypeFormatting(async ({ textDocument: { uri }, position, ch }, token) => {
    const point = await pointAt(uri, position, token);
    if (point === null) return [];
    const {
      analysis: { source },
      offset,
    } = point;
    const edit = expandAbbreviation(source.text, source.surface, offset, ch);
    const at = edit === null ? null : locate(source, edit.span);
    return edit === null || at === null ? [] : [{ range: at.range, newText: edit.newText }];
  });
}

/** Tells a client that can be told which documents are laid out, so that it offers nothing for the others. */
export function registerFormatting(connection: Connection): void {
  void connection.client.register(DocumentFormattingRequest.type, { documentSelector: PLAIN });
  void connection.client.register(DocumentRangeFormattingRequest.type, { documentSelector: PLAIN });
}

/** Of a part of the document, those of its lines. */
function edits(source: Source, part?: { readonly uri: string; readonly range: Range }): TextEdit[] {
  if (source.surface !== 'plain') return [];
  const start = part === undefined ? 0 : lineStart(source, offsetOf(source, part.uri, part.range.start) ?? 0);
  const end = part === undefined ? source.text.length : (offsetOf(source, part.uri, part.range.end) ?? 0);
  return formatPlain(source.text).flatMap(({ span, newText }) => {
    const at = span.start < start || span.start > end ? null : locate(source, span);
    return at === null ? [] : [{ range: at.range, newText }];
  });
}

function lineStart({ text }: Source, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
