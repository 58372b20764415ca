import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type {
  CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, DocumentLink, FoldingRange, LinkedEditingRanges, SelectionRange, SignatureHelp, SymbolInformation, TextEdit,
} from 'vscode-languageserver-protocol';
import { findInput } from '../../src/server/read-input.ts';
import { listFiles, readFile } from '../../src/server/workspace-files.ts';
import { startClient } from './client.ts';
import { folderMaker } from './folders.ts';
import { marked, opener, textIn } from './marked.ts';

const { open, closeAll } = opener();
const { folderWith, removeAll } = folderMaker();

afterEach(() => {
  closeAll();
  removeAll();
});

describe('a selection', () => {
  it('grows from the symbol to its expression, side, equation, section, document', async () => {
    const { client, text, place } = await open("x : n\n# A\nM : m×n\ns = x' (M' M|) x\n");
    const [first] = await client.connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', { textDocument: place.textDocument, positions: [place.position] });
    const chain: string[] = [];
    for (let at = first; at !== undefined; at = at.parent) chain.push(textIn(text, at.range));
    expect(chain).toEqual(['M', "(M' M)", "x' (M' M) x", "s = x' (M' M) x", "# A\nM : m×n\ns = x' (M' M) x\n", text]);
  });

  it('grows through the display in LaTeX', async () => {
    const { client, text, place } = await open('$x \\in \\mathbb{R}^n$\n\n$$\n\\begin{aligned}\ns &= x^\\top |x \\\\\nt &= s^2\n\\end{aligned}\n$$\n', 'md');
    const [first] = await client.connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', { textDocument: place.textDocument, positions: [place.position] });
    const chain: string[] = [];
    for (let at = first; at !== undefined; at = at.parent) chain.push(textIn(text, at.range));
    const aligned = '\\begin{aligned}\ns &= x^\\top x \\\\\nt &= s^2\n\\end{aligned}';
    expect(chain).toEqual(['x', 'x^\\top x', 's &= x^\\top x', aligned, `$$\n${aligned}\n$$`, text]);
  });

  it('is answered for each position, also where nothing stands', async () => {
    const { client, place } = await open('\n\n');
    const found = await client.connection.sendRequest<SelectionRange[]>('textDocument/selectionRange', { textDocument: place.textDocument, positions: [{ line: 0, character: 0 }, { line: 90, character: 3 }] });
    expect(found.length).toBe(2);
  });
});

describe('folding', () => {
  it('is offered for environments, displays and fences, of which the last line stays', async () => {
    const text = '\\begin{proof}\n\\[\n  y = x\n\\]\n\\begin{align}\n  z &= x\n\\end{align}\n\\end{proof}\n$$ y = x $$\n\\begin{lost}\n```\n\\begin{align}\n```\n';
    const { client, place: { textDocument } } = await open(text, 'md');
    const folds = await client.connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', { textDocument });
    expect(folds.map(({ startLine, endLine }) => [startLine, endLine]).sort(([a = 0], [b = 0]) => a - b)).toEqual([[0, 6], [1, 2], [4, 5], [10, 11]]);
  });
});

describe('places that change together', () => {
  it('are those of one symbol that are spelled alike', async () => {
    const { client, text, place } = await open('$\\mathbf{x} \\in \\mathbb{R}^n$ $$y = |\\mathbf x + \\mathbf{x} + \\mathbf x$$\n', 'md');
    const found = await client.connection.sendRequest<LinkedEditingRanges | null>('textDocument/linkedEditingRange', place);
    expect(marked(text, found?.ranges ?? [])).toBe('$\\mathbf{x} \\in \\mathbb{R}^n$ $$y = «\\mathbf x» + \\mathbf{x} + «\\mathbf x»$$\n');
  });

  it('are matched as a whole while they are typed over, whatever they are dressed in', async () => {
    const { client, place } = await open('x : n\ny = |x + x\n');
    const found = await client.connection.sendRequest<LinkedEditingRanges | null>('textDocument/linkedEditingRange', place);
    const pattern = new RegExp(found?.wordPattern ?? '');
    const wholes = ['x', 'xy', 'x_0', 'x_{in}', '\\loss', '\\mathbf{e}', '\\mathbf{ea}', '\\mathbf x', '\\hat{\\mathbf{x}}', '\\bar{\\vx}', 'W^{(1)}', 'W_1', 'μ', '\\hat\\beta', 'x^*'];
    expect(wholes.map((name) => pattern.exec(name)?.[0])).toEqual(wholes);
    expect(['x + y', '\\mathbf{e', 'x y'].map((text) => pattern.exec(text)?.[0])).toEqual(['x', '\\mathbf', 'x']);
  });

  it('are none where a symbol stands alone', async () => {
    const { client, place } = await open('|x : n\n');
    expect(await client.connection.sendRequest('textDocument/linkedEditingRange', place)).toBeNull();
  });
});

