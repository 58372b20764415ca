import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource, type DocumentDiagnosticReport, type Hover, type InitializeResult, 
  type Location, type MessageConnection, ProgressType, ResponseError, type SemanticTokens, type SemanticTokensDelta,type SymbolInformation, type WorkspaceDiagnosticReport, type WorkspaceDocumentDiagnosticReport, type WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { readInput } from '../../src/server/read-input.ts';
import { listFiles, readFile } from '../../src/server/workspace-files.ts';
import { type ClientSetup, connect, startClient, type TestClient } from './client.ts';
import { folderMaker } from './folders.ts';

const URI = 'file:///notes/lecture.deriv';
const textDocument = { uri: URI };
const CLAIM = "x : n\nM : m×n\nc : m\ny = M x\nz = c' y\ndz/dx = M' c\n";

const clients: { close: () => void }[] = [];
const { folderWith, removeAll } = folderMaker();

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
  removeAll();
});

async function started(setup: ClientSetup = {}): Promise<TestClient> {
  const one = await startClient(setup);
  clients.push(one);
  return one;
}

function unstarted(): MessageConnection {
  const { connection } = connect();
  connection.listen();
  clients.push({ close: () => connection.dispose() });
  return connection;
}

/** The code of the error a request is answered with. */
async function refused(answer: Promise<unknown>): Promise<number | undefined> {
  const reason: unknown = await answer.then(() => undefined, (error: unknown) => error);
  return reason instanceof ResponseError ? reason.code : undefined;
}

const hover = { textDocument, position: { line: 3, character: 5 } };

describe('the life of a server', () => {
  it('begins with initialize: what comes before is refused or dropped', async () => {
    const connection = unstarted();
    expect(await refused(connection.sendRequest('textDocument/hover', hover))).toBe(-32002);
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: URI, languageId: 'derivation', version: 1, text: CLAIM } });
    const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', { processId: null, rootUri: null, capabilities: {} });
    expect(capabilities.hoverProvider).toBe(true);
    expect(await connection.sendRequest('textDocument/hover', hover)).toBeNull();
  });

  it('is begun once', async () => {
    const { connection } = await started();
    expect(await refused(connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} }))).toBe(-32600);
  });

  it('is over after shutdown, which answers null', async () => {
    const { connection } = await started();
    expect(await connection.sendRequest('shutdown')).toBeNull();
    expect(await refused(connection.sendRequest('textDocument/hover', hover))).toBe(-32600);
  });

  it('tells what it does not know from what it cannot read', async () => {
    const { connection } = await started();
    expect(await refused(connection.sendRequest('textDocument/moniker', hover))).toBe(-32601);
    expect(await refused(connection.sendRequest('textDocument/hover', { textDocument }))).toBe(-32602);
    expect(await refused(connection.sendRequest('textDocument/hover', { position: hover.position }))).toBe(-32602);
    expect(await refused(connection.sendRequest('textDocument/hover', { textDocument, position: { line: -1, character: 0 } }))).toBe(-32602);
    await connection.sendNotification('$/unheardOf', {});
    expect(await connection.sendRequest('textDocument/hover', hover)).toBeNull();
  });
});

describe('a request that is cancelled', () => {
  const methods = ['textDocument/hover', 'textDocument/completion', 'textDocument/references', 'textDocument/documentHighlight', 'textDocument/definition', 'textDocument/prepareRename', 'textDocument/signatureHelp', 'textDocument/linkedEditingRange'];

  it.each(methods)('is answered all the same, as cancelled or in full: %s', async (method) => {
    const one = await started();
    await one.open(URI, 'derivation', CLAIM);
    const source = new CancellationTokenSource();
    const answer = one.connection.sendRequest(method, { ...hover, context: { includeDeclaration: true, triggerKind: 1 } }, source.token);
    source.cancel();
    expect([undefined, -32800]).toContain(await refused(answer));
    expect(await one.connection.sendRequest<Hover>('textDocument/hover', hover)).not.toBeNull();
  });
});

