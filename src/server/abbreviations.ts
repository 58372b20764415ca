import { ABBREVIATION_ENDS, ABBREVIATIONS, expandAbbreviation } from '../ide/abbreviations.ts';
import type { ServerAbilities } from '../protocol/lsp.ts';
import type { Feature, Point } from './server.ts';
import { locate } from './source.ts';

/** Answers with the sign for an abbreviation, when what was typed behind it ends it. */
export const abbreviations: Feature = {
  offers: () => ({
    documentOnTypeFormattingProvider: {
      firstTriggerCharacter: ABBREVIATION_ENDS[0] as string,
      moreTriggerCharacter: ABBREVIATION_ENDS.slice(1),
    },
    experimental: { abbreviations: Object.fromEntries(ABBREVIATIONS) } satisfies ServerAbilities,
  }),
  serve: (server) =>
    server.connection.onDocumentOnTypeFormatting(async ({ textDocument: { uri }, position, ch }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? [] : expanded(point, ch);
    }),
};

function expanded({ analysis: { source }, offset }: Point, typed: string) {
  const edit = expandAbbreviation(source.text, source.surface, offset, typed);
  const at = edit === null ? null : locate(source, edit.span);
  return edit === null || at === null ? [] : [{ range: at.range, newText: edit.newText }];
}
