import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import { type Completion, complete } from '../ide/complete.ts';
import { completeDerivative } from '../ide/derive.ts';
import type { Feature, Point } from './server.ts';
import { locate } from './source.ts';

/** Offers what may be written at a place; behind `dL/dx =` first of all the derivative. */
export const completion: Feature = {
  offers: () => ({ completionProvider: { triggerCharacters: ['\\'] } }),
  serve: (server) =>
    server.connection.onCompletion(async ({ textDocument: { uri }, position }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? [] : [...derivativeCompletions(point), ...completions(point, server.client.takesSnippets)];
    }),
};

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  symbol: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  directive: CompletionItemKind.Keyword,
  value: CompletionItemKind.EnumMember,
  claim: CompletionItemKind.Snippet,
  sign: CompletionItemKind.Text,
};

/** What may be written at a point, in the order in which it is offered. */
function completions({ analysis, offset, views }: Point, takesSnippets: boolean): CompletionItem[] {
  const found = complete(views.of(analysis), analysis.source.surface, offset, (edits) => views.after(analysis, edits));
  return found.flatMap((one, at): CompletionItem[] => {
    const place = locate(analysis.source, one.replaces);
    if (place === null) return [];
    const { label, kind, detail, documentation, insert = label, isSnippet = false, typed } = one;
    const newText = isSnippet && !takesSnippets ? insert.replace(/\$\d/g, '') : insert;
    return [
      {
        label,
        kind: KINDS[kind],
        detail,
        sortText: String(at).padStart(4, '0'),
        textEdit: { range: place.range, newText },
        ...(isSnippet && takesSnippets ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
        ...(typed === undefined ? {} : { filterText: typed }),
        ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      },
    ];
  });
}

/** The derivative as something to be typed behind `dL/dx =`. */
function derivativeCompletions({ analysis, offset, views }: Point): CompletionItem[] {
  const { source } = analysis;
  const view = views.of(analysis);
  const found = completeDerivative(view, source.surface, offset, (edits) => views.after(analysis, edits));
  const at = found === null ? null : locate(source, { start: offset, end: offset });
  if (found === null || at === null) return [];
  const gap = view.text[offset - 1] === '=' ? ' ' : '';
  return [
    {
      label: found,
      kind: CompletionItemKind.Snippet,
      detail: view.say('the derivative'),
      sortText: ' ',
      preselect: true,
      textEdit: { range: at.range, newText: gap + found },
    },
  ];
}