describe('a client that can do little', () => {
  it('gets plain edits, whole texts and no snippets', async () => {
    const one = await started();
    await one.open(URI, 'derivation', CLAIM);
    const edit = await one.connection.sendRequest<WorkspaceEdit>('textDocument/rename', { ...hover, position: { line: 3, character: 0 }, newName: 'h' });
    expect(Object.keys(edit)).toEqual(['changes']);
    const items = await one.connection.sendRequest<readonly object[]>('textDocument/completion', hover);
    expect(JSON.stringify(items)).not.toMatch(/\$\d|insertTextFormat/);
    expect(one.initialized.capabilities.positionEncoding).toBe('utf-16');
    expect(one.initialized.capabilities.diagnosticProvider).toBeUndefined();
  });

  it('is asked nothing that it did not offer to answer', async () => {
    const one = await started();
    await one.open(URI, 'derivation', CLAIM);
    await one.statusOf(URI, ({ sections }) => sections[0]?.verified === 1);
    expect(one.asked).toEqual([]);
  });
});

describe('results in parts', () => {
  it('add up to the whole, which is then empty', async () => {
    const folder = folderWith({ 'a.deriv': 'loss : n\n', 'b.md': '<!-- chainrule: losses : n -->\n' });
    const one = await started({ host: { listFiles, readFile }, rootUri: pathToFileURL(folder).href });
    await one.open(URI, 'derivation', 'lost : n\n');
    const whole = await one.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'los' });
    const parts: SymbolInformation[] = [];
    const heard = one.connection.onProgress(new ProgressType<SymbolInformation[]>(), 'token-1', (part) => void parts.push(...part));
    expect(await one.connection.sendRequest('workspace/symbol', { query: 'los', partialResultToken: 'token-1' })).toEqual([]);
    heard.dispose();
    expect(parts).toEqual(whole);
    expect(whole.map(({ name }) => name).sort()).toEqual(['loss', 'losses', 'lost']);
  });
});

describe('versions', () => {
  it('of edits are those of the text they were made for', async () => {
    const one = await started({ capabilities: { workspace: { workspaceEdit: { documentChanges: true } } } });
    await one.open(URI, 'derivation', CLAIM, 7);
    await one.change(URI, 9, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '// first\n' });
    const edit = await one.connection.sendRequest<WorkspaceEdit>('textDocument/rename', { textDocument, position: { line: 4, character: 0 }, newName: 'h' });
    expect(edit.documentChanges).toMatchObject([{ textDocument: { uri: URI, version: 9 } }]);
  });

  it('of several changes at once are applied one after another', async () => {
    const one = await started();
    await one.open(URI, 'derivation', 'x : n\n');
    const end = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
    await one.change(URI, 2, { range: end(1), text: 'M : m×n\n' }, { range: end(2), text: 'y = M M\n' }, { range: { start: { line: 2, character: 6 }, end: { line: 2, character: 7 } }, text: 'x' });
    expect((await one.diagnosticsOf(URI, (_, { version }) => version === 2)).diagnostics).toEqual([]);
    expect(await one.connection.sendRequest<Hover>('textDocument/hover', { textDocument, position: { line: 2, character: 0 } })).toMatchObject({ contents: { value: expect.stringContaining('m×1') } });
  });
});

