import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { Surface } from '../check/check-document.ts';
import { convertLayout } from '../ide/convert-layout.ts';
import { declareSymbols } from '../ide/declare-symbols.ts';
import { insertShapeLine } from '../ide/insert-shape-line.ts';
import { type Refactoring, areVerified, isAsRight } from '../ide/refactoring.ts';
import { type Target, saysTheSame, transcriptions } from '../ide/transcribe.ts';
import { OPEN_COMMAND } from '../protocol/lsp.ts';
import type { Analysis, Checking } from './checking.ts';
import { workspaceEdit } from './code-actions.ts';
import { type StopSignal, stopSource } from './host.ts';
import { offsetOf } from './source.ts';
import type { Views } from './views.ts';

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

interface Tools {
  readonly checking: Checking;
  readonly views: Views;
}

/** What is left to find out of an action when a person chose it. */
interface Unresolved {
  readonly uri: string;
  readonly target: Target;
}

/** A menu waits no longer for the numbers of a change. */
const PATIENCE = 4000;

/** The changes a person may want at a place: asked for by the person, not by every move of the cursor. */
export async function refactorings(
  tools: Tools,
  analysis: Analysis,
  params: CodeActionParams,
  abilities: Abilities,
  stop: StopSignal,
): Promise<CodeAction[]> {
  const { only, triggerKind } = params.context;
  const isWanted =
    only === undefined
      ? triggerKind !== CodeActionTriggerKind.Automatic
      : only.some((kind) => kind === '' || REFACTORING_KINDS.some((own) => own === kind || own.startsWith(`${kind}.`)));
  const offset = isWanted ? offsetOf(analysis.source, params.textDocument.uri, params.range.start) : null;
  if (offset === null) return [];
  const changes = await proven(tools, analysis, proposed(tools, analysis, offset), limited(stop));
  const edits = changes.map(
    ({ title, edits: own }): CodeAction => ({
      title,
      kind: CodeActionKind.RefactorRewrite,
      edit: workspaceEdit(analysis.source, own, abilities.versionedEdits),
    }),
  );
  return [...edits, ...(await transcribed(tools, analysis, abilities, stop))];
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
    declareSymbols(view, surface, (edits) => checking.shapesAfter(analysis, edits)),
    convertLayout(checked, surface, view, offset),
  ];
  return found.filter((one) => one !== null);
}

/** Those after which the text is as right as before. */
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

// ---- into another surface

const TARGETS: Readonly<Record<Surface, Target>> = { plain: 'latex', latex: 'plain', markdown: 'plain', notebook: 'plain' };

const ENDINGS: Readonly<Record<Target, string>> = { plain: 'deriv', latex: 'tex' };

const TITLES: Readonly<Record<Target, string>> = {
  plain: 'Write this derivation in plain notation',
  latex: 'Write this derivation in LaTeX',
};

/** The derivation as a file of another surface, beside its own. */
async function transcribed(tools: Tools, analysis: Analysis, abilities: Abilities, stop: StopSignal): Promise<readonly CodeAction[]> {
  const { uri, surface } = analysis.source;
  const target = TARGETS[surface];
  const file = fileFor(uri, target);
  if (!abilities.createsFiles || file === null || analysis.checked.equations.length === 0) return [];
  const action: CodeAction = {
    title: `${TITLES[target]} (${decodeURIComponent(file.slice(file.lastIndexOf('/') + 1))})`,
    kind: CodeActionKind.RefactorRewrite,
  };
  if (abilities.resolvesEdits) return [{ ...action, data: { uri, target } satisfies Unresolved }];
  const resolved = await withFile(tools, analysis, action, target, abilities, stop);
  return resolved === null ? [] : [resolved];
}

/** The edit of an action that a person chose; an error with the reason where there is none. */
export async function resolveRefactoring(tools: Tools, action: CodeAction, abilities: Abilities, stop: StopSignal): Promise<CodeAction> {
  const data = readData(action.data);
  const analysis = data === null ? null : await tools.checking.known(data.uri);
  if (data === null || analysis === null) return action;
  const resolved = await withFile(tools, analysis, action, data.target, abilities, stop);
  if (resolved === null)
    throw new ResponseError(
      LSPErrorCodes.RequestFailed,
      `Written in ${data.target === 'plain' ? 'plain notation' : 'LaTeX'}, this derivation would not say the same: something in it has no form there.`,
    );
  return resolved;
}

function readData(data: unknown): Unresolved | null {
  if (typeof data !== 'object' || data === null) return null;
  const { uri, target } = data as Readonly<Record<string, unknown>>;
  return typeof uri === 'string' && (target === 'plain' || target === 'latex') ? { uri, target } : null;
}

async function withFile(
  { checking, views }: Tools,
  analysis: Analysis,
  action: CodeAction,
  target: Target,
  { opensFiles }: Abilities,
  stop: StopSignal,
): Promise<CodeAction | null> {
  const file = fileFor(analysis.source.uri, target);
  const before = await checking.examined(analysis.source.uri, { verify: true, repair: false });
  if (file === null || before === null) return null;
  for (const text of transcriptions(views.of(analysis), target)) {
    const after = await checking.verifiedText(analysis, text, target, stop);
    if (after === null || !saysTheSame(before.checked, after)) continue;
    const start = { line: 0, character: 0 };
    const edit = {
      documentChanges: [
        { kind: 'create' as const, uri: file },
        { textDocument: { uri: file, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
      ],
    };
    return { ...action, edit, ...(opensFiles ? { command: { title: action.title, command: OPEN_COMMAND, arguments: [file] } } : {}) };
  }
  return null;
}

/** A text that was never saved has no place beside it. */
function fileFor(uri: string, target: Target): string | null {
  return /^[a-z][\w+.-]*:\/\/.*\/[^/]+\.\w+$/i.test(uri) ? uri.replace(/\.\w+$/, `.${ENDINGS[target]}`) : null;
}
