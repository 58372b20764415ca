import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol';
import { lineIndex } from '../../src/base/line-index.ts';
import { applyEdits } from '../../src/check/source.ts';
import { IS_TAKEN, type IsTakenParams } from '../../src/protocol/lsp.ts';
import type { ClientSetup } from './client.ts';
import { type Opened, opener } from './marked.ts';

const { open, closeAll } = opener();

afterEach(closeAll);

const INVOKED = 1;
const AUTOMATIC = 2;

const CREATES: ClientSetup = { capabilities: { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } } };
const RESOLVES: ClientSetup = { capabilities: { ...CREATES.capabilities, textDocument: { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } } } };

async function offered({ client, place }: Opened, context: object = { triggerKind: INVOKED }): Promise<CodeAction[]> {
  const range = { start: place.position, end: place.position };
  return client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: place.textDocument, range, context: { diagnostics: [], ...context } });
}

function edited(text: string, edits: readonly TextEdit[]): string {
  const { starts } = lineIndex(text);
  const offset = ({ line, character }: TextEdit['range']['start']) => Math.min((starts[line] ?? text.length) + character, text.length);
  return applyEdits(text, edits.map(({ range, newText }) => ({ span: { start: offset(range.start), end: offset(range.end) }, newText })));
}

/** The text after the action whose title matches; null where it is not offered. */
async function textAfter(marked: string, title: RegExp, ending?: string): Promise<string | null> {
  const opened = await open(marked, ending);
  const action = (await offered(opened)).find((one) => title.test(one.title));
  return action === undefined ? null : edited(opened.text, action.edit?.changes?.[opened.uri] ?? []);
}

describe('a line of shapes', () => {
  it('is inserted below an equation and laid out with it', async () => {
    expect(await textAfter("layout denominator\nx : n\nM : m×n\nc : m\ny = M x\nz = c' y\ndz/dx = dy/dx |dz/dy = M' c // why\n", /shapes$/))
      .toBe("layout denominator\nx : n\nM : m×n\nc : m\ny = M x\nz = c' y\ndz/dx = dy/dx dz/dy = M'  c // why\nn×1   = n×m   m×1   = n×m m×1\n");
  });

  it('leaves out scalar factors, and has a plus for every term', async () => {
    expect(await textAfter('x, y : n\ns : scalar\n|z = 2 s x - y\n', /shapes$/)).toBe('x, y : n\ns : scalar\nz   = 2 s x - y\nn×1 = n×1 + n×1\n');
  });

  const SHAPES = '$A \\in \\mathbb{R}^{m\\times n}$, $x \\in \\mathbb{R}^n$, $b \\in \\mathbb{R}^m$, $y = A x + b$, $L = y^T y$.\n\n';

  it.each([
    ['a display below in Markdown', 'md', '$$\n\\frac{\\partial L}{\\partial x} = 2 |A^T y .\n$$\n', '$$\n\\frac{\\partial L}{\\partial x} = 2 A^T y .\n$$\n$$\n(n \\times 1) = (n \\times m)(m \\times 1)\n$$\n'],
    ['a display on one line', 'md', '  $$y = |A x + b$$\n', '  $$y = A x + b$$\n  $$(m \\times 1) = (m \\times n)(n \\times 1) + (m \\times 1)$$\n'],
    ['a display below in LaTeX', 'tex', '\\begin{equation}\n  y = |A x + b \\label{y}\n\\end{equation}\n', '\\begin{equation}\n  y = A x + b \\label{y}\n\\end{equation}\n\\begin{equation}\n  (m \\times 1) = (m \\times n)(n \\times 1) + (m \\times 1)\n\\end{equation}\n'],
    ['a row in the midst', 'tex', '\\begin{align}\n  L &= |y^T y, \\\\\n  \\nabla_x L &= 2 A^T y.\n\\end{align}\n', '\\begin{align}\n  L &= y^T y, \\\\\n  (1 \\times 1) &= (1 \\times m)(m \\times 1) \\\\\n  \\nabla_x L &= 2 A^T y.\n\\end{align}\n'],
    ['a row at the end', 'md', '$$\n\\begin{aligned}\nL &= y^T y, \\\\\n\\nabla_x L &= |2 A^T y.\n\\end{aligned}\n$$\n', '$$\n\\begin{aligned}\nL &= y^T y, \\\\\n\\nabla_x L &= 2 A^T y. \\\\\n(n \\times 1) &= (n \\times m)(m \\times 1)\n\\end{aligned}\n$$\n'],
  ])('is %s', async (_, ending, before, after) => {
    expect(await textAfter(SHAPES + before, /shapes$/, ending)).toBe(SHAPES + after);
    const line = before.split('\n').find((one) => one.includes('|'))?.replace('|', '') ?? '';
    const cursor = (SHAPES + after).indexOf(line) + line.indexOf('=');
    expect(await textAfter(`${(SHAPES + after).slice(0, cursor)}|${(SHAPES + after).slice(cursor)}`, /shapes$/, ending)).toBeNull();
  });

  it('is not offered in a sentence', async () => {
    expect(await textAfter(`${SHAPES}Here $y = |A x + b$ again.\n`, /shapes$/, 'md')).toBeNull();
    expect(await textAfter(`${SHAPES}$$y = |A x + b$$ again.\n`, /shapes$/, 'md')).toBeNull();
  });

  it.each([
    ['there is one already', 'x : n\n|y = x\nn×1 = n×1\n'],
    ['a shape is open', 'x : n\n|y = x a\n'],
    ['the line says more', 'x : n; |y = x\n'],
    ['a matrix cannot have the shape', "W : m×n\nx : n\nz = W x\n|T = dz/dW\n"],
  ])('is not offered where %s', async (_, text) => {
    expect(await textAfter(text, /shapes$/)).toBeNull();
  });
});