describe('diagnostics with result ids', () => {
  const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
  const pull = ({ connection }: TestClient, uri: string, previousResultId?: string) =>
    connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri }, ...(previousResultId === undefined ? {} : { previousResultId }) });

  it('are full for an id that nobody gave, and never take one text for another', async () => {
    const one = await started({ capabilities });
    await one.open(URI, 'derivation', CLAIM);
    await one.open('file:///notes/other.deriv', 'derivation', CLAIM);
    const [mine, other] = [await pull(one, URI), await pull(one, 'file:///notes/other.deriv')];
    expect((await pull(one, URI, 'never given')).kind).toBe('full');
    expect((await pull(one, URI, other.resultId)).kind).toBe('full');
    expect(mine.resultId).not.toBe(other.resultId);
  });

  it('of a cell are those of the cell', async () => {
    const one = await started({ capabilities });
    const cells = ['cell:1', 'cell:2'];
    await one.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: { uri: 'file:///a.ipynb', notebookType: 'jupyter-notebook', version: 1, cells: cells.map((document) => ({ kind: 1, document })) },
      cellTextDocuments: cells.map((uri, at) => ({ uri, languageId: 'markdown', version: 1, text: at === 0 ? '<!-- chainrule: M : m×n -->' : '$$y = M M$$' })),
    });
    const reports = await Promise.all(cells.map((uri) => pull(one, uri)));
    expect(reports.map((report) => report.kind === 'full' && report.items.length)).toEqual([0, 1]);
    await one.connection.sendNotification('notebookDocument/didChange', {
      notebookDocument: { uri: 'file:///a.ipynb', version: 2 },
      change: { cells: { textContent: [{ document: { uri: 'cell:2', version: 2 }, changes: [{ range: { start: { line: 0, character: 8 }, end: { line: 0, character: 9 } }, text: 'x' }] }] } },
    });
    const after = await pull(one, 'cell:2', reports[1]?.resultId);
    expect(after.kind === 'full' && after.items).toEqual([]);
  });
});

describe('tokens as differences', () => {
  it('make of the tokens before those after', async () => {
    const one = await started();
    await one.open(URI, 'derivation', CLAIM);
    const before = await one.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    await one.change(URI, 2, { range: { start: { line: 3, character: 4 }, end: { line: 3, character: 4 } }, text: '2 M ' });
    const delta = await one.connection.sendRequest<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', { textDocument, previousResultId: before.resultId });
    const data = [...before.data];
    for (const { start, deleteCount, data: own = [] } of [...delta.edits].reverse()) data.splice(start, deleteCount, ...own);
    expect(data).toEqual((await one.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument })).data);
  });
});

describe('a file that a document inputs', () => {
  it('is read again when the client says that it changed', async () => {
    const folder = folderWith({ 'macros.tex': '\\newcommand{\\W}{M}' });
    const uri = pathToFileURL(join(folder, 'main.tex')).href;
    const one = await started({ host: { readInput }, capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } });
    await one.requestFor('client/registerCapability');
    await one.open(uri, 'latex', '\\input{macros}\n% chainrule: M : m×n; x : n\n\\[ y = \\W x \\]\n');
    expect((await one.diagnosticsOf(uri, () => true)).diagnostics).toEqual([]);
    writeFileSync(join(folder, 'macros.tex'), '\\newcommand{\\W}{M M}');
    await one.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(join(folder, 'macros.tex')).href, type: 2 }] });
    expect((await one.diagnosticsOf(uri, (found) => found.length > 0)).diagnostics[0]?.code).toBe('shape/product');
  });
});

describe('folders of the workspace', () => {
  it('may come and go', async () => {
    const folder = folderWith({ 'a.deriv': 'loss : n\n' });
    const one = await started({ host: { listFiles, readFile }, capabilities: { workspace: { workspaceFolders: true } } });
    const names = async () => (await one.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'loss' })).map(({ name }) => name);
    const change = (event: object) => one.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [], ...event } });
    const own = { uri: pathToFileURL(folder).href, name: 'notes' };
    expect(await names()).toEqual([]);
    await change({ added: [own] });
    expect(await names()).toEqual(['loss']);
    await change({ removed: [own] });
    expect(await names()).toEqual([]);
  });
});

