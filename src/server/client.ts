import { type ClientCapabilities, type InitializeParams, MarkupKind } from 'vscode-languageserver';
import type { Texts } from '../base/say.ts';
import type { ClientOptions } from '../protocol/lsp.ts';
import { INVALID, type Reader, record, string } from '../protocol/read.ts';
import { negotiate, type PositionEncoding } from './encoding.ts';

/** What the client said it can do, as far as it matters here. */
export interface Client {
  readonly options: ClientOptions;
  readonly encoding: PositionEncoding;
  /** Its language, as in `de` or `pt-br`. */
  readonly locale: string | undefined;
  /** It asks for diagnostics, instead of being sent them. */
  readonly pullsDiagnostics: boolean;
  /** It can be told to ask again. */
  readonly refreshes: { readonly diagnostics: boolean; readonly codeLens: boolean; readonly inlayHint: boolean };
  readonly answersSettings: boolean;
  readonly watchesSettings: boolean;
  readonly watchesFiles: boolean;
  readonly changesFolders: boolean;
  /** Its edits name the version they were made for. */
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly resolvesEdits: boolean;
  readonly showsMarkdown: boolean;
  readonly takesSnippets: boolean;
  /** It shows something behind the label of a suggestion. */
  readonly showsLabelDetails: boolean;
  /** It takes a formatter for some documents only. */
  readonly registersFormatting: boolean;
}

type About = Pick<InitializeParams, 'capabilities' | 'initializationOptions' | 'locale'>;

/** Who it is before it has said anything. */
export const UNKNOWN_CLIENT: Client = clientOf({ capabilities: {} });

/** Reads what a client says at the start. What it does not mention it cannot do. */
export function clientOf({ capabilities, initializationOptions, locale }: About): Client {
  return {
    options: readOptions(initializationOptions),
    encoding: negotiate(capabilities.general?.positionEncodings),
    locale,
    ...workspaceAbilities(capabilities),
    ...editAbilities(capabilities),
    ...textAbilities(capabilities),
  };
}

function workspaceAbilities({ workspace }: ClientCapabilities) {
  return {
    refreshes: {
      diagnostics: workspace?.diagnostics?.refreshSupport === true,
      codeLens: workspace?.codeLens?.refreshSupport === true,
      inlayHint: workspace?.inlayHint?.refreshSupport === true,
    },
    answersSettings: workspace?.configuration === true,
    watchesSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
  };
}

function editAbilities({ workspace, textDocument }: ClientCapabilities) {
  const versionedEdits = workspace?.workspaceEdit?.documentChanges === true;
  const action = textDocument?.codeAction;
  return {
    versionedEdits,
    createsFiles: versionedEdits && workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    resolvesEdits: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
  };
}

function textAbilities({ textDocument }: ClientCapabilities) {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    showsMarkdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) !== false,
    takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    showsLabelDetails: textDocument?.completion?.completionItem?.labelDetailsSupport === true,
    registersFormatting:
      textDocument?.formatting?.dynamicRegistration === true && textDocument.rangeFormatting?.dynamicRegistration === true,
  };
}

const readTexts: Reader<Texts> = record(string);

function readOptions(given: unknown): ClientOptions {
  if (typeof given !== 'object' || given === null) return {};
  const { verifyCommand, stepsCommand, severityCommand, formulas, files, rulePage, texts } = given as Readonly<Record<string, unknown>>;
  const own = readTexts(texts);
  return {
    verifyCommand: verifyCommand === true,
    stepsCommand: stepsCommand === true,
    severityCommand: severityCommand === true,
    formulas: formulas === true,
    files: files === true,
    ...(typeof rulePage === 'string' ? { rulePage } : {}),
    ...(own === INVALID ? {} : { texts: own }),
  };
}