describe('declaring what is undeclared', () => {
  it('takes the shapes that fit the uses', async () => {
    expect(await textAfter("M : m×n\n|y = M x\nz = c' y + b\n# B\nx : k\nw = x + v\n", /^Declare/)).toBe("M : m×n\nx : n\nc : m\nb : scalar\ny = M x\nz = c' y + b\n# B\nx : k\nv : k\nw = x + v\n");
  });

  it('gives sizes that the uses leave open letters of their own', async () => {
    expect(await textAfter('x : n\n|y = W2 relu(W1 x + b1) + b2\n', /^Declare/)).toBe('x : n\nW2 : m×k\nW1 : k×n\nb1 : k\nb2 : m\ny = W2 relu(W1 x + b1) + b2\n');
    expect(await textAfter("Q : n×n\nx : n\n|u = Q x + v\nw = R u\ndw/dx = Q' R'\n", /^Declare/)).toBe("Q : n×n\nx : n\nv : n\nR : m×n\nu = Q x + v\nw = R u\ndw/dx = Q' R'\n");
  });

  it('is a comment in Markdown', async () => {
    expect(await textAfter('<!-- chainrule: M : m×n -->\n\nText\n$$|y = M x$$\n', /^Declare `x : n`$/, 'md')).toBe('<!-- chainrule: M : m×n -->\n\nText\n<!-- chainrule: x : n -->\n$$y = M x$$\n');
  });

  it('is not offered where all is declared', async () => {
    expect(await textAfter('x : n\n|y = x\n', /^Declare/)).toBeNull();
  });
});

