import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { environmentFolds, sectionFolds } from '../ide/folding.ts';
import { outline } from '../ide/outline.ts';
import type { Analysis } from './checking.ts';
import type { Feature } from './server.ts';
import { locate, spanOfDocument } from './source.ts';

/** Answers what can be folded. */
export const foldingRanges: Feature = {
  offers: () => ({ foldingRangeProvider: true }),
  serve: (server) =>
    server.connection.onFoldingRanges(async ({ textDocument: { uri } }, token) => {
      const analysis = await server.known(uri, token);
      return analysis === null ? [] : foldsIn(analysis, uri);
    }),
};

/** Sections, folded to their headings, and what LaTeX begins and ends. */
function foldsIn({ source, checked }: Analysis, uri: string): FoldingRange[] {
  const within = spanOfDocument(source, uri);
  if (within === null) return [];
  const environments = source.surface === 'plain' ? [] : environmentFolds(checked.text);
  const folds = [...sectionFolds(checked.text, outline(checked)), ...environments];
  return folds
    .filter(({ start }) => within.start <= start && start < within.end)
    .flatMap((span) => {
      const range = locate(source, span)?.range;
      return range === undefined || range.end.line <= range.start.line
        ? []
        : [{ startLine: range.start.line, endLine: range.end.line, kind: FoldingRangeKind.Region }];
    });
}
