import { type CodeAction, CodeActionKind, type CodeActionParams, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { told } from '../base/say.ts';
import type { Surface } from '../check/check-document.ts';
import { saysTheSame, type Target, transcriptions } from '../ide/transcribe.ts';
import { OPEN_COMMAND } from '../protocol/lsp.ts';
import type { Analysis } from './checking.ts';
import { freeFile } from './free-file.ts';
import type { StopSignal } from './host.ts';
import { type Abilities, type Tools, wantsChanges } from './refactorings.ts';
import type { Server } from './server.ts';

/** What is left to find out of an action when a person chose it. */
interface Unresolved {
  readonly uri: string;
  readonly target: Target;
}

const TARGETS: Readonly<Record<Surface, Target>> = { plain: 'latex', latex: 'plain', markdown: 'plain', notebook: 'plain' };

const ENDINGS: Readonly<Record<Target, string>> = { plain: 'deriv', latex: 'tex' };

const TITLES: Readonly<Record<Target, string>> = {
  plain: told('Write this derivation in plain notation ({0})'),
  latex: told('Write this derivation in LaTeX ({0})'),
};

const REFUSALS: Readonly<Record<Target, string>> = {
  plain: told('Written in plain notation, this derivation would not say the same: something in it has no form there.'),
  latex: told('Written in LaTeX, this derivation would not say the same: something in it has no form there.'),
};

/** The derivation as a file of another surface, beside its own. */
export async function transcriptionActions(
  server: Server,
  analysis: Analysis,
  params: CodeActionParams,
  abilities: Abilities,
  stop: StopSignal,
): Promise<readonly CodeAction[]> {
  const { uri, surface } = analysis.source;
  const target = TARGETS[surface];
  const beside = fileFor(uri, target);
  if (!wantsChanges(params) || !abilities.createsFiles || beside === null || analysis.checked.equations.length === 0) return [];
  const file = await freeFile(server, beside);
  const action: CodeAction = {
    title: server.views.say(TITLES[target], decodeURIComponent(file.slice(file.lastIndexOf('/') + 1))),
    kind: CodeActionKind.RefactorRewrite,
  };
  if (abilities.resolvesEdits) return [{ ...action, data: { uri, target } satisfies Unresolved }];
  const resolved = await withFile(server, analysis, action, { target, file }, abilities, stop);
  return resolved === null ? [] : [resolved];
}

/** The edit of an action that a person chose; an error with the reason where there is none. */
export async function resolveTranscription(
  server: Server,
  action: CodeAction,
  abilities: Abilities,
  stop: StopSignal,
): Promise<CodeAction> {
  const data = readData(action.data);
  const analysis = data === null ? null : await server.checking.known(data.uri);
  const beside = data === null ? null : fileFor(data.uri, data.target);
  if (data === null || analysis === null || beside === null) return action;
  const file = await freeFile(server, beside);
  const resolved = await withFile(server, analysis, action, { target: data.target, file }, abilities, stop);
  if (resolved === null) throw new ResponseError(LSPErrorCodes.RequestFailed, server.views.say(REFUSALS[data.target]));
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
  { target, file }: { readonly target: Target; readonly file: string },
  { opensFiles }: Abilities,
  stop: StopSignal,
): Promise<CodeAction | null> {
  const before = await checking.examined(analysis.source.uri, { verify: true, repair: false });
  if (before === null) return null;
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