describe('links', () => {
  it('lead to the files that a document reads, if they are there', async () => {
    const folder = folderWith({ 'macros.tex': '', 'parts/one.tex': '' });
    const client = await startClient({ host: { findInput } });
    const uri = pathToFileURL(join(folder, 'main.tex')).href;
    const text = '\\input{macros}\n% \\input{macros}\n\\include{ parts/one.tex }\n\\input{missing} 100\\% \\input{macros.tex}\n';
    await client.open(uri, 'latex', text);
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    expect(marked(text, links.map(({ range }) => range))).toBe('\\input{«macros»}\n% \\input{macros}\n\\include{ «parts/one.tex» }\n\\input{missing} 100\\% \\input{«macros.tex»}\n');
    expect(links.map(({ target }) => target)).toEqual(['macros.tex', 'parts/one.tex', 'macros.tex'].map((name) => pathToFileURL(join(folder, name)).href));
    client.close();
  });

  it('are taken to be beside the document where no files can be looked for', async () => {
    const { client, place: { textDocument } } = await open('\\input{macros}', 'tex');
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument });
    expect(links.map(({ target }) => target)).toEqual(['file:///notes/macros.tex']);
  });
});

describe('symbols of the workspace', () => {
  it('are those of open documents and of files, as they are now', async () => {
    const folder = folderWith({ 'a.deriv': '# Ridge\nw : n\nloss = w\n', 'sub/b.md': '<!-- chainrule: loss2 : n -->\n', '.gitignore': 'no/\n', 'no/c.deriv': 'loss3 : n\n', 'node_modules/d.deriv': 'loss4 : n\n' });
    const client = await startClient({ host: { listFiles, readFile }, rootUri: pathToFileURL(folder).href });
    await client.open(pathToFileURL(join(folder, 'a.deriv')).href, 'derivation', 'losses : n\n');
    const names = async (query: string) => (await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query })).map(({ name, containerName, location }) => `${name} ${containerName ?? ''} ${location.uri.slice(pathToFileURL(folder).href.length)}:${location.range.start.line}`);
    expect(await names('LSS')).toEqual(['losses  /a.deriv:0', 'loss2  /sub/b.md:0']);
    writeFileSync(join(folder, 'sub/b.md'), 'Now $$\\mathit{loss} = 1$$ <!-- chainrule: lossless : n -->\n');
    expect(await names('lossl')).toEqual(['lossless  /sub/b.md:0']);
    expect(await names('ridge')).toEqual([]);
    client.close();
  });
});

describe('what depends on what', () => {
  const TEXT = "x : n\nM : m×n\nL(y) : scalar\n|y = M x\ndL/dx = M' dL/dy\n";

  it('is told in both directions', async () => {
    const { client, text, place } = await open(TEXT);
    const [item] = await client.connection.sendRequest<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', place);
    expect(item).toMatchObject({ name: 'y', detail: 'm×1' });
    const outgoing = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item });
    expect(outgoing.map(({ to, fromRanges }) => `${to.name} ${to.detail} ${marked(text, fromRanges).split('\n')[3]}`)).toEqual(['M m×n y = «M» x', 'x n×1 y = M «x»']);
    const incoming = await client.connection.sendRequest<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
    expect(incoming.map(({ from, fromRanges }) => `${from.name}: ${fromRanges.map((range) => text.split('\n')[range.start.line]).join()}`)).toEqual(['L: L(y) : scalar', "dL/dx: dL/dx = M' dL/dy"]);
  });

  it('is told of claims, which nothing depends on', async () => {
    const { client, place } = await open(TEXT.replace('|', '').replace('= M\'', "|= M'"));
    const [item] = await client.connection.sendRequest<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', place);
    expect(item?.name).toBe('dL/dx');
    const outgoing = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item });
    expect(outgoing.map(({ to }) => to.name)).toEqual(['L', 'x', 'M', 'y']);
    expect(await client.connection.sendRequest('callHierarchy/incomingCalls', { item })).toEqual([]);
  });

  it('is asked of no blank', async () => {
    const { client, place } = await open('x : n\n|\ny = x\n');
    expect(await client.connection.sendRequest('textDocument/prepareCallHierarchy', place)).toBeNull();
  });
});

