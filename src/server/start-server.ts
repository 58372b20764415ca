import {
  type CancellationToken,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { ABBREVIATIONS, ABBREVIATION_ENDS } from '../ide/abbreviations.ts';
import { claimAt } from '../ide/claims.ts';
import { setLayout } from '../ide/set-layout.ts';
import {
  CLAIMS,
  type ClaimsParams,
  type ClaimsResult,
  type ClientOptions,
  LAYOUT_EDIT,
  type ServerAbilities,
  type LayoutEditParams,
  type LayoutEditResult,
  VERIFY_CLAIM,
  type VerifyClaimParams,
  type VerifyClaimResult,
} from '../protocol/lsp.ts';
import type { Position } from '../protocol/report.ts';
import { serveRefusals } from './admission.ts';
import type { Asking } from './asking.ts';
import { serveCallHierarchy } from './call-hierarchy.ts';
import { type Analysis, Checking } from './checking.ts';
import { listClaims, showClaim } from './claims.ts';
import { codeActions, lacksFix } from './code-actions.ts';
import { diagnosticsByDocument } from './diagnostics.ts';
import { SHOW_STEPS, derivativeActions, derivativeCompletions, serveSteps } from './derivatives.ts';
import { negotiate } from './encoding.ts';
import { serveFileClaims } from './file-claims.ts';
import { registerFormatting, serveAbbreviations, serveFormatting } from './formatting.ts';
import { codeLenses, inlayHints } from './hints.ts';
import type { Host } from './host.ts';
import { serveHover } from './hover.ts';
import { type Point, completions, definition, highlights, prepareRename, references, renameSymbol } from './navigation.ts';
import { answerPanel } from './panel-requests.ts';
import { Publisher } from './publisher.ts';
import { type Abilities, REFACTORING_KINDS, refactorings, resolveRefactoring } from './refactorings.ts';
import { stopWith } from './stop-with.ts';
import { LEGEND, serveSemanticTokens } from './semantic-tokens.ts';
import { SettingsStore } from './settings-store.ts';
import { serveSignatureHelp } from './signature-help.ts';
import { locate, offsetOf, versionOf } from './source.ts';
import { Sources } from './sources.ts';
import { serveStructure } from './structure.ts';
import { documentSymbols, foldingRanges } from './symbols.ts';
import { Views } from './views.ts';
import { serveWorkspaceSymbols } from './workspace-symbols.ts';

/** What the client said it can do, as far as it matters here. */
interface Client {
  readonly options: ClientOptions;
  readonly versionedEdits: boolean;
  readonly watchesSettings: boolean;
  readonly watchesFiles: boolean;
  readonly changesFolders: boolean;
  readonly createsFiles: boolean;
  readonly resolvesEdits: boolean;
  readonly showsMarkdown: boolean;
  readonly takesSnippets: boolean;
  /** It takes a formatter for some documents only. */
  readonly registersFormatting: boolean;
}

/** Serves one client over a connection, until it ends. */
export function startServer(connection: Connection, host: Host): void {
  const sources = new Sources(connection);
  const settings = new SettingsStore(connection);
  const checking = new Checking(sources, settings, host);
  const views = new Views(host);
  let client: Client = {
    options: {},
    versionedEdits: false,
    watchesSettings: false,
    watchesFiles: false,
    changesFolders: false,
    createsFiles: false,
    resolvesEdits: false,
    showsMarkdown: true,
    takesSnippets: false,
    registersFormatting: false,
  };
  const rulePage = (code: string) => client.options.rulePage?.replace('{code}', code) ?? host.rulePage?.(code);
  const publisher = new Publisher(connection, checking, rulePage);

  connection.onInitialize((params) => {
    const {
      capabilities: { workspace, textDocument, general },
    } = params;
    client = {
      options: readOptions(params.initializationOptions),
      versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
      watchesSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
      watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      changesFolders: workspace?.workspaceFolders === true,
      createsFiles:
        workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.resourceOperations?.includes('create') === true,
      resolvesEdits:
        textDocument?.codeAction?.dataSupport === true && textDocument.codeAction.resolveSupport?.properties.includes('edit') === true,
      showsMarkdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) !== false,
      takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
      registersFormatting:
        textDocument?.formatting?.dynamicRegistration === true && textDocument.rangeFormatting?.dynamicRegistration === true,
    };
    sources.encoding = negotiate(general?.positionEncodings);
    settings.usePull(workspace?.configuration === true);
    settings.give(params.initializationOptions);
    checking.folders = foldersOf(params);
    views.folders = checking.folders;
    publisher.delivery =
      textDocument?.diagnostic === undefined
        ? { kind: 'push' }
        : { kind: 'pull', canRefresh: workspace?.diagnostics?.refreshSupport === true };
    publisher.refreshes = {
      codeLens: workspace?.codeLens?.refreshSupport === true,
      inlayHint: workspace?.inlayHint?.refreshSupport === true,
    };
    return answer({ positionEncoding: sources.encoding, pulls: publisher.delivery.kind === 'pull', formats: !client.registersFormatting });
  });

  connection.onInitialized(() => {
    if (client.changesFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        checking.folders = [...checking.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
        views.folders = checking.folders;
      });
    if (client.registersFormatting) registerFormatting(connection);
    if (client.watchesFiles)
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*.{tex,ltx,sty}' }] });
    if (client.watchesSettings) void connection.client.register(DidChangeConfigurationNotification.type, { section: 'chainrule' });
  });

  connection.onDidChangeConfiguration(({ settings: given }: { readonly settings: unknown }) => {
    settings.give(given);
    settings.refresh();
    for (const uri of sources.all()) publisher.changed(uri);
    if (publisher.delivery.kind === 'pull' && publisher.delivery.canRefresh) void connection.languages.diagnostics.refresh();
    if (publisher.refreshes.inlayHint) void connection.languages.inlayHint.refresh();
  });

  // What a LaTeX document inputs may be what changed; which files that are, only reading it again tells.
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.length > 0) sources.reread('latex');
  });

  sources.on({
    changed: (uri) => publisher.changed(uri),
    saved: (uri) => publisher.saved(uri),
    closed: (uri) => {
      publisher.closed(uri);
      settings.forget(uri);
    },
  });

  connection.onShutdown(() => {
    publisher.dispose();
    host.verifier.dispose();
  });

  // ---- questions

  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token): Promise<DocumentDiagnosticReport> => {
    const analysis = await diagnosticAnalysis(uri);
    stopIfCancelled(token);
    if (analysis === null) return { kind: 'full', items: [] };
    if (previousResultId === analysis.id) return { kind: 'unchanged', resultId: analysis.id };
    return { kind: 'full', resultId: analysis.id, items: [...(diagnosticsByDocument(analysis, rulePage).get(uri) ?? [])] };
  });

  /** A client that cannot be told to ask again is answered when everything is known. */
  async function diagnosticAnalysis(uri: string): Promise<Analysis | null> {
    const known = await checking.known(uri);
    const waits = publisher.delivery.kind === 'pull' && !publisher.delivery.canRefresh && known?.settings.verify === 'change';
    if (!waits) return known;
    const verified = await checking.examined(uri, { verify: true, repair: true });
    if (verified === null)
      throw new ResponseError(LSPErrorCodes.ServerCancelled, 'The document changed meanwhile.', { retriggerRequest: true });
    return verified;
  }

  /** What is known around a position; null outside of what is open. */
  async function pointAt(uri: string, position: Position, token: CancellationToken): Promise<Point | null> {
    const analysis = await checking.known(uri);
    stopIfCancelled(token);
    const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
    return analysis === null || offset === null ? null : { analysis, offset, views };
  }

  const known = async (uri: string, token: CancellationToken): Promise<Analysis | null> => {
    const analysis = await checking.known(uri);
    stopIfCancelled(token);
    return analysis;
  };

  serveRefusals(connection);
  const asking: Asking = { known, pointAt, views };
  serveHover(connection, asking, () => ({ drawsFormulas: client.options.formulas === true, markdown: client.showsMarkdown }));
  serveSteps(connection, asking);
  serveSemanticTokens(connection, asking);
  serveStructure(connection, asking, host);
  serveFormatting(connection, asking);
  serveAbbreviations(connection, asking);
  serveSignatureHelp(connection, asking);
  serveCallHierarchy(connection, asking);
  serveWorkspaceSymbols(connection, asking, sources, host);
  serveFileClaims(connection, checking);

  connection.onDefinition(async ({ textDocument: { uri }, position }, token) => {
    const point = await pointAt(uri, position, token);
    return point === null ? [] : definition(point);
  });

  connection.onReferences(async ({ textDocument: { uri }, position, context }, token) => {
    const point = await pointAt(uri, position, token);
    return point === null ? [] : references(point, context.includeDeclaration);
  });

  connection.onDocumentHighlight(async ({ textDocument: { uri }, position }, token) => {
    const point = await pointAt(uri, position, token);
    return point === null ? [] : highlights(point, uri);
  });

  connection.onPrepareRename(async ({ textDocument: { uri }, position }, token) => {
    const point = await pointAt(uri, position, token);
    return point === null ? null : prepareRename(point);
  });

  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }, token) => {
    const point = await pointAt(uri, position, token);
    return point === null ? null : renameSymbol(point, newName, client.versionedEdits);
  });

  connection.onCompletion(async ({ textDocument: { uri }, position }, token) => {
    const point = await pointAt(uri, position, token);
    return point === null ? [] : [...derivativeCompletions(point), ...completions(point, client.takesSnippets)];
  });

  connection.onCodeAction(async (params, token) => {
    const analysis = await actionAnalysis(params);
    stopIfCancelled(token);
    if (analysis === null) return [];
    const offset = offsetOf(analysis.source, params.textDocument.uri, params.range.start);
    const options = {
      rulePage,
      versioned: client.versionedEdits,
      showsSteps: client.options.stepsCommand === true,
      setsSeverity: client.options.severityCommand === true,
    };
    const changes = await refactorings({ checking, views }, analysis, params, abilities(), stopWith(token));
    stopIfCancelled(token);
    return [
      ...codeActions(analysis, params, options),
      ...(offset === null ? [] : derivativeActions({ analysis, offset, views }, params, options)),
      ...changes,
    ];
  });

  connection.onCodeActionResolve((action, token) => resolveRefactoring({ checking, views }, action, abilities(), stopWith(token)));

  const abilities = (): Abilities => ({
    versionedEdits: client.versionedEdits,
    createsFiles: client.createsFiles,
    resolvesEdits: client.resolvesEdits,
    opensFiles: client.options.verifyCommand === true,
  });

  /** Where something is wrong and nothing mends it yet, repairs are waited for. */
  async function actionAnalysis(params: CodeActionParams): Promise<Analysis | null> {
    const { uri } = params.textDocument;
    const known = await checking.known(uri);
    if (known === null || !lacksFix(known, params)) return known;
    const verify = known.depth.verify || known.settings.verify === 'change';
    return (await checking.examined(uri, { verify, repair: true })) ?? checking.known(uri);
  }

  connection.onCodeLens(async ({ textDocument: { uri } }, token) => {
    const known = await checking.known(uri);
    const analysis =
      known !== null && checking.isVerifying(uri) ? ((await checking.examined(uri, { verify: true, repair: false })) ?? known) : known;
    stopIfCancelled(token);
    return analysis === null
      ? []
      : codeLenses(analysis, uri, { verify: client.options.verifyCommand === true, steps: client.options.stepsCommand === true });
  });

  connection.languages.inlayHint.on(async (params, token) => {
    const analysis = await checking.known(params.textDocument.uri);
    stopIfCancelled(token);
    return analysis === null || !(analysis.settings.shapeHints || analysis.settings.factorHints)
      ? []
      : inlayHints(analysis, views.of(analysis), params);
  });

  connection.onDocumentSymbol(async ({ textDocument: { uri } }, token) => {
    const analysis = await checking.known(uri);
    stopIfCancelled(token);
    return analysis === null ? [] : documentSymbols(analysis, uri);
  });

  connection.onFoldingRanges(async ({ textDocument: { uri } }, token) => {
    const analysis = await checking.known(uri);
    stopIfCancelled(token);
    return analysis === null ? [] : foldingRanges(analysis, uri);
  });

  // ---- what only Chainrule's clients ask

  connection.onRequest(CLAIMS, async ({ textDocument: { uri }, verify }: ClaimsParams, token: CancellationToken): Promise<ClaimsResult> => {
    const analysis = verify === true ? await publisher.claims(uri) : await checking.known(uri);
    stopIfCancelled(token);
    return analysis === null ? { version: 0, claims: [] } : { version: versionOf(analysis.source, uri), claims: listClaims(analysis) };
  });

  connection.onRequest(
    VERIFY_CLAIM,
    async ({ textDocument: { uri }, position, options = {} }: VerifyClaimParams, token: CancellationToken): Promise<VerifyClaimResult> => {
      const isUsual = Object.keys(options).length === 0;
      const analysis = isUsual ? await usualClaim(uri, position) : await checking.claimWith(uri, position, options, stopWith(token));
      stopIfCancelled(token);
      const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
      if (analysis === null || offset === null) return { version: 0, claim: null };
      const repairs = isUsual || options.layout !== undefined ? analysis : ((await checking.known(uri)) ?? analysis);
      return { version: versionOf(analysis.source, uri), claim: showClaim(analysis, offset, options, repairs) };
    },
  );

  /** What the check of the whole document says; repairs are waited for only where something is wrong. */
  async function usualClaim(uri: string, position: Position): Promise<Analysis | null> {
    const analysis = await publisher.claims(uri);
    const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
    const claim = analysis === null || offset === null ? null : claimAt(analysis.checked, offset);
    return claim === null || claim.verdict?.status === 'verified' ? analysis : publisher.examine(uri, true);
  }

  answerPanel(connection, { checking, views });

  connection.onRequest(LAYOUT_EDIT, async ({ textDocument: { uri }, position, layout }: LayoutEditParams): Promise<LayoutEditResult> => {
    const analysis = await checking.known(uri);
    const offset = analysis === null ? null : offsetOf(analysis.source, uri, position);
    if (analysis === null || offset === null) return { version: 0, edits: [] };
    const { span, newText } = setLayout(analysis.checked, analysis.source.surface, offset, layout);
    const at = locate(analysis.source, span);
    return { version: versionOf(analysis.source, uri), edits: at?.uri === uri ? [{ range: at.range, newText }] : [] };
  });

  connection.listen();
}

