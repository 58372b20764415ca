import {
  type CompletionItem,
  CompletionItemKind,
  type DocumentHighlight,
  DocumentHighlightKind,
  InsertTextFormat,
  LSPErrorCodes,
  type Location,
  MarkupKind,
  type Range,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { type Completion, complete } from '../ide/complete.ts';
import { definitionsAt, occurrencesAt } from '../ide/navigate.ts';
import { rename, renameable } from '../ide/rename.ts';
import type { Analysis } from './checking.ts';
import { workspaceEdit } from './code-actions.ts';
import { locate } from './source.ts';
import type { Views } from './views.ts';

/** Where something stands in an analysis, and the means to look into it. */
export interface Point {
  readonly analysis: Analysis;
  readonly offset: number;
  readonly views: Views;
}

/** Where the symbol at a point is declared and defined. */
export function definition({ analysis, offset, views }: Point): Location[] {
  return locations(analysis, definitionsAt(views.of(analysis), offset));
}

export function references({ analysis, offset, views }: Point, withDeclaration: boolean): Location[] {
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
export function highlights({ analysis, offset, views }: Point, uri: string): DocumentHighlight[] {
  return occurrencesAt(views.of(analysis), offset).flatMap(({ span, role }) => {
    const at = locate(analysis.source, span);
    return at?.uri === uri ? [{ range: at.range, kind: role === 'use' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write }] : [];
  });
}

export function prepareRename({ analysis, offset, views }: Point): Range | null {
  const span = renameable(views.of(analysis), offset);
  return span === null ? null : (locate(analysis.source, span)?.range ?? null);
}

/** The edits of a renaming; an error with the reason where it would change what something means. */
export function renameSymbol({ analysis, offset, views }: Point, name: string, versioned: boolean): WorkspaceEdit {
  const renaming = rename(views.of(analysis), offset, name, (edits) => views.after(analysis, edits));
  if (renaming.kind === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.reason);
  return workspaceEdit(analysis.source, renaming.edits, versioned);
}

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  symbol: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  directive: CompletionItemKind.Keyword,
  value: CompletionItemKind.EnumMember,
  claim: CompletionItemKind.Snippet,
  sign: CompletionItemKind.Text,
};

/** What may be written at a point, in the order in which it is offered. */
export function completions({ analysis, offset, views }: Point, takesSnippets: boolean): CompletionItem[] {
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
