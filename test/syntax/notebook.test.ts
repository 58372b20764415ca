import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { fileReport } from '../../src/check/report.ts';
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

  it.each(['[]', 'null', '{"cells": 3}', '"text"', '{"worksheets": []}'])('without cells is said to be none: %j', (text) => {
    expect(notebookText(text)).toBeNull();
    expect(readNotebook(text).document.items.map(showItem)).toEqual(['?? This is no notebook: it has no list of cells.']);
  });

  it.each([
    ['', 0], ['{', 0], ['\u0000', 0], ['<<<<<<< HEAD\n{"cells": []}', 0], ['{"cells": [', 10], ['{"cells": [}\n]}', 11], ['\ufeff{"cells": [}', 12],
    ['{"cells": [1,]}', 13], ['{"cells": [], }', 14], ['{"cells": ["\n"]}', 11], ['{"cells" []}', 9], ['{"cells": []} {}', 14], ['{"a": 01}', 7], ['{"cells": [1 2]}', 13], ["{'cells': []}", 1], [']', 0],
  ])('that breaks off is told where: %j', (text, start) => {
    const { document, notebook } = readNotebook(text);
    expect(notebook).toBeNull();
    expect(document.items).toMatchObject([{ kind: 'problem', problem: { message: 'This is no notebook: it is no JSON from here on.', span: { start, end: Math.min(text.length, start + 1) } } }]);
  });

  it('of the older format has cells on several sheets, and cells that are headings', () => {
    const cell = (cell_type: string, source: string) => ({ cell_type, source, level: 2 });
    const json = JSON.stringify({ worksheets: [{ cells: [cell('markdown', '$x : n$')] }, {}, { cells: [cell('heading', 'Two $k$'), cell('markdown', '$a = b$')] }] });
    const { items } = readNotebook(json).document;
    expect(items.map(({ kind }) => kind)).toEqual(['statement', 'heading', 'statement']);
    expect(readNotebook(json).notebook?.cells.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it.each(['\n', '\r\n', '\r'])('counts lines that end in %j', (end) => {
    const source = ['# One', '', 'Let $A \\in \\mathbb R^{m \\times n}$, $x \\in \\mathbb R^m$.', '$$y = A x$$'].join(end);
    const checked = checkDocument(notebook(['code', 'x'], ['markdown', source]), 'notebook', { verify: false });
    expect(fileReport('a.ipynb', checked).diagnostics).toMatchObject([{ code: 'shape/product', cell: 1, range: { start: { line: 3, character: 6 } } }]);
  });

  it.each([
    ['cells without a source', { cells: [{ cell_type: 'markdown' }, null, 7, { cell_type: 'markdown', source: [1, null, '$x = y$'] }] }],
    ['the older format', { worksheets: [{ cells: [{ cell_type: 'markdown', source: '$x = y$' }] }] }],
  ])('is read with %s', (_name, value) => {
    expect(statements(JSON.stringify(value))).toEqual(['x  = y']);
  });
});