interface Answer {
  readonly positionEncoding: string;
  readonly pulls: boolean;
  readonly formats: boolean;
}

function answer({ positionEncoding, pulls, formats }: Answer): InitializeResult {
  return {
    serverInfo: { name: 'chainrule' },
    capabilities: {
      positionEncoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook' }, cells: [{ language: 'markdown' }] }] },
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      renameProvider: { prepareProvider: true },
      completionProvider: { triggerCharacters: ['\\'] },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, SHOW_STEPS, ...REFACTORING_KINDS], resolveProvider: true },
      codeLensProvider: {},
      inlayHintProvider: true,
      documentSymbolProvider: { label: 'Chainrule' },
      foldingRangeProvider: true,
      workspaceSymbolProvider: true,
      selectionRangeProvider: true,
      linkedEditingRangeProvider: true,
      documentLinkProvider: {},
      callHierarchyProvider: true,
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
      semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true },
      documentOnTypeFormattingProvider: {
        firstTriggerCharacter: ABBREVIATION_ENDS[0] as string,
        moreTriggerCharacter: ABBREVIATION_ENDS.slice(1),
      },
      ...(formats ? { documentFormattingProvider: true, documentRangeFormattingProvider: true } : {}),
      experimental: { abbreviations: Object.fromEntries(ABBREVIATIONS) } satisfies ServerAbilities,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(pulls ? { diagnosticProvider: { identifier: 'chainrule', interFileDependencies: false, workspaceDiagnostics: false } } : {}),
    },
  };
}

function readOptions(given: unknown): ClientOptions {
  if (typeof given !== 'object' || given === null) return {};
  const { verifyCommand, stepsCommand, severityCommand, formulas, rulePage } = given as Readonly<Record<string, unknown>>;
  return {
    verifyCommand: verifyCommand === true,
    stepsCommand: stepsCommand === true,
    severityCommand: severityCommand === true,
    formulas: formulas === true,
    ...(typeof rulePage === 'string' ? { rulePage } : {}),
  };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri == null ? [] : [rootUri]);
}

function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}
