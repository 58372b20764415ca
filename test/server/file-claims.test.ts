import { afterEach, describe, expect, it } from 'vitest';
import { FILE_CLAIMS, type FileClaimsParams, type FileClaimsResult } from '../../src/protocol/lsp.ts';
import { opener } from './marked.ts';

const { open, closeAll } = opener();

afterEach(closeAll);

const TEXT = "# A\nlayout denominator\nx, c : n\nz = c' x\ndz/dx = c\ndz/dx = 2 c\n# B\nx, c : n\nw = c' x a\ndw/dx = c a\n";

async function claims(params: Partial<FileClaimsParams>): Promise<FileClaimsResult['claims']> {
  const { client } = await open('');
  return (await client.connection.sendRequest<FileClaimsResult>(FILE_CLAIMS, { textDocument: { uri: 'file:///b.deriv', languageId: 'derivation' }, text: TEXT, verify: true, ...params })).claims;
}

describe('the claims of a file that is not open', () => {
  it('are listed without their verdicts', async () => {
    const found = await claims({ verify: false });
    expect(found.map(({ section, text, status, range }) => `${section} ${range.start.line} ${text} ${status}`)).toEqual(['A 4 dz/dx = c unchecked', 'A 5 dz/dx = 2 c unchecked', 'B 9 dw/dx = c a unchecked']);
  });

  it('are verified, with what is wrong and what would be right', async () => {
    const found = await claims({});
    expect(found.map(({ status }) => status)).toEqual(['verified', 'refuted', 'inconclusive']);
    expect(found[1]?.problems).toEqual([{ message: expect.stringContaining('`2 c` is not `dz/dx`'), range: { start: { line: 5, character: 8 }, end: { line: 5, character: 11 } } }]);
    expect(found[1]?.repair).toBe('c');
    expect(found[2]?.reason).toContain('a');
  });

  it('are verified one at a time where one is asked for', async () => {
    expect((await claims({ at: [{ uri: 'file:///b.deriv', position: { line: 5, character: 0 } }] })).map(({ status }) => status)).toEqual(['unchecked', 'refuted', 'unchecked']);
  });

  it('are those of a notebook: in its file, and in its cells where it is open', async () => {
    const { client } = await open('');
    const uri = 'file:///n.ipynb';
    const cells = ['$x \\in \\mathbb{R}^n$, $c \\in \\mathbb{R}^n$, $z = c^\\top x$', '$$\\frac{\\partial z}{\\partial x} = c$$'];
    const text = JSON.stringify({ cells: cells.map((source) => ({ cell_type: 'markdown', source, metadata: {} })), metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const ask = async () => (await client.connection.sendRequest<FileClaimsResult>(FILE_CLAIMS, { textDocument: { uri, languageId: 'json' }, text, verify: true })).claims;
    const [inFile] = await ask();
    expect(inFile).toMatchObject({ uri, status: 'verified', range: { start: { line: 0, character: text.indexOf('\\\\frac') } } });
    const documents = cells.map((source, at) => ({ uri: `vscode-notebook-cell:/n.ipynb#${at}`, languageId: 'markdown', version: 1, text: source }));
    await client.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: { uri, notebookType: 'jupyter-notebook', version: 1, cells: documents.map((one) => ({ kind: 1, document: one.uri })) }, cellTextDocuments: documents,
    });
    const [inCell] = await ask();
    expect(inCell).toMatchObject({ uri: documents[1]?.uri, status: 'verified', range: { start: { line: 0, character: 2 } } });
  });

  it('are none of a text in another language', async () => {
    expect(await claims({ textDocument: { uri: 'file:///b.txt', languageId: 'plaintext' } })).toEqual([]);
  });
});
