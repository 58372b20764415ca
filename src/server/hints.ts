import { type CodeLens, type InlayHint, InlayHintKind, type InlayHintParams } from 'vscode-languageserver';
import { claimLenses } from '../ide/code-lenses.ts';
import { shapeHints } from '../ide/inlay-hints.ts';
import { type ClaimPlace, VERIFY_COMMAND } from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import { locate, offsetOf } from './source.ts';

/** Shapes after definitions. */
export function inlayHints({ source, checked, settings }: Analysis, { textDocument, range }: InlayHintParams): InlayHint[] {
  const start = offsetOf(source, textDocument.uri, range.start);
  const end = offsetOf(source, textDocument.uri, range.end);
  if (start === null || end === null || !settings.shapeHints) return [];
  return shapeHints(checked, { start, end }).flatMap(({ offset, label, tooltip }) => {
    const at = locate(source, { start: offset, end: offset });
    return at?.uri !== textDocument.uri ? [] : [{ position: at.range.start, label, kind: InlayHintKind.Type, tooltip: { kind: 'markdown', value: tooltip } }];
  });
}

/** Above claims, with the command that shows them where the client has it. */
export function codeLenses({ source, checked, settings }: Analysis, uri: string, canVerify: boolean): CodeLens[] {
  if (!settings.codeLens) return [];
  return claimLenses(checked).flatMap(({ span, title }) => {
    const at = locate(source, span);
    if (at?.uri !== uri) return [];
    const place: ClaimPlace = { uri, position: at.range.start };
    return [{ range: at.range, command: canVerify ? { title, command: VERIFY_COMMAND, arguments: [place] } : { title, command: '' } }];
  });
}
