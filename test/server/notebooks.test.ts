import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, Hover } from 'vscode-languageserver-protocol';
import { CLAIMS, type ClaimsResult, VERIFY_CLAIM, type VerifyClaimResult } from '../../src/protocol/lsp.ts';
import { show, startClient, type TestClient } from './client.ts';

const NOTEBOOK = 'file:///notes/a.ipynb';
const cell = (name: string) => `vscode-notebook-cell:/notes/a.ipynb#${name}`;

const clients: TestClient[] = [];

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

interface Cell {
  readonly name: string;
  readonly kind: 1 | 2;
  readonly text: string;
}

const CELLS: readonly Cell[] = [
  { name: 'a', kind: 1, text: '# Notes\n<!-- chainrule: layout denominator; x : n; M : m×n; c : m -->\n$$y = M x$$' },
  { name: 'b', kind: 2, text: 'import numpy' },
  { name: 'c', kind: 1, text: 'Then\n$$z = c^\\top y$$\nand\n$$\\frac{dz}{dx} = M^\\top c$$' },
];

async function openNotebook(cells: readonly Cell[]): Promise<TestClient> {
  const one = await startClient();
  clients.push(one);
  await one.connection.sendNotification('notebookDocument/didOpen', {
    notebookDocument: { uri: NOTEBOOK, notebookType: 'jupyter-notebook', version: 1, cells: cells.map(({ name, kind }) => ({ kind, document: cell(name) })) },
    cellTextDocuments: cells.map(({ name, kind, text }) => ({ uri: cell(name), languageId: kind === 1 ? 'markdown' : 'python', version: 1, text })),
  });
  return one;
}

function changeText({ connection }: TestClient, name: string, version: number, text: string): Promise<void> {
  return connection.sendNotification('notebookDocument/didChange', {
    notebookDocument: { uri: NOTEBOOK, version },
    change: { cells: { textContent: [{ document: { uri: cell(name), version }, changes: [{ text }] }] } },
  });
}

describe('a notebook', () => {
  it('is one derivation over its cells, told of cell by cell', async () => {
    const one = await openNotebook(CELLS);
    await one.statusOf(cell('a'), ({ sections }) => sections[0]?.verified === 1);
    await changeText(one, 'c', 2, (CELLS[2] as Cell).text.replace('M^\\top c', 'M c'));
    const { diagnostics } = await one.diagnosticsOf(cell('c'), (found) => found.length > 0);
    expect(show(diagnostics)[0]).toMatch(/^3:18-3:21 shape\/product/);
    expect(diagnostics[0]?.relatedInformation?.map(({ location }) => location.uri)).toContain(cell('a'));
  });

  it('has a section that goes over cells in each of them', async () => {
    const one = await openNotebook(CELLS);
    for (const [name, lines] of [['a', 2], ['c', 3]] as const) {
      const { sections } = await one.statusOf(cell(name), (status) => status.sections[0]?.verified === 1);
      expect(sections.map(({ title, layout, range }) => [title, layout, range.start.line, range.end.line])).toEqual([['Notes', 'denominator', 0, lines]]);
    }
  });

  it('answers within a cell', async () => {
    const { connection } = await openNotebook(CELLS);
    const hover = await connection.sendRequest<Hover>('textDocument/hover', { textDocument: { uri: cell('c') }, position: { line: 1, character: 7 } });
    expect(hover.range).toEqual({ start: { line: 1, character: 6 }, end: { line: 1, character: 12 } });
    expect(await connection.sendRequest('textDocument/hover', { textDocument: { uri: cell('b') }, position: { line: 0, character: 3 } })).toBeNull();
  });

  it('lists the claims of all cells', async () => {
    const { connection } = await openNotebook([...CELLS, { name: 'd', kind: 1, text: '$$\\frac{dy}{dx} = M^\\top$$' }]);
    const { claims } = await connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument: { uri: cell('a') }, verify: true });
    expect(claims.map(({ uri, status, range }) => [uri, status, range.start.line])).toEqual([[cell('c'), 'verified', 3], [cell('d'), 'verified', 0]]);
  });

  it('names the cell of a claim by its number among all cells, code included', async () => {
    const { connection } = await openNotebook(CELLS);
    const { claim } = await connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument: { uri: cell('c') }, position: { line: 3, character: 0 } });
    expect([claim?.cell, claim?.range.start.line]).toEqual([2, 3]);
  });

  it('forgets a cell that was removed', async () => {
    const one = await openNotebook(CELLS.map((each) => ({ ...each, text: each.text.replace('M^\\top c', 'M c') })));
    await one.diagnosticsOf(cell('c'), (found) => found.length > 0);
    await one.connection.sendNotification('notebookDocument/didChange', {
      notebookDocument: { uri: NOTEBOOK, version: 2 },
      change: { cells: { structure: { array: { start: 2, deleteCount: 1 }, didClose: [{ uri: cell('c') }] } } },
    });
    await one.diagnosticsOf(cell('c'), (found) => found.length === 0);
    expect((await one.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument: { uri: cell('a') } })).claims).toEqual([]);
  });

  it('offers to ignore the block in its own cell', async () => {
    const one = await openNotebook(CELLS.map((each) => ({ ...each, text: each.text.replace('M^\\top c', 'M c') })));
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const actions = await one.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: cell('c') }, range, context: { diagnostics: [] } });
    const ignore = actions.find(({ title }) => title === 'Ignore this block');
    expect(ignore?.edit?.changes).toEqual({ [cell('c')]: [{ range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, newText: '<!-- chainrule: ignore -->\n' }] });
    await changeText(one, 'c', 2, 'Then\n$$z = c^\\top y$$\nand\n<!-- chainrule: ignore -->\n$$\\frac{dz}{dx} = M c$$');
    expect((await one.diagnosticsOf(cell('c'), (_, { version }) => version === 2)).diagnostics).toEqual([]);
  });
});