describe('converting a section', () => {
  it('turns every chain round and leaves it verified', async () => {
    expect(await textAfter("# A\ngradient as column\nW : n×m\na : m\nz = W a\nL(z) : scalar\n|dL/dW = Σ_i dz_i/dW dL/dz_i\n      = dL/dz a'\ndL/dW = dL/dz a'\nn×m   = n×1 1×m\ndL/da = dz/da dL/dz = W' dL/dz\n", /numerator layout/))
      .toBe("# A\ngradient as row\nW : n×m\na : m\nz = W a\nL(z) : scalar\ndL/dW = Σ_i dL/dz_i dz_i/dW\n      = a dL/dz\ndL/dW = a   dL/dz\nm×n   = m×1 1×n\ndL/da = dL/dz dz/da = dL/dz W\n");
  });

  it('goes back to where it came from', async () => {
    const column = "layout denominator\nx : n\nM : m×n\ny = M x\nL(y) : scalar\ndL/dx = dy/dx dL/dy = M' dL/dy\n";
    const row = await textAfter(`|${column}`, /numerator layout/);
    expect(row).toBe("layout numerator\nx : n\nM : m×n\ny = M x\nL(y) : scalar\ndL/dx = dL/dy dy/dx = dL/dy M\n");
    expect(await textAfter(`|${row}`, /denominator layout/)).toBe(column);
  });

  it('says in LaTeX what was said before, transposed', async () => {
    expect(await textAfter('<!-- chainrule: layout denominator -->\n$X \\in \\mathbb{R}^{N\\times d}$, $y \\in \\mathbb{R}^N$, $w \\in \\mathbb{R}^d$ $$r = |X w - y, \\quad L = \\tfrac12 \\|r\\|^2$$ $$\\frac{\\partial L}{\\partial w} = X^\\top (X w - y)$$\n', /numerator layout/, 'md'))
      .toBe('<!-- chainrule: layout numerator -->\n$X \\in \\mathbb{R}^{N\\times d}$, $y \\in \\mathbb{R}^N$, $w \\in \\mathbb{R}^d$ $$r = X w - y, \\quad L = \\tfrac12 \\|r\\|^2$$ $$\\frac{\\partial L}{\\partial w} = (X w - y)^\\top X$$\n');
  });

  it('transposes the terms of a sum, and what stands in brackets as a whole, by the marks of the text', async () => {
    expect(await textAfter("layout denominator\nQ : n×n\nx, c : n\nq = x' Q x + c' x\n|dq/dx = (Q + Q') x + c\n", /numerator layout/))
      .toBe("layout numerator\nQ : n×n\nx, c : n\nq = x' Q x + c' x\ndq/dx = x' (Q' + Q) + c'\n");
    expect(await textAfter('<!-- chainrule: layout denominator; A : m×n; x : n; b : m -->\n$$f = \\tfrac12 (A x - b)^T (A x - b)$$ $$|\\frac{\\partial f}{\\partial x} = A^T (A x - b)$$\n', /numerator layout/, 'md'))
      .toContain('= (A x - b)^T A$$');
    expect(await textAfter("layout denominator\ni : 1..N\nx_i, w : n\ny_i : scalar\nL = Σ_i y_i x_i' w + 1/2 w' w\n|dL/dw = Σ_i y_i x_i + w\n", /numerator layout/)).toContain("dL/dw = Σ_i y_i x_i' + w'\n");
    expect(await textAfter('layout numerator\na, s, v : n\nL = v\' (a ⊙ s)\n|dL/da = v\' ⊙ s\'\n', /denominator layout/)).toContain('dL/da = v ⊙ s\n');
  });

  it.each([
    ['A^\\top \\left( A x - b \\right)', '\\left( A x - b \\right)^\\top A'],
    ['A^\\top \\bigl(A x - b\\bigr)', '\\bigl(A x - b\\bigr)^\\top A'],
    ['A^\\top \\Big [ A x - b \\Big ]', '\\Big [ A x - b \\Big ]^\\top A'],
    ['\\left((A x - b)^\\top A\\right)^\\top', '(A x - b)^\\top A'],
    ['\\tfrac12 \\left(A^\\top + A^\\top\\right) (A x - b)', '\\tfrac12 (A x - b)^\\top \\left(A + A\\right)'],
  ])('keeps the brackets of %s', async (before, after) => {
    const text = (layout: string, claim: string) => `<!-- chainrule: layout ${layout}; A : m×n; x : n; b : m -->\n$$f = \\tfrac12 \\|A x - b\\|^2$$ $$\\frac{\\partial f}{\\partial x} = ${claim}$$\n`;
    expect(await textAfter(`|${text('denominator', before)}`, /numerator layout/, 'md')).toBe(text('numerator', after));
  });

  it('puts no brackets around a constant', async () => {
    const text = (layout: string, claim: string) => `<!-- chainrule: layout ${layout}; A : m×n; x : n -->\n$$s = \\mathbf{1}^\\top A x$$ $$\\frac{\\partial s}{\\partial x} = ${claim}$$\n`;
    expect(await textAfter(`|${text('denominator', 'A^\\top \\mathbf{1}')}`, /numerator layout/, 'md')).toBe(text('numerator', '\\mathbf{1}^\\top A'));
  });

  it.each([
    ['a claim is wrong', "layout denominator\nx, c : n\nz = c' x\n|dz/dx = 2 c\n"],
    ['nothing depends on a layout', "x, c : n\nz = c' x\n|∇_x z = c\n"],
    ['the layout is neither of the two', "layout mixed\nx : n\nM : m×n\ny = M x\n|dy/dx = M\n"],
  ])('is not offered where %s', async (_, text) => {
    expect(await textAfter(text, /^Convert/)).toBeNull();
  });

  it('is not offered by itself while the cursor moves', async () => {
    const opened = await open("layout denominator\nx, c : n\nz = c' x\n|dz/dx = c\n");
    expect((await offered(opened, { triggerKind: AUTOMATIC })).filter(({ kind }) => kind === 'refactor.rewrite')).toEqual([]);
    expect((await offered(opened, { triggerKind: AUTOMATIC, only: ['refactor'] })).map(({ title }) => title)).toContain('Convert this section to numerator layout (gradient as row)');
    expect(await offered(opened, { only: ['source.organizeImports'] })).toEqual([]);
  });
});

