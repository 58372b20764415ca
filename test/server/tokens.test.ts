import { afterEach, describe, expect, it } from 'vitest';
import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver-protocol';
import { LEGEND } from '../../src/server/semantic-tokens.ts';
import { opener } from './marked.ts';

const { open, closeAll } = opener();

afterEach(closeAll);

/** Each token as its word and what it is, line by line. */
function shown(text: string, data: readonly number[]): string {
  const lines = text.split('\n');
  const words: string[][] = lines.map(() => []);
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lines_, characters, length, type, modifiers] = data.slice(at, at + 5) as [number, number, number, number, number];
    character = lines_ === 0 ? character + characters : characters;
    line += lines_;
    const roles = LEGEND.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0).map((role) => `.${role}`);
    words[line]?.push(`${(lines[line] as string).slice(character, character + length)}=${LEGEND.tokenTypes[type]}${roles.join('')}`);
  }
  return words.map((row) => row.join(' ')).join('\n').trim();
}

async function tokens(text: string, ending?: string): Promise<string> {
  const { client, place: { textDocument } } = await open(text, ending);
  const { data } = await client.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
  return shown(text, data);
}

describe('the colours of words', () => {
  it('tell shapes, dimensions, functions and derivatives apart', async () => {
    expect(await tokens("x : n\nA : m×n\ni : 1..n\nf(u) = tr(A A') u\ns = Σ_i x_i\nds/dx = ∇_x s\n")).toBe([
      'x=vector.declaration n=dimension.declaration',
      'A=matrix.declaration m=dimension.declaration n=dimension',
      'i=index.declaration n=dimension',
      'f=function.definition u=variable tr=function A=matrix A=matrix u=variable',
      's=scalar.definition i=index x=vector i=index',
      'd=derivative s=scalar d=derivative x=vector ∇=derivative x=vector s=scalar',
    ].join('\n'));
  });

  it('are those of formulas in LaTeX, and prose has none', async () => {
    expect(await tokens('Let $x \\in \\mathbb{R}^n$ and $$y = \\operatorname{diag}(x) \\mathbf{1}, \\quad \\frac{\\partial y}{\\partial x}$$\n', 'md'))
      .toBe('x=vector.declaration n=dimension.declaration y=vector.definition diag=function x=vector \\partial=derivative y=vector \\partial=derivative x=vector');
  });

  it('can be asked for a part of the text', async () => {
    const { client, text, place: { textDocument } } = await open('x : n\ny = x\nz = y\n');
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
    const { data } = await client.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/range', { textDocument, range });
    expect(shown(text, data)).toBe('y=vector.definition x=vector');
  });

  it('come as the difference to the last answer', async () => {
    const { client, uri, text, place: { textDocument } } = await open('x : n\ny = x\n');
    const first = await client.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument });
    await client.change(uri, 2, { text: `${text}z = y\n` });
    const delta = await client.connection.sendRequest<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', { textDocument, previousResultId: first.resultId });
    const data = [...first.data];
    for (const { start, deleteCount, data: added = [] } of [...delta.edits].reverse()) data.splice(start, deleteCount, ...added);
    expect(delta.edits.length).toBe(1);
    expect(shown(`${text}z = y\n`, data)).toBe('x=vector.declaration n=dimension.declaration\ny=vector.definition x=vector\nz=vector.definition y=vector');
  });

  it('come whole where the last answer is not known', async () => {
    const { client, text, place: { textDocument } } = await open('x : n\n');
    const answer = await client.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full/delta', { textDocument, previousResultId: 'another' });
    expect(shown(text, answer.data)).toBe('x=vector.declaration n=dimension.declaration');
  });
});
