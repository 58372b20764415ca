import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { joinCells, notebookText } from '../../src/syntax/blocks/notebook.ts';
import { readNotebook } from '../../src/syntax/read-notebook.ts';
import { show, showItem } from './show.ts';

type Source = string | readonly string[];

function notebook(...cells: readonly (readonly [type: 'markdown' | 'code' | 'raw', source: Source])[]): string {
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: cells.map(([cell_type, source]) => ({ cell_type, metadata: {}, source })) });
}

function statements(json: string): string[] {
  return readNotebook(json).document.items.flatMap((item) => (item.kind === 'statement' ? [show(item.statement)] : []));
}

describe('a notebook', () => {
  it('is its Markdown cells, in order', () => {
    expect(statements(notebook(['markdown', '$x \\in \\mathbb R^n$'], ['code', '# $y$'], ['raw', '$z$'], ['markdown', ['$$\n', 'a = b\n', '$$']]))).toEqual(['x : n', 'a  = b']);
  });

  it('keeps what a cell leaves open within that cell', () => {
    const after = ['markdown', 'Here $$b = c$$'] as const;
    for (const bad of ['$$ a = ', '```python\n$x$', '<!-- never closed', '\\[ a', '> quote', '- list', '$a', '\\begin{align} a &= b']) {
      expect(statements(notebook(['markdown', bad], after))).toContain('b  = c');
    }
  });

  it('shares declarations and macros from cell to cell', () => {
    const json = notebook(['markdown', '$\\newcommand{\\R}{\\mathbb R}$ $x \\in \\R^n$'], ['code', 'x = 1'], ['markdown', '$$f = x^\\top x$$ $$\\nabla_x f = 2 x$$ and $A \\in \\R^{m\\times n}$']);
    const { claims, diagnostics } = checkDocument(json, 'notebook', { verify: true });
    expect(diagnostics).toEqual([]);
    expect(claims?.map((claim) => claim.status)).toEqual(['verified']);
  });

  it('counts a place within its cell', () => {
    const joined = joinCells([{ index: 1, source: 'one\n$x$' }, { index: 4, source: '$y$' }]);
    expect(joined.cells.map(({ index, span }) => [index, joined.text.slice(span.start, span.end)])).toEqual([[1, 'one\n$x$'], [4, '$y$']]);
  });

  it.each(['', '{', '[]', 'null', '{"cells": 3}', '"text"', '\u0000'])('that is none is said to be none: %j', (text) => {
    expect(notebookText(text)).toBeNull();
    expect(readNotebook(text).document.items.map(showItem)).toEqual(['?? This is no notebook: it is not JSON with a list of cells.']);
  });

  it.each([
    ['cells without a source', { cells: [{ cell_type: 'markdown' }, null, 7, { cell_type: 'markdown', source: [1, null, '$x = y$'] }] }],
    ['the older format', { worksheets: [{ cells: [{ cell_type: 'markdown', source: '$x = y$' }] }] }],
  ])('is read with %s', (_name, value) => {
    expect(statements(JSON.stringify(value))).toEqual(['x  = y']);
  });
});
