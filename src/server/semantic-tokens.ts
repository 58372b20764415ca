import {
  type CancellationToken,
  type Range,
  SemanticTokenModifiers,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  SemanticTokenTypes,
} from 'vscode-languageserver';
import { type TokenKind, semanticTokens as tokensOf } from '../ide/semantic-tokens.ts';
import type { Analysis } from './checking.ts';
import type { Feature, Server } from './server.ts';
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

/** Answers with the colours of words: of a whole document, of what changed in it, of what is seen of it. */
export const semanticTokens: Feature = {
  offers: () => ({ semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true } }),
  serve: (server) => {
    const { semanticTokens: requests } = server.connection.languages;
    const answered = new Answered();
    requests.on(async ({ textDocument: { uri } }, token) => {
      const analysis = await server.known(uri, token);
      if (analysis === null) return { data: [] };
      const builder = new SemanticTokensBuilder();
      answered.set(uri, builder);
      fill(builder, analysis, server.views, uri);
      return builder.build();
    });
    requests.onDelta(async ({ textDocument: { uri }, previousResultId }, token) => {
      const analysis = await server.known(uri, token);
      if (analysis === null) return { data: [] };
      const builder = answered.get(uri) ?? new SemanticTokensBuilder();
      answered.set(uri, builder);
      builder.previousResult(previousResultId);
      fill(builder, analysis, server.views, uri);
      return builder.buildEdits();
    });
    requests.onRange(({ textDocument: { uri }, range }, token) => inRange(server, uri, range, token));
  },
};

async function inRange(server: Server, uri: string, range: Range, token: CancellationToken): Promise<SemanticTokens> {
  const analysis = await server.known(uri, token);
  const builder = new SemanticTokensBuilder();
  if (analysis !== null) fill(builder, analysis, server.views, uri, range);
  return { data: builder.build().data };
}

/** Answers remembered, so that the next can be told as a difference to the last. */
const MOST_REMEMBERED = 64;

class Answered {
  readonly #builders = new Map<string, SemanticTokensBuilder>();

  get(uri: string): SemanticTokensBuilder | undefined {
    return this.#builders.get(uri);
  }

  /** The latest stand last. */
  set(uri: string, builder: SemanticTokensBuilder): void {
    this.#builders.delete(uri);
    this.#builders.set(uri, builder);
    for (const oldest of [...this.#builders.keys()].slice(0, -MOST_REMEMBERED)) this.#builders.delete(oldest);
  }
}

function fill(builder: SemanticTokensBuilder, analysis: Analysis, views: Views, uri: string, range?: Range): void {
  const { source } = analysis;
  const within =
    range === undefined
      ? spanOfDocument(source, uri)
      : { start: offsetOf(source, uri, range.start), end: offsetOf(source, uri, range.end) };
  if (within === null || within.start === null || within.end === null) return;
  for (const { span, kind, role } of tokensOf(views.of(analysis))) {
    if (span.end <= within.start || span.start >= within.end) continue;
    const at = locate(source, span);
    if (at?.uri !== uri) continue;
    const { start, end } = at.range;
    builder.push(start.line, start.character, end.character - start.character, KINDS.indexOf(kind), ROLES[role]);
  }
}
