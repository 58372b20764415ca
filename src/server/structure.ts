import type { CancellationToken, Connection, DocumentLink, LinkedEditingRanges, Range, SelectionRange } from 'vscode-languageserver';
import { inputLinks } from '../ide/document-links.ts';
import { linkedRanges } from '../ide/linked-editing.ts';
import { selectionRanges } from '../ide/selection-ranges.ts';
import type { Position } from '../protocol/report.ts';
import type { Asking } from './asking.ts';
import type { Host } from './host.ts';
import type { Point } from './navigation.ts';
import { locate } from './source.ts';

/** Answers what stands around, together with, and behind a place. */
export function serveStructure(connection: Connection, asking: Asking, host: Host): void {
  connection.onSelectionRanges(async ({ textDocument: { uri }, positions }, token) =>
    Promise.all(positions.map((position) => selectionAt(asking, uri, position, token))),
  );

  connection.languages.onLinkedEditingRange(async ({ textDocument: { uri }, position }, token) => {
    const point = await asking.pointAt(uri, position, token);
    return point === null ? null : linkedAt(point, uri);
  });

  connection.onDocumentLinks(async ({ textDocument: { uri } }, token): Promise<DocumentLink[]> => {
    const analysis = await asking.known(uri, token);
    if (analysis === null) return [];
    return inputLinks(analysis.source.text, analysis.source.surface).flatMap(({ span, path }) => {
      const target = targetOf(host, asking, uri, path);
      const at = locate(analysis.source, span);
      return target === undefined || at === null ? [] : [{ range: at.range, target }];
    });
  });
}

/** The client wants an answer for each position, and where nothing is known the place itself is one. */
async function selectionAt({ pointAt }: Asking, uri: string, position: Position, token: CancellationToken): Promise<SelectionRange> {
  const point = await pointAt(uri, position, token);
  return (point === null ? undefined : growing(point, uri)) ?? { range: { start: position, end: position } };
}

function growing({ analysis, offset, views }: Point, uri: string): SelectionRange | undefined {
  const { source, checked } = analysis;
  const ranges = selectionRanges(checked, source.surface, views.of(analysis), offset).flatMap((span): Range[] => {
    const at = locate(source, span);
    return at?.uri === uri ? [at.range] : [];
  });
  return ranges.reduceRight<SelectionRange | undefined>(
    (parent, range) => (parent === undefined ? { range } : { range, parent }),
    undefined,
  );
}

/** Places in other cells of a notebook cannot be typed into at once. */
function linkedAt({ analysis, offset, views }: Point, uri: string): LinkedEditingRanges | null {
  const ranges = linkedRanges(views.of(analysis), offset).flatMap((span) => {
    const at = locate(analysis.source, span);
    return at?.uri === uri ? [at.range] : [];
  });
  return ranges.length < 2 ? null : { ranges, wordPattern: '(?:\\\\[A-Za-z]+|[A-Za-z\\u00aa-\\uffff][A-Za-z0-9_\\u00aa-\\uffff]*)' };
}

/** Where files cannot be looked for, a path is taken to be beside the document. */
function targetOf({ findInput }: Host, { views }: Asking, uri: string, path: string): string | undefined {
  if (findInput !== undefined) return findInput(uri, path, views.folders);
  try {
    return new URL(/\.\w+$/.test(path) ? path : `${path}.tex`, uri).href;
  } catch {
    return undefined;
  }
}
