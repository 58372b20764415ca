import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CompletionItem } from 'vscode-languageserver-protocol';
import { STEPS, type StepsResult } from '../../src/protocol/lsp.ts';
import { startClient, type TestClient } from './client.ts';

const URI = 'file:///notes/least-squares.deriv';
const textDocument = { uri: URI };
const TEXT = 'A : m×n\nx : n\nL = ||A x||^2\ndL/dx =\n';
const at = (line: number, character: number) => ({ line, character });

const clients: TestClient[] = [];

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

async function opened(text: string, initializationOptions?: unknown): Promise<TestClient> {
  const made = await startClient({ initializationOptions });
  clients.push(made);
  await made.open(URI, 'derivation', text);
  return made;
}

async function actions(text: string, only?: readonly string[], options: unknown = { stepsCommand: true }): Promise<readonly CodeAction[]> {
  const { connection } = await opened(text, options);
  const range = { start: at(3, 1), end: at(3, 1) };
  return connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument, range, context: { diagnostics: [], ...(only === undefined ? {} : { only }) } });
}

describe('derivatives', () => {
  it('are put in where the right side is missing', async () => {
    const insert = (await actions(TEXT)).find(({ title }) => title.startsWith('Insert'));
    expect(insert).toEqual({
      title: "Insert the derivative `2 A' A x`", kind: 'quickfix',
      edit: { changes: { [URI]: [{ range: { start: at(3, 7), end: at(3, 7) }, newText: " 2 A' A x" }] } },
      isPreferred: true,
    });
  });

  it('are offered before the ways not to be told that something is missing', async () => {
    const { connection } = await opened(TEXT);
    const range = { start: at(3, 7), end: at(3, 7) };
    const found = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument, range, context: { diagnostics: [], only: ['quickfix'] } });
    const titles = found.map(({ title }) => title.split(' ')[0]);
    expect(titles.slice(0, 2)).toEqual(['Insert', 'Ignore']);
  });

  it('are not put in behind an environment whose claims have their right sides', async () => {
    const made = await startClient({});
    clients.push(made);
    const uri = 'file:///notes/a.md';
    await made.open(uri, 'markdown', '$A \\in \\mathbb{R}^{m\\times n}$, $x \\in \\mathbb{R}^n$, $L = \\|A x\\|^2$\n\n$$\n\\begin{aligned}\n\\frac{\\partial L}{\\partial x} &= 2 A^T A x\n\\end{aligned}\n$$\n');
    const titles = async (line: number) => (await made.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: { start: at(line, 4), end: at(line, 4) }, context: { diagnostics: [] } })).map(({ title }) => title);
    expect((await titles(5)).filter((title) => title.startsWith('Insert the'))).toEqual([]);
  });

  it('offer their steps to a client that can show them', async () => {
    const titles = async (only: readonly string[] | undefined, options: unknown) => (await actions(TEXT.replace('dL/dx =', "dL/dx = 2 A' A x"), only, options)).map(({ title }) => title);
    expect(await titles(['refactor'], { stepsCommand: true })).toContain('Show the steps to this derivative');
    expect(await titles(['refactor'], {})).not.toContain('Show the steps to this derivative');
    expect(await titles(['quickfix'], { stepsCommand: true })).not.toContain('Show the steps to this derivative');
  });

  it('are completed behind the sign of equality', async () => {
    const { connection } = await opened(TEXT);
    const items = await connection.sendRequest<CompletionItem[]>('textDocument/completion', { textDocument, position: at(3, 7) });
    expect(items[0]).toMatchObject({ label: "2 A' A x", textEdit: { newText: " 2 A' A x" } });
  });

  it('come with their steps as text', async () => {
    const { connection } = await opened(TEXT.replace('dL/dx =', "dL/dx = 2 A' A x"));
    const { text, reason } = await connection.sendRequest<StepsResult>(STEPS, { textDocument, position: at(3, 1) });
    expect({ reason, last: text?.trimEnd().split('\n').at(-1) }).toEqual({ reason: '', last: "dL/dx = A' dL/du = 2 A' A x" });
    expect(await connection.sendRequest<StepsResult>(STEPS, { textDocument, position: at(0, 0) })).toEqual({ text: null, reason: 'there is no derivative here' });
  });
});
