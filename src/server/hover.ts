import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { type DerivationView, termPointedAt } from '../ide/derivation-view.ts';
import { formulaOf, latexBlock } from '../ide/formula.ts';
import { hover } from '../ide/hover.ts';
import type { SelectedHover } from '../protocol/lsp.ts';
import type { Client } from './client.ts';
import type { Feature, Point } from './server.ts';
import { locate, offsetOf } from './source.ts';

/** Answers with what is known of the expression at a position, or of the one that is selected around it. */
export const hovers: Feature = {
  offers: () => ({ hoverProvider: true }),
  serve: (server) =>
    server.connection.onHover(async (params: HoverParams & SelectedHover, token): Promise<Hover | null> => {
      const point = await server.pointAt(params.textDocument.uri, params.position, token);
      return point === null ? null : hoverAt(point, selectionOf(point, params), server.client);
    }),
};

function selectionOf({ analysis: { source } }: Point, { textDocument: { uri }, selection }: HoverParams & SelectedHover): Span | undefined {
  const start = selection === undefined ? null : offsetOf(source, uri, selection.start);
  const end = selection === undefined ? null : offsetOf(source, uri, selection.end);
  return start === null || end === null ? undefined : { start, end };
}

/** A client that draws formulas gets that of the expression at the head. */
function hoverAt({ analysis, offset, views }: Point, selection: Span | undefined, { options, showsMarkdown }: Client): Hover | null {
  const view = views.of(analysis);
  const draws = showsMarkdown && options.formulas === true;
  const found = hover(analysis.checked, view, offset, { ...(selection === undefined ? {} : { selection }), draws });
  const range = found === null ? undefined : locate(analysis.source, found.span)?.range;
  if (found === null || range === undefined) return null;
  if (!showsMarkdown) return { contents: { kind: MarkupKind.PlainText, value: plainText(found.markdown) }, range };
  const formula = draws ? formulaBlock(view, offset, selection) : '';
  return { contents: { kind: MarkupKind.Markdown, value: formula + found.markdown }, range };
}

function formulaBlock(view: DerivationView, offset: number, selection: Span | undefined): string {
  const term = termPointedAt(view, offset, selection);
  const formula = term === null ? null : formulaOf(view, term);
  return formula === null ? '' : `${latexBlock(formula)}\n\n`;
}

/** The signs that Markdown needs, and a person does not. */
function plainText(markdown: string): string {
  return markdown.replace(/\*\*|`{2,} | `{2,}|`/g, '');
}
