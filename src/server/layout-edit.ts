import { setLayout } from '../ide/set-layout.ts';
import { LAYOUT_EDIT, type LayoutEditParams, type LayoutEditResult } from '../protocol/lsp.ts';
import type { Feature, Point } from './server.ts';
import { locate, versionOf } from './source.ts';

/** Answers with the edit that makes a section's layout the chosen one. */
export const layoutEdit: Feature = {
  serve: (server) =>
    server.connection.onRequest(LAYOUT_EDIT, async ({ textDocument: { uri }, position, layout }: LayoutEditParams, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? { version: 0, edits: [] } : editAt(point, uri, layout);
    }),
};

function editAt({ analysis: { source, checked }, offset }: Point, uri: string, layout: LayoutEditParams['layout']): LayoutEditResult {
  const { span, newText } = setLayout(checked, source.surface, offset, layout);
  const at = locate(source, span);
  return { version: versionOf(source, uri), edits: at?.uri === uri ? [{ range: at.range, newText }] : [] };
}