describe('parameters of another form', () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };

  it.each<readonly [string, unknown]>([
    ['textDocument/hover', null],
    ['textDocument/hover', [URI]],
    ['textDocument/hover', { textDocument: URI, position: hover.position }],
    ['textDocument/hover', { textDocument, position: { line: 0.5, character: 0 } }],
    ['textDocument/hover', { textDocument, position: { line: '0', character: 0 } }],
    ['textDocument/codeAction', { textDocument, context: { diagnostics: [] } }],
    ['textDocument/codeAction', { textDocument, range }],
    ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [7] } }],
    ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [], only: 'quickfix' } }],
    ['textDocument/inlayHint', { textDocument }],
    ['textDocument/rangeFormatting', { textDocument, range: { start: range.start } }],
    ['textDocument/semanticTokens/range', { textDocument, range: null }],
    ['textDocument/semanticTokens/full/delta', { textDocument }],
    ['textDocument/selectionRange', { textDocument, positions: hover.position }],
    ['textDocument/rename', { ...hover, newName: 3 }],
    ['textDocument/onTypeFormatting', hover],
    ['textDocument/documentSymbol', {}],
    ['textDocument/diagnostic', { textDocument: {} }],
    ['callHierarchy/incomingCalls', { item: { uri: URI } }],
    ['callHierarchy/outgoingCalls', {}],
    ['codeAction/resolve', null],
    ['workspace/symbol', {}],
    ['workspace/diagnostic', {}],
    ['chainrule/verifyClaim', { textDocument }],
    ['chainrule/layoutEdit', { ...hover, layout: 'sideways' }],
    ['chainrule/export', { textDocument, format: 'pdf', name: 'a' }],
    ['chainrule/fileClaims', { textDocument, text: 'x : n', verify: true }],
  ])('of %s are answered as such: %j', async (method, params) => {
    const one = await started();
    await one.open(URI, 'derivation', CLAIM);
    expect(await refused(one.connection.sendRequest(method, params))).toBe(-32602);
    expect(await one.connection.sendRequest('textDocument/hover', hover)).not.toBeNull();
  });

  it('of initialize do not begin a server, which can be begun afterwards', async () => {
    const connection = unstarted();
    for (const params of [null, {}, { capabilities: 7 }]) expect(await refused(connection.sendRequest('initialize', params))).toBe(-32602);
    const odd = { general: { positionEncodings: 'utf-8' }, textDocument: { hover: null }, workspace: { workspaceEdit: [] } };
    expect(await connection.sendRequest<InitializeResult>('initialize', { processId: null, rootUri: null, capabilities: odd })).toMatchObject({ capabilities: { positionEncoding: 'utf-16' } });
  });
});

describe('a client that refuses what it offered', () => {
  it('is served as before', async () => {
    const registers = { dynamicRegistration: true };
    const capabilities = {
      workspace: { configuration: true, didChangeConfiguration: registers, didChangeWatchedFiles: registers, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true }, diagnostics: { refreshSupport: true } },
      textDocument: { formatting: registers, rangeFormatting: registers, diagnostic: {} },
    };
    const one = await started({ capabilities, refuses: () => true });
    await one.requestFor('client/registerCapability');
    await one.open(URI, 'derivation', CLAIM);
    await one.statusOf(URI, ({ sections }) => sections[0]?.verified === 1);
    await one.requestFor('workspace/codeLens/refresh');
    await one.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await one.requestFor('workspace/inlayHint/refresh');
    expect(await one.connection.sendRequest('textDocument/hover', hover)).not.toBeNull();
  });
});

