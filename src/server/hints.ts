import { type CodeLens, type InlayHint, InlayHintKind, type InlayHintLabelPart, type InlayHintParams } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { claimLenses } from '../ide/code-lenses.ts';
import type { DerivationView } from '../ide/derivation-view.ts';
import { shapeHints } from '../ide/inlay-hints.ts';
import { type ClaimPlace, STEPS_COMMAND, VERIFY_COMMAND } from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import { type Source, locate, offsetOf } from './source.ts';

/** Shapes after definitions and, where that is set, after factors; a dimension leads to its declaration. */
export function inlayHints({ source, settings }: Analysis, view: DerivationView, { textDocument, range }: InlayHintParams): InlayHint[] {
  const start = offsetOf(source, textDocument.uri, range.start);
  const end = offsetOf(source, textDocument.uri, range.end);
  if (start === null || end === null) return [];
  const kinds = { definitions: settings.shapeHints, factors: settings.factorHints };
  return shapeHints(view, { start, end }, kinds).flatMap(({ offset, label, tooltip }) => {
    const at = locate(source, { start: offset, end: offset });
    if (at?.uri !== textDocument.uri) return [];
    const parts = label.map(({ text, target }): InlayHintLabelPart => ({ value: text, ...locationOf(source, target) }));
    return [
      {
        position: at.range.start,
        label: parts,
        kind: InlayHintKind.Type,
        tooltip: { kind: 'markdown', value: tooltip },
        paddingLeft: label[0]?.text !== ': ',
      },
    ];
  });
}

function locationOf(source: Source, target: Span | null): Pick<InlayHintLabelPart, 'location'> {
  const location = target === null ? null : locate(source, target);
  return location === null ? {} : { location };
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
