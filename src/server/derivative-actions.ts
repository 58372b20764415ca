import { type CodeAction, CodeActionKind, type CodeActionParams, type Position } from 'vscode-languageserver';
import type { FoundFix } from '../check/checked-document.ts';
import { derivativeToShow, insertDerivative, replaceByDerivative } from '../ide/derive.ts';
import { type ClaimPlace, STEPS_COMMAND } from '../protocol/lsp.ts';
import type { Point } from './server.ts';
import { workspaceEdit } from './workspace-edit.ts';

/** The kind of what shows something and changes nothing. */
export const SHOW_STEPS = `${CodeActionKind.Refactor}.steps`;

export interface DerivativeOptions {
  readonly versioned: boolean;
  /** Whether the client executes `STEPS_COMMAND`. */
  readonly showsSteps: boolean;
}

/** What can be done about the derivative at the start of a range: put it in, put it right, show where it comes from. */
export function derivativeActions(
  point: Point,
  { textDocument: { uri }, range, context: { only } }: CodeActionParams,
  { versioned, showsSteps }: DerivativeOptions,
): CodeAction[] {
  const wants = (kind: string) => only === undefined || only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
  const { analysis } = point;
  const actions = wants(CodeActionKind.QuickFix)
    ? fixesAt(point).map(
        ({ title, edits, isPreferred }): CodeAction => ({
          title,
          kind: CodeActionKind.QuickFix,
          edit: workspaceEdit(analysis.source, edits, versioned),
          ...(isPreferred ? { isPreferred } : {}),
        }),
      )
    : [];
  const steps = showsSteps && wants(SHOW_STEPS) ? stepsAction(point, uri, range.start) : [];
  return [...actions, ...steps];
}

/** What completes a formula is preferred: an editor lists it before the ways not to be told that something is missing. */
function fixesAt({ analysis, offset, views }: Point): readonly (FoundFix & { readonly isPreferred: boolean })[] {
  const view = views.of(analysis);
  const { surface } = analysis.source;
  const inserted = insertDerivative(view, surface, offset, (edits) => views.after(analysis, edits));
  const replaced = replaceByDerivative(analysis.checked, view, surface, offset);
  return [
    ...(inserted === null ? [] : [{ ...inserted, isPreferred: true }]),
    ...(replaced === null ? [] : [{ ...replaced, isPreferred: false }]),
  ];
}

function stepsAction({ analysis, offset, views }: Point, uri: string, position: Position): CodeAction[] {
  if (derivativeToShow(views.of(analysis), offset) === null) return [];
  const place: ClaimPlace = { uri, position };
  return [
    {
      title: views.say('Show the steps to this derivative'),
      kind: SHOW_STEPS,
      command: { title: views.say('Show steps'), command: STEPS_COMMAND, arguments: [place] },
    },
  ];
}
