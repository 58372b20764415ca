import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CompletionItem,
  CompletionItemKind,
  type Connection,
  type Position,
} from 'vscode-languageserver';
import type { FoundFix } from '../check/checked-document.ts';
import { completeDerivative, derivativeAt, insertDerivative, replaceByDerivative, showSteps } from '../ide/derive.ts';
import { type ClaimPlace, STEPS, STEPS_COMMAND, type StepsParams, type StepsResult } from '../protocol/lsp.ts';
import type { Asking } from './asking.ts';
import { workspaceEdit } from './code-actions.ts';
import type { Point } from './navigation.ts';
import { locate, offsetOf } from './source.ts';

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
        ({ title, edits }): CodeAction => ({
          title,
          kind: CodeActionKind.QuickFix,
          edit: workspaceEdit(analysis.source, edits, versioned),
        }),
      )
    : [];
  const steps = showsSteps && wants(SHOW_STEPS) ? stepsAction(point, uri, range.start) : [];
  return [...actions, ...steps];
}

function fixesAt({ analysis, offset, views }: Point): readonly FoundFix[] {
  const view = views.of(analysis);
  const { surface } = analysis.source;
  const fixes = [
    insertDerivative(view, surface, offset, (edits) => views.after(analysis, edits)),
    replaceByDerivative(analysis.checked, view, surface, offset),
  ];
  return fixes.filter((fix) => fix !== null);
}

function stepsAction({ analysis, offset, views }: Point, uri: string, position: Position): CodeAction[] {
  if (derivativeAt(views.of(analysis), offset) === null) return [];
  const place: ClaimPlace = { uri, position };
  return [
    {
      title: 'Show the steps to this derivative',
      kind: SHOW_STEPS,
      command: { title: 'Show Steps', command: STEPS_COMMAND, arguments: [place] },
    },
  ];
}

/** The derivative as something to be typed behind `dL/dx =`. */
export function derivativeCompletions({ analysis, offset, views }: Point): CompletionItem[] {
  const { source } = analysis;
  const view = views.of(analysis);
  const found = completeDerivative(view, source.surface, offset, (edits) => views.after(analysis, edits));
  const at = found === null ? null : locate(source, { start: offset, end: offset });
  if (found === null || at === null) return [];
  const gap = view.text[offset - 1] === '=' ? ' ' : '';
  return [
    {
      label: found,
      kind: CompletionItemKind.Snippet,
      detail: 'the derivative',
      sortText: ' ',
      preselect: true,
      textEdit: { range: at.range, newText: gap + found },
    },
  ];
}

/** Answers with the derivation of a derivative. */
export function serveSteps(connection: Connection, { known, views }: Asking): void {
  connection.onRequest(STEPS, async ({ textDocument: { uri }, position }: StepsParams, token): Promise<StepsResult> => {
    const analysis = await known(uri, token);
    const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
    const steps = analysis === null || offset === null ? null : showSteps(views.of(analysis), offset);
    if (steps === null) return { text: null, reason: 'there is no derivative here' };
    return 'text' in steps ? { text: steps.text, reason: '' } : { text: null, reason: steps.reason };
  });
}
