import { type CompletionItem, CompletionItemKind, type CompletionList, InsertTextFormat, MarkupKind } from 'vscode-languageserver';
import { fitsIntoRow, MOST_FORMS } from '../ide/claim-forms.ts';
import { complete } from '../ide/complete.ts';
import { awaitsValue } from '../ide/complete-statement.ts';
import { type Completion, writtenOut } from '../ide/completion.ts';
import { completeDerivative } from '../ide/derive.ts';
import type { Position } from '../protocol/report.ts';
import type { Client } from './client.ts';
import type { Feature, Point, Server } from './server.ts';
import { locate, offsetOf } from './source.ts';

/** Offers what may be written at a place; behind `dL/dx =` first of all the derivative. */
export const completion: Feature = {
  offers: () => ({ completionProvider: { triggerCharacters: ['\\', ...Object.keys(OFFERED_BEHIND)] } }),
  serve: (server) =>
    server.connection.onCompletion(async ({ textDocument: { uri }, position, context }, token) => {
      const kind = OFFERED_BEHIND[context?.triggerCharacter ?? ''];
      if (kind === 'value' && !isValueAwaited(server, uri, position)) return [];
      const point = await server.pointAt(uri, position, token);
      if (point === null) return [];
      const items = completionsAt(point, server.client, kind);
      return inFull(kind === undefined ? [...derivativeCompletions(point), ...items] : items);
    }),
};

/** Where not all claims were derived the client asks again when more of one is typed. */
function inFull(items: CompletionItem[]): CompletionItem[] | CompletionList {
  const isCut = items.filter(({ kind, filterText }) => kind === KINDS.claim && filterText !== undefined).length >= MOST_FORMS;
  return isCut ? { isIncomplete: true, items } : items;
}

/** What is offered unasked behind a character that also stands where nothing is wanted. */
const OFFERED_BEHIND: Readonly<Record<string, Completion['kind']>> = { ' ': 'value', '/': 'claim', '{': 'claim' };

/** Looked at in the text alone: blanks are typed often, and hardly ever before a value. */
function isValueAwaited({ sources }: Server, uri: string, position: Position): boolean {
  const source = sources.get(uri);
  const offset = source === null ? null : offsetOf(source, uri, position);
  return source !== null && offset !== null && awaitsValue(source.text, offset);
}

const KINDS: Readonly<Record<Completion['kind'], CompletionItemKind>> = {
  symbol: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  directive: CompletionItemKind.Keyword,
  value: CompletionItemKind.EnumMember,
  claim: CompletionItemKind.Snippet,
  sign: CompletionItemKind.Text,
  snippet: CompletionItemKind.Snippet,
};

/** What may be written at a point, in the order in which it is offered; all of it, or what is of one kind. */
function completionsAt(
  { analysis, offset, views }: Point,
  { takesSnippets, showsLabelDetails }: Pick<Client, 'takesSnippets' | 'showsLabelDetails'>,
  only?: Completion['kind'],
): CompletionItem[] {
  const found = complete(views.of(analysis), analysis.source.surface, offset, (edits) => views.after(analysis, edits));
  return found.flatMap((one, at): CompletionItem[] => {
    if (only !== undefined && one.kind !== only) return [];
    const place = locate(analysis.source, one.replaces);
    if (place === null) return [];
    const { label, kind, detail, documentation, insert = label, isSnippet = false, typed, short } = one;
    const newText = isSnippet && !takesSnippets ? filledIn(insert) : insert;
    return [
      {
        ...(short !== undefined && showsLabelDetails ? { label: short.label, labelDetails: { detail: short.glance } } : { label }),
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

/** A snippet for a client that knows none: what stands in its places at first, or nothing. */
function filledIn(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^{}]*)\}/g, '$1')
    .replace(/\$\d/g, '')
    .replaceAll('\\\\', '\\');
}

function toTheEnd(formula: string): string {
  return writtenOut(formula, formula.includes('\\') ? 'latex' : 'derivation').documentation;
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
      ...(fitsIntoRow(found) ? {} : { documentation: { kind: MarkupKind.Markdown, value: toTheEnd(found) } }),
    },
  ];
}
