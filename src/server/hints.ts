import { type CodeLens, type InlayHint, InlayHintKind, type InlayHintParams } from 'vscode-languageserver';
import { claimLenses } from '../ide/code-lenses.ts';
import { shapeHints } from '../ide/inlay-hints.ts';
import { type ClaimPlace, STEPS_COMMAND, VERIFY_COMMAND } from '../protocol/lsp.ts';
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

/** What a client executes when a lens is clicked. */
export interface LensCommands {
  readonly verify: boolean;
  readonly steps: boolean;
}

/** Above claims, with the commands that the client has; one that only opens something is left out where it has none. */
export function codeLenses({ source, checked, settings }: Analysis, uri: string, { verify, steps }: LensCommands): CodeLens[] {
  if (!settings.codeLens) return [];
  return claimLenses(checked).flatMap(({ span, title, opens }) => {
    const at = locate(source, span);
    if (at?.uri !== uri || (opens === 'steps' && !steps)) return [];
    const place: ClaimPlace = { uri, position: at.range.start };
    const command = opens === 'steps' ? STEPS_COMMAND : verify ? VERIFY_COMMAND : null;
    return [{ range: at.range, command: command === null ? { title, command: '' } : { title, command, arguments: [place] } }];
  });
}
