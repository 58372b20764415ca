import { type CodeAction, CodeActionKind, type CodeActionParams, CodeActionTriggerKind } from 'vscode-languageserver';
import { convertLayout } from '../ide/convert-layout.ts';
import { declareSymbols } from '../ide/declare-symbols.ts';
import { insertShapeLine } from '../ide/insert-shape-line.ts';
import { areVerified, isAsRight, type Refactoring } from '../ide/refactoring.ts';
import type { Analysis, Checking } from './checking.ts';
import { type StopSignal, stopSource } from './host.ts';
import { offsetOf } from './source.ts';
import type { Views } from './views.ts';
import { workspaceEdit } from './workspace-edit.ts';

export const REFACTORING_KINDS: readonly string[] = [CodeActionKind.RefactorRewrite];

/** What a client can do with a change. */
export interface Abilities {
  readonly versionedEdits: boolean;
  /** An edit may make a file. */
  readonly createsFiles: boolean;
  /** It asks for the edit of an action only when a person chose it. */
  readonly resolvesEdits: boolean;
  /** It executes `OPEN_COMMAND`. */
  readonly opensFiles: boolean;
}

export interface Tools {
  readonly checking: Checking;
  readonly views: Views;
}

/** A menu waits no longer for the numbers of a change. */
const PATIENCE = 4000;

/** The changes a person may want at a place, after which the text is as right as before. */
export async function refactorings(
  tools: Tools,
  analysis: Analysis,
  params: CodeActionParams,
  abilities: Abilities,
  stop: StopSignal,
): Promise<CodeAction[]> {
  const offset = wantsChanges(params) ? offsetOf(analysis.source, params.textDocument.uri, params.range.start) : null;
  if (offset === null) return [];
  const changes = await proven(tools, analysis, proposed(tools, analysis, offset), limited(stop));
  return changes.map(
    ({ title, edits: own }): CodeAction => ({
      title,
      kind: CodeActionKind.RefactorRewrite,
      edit: workspaceEdit(analysis.source, own, abilities.versionedEdits),
    }),
  );
}

/** A person asked for changes; a move of the cursor does not. */
export function wantsChanges({ context: { only, triggerKind } }: CodeActionParams): boolean {
  return only === undefined
    ? triggerKind !== CodeActionTriggerKind.Automatic
    : only.some((kind) => kind === '' || REFACTORING_KINDS.some((own) => own === kind || own.startsWith(`${kind}.`)));
}

function limited(outer: StopSignal): StopSignal {
  const { signal, stop } = stopSource();
  const timer = setTimeout(stop, PATIENCE);
  signal.onStop(() => clearTimeout(timer));
  outer.onStop(stop);
  return signal;
}

function proposed({ checking, views }: Tools, analysis: Analysis, offset: number): readonly Refactoring[] {
  const {
    checked,
    source: { surface },
  } = analysis;
  const view = views.of(analysis);
  const found = [
    insertShapeLine(view, offset),
    declareSymbols(
      view,
      surface,
      (edits) => checking.shapesAfter(analysis, edits),
      (edits) => views.after(analysis, edits),
    ),
    convertLayout(checked, surface, view, offset),
  ];
  return found.filter((one) => one !== null);
}

async function proven(
  { checking }: Tools,
  analysis: Analysis,
  changes: readonly Refactoring[],
  stop: StopSignal,
): Promise<readonly Refactoring[]> {
  const kept: Refactoring[] = [];
  for (const change of changes) if (await isProven(checking, analysis, change, stop)) kept.push(change);
  return kept;
}

async function isProven(checking: Checking, analysis: Analysis, { proof, edits }: Refactoring, stop: StopSignal): Promise<boolean> {
  if (proof === 'shapes') return isAsRight(checking.shapesAfter(analysis, []), checking.shapesAfter(analysis, edits));
  const before = await checking.examined(analysis.source.uri, { verify: true, repair: false });
  if (before === null || !areVerified(before.checked, edits)) return false;
  const after = await checking.verifiedAfter(analysis, edits, stop);
  return after !== null && isAsRight(before.checked, after);
}