describe('writing a derivation in another surface', () => {
  const created = ({ edit }: CodeAction) => {
    const [create, change] = (edit?.documentChanges ?? []) as [object, TextDocumentEdit];
    return { create, text: (change.edits[0] as TextEdit).newText };
  };

  it('makes a file in plain notation of what Markdown says', async () => {
    const opened = await open('# Ridge\n\nLet $\\mathbf X \\in \\mathbb{R}^{N\\times d}$, $w \\in \\mathbb{R}^d$ and $\\lambda > 0$. |Then\n$$R = \\|\\mathbf{X} w\\|^2 + \\lambda \\|w\\|^2, \\qquad \\nabla_w R = 2 \\mathbf X^\\top \\mathbf X w + 2 \\lambda w$$\n', 'md', CREATES);
    const action = (await offered(opened)).find(({ title }) => title === 'Write this derivation in plain notation (a.deriv)');
    expect(action && created(action)).toEqual({
      create: { kind: 'create', uri: 'file:///notes/a.deriv' },
      text: "# Ridge\n\nX : N×d\nw : d\nλ : scalar positive\n\nR = ||X w||^2 + λ ||w||^2\n∇_w R = 2 X' X w + 2 λ w\n",
    });
  });

  it('declares what a sentence tells once, and begins with the first level of headings', async () => {
    const opened = await open('\\section{Noise}\nLet $R \\in \\mathbb{R}^{m\\times m}$ and $P \\in \\mathbb{R}^{n\\times n}$ be symmetric positive definite, $x \\in \\mathbb{R}^n$.\n\\subsection{Value}\n\\[|V = x^\\top P x, \\qquad \\nabla_x V = 2 P x\\]\n', 'tex', CREATES);
    const action = (await offered(opened)).find(({ title }) => title.startsWith('Write'));
    expect(action && created(action).text).toBe("# Noise\n\nR : m×m spd\nP : n×n spd\nx : n\n\n## Value\n\nV = x' P x\n∇_x V = 2 P x\n");
  });

  it('makes LaTeX of plain notation, when it is chosen', async () => {
    const opened = await open("# A\nlayout denominator\nx : n\nS : n×n spd\nL = x' S x\n|dL/dx = 2 S x\n", 'deriv', RESOLVES);
    const action = (await offered(opened)).find(({ title }) => title === 'Write this derivation in LaTeX (a.tex)');
    expect(action?.edit).toBeUndefined();
    const resolved = await opened.client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    expect(created(resolved).text).toBe([
      '\\documentclass{article}', '\\usepackage{amsmath, amssymb}', '\\begin{document}', '', '\\section{A}', '',
      '% chainrule: layout denominator', '$x \\in \\mathbb{R}^{n}$', '% chainrule: S : n×n spd', '',
      '\\[ L = x^\\top S x \\]', '\\[ \\frac{\\partial L}{\\partial x} = 2 S x \\]', '', '\\end{document}', '',
    ].join('\n'));
  });

  it.each([
    ['a file is there', { host: { isTaken: (uri: string) => /a(?:-2)?\.tex$/.test(uri) } }, 'a-3.tex'],
    ['the client knows of a file', { initializationOptions: { files: true } }, 'a-2.tex'],
  ])('gets a name of its own where %s', async (_, setup, name) => {
    const opened = await open("layout denominator\nx : n\nL = x' x\n|dL/dx = 2 x\n", 'deriv', { ...RESOLVES, ...setup });
    opened.client.connection.onRequest(IS_TAKEN, ({ uri }: IsTakenParams) => ({ isTaken: uri === 'file:///notes/a.tex' }));
    const action = (await offered(opened)).find(({ title }) => title === `Write this derivation in LaTeX (${name})`);
    const resolved = await opened.client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
    expect(created(resolved).create).toEqual({ kind: 'create', uri: `file:///notes/${name}` });
  });

  it('gets a name of its own beside an open document that was not saved', async () => {
    const opened = await open("layout denominator\nx : n\nL = x' x\n|dL/dx = 2 x\n", 'deriv', RESOLVES);
    await opened.client.open('file:///notes/a.tex', 'latex', '');
    expect((await offered(opened)).map(({ title }) => title)).toContain('Write this derivation in LaTeX (a-2.tex)');
  });

  it('is refused with the reason where it would say something else', async () => {
    const opened = await open('$x \\in \\mathbb{R}^n$ $$|f(x) = \\begin{cases} x_1 & x_1 > 0 \\\\ 0 & \\text{else} \\end{cases}$$ $$L = f(x)^2 \\qquad \\frac{d L}{d f} = 2 f$$\n', 'md', RESOLVES);
    const action = (await offered(opened)).find(({ title }) => title.startsWith('Write'));
    await expect(opened.client.connection.sendRequest('codeAction/resolve', action)).rejects.toThrow('would not say the same');
  });

  it('is not offered where no file can be made, or none beside the text', async () => {
    expect((await offered(await open('x : n\n|y = x\n'))).filter(({ title }) => title.startsWith('Write'))).toEqual([]);
  });
});
