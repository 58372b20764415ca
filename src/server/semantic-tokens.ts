import {
  type Connection,
  type Range,
  SemanticTokenModifiers,
  SemanticTokenTypes,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
} from 'vscode-languageserver';
import { type TokenKind, semanticTokens } from '../ide/semantic-tokens.ts';
import type { Analysis } from './checking.ts';
import type { Asking } from './asking.ts';
import { locate, offsetOf, spanOfDocument } from './source.ts';
import type { Views } from './views.ts';

/** The protocol has words for functions and variables only; the others are Chainrule's, and its manifest says what they are kinds of. */
const KINDS: readonly TokenKind[] = ['scalar', 'vector', 'matrix', 'dimension', 'index', 'function', 'derivative', 'variable'];

const NAMES: Readonly<Partial<Record<TokenKind, string>>> = {
  function: SemanticTokenTypes.function,
  variable: SemanticTokenTypes.variable,
};

const ROLES = { use: 0, declaration: 1, definition: 2 } as const;

export const LEGEND: SemanticTokensLegend = {
  tokenTypes: KINDS.map((kind) => NAMES[kind] ?? kind),
  tokenModifiers: [SemanticTokenModifiers.declaration, SemanticTokenModifiers.definition],
};

/** Answers remembered, so that the next can be told as a difference to the last. */
const MOST_REMEMBERED = 64;

/** Answers with the colours of words: of a whole document, of what changed in it, of what is seen of it. */
export function serveSemanticTokens(connection: Connection, { known, views }: Asking): void {
  const builders = new Map<string, SemanticTokensBuilder>();
  const remember = (uri: string, builder: SemanticTokensBuilder) => {
    builders.delete(uri);
    builders.set(uri, builder);
    for (const oldest of [...builders.keys()].slice(0, -MOST_REMEMBERED)) builders.delete(oldest);
  };
  connection.languages.semanticTokens.on(async ({ textDocument: { uri } }, token) => {
    const analysis = await known(uri, token);
    if (analysis === null) return { data: [] };
    const builder = new SemanticTokensBuilder();
    remember(uri, builder);
    fill(builder, analysis, views, uri);
    return builder.build();
  });
  connection.languages.semanticTokens.onDelta(async ({ textDocument: { uri }, previousResultId }, token) => {
    const analysis = await known(uri, token);
    if (analysis === null) return { data: [] };
    const builder = builders.get(uri) ?? new SemanticTokensBuilder();
    remember(uri, builder);
    builder.previousResult(previousResultId);
    fill(builder, analysis, views, uri);
    return builder.buildEdits();
  });
  connection.languages.semanticTokens.onRange(async ({ textDocument: { uri }, range }, token) => {
    const analysis = await known(uri, token);
    const builder = new SemanticTokensBuilder();
    if (analysis !== null) fill(builder, analysis, views, uri, range);
    return { data: builder.build().data };
  });
}

function fill(builder: SemanticTokensBuilder, analysis: Analysis, views: Views, uri: string, range?: Range): void {
  const { source } = analysis;
  const within =
    range === undefined
      ? spanOfDocument(source, uri)
      : { start: offsetOf(source, uri, range.start), end: offsetOf(source, uri, range.end) };
  if (within === null || within.start === null || within.end === null) return;
  for (const { span, kind, role } of semanticTokens(views.of(analysis))) {
    if (span.end <= within.start || span.start >= within.end) continue;
    const at = locate(source, span);
    if (at?.uri !== uri) continue;
    const { start, end } = at.range;
    builder.push(start.line, start.character, end.character - start.character, KINDS.indexOf(kind), ROLES[role]);
  }
}