describe('help with a function', () => {
  const shown = async (text: string, ending?: string) => {
    const { client, place } = await open(text, ending);
    const help = await client.connection.sendRequest<SignatureHelp | null>('textDocument/signatureHelp', place);
    const signature = help?.signatures[0];
    if (signature === undefined) return null;
    const [start, end] = (signature.parameters?.[help?.activeParameter ?? 0]?.label ?? [0, 0]) as [number, number];
    return `${signature.label.slice(0, start)}«${signature.label.slice(start, end)}»${signature.label.slice(end)}`;
  };

  it.each([
    ['s = tr(|', 'tr(«A : n×n») : 1×1'],
    ['s = kron(A, |B)', 'kron(A : m×n, «B : p×q») : mp×nq'],
    ['s = exp(sin(x) + |', 'exp(«x : m×n») : m×n'],
    ['s = grad(f(x), |', 'grad(f : scalar, «x») : shape of x'],
    ['f : R^n × R^m -> R^k\ny = f(u, |', 'f(n×1, «m×1») : k×1'],
    ['x : n\nA : n×n\nq(x) = x\' A x\ns = q(|', 'q(«x : n×1») : 1×1'],
    ['tr : n×n\ns = tr (|A', null],
    ['s = (a + |', null],
    ['s = tr(A)|', null],
  ])('%s', async (text, expected) => {
    expect(await shown(`${text}\n`)).toBe(expected);
  });

  it('is given in LaTeX too', async () => {
    expect(await shown('$$s = \\operatorname{tr}(|$$', 'md')).toBe('tr(«A : n×n») : 1×1');
    expect(await shown('Prose (in brackets, |', 'md')).toBeNull();
  });
});

describe('formatting', () => {
  const asked = (client: Awaited<ReturnType<typeof open>>['client'], method: string, params: object) => client.connection.sendRequest<TextEdit[]>(`textDocument/${method}`, { ...params, options: { tabSize: 2, insertSpaces: true } });

  it('moves what stands badly, and only that', async () => {
    const { client, place: { textDocument } } = await open('x : n\nyes = x\n= x\nz = x\n= x\n');
    const edits = await asked(client, 'formatting', { textDocument });
    expect(edits).toEqual([{ range: { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } }, newText: '    = x' }, { range: { start: { line: 4, character: 0 }, end: { line: 4, character: 3 } }, newText: '  = x' }]);
    const range = { start: { line: 4, character: 1 }, end: { line: 4, character: 2 } };
    expect((await asked(client, 'rangeFormatting', { textDocument, range })).map((edit) => edit.range.start.line)).toEqual([4]);
  });

  it('is for plain notation alone', async () => {
    const { client, place: { textDocument } } = await open('Prose  \n\n$$a = b$$  \n', 'md');
    expect(await asked(client, 'formatting', { textDocument })).toEqual([]);
  });

  it('is offered to a client that can be told so for those documents alone', async () => {
    const one = await open('');
    expect(one.client.initialized.capabilities).toMatchObject({ documentFormattingProvider: true, documentRangeFormattingProvider: true });
    const registration = { dynamicRegistration: true };
    const { client } = await open('', 'deriv', { capabilities: { textDocument: { formatting: registration, rangeFormatting: registration } } });
    expect(client.initialized.capabilities.documentFormattingProvider).toBeUndefined();
    expect(await client.requestFor('client/registerCapability')).toBe('client/registerCapability');
  });
});
