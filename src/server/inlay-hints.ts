import { type InlayHint, InlayHintKind, type InlayHintLabelPart, type InlayHintParams } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import type { DerivationView } from '../ide/derivation-view.ts';
import { type ShapeHint, shapeHints } from '../ide/inlay-hints.ts';
import type { Analysis } from './checking.ts';
import type { Feature } from './server.ts';
import { locate, offsetOf, type Source } from './source.ts';

/** Shapes after definitions and, where that is set, after factors. */
export const inlayHints: Feature = {
  offers: () => ({ inlayHintProvider: true }),
  serve: (server) =>
    server.connection.languages.inlayHint.on(async (params, token) => {
      const analysis = await server.known(params.textDocument.uri, token);
      return analysis === null ? [] : hintsIn(analysis, server.views.of(analysis), params);
    }),
};

function hintsIn({ source, settings }: Analysis, view: DerivationView, { textDocument: { uri }, range }: InlayHintParams): InlayHint[] {
  const start = offsetOf(source, uri, range.start);
  const end = offsetOf(source, uri, range.end);
  if (start === null || end === null) return [];
  const kinds = { definitions: settings.shapeHints, factors: settings.factorHints };
  return shapeHints(view, { start, end }, kinds).flatMap((hint) => toHint(source, uri, hint));
}

/** A dimension leads to its declaration. */
function toHint(source: Source, uri: string, { offset, label, tooltip }: ShapeHint): InlayHint[] {
  const at = locate(source, { start: offset, end: offset });
  if (at?.uri !== uri) return [];
  return [
    {
      position: at.range.start,
      label: label.map(({ text, target }): InlayHintLabelPart => ({ value: text, ...locationOf(source, target) })),
      kind: InlayHintKind.Type,
      tooltip: { kind: 'markdown', value: tooltip },
      paddingLeft: label[0]?.text !== ': ',
    },
  ];
}

function locationOf(source: Source, target: Span | null): Pick<InlayHintLabelPart, 'location'> {
  const location = target === null ? null : locate(source, target);
  return location === null ? {} : { location };
}
