import type { CancellationToken, Position, Range, SelectionRange } from 'vscode-languageserver';
import { selectionRanges as growingSpans } from '../ide/selection-ranges.ts';
import type { Feature, Point, Server } from './server.ts';
import { locate } from './source.ts';

/** Answers what to select next when a selection grows. */
export const selectionRanges: Feature = {
  offers: () => ({ selectionRangeProvider: true }),
  serve: (server) =>
    server.connection.onSelectionRanges(({ textDocument: { uri }, positions }, token) =>
      Promise.all(positions.map((position) => selectionAt(server, uri, position, token))),
    ),
};

/** The client wants an answer for each position, and where nothing is known the place itself is one. */
async function selectionAt(server: Server, uri: string, position: Position, token: CancellationToken): Promise<SelectionRange> {
  const point = await server.pointAt(uri, position, token);
  return (point === null ? undefined : growing(point, uri)) ?? { range: { start: position, end: position } };
}

function growing({ analysis, offset, views }: Point, uri: string): SelectionRange | undefined {
  const { source, checked } = analysis;
  const ranges = growingSpans(checked, views.of(analysis), offset).flatMap((span): Range[] => {
    const at = locate(source, span);
    return at?.uri === uri ? [at.range] : [];
  });
  return ranges.reduceRight<SelectionRange | undefined>(
    (parent, range) => (parent === undefined ? { range } : { range, parent }),
    undefined,
  );
}