describe('the diagnostics of a workspace', () => {
  const FILES = { 'a.deriv': 'M : m×n\nc : m\nz = M c\n', 'b.deriv': 'x : n\n', 'c.txt': 'no derivation' };
  const capabilities = { workspace: { configuration: true, diagnostics: { refreshSupport: true } }, textDocument: { diagnostic: {} } };

  async function workspace(problems: 'open' | 'workspace') {
    const folder = folderWith(FILES);
    const one = await started({ capabilities, host: { listFiles, readFile }, rootUri: pathToFileURL(folder).href, settings: () => ({ problems }) });
    const ask = async (previousResultIds: readonly object[] = [], more: object = {}) =>
      (await one.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds, ...more })).items;
    return { one, ask, folder, uriOf: (name: keyof typeof FILES) => pathToFileURL(join(folder, name)).href };
  }

  const shown = (items: readonly WorkspaceDocumentDiagnosticReport[]) =>
    items.map((item) => `${item.uri.slice(item.uri.lastIndexOf('/') + 1)} ${item.kind === 'full' ? item.items.map(({ code }) => String(code)).join(', ') : item.kind}`);
  const idsOf = (items: readonly WorkspaceDocumentDiagnosticReport[]) => items.map(({ uri, resultId }) => ({ uri, value: resultId }));

  it('are those of files that are not open, told again when the file changed', async () => {
    const { one, ask, folder, uriOf } = await workspace('workspace');
    const first = await ask();
    expect(shown(first)).toEqual(['a.deriv shape/product', 'b.deriv ']);
    expect(shown(await ask(idsOf(first)))).toEqual(['a.deriv unchanged', 'b.deriv unchanged']);
    writeFileSync(join(folder, 'a.deriv'), "M : m×n\nc : m\nz = M' c\n");
    const mended = await ask(idsOf(first));
    expect(shown(mended)).toEqual(['a.deriv ', 'b.deriv unchanged']);
    await one.open(uriOf('b.deriv'), 'derivation', FILES['b.deriv']);
    expect(shown(await ask(idsOf(mended).filter(({ value }) => value !== undefined)))).toEqual(['a.deriv unchanged', 'b.deriv ']);
  });

  it('come in parts, with the progress of it, where that is asked for', async () => {
    const { one, ask } = await workspace('workspace');
    const parts: WorkspaceDocumentDiagnosticReport[] = [];
    const steps: string[] = [];
    one.connection.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), 'part', ({ items }) => void parts.push(...items));
    one.connection.onProgress(new ProgressType<{ readonly kind: string }>(), 'work', ({ kind }) => void steps.push(kind));
    expect(await ask([], { partialResultToken: 'part', workDoneToken: 'work' })).toEqual([]);
    expect(shown(parts)).toEqual(['a.deriv shape/product', 'b.deriv ']);
    expect(steps).toEqual(['begin', 'report', 'report', 'end']);
  });

  it('are those of a notebook at their places in its file, until the notebook is open', async () => {
    const { one, ask, folder } = await workspace('workspace');
    const source = ['$M \\in \\mathbb{R}^{m\\times n}$, "é" $c \\in \\mathbb{R}^m$\n', '$$z = M c$$'];
    const json = JSON.stringify({ cells: [{ cell_type: 'code', source: ['M = 1\n'] }, { cell_type: 'markdown', source }], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1);
    writeFileSync(join(folder, 'n.ipynb'), json);
    const items = (await ask()).filter(({ uri }) => uri.endsWith('n.ipynb'));
    expect(shown(items)).toEqual(['n.ipynb shape/product']);
    const [{ range } = expect.fail('no diagnostic')] = items[0]?.kind === 'full' ? items[0].items : [];
    expect(json.split('\n')[range.start.line]?.slice(range.start.character, range.end.character)).toBe('M c');
    const uri = pathToFileURL(join(folder, 'n.ipynb')).href;
    const cell = { uri: `${uri}#1`, languageId: 'markdown', version: 1, text: source.join('') };
    await one.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: { uri, notebookType: 'jupyter-notebook', version: 1, cells: [{ kind: 1, document: cell.uri }] }, cellTextDocuments: [cell],
    });
    expect(shown(await ask(idsOf(items))).filter((line) => line.startsWith('n.'))).toEqual(['n.ipynb ']);
  });

  it('are none unless a person wants them', async () => {
    const { ask, uriOf } = await workspace('open');
    expect(await ask()).toEqual([]);
    expect(shown(await ask([{ uri: uriOf('a.deriv'), value: '1' }]))).toEqual(['a.deriv ']);
  });

  it('stop when nobody wants them any more', async () => {
    const { one } = await workspace('workspace');
    const source = new CancellationTokenSource();
    const answer = one.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
    source.cancel();
    expect([undefined, -32800]).toContain(await refused(answer));
  });
});

describe('references in parts', () => {
  it('are the references', async () => {
    const one = await started();
    await one.open(URI, 'derivation', CLAIM);
    const params = { ...hover, position: { line: 1, character: 0 }, context: { includeDeclaration: true } };
    const whole = await one.connection.sendRequest<Location[]>('textDocument/references', params);
    const parts: Location[] = [];
    one.connection.onProgress(new ProgressType<Location[]>(), 'r', (part) => void parts.push(...part));
    expect(await one.connection.sendRequest('textDocument/references', { ...params, partialResultToken: 'r' })).toEqual([]);
    expect(parts).toEqual(whole);
    expect(whole.length).toBeGreaterThan(1);
  });
});
