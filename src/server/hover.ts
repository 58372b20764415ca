import { type Connection, type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { termPointedAt } from '../ide/derivation-view.ts';
import { formulaOf } from '../ide/formula.ts';
import { hover } from '../ide/hover.ts';
import type { SelectedHover } from '../protocol/lsp.ts';
import type { Asking } from './asking.ts';
import type { Point } from './navigation.ts';
import { locate, offsetOf } from './source.ts';

/** What a client makes of a hover. */
export interface HoverStyle {
  /** It draws the LaTeX that a hover begins with. */
  readonly drawsFormulas: boolean;
  /** It shows Markdown; another gets plain text. */
  readonly markdown: boolean;
}

/** Answers with what is known of the expression at a position, or of the one that is selected around it. */
export function serveHover(connection: Connection, { pointAt }: Asking, style: () => HoverStyle): void {
  connection.onHover(async (params: HoverParams & SelectedHover, token): Promise<Hover | null> => {
    const point = await pointAt(params.textDocument.uri, params.position, token);
    return point === null ? null : hoverAt(point, selectionOf(point, params), style());
  });
}

function selectionOf({ analysis: { source } }: Point, { textDocument: { uri }, selection }: HoverParams & SelectedHover): Span | undefined {
  const start = selection === undefined ? null : offsetOf(source, uri, selection.start);
  const end = selection === undefined ? null : offsetOf(source, uri, selection.end);
  return start === null || end === null ? undefined : { start, end };
}

function hoverAt({ analysis, offset, views }: Point, selection: Span | undefined, { drawsFormulas, markdown }: HoverStyle): Hover | null {
  const view = views.of(analysis);
  const found = hover(analysis.checked, view, offset, selection);
  const range = found === null ? undefined : locate(analysis.source, found.span)?.range;
  if (found === null || range === undefined) return null;
  if (!markdown) return { contents: { kind: MarkupKind.PlainText, value: plainText(found.markdown) }, range };
  const term = drawsFormulas ? termPointedAt(view, offset, selection) : null;
  const formula = term === null ? null : formulaOf(view, term);
  const drawn = formula === null ? '' : `\`\`\`latex\n${formula.replace(/\s*\n\s*/g, ' ')}\n\`\`\`\n\n`;
  return { contents: { kind: MarkupKind.Markdown, value: drawn + found.markdown }, range };
}

/** The signs that Markdown needs, and a person does not. */
function plainText(markdown: string): string {
  return markdown.replace(/\*\*|`{2,} | `{2,}|`/g, '');
}
