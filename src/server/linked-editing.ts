import type { LinkedEditingRanges } from 'vscode-languageserver';
import { linkedRanges } from '../ide/linked-editing.ts';
import type { Feature, Point } from './server.ts';
import { locate } from './source.ts';

/** Answers which places are typed into together. */
export const linkedEditing: Feature = {
  offers: () => ({ linkedEditingRangeProvider: true }),
  serve: (server) =>
    server.connection.languages.onLinkedEditingRange(async ({ textDocument: { uri }, position }, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? null : linkedAt(point, uri);
    }),
};

/** Places in other cells of a notebook cannot be typed into at once. */
function linkedAt({ analysis, offset, views }: Point, uri: string): LinkedEditingRanges | null {
  const ranges = linkedRanges(views.of(analysis), offset).flatMap((span) => {
    const at = locate(analysis.source, span);
    return at?.uri === uri ? [at.range] : [];
  });
  return ranges.length < 2 ? null : { ranges, wordPattern: NAME };
}

/** A name while it is typed: letters and commands, what stands in their braces, and marks below and above. An editor lets go of places that it does not match as a whole. */
const NAME =
  '(?:(?:\\\\[A-Za-z]+ ?|[A-Za-z\\u00aa-\\uffff])(?:\\\\[A-Za-z]+|[A-Za-z0-9_^*\\u00aa-\\uffff]|\\{(?:[^{}]|\\{[^{}]*\\})*\\}|\\([A-Za-z0-9]*\\))*)';
