import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import type { Say } from '../base/say.ts';
import type { Found, FoundFix } from '../check/checked-document.ts';
import { ignoreBlock, ignoreCode, ignoreCodeInRow, ignoreFile, switchOffInSection } from '../ide/suppress.ts';
import { SEVERITY_COMMAND } from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import { type RulePage, toDiagnostic } from './diagnostics.ts';
import { offsetOf, type Source, spanOfDocument } from './source.ts';
import { workspaceEdit } from './workspace-edit.ts';

export interface QuickFixOptions {
  readonly rulePage: RulePage;
  /** Whether the client takes edits that name the version they were made for. */
  readonly versioned: boolean;
  /** Whether the client executes `SEVERITY_COMMAND`. */
  readonly setsSeverity: boolean;
  readonly say: Say;
}

/** The fixes of what was found in a range, and the ways not to be told of it. */
export function quickFixes(analysis: Analysis, params: CodeActionParams, options: QuickFixOptions): QuickFixes {
  const { only } = params.context;
  if (only !== undefined && !only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix)) return { mending: [], silencing: [] };
  const shown = foundIn(analysis, params).flatMap((found): readonly Shown[] => {
    const placed = toDiagnostic(analysis, found, options.rulePage);
    return placed === null ? [] : [{ found, uri: placed.uri, diagnostic: asShown(params.context.diagnostics, placed.diagnostic) }];
  });
  return {
    mending: shown.flatMap((one) => mending(analysis, one, options)),
    silencing: withoutRepetition(shown.flatMap((one) => silencing(analysis, one, options))),
  };
}

export interface QuickFixes {
  readonly mending: readonly CodeAction[];
  readonly silencing: readonly CodeAction[];
}

/** Something that was found, and the diagnostic that the client shows of it. */
interface Shown {
  readonly found: Found;
  readonly uri: string;
  readonly diagnostic: Diagnostic;
}

function mending({ source }: Analysis, { found: { fixes }, diagnostic }: Shown, options: QuickFixOptions): readonly CodeAction[] {
  return fixes.map((fix) => action(source, fix, diagnostic, fixes.length === 1, options));
}

function silencing(analysis: Analysis, { found, uri, diagnostic }: Shown, options: QuickFixOptions): readonly CodeAction[] {
  const edits = suppressions(analysis, found, uri, options.say).map((fix) => action(analysis.source, fix, diagnostic, false, options));
  return options.setsSeverity ? [...edits, switchOffInWorkspace(found.code, uri, diagnostic, options.say)] : edits;
}

/** Two mistakes of a block have the same ways not to be told of them. */
function withoutRepetition(actions: readonly CodeAction[]): readonly CodeAction[] {
  return [...new Map(actions.map((one) => [JSON.stringify([one.title, one.edit]), one])).values()];
}

/** Whether something in a range is wrong without a fix, and repairs were not looked for. */
export function lacksFix(analysis: Analysis, params: CodeActionParams): boolean {
  return (
    !analysis.depth.repair &&
    foundIn(analysis, params).some(({ severity, fixes }) => fixes.length === 0 && (severity === 'error' || severity === 'warning'))
  );
}

function foundIn({ source, checked }: Analysis, { textDocument, range }: CodeActionParams): readonly Found[] {
  const start = offsetOf(source, textDocument.uri, range.start);
  const end = offsetOf(source, textDocument.uri, range.end);
  if (start === null || end === null) return [];
  return checked.diagnostics.filter(({ span }) => span.start <= end && start <= span.end);
}

/** The client's own copy, so that it knows which of its diagnostics an action mends. */
function asShown(shown: readonly Diagnostic[], made: Diagnostic): Diagnostic {
  return shown.find(({ code, message }) => code === made.code && message === made.message) ?? made;
}

/** From the smallest to the largest. */
function suppressions({ source, checked }: Analysis, { span, code }: Found, uri: string, say: Say): readonly FoundFix[] {
  const within = spanOfDocument(source, uri);
  if (within === null) return [];
  const { text, surface } = source;
  const inRow = ignoreCodeInRow(say, text, span.start, code, surface);
  return [
    ...(inRow === null ? [] : [inRow]),
    ignoreCode(say, text, span.start, code, surface, within.start),
    ignoreBlock(say, text, span.start, surface, within.start),
    switchOffInSection(say, checked, surface, span.start, code),
    ignoreFile(say, text, surface, within.start),
  ];
}

/** The person's settings are the client's to change. */
function switchOffInWorkspace(code: string, uri: string, diagnostic: Diagnostic, say: Say): CodeAction {
  const title = say('Switch off `{0}` in this workspace', code);
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: SEVERITY_COMMAND, arguments: [{ uri, code, severity: 'off' }] },
  };
}

function action(
  source: Source,
  { title, edits }: FoundFix,
  diagnostic: Diagnostic,
  isPreferred: boolean,
  { versioned }: QuickFixOptions,
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: workspaceEdit(source, edits, versioned),
    ...(isPreferred ? { isPreferred } : {}),
  };
}
