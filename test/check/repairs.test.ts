import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CheckedDocument, checkDocument } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';

/** Per heading a mistaken text and the same text mended. */
function casesIn(lecture: string): { readonly hint: string; readonly wrong: string; readonly mended: string }[] {
  const cases = lecture.matchAll(/^## (?<hint>.*)\n\n```deriv\n(?<wrong>[^]*?)```\n\n```fixed\n(?<mended>[^]*?)```/gm);
  return [...cases].map(({ groups }) => ({ hint: groups?.hint ?? '', wrong: groups?.wrong ?? '', mended: groups?.mended ?? '' }));
}

function check(text: string): CheckedDocument {
  return checkDocument(text, 'plain', { verify: true });
}

function mistakes({ diagnostics }: CheckedDocument) {
  return diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
}

describe('the first fix of a mistake mends it, and the message says how', () => {
  for (const { hint, wrong, mended } of casesIn(readFileSync(join(import.meta.dirname, 'repairs.md'), 'utf8'))) {
    it(hint, () => {
      const [mistake, ...others] = mistakes(check(wrong));
      expect(others).toEqual([]);
      expect(mistake?.message).toContain(hint);
      expect(applyEdits(wrong, mistake?.fixes[0]?.edits ?? [])).toBe(mended);
      expect(mistakes(check(mended))).toEqual([]);
    });
  }
});

describe('a repair is spelled as the place is that it mends', () => {
  it.each([
    ['markdown', '```deriv\nA : m×n\nb : m\ny = A b\n```\n', "A'"],
    ['markdown', '<!-- chainrule: A : m×n; b : m; y = A b -->\n', "A'"],
    ['latex', '% chainrule: A : m×n; b : m; y = A b\n', "A'"],
    ['markdown', '<!-- chainrule: A : m×n; b : m -->\n\n$$y = A b$$\n', 'A^\\top'],
    ['markdown', '$A \\in \\mathbb{R}^{m\\times n}$, $b \\in \\mathbb{R}^m$\n\n$$L = b^T b$$\n\n$$y = A b$$\n', 'A^T'],
    ['markdown', '```deriv\nx : n\nA : m×n\nL = ||A x||^2\ndL/dx = 3 x\n```\n', "2 A' A x"],
    ['markdown', "```deriv\nx : n\nA : n×n\ny = A x\nL = y' y + x' x\ndL/dx = dy/dx dL/dy\n```\n", ' + ∂L/∂x'],
  ] as const)('in %s: %j', (surface, text, newText) => {
    const [mistake] = mistakes(checkDocument(text, surface, { verify: true }));
    expect(mistake?.fixes[0]?.edits.map((edit) => edit.newText)).toEqual([newText]);
  });
});

describe('an assumption that would save a claim', () => {
  const wrong = 'Let $A \\in \\mathbb{R}^{n\\times n}$ and $x \\in \\mathbb{R}^n$.\n\n$$f = x^\\top A x$$\n\n$$\\nabla f = 2 A x$$\n';

  it('can be declared in a comment of the document', () => {
    const [mistake] = mistakes(checkDocument(wrong, 'markdown', { verify: true }));
    const fix = mistake?.fixes.find(({ title }) => title === 'Declare that A is symmetric');
    const declared = applyEdits(wrong, fix?.edits ?? []);
    expect(declared).toContain('<!-- chainrule: A : n×n symmetric -->');
    expect(mistakes(checkDocument(declared, 'markdown', { verify: true }))).toEqual([]);
  });
});

describe('a counterexample', () => {
  it('has the smallest sizes and whole numbers at which the step is wrong', () => {
    const [claim] = check('x : n\nf = x\' x\ndf/dx = x\n').claims ?? [];
    expect(claim?.counterexample).toEqual({
      values: [{ name: 'x', rows: 1, cols: 1, data: [expect.any(Number)] }],
      claimed: { rows: 1, cols: 1, data: [expect.any(Number)] },
      numeric: { rows: 1, cols: 1, data: [expect.any(Number)] },
    });
    const { values, claimed, numeric } = claim?.counterexample ?? { values: [], claimed: { data: [] }, numeric: { data: [] } };
    const x = values[0]?.data[0] as number;
    expect(Number.isInteger(x)).toBe(true);
    expect(claimed.data[0]).toBeCloseTo(x, 6);
    expect(numeric.data[0]).toBeCloseTo(2 * x, 6);
  });

  it('needs matrices where a number would not show the mistake', () => {
    const [claim] = check('A : n×n\nx : n\nf = x\' A x\ndf/dx = 2 A x\n').claims ?? [];
    expect(claim?.counterexample?.values.map(({ name, rows, cols }) => `${name} ${rows}×${cols}`).sort()).toEqual(['A 2×2', 'x 2×1']);
  });

  it('is there for refuted claims only', () => {
    const [claim] = check('x : n\nf = x\' x\ndf/dx = 2 x\n').claims ?? [];
    expect(claim?.status).toBe('verified');
    expect(claim).not.toHaveProperty('counterexample');
  });
});

it('a repair is given up where what it would cost is out of proportion: a half-typed shape makes a vector of enormous length', () => {
  const text = [
    'Let $x\\in\\mathbb{R}^m$, $y\\in\\mathbb{R}^n$, $W \\in\\mathbb{R}^{m\\t^imes n}$ and $s = \\sum_{i=1}^m \\sum_{j=1}^n x_i W_{ij} y_j$.',
    'Then $\\frac{\\partial s}{\\partial W} = x y^\\top$ and $\\frac{\\partial s}{\\partial x} = W y$.',
  ].join('\n\n');
  expect(mistakes(checkDocument(text, 'markdown', { verify: false })).map(({ code }) => code)).toContain('shape/product');
});

it('a claim that may not cost what it asks for is inconclusive', () => {
  let spent = 0;
  const { claims } = checkDocument('x : n\nf = x\' x\ndf/dx = 2 x', 'plain', { verify: true, spend: (work) => (spent += work) < 100_000 });
  expect(claims?.[0]).toMatchObject({ status: 'inconclusive', reason: 'it takes more work than it may' });
});

it('of a claim that holds for a square matrix only says so, and offers to state it', () => {
  const [wrong] = mistakes(check('X : m×n\nf = ||X||_F^2 / m\ndf/dX = 2/n X\n'));
  expect(wrong?.message).toContain('It also holds if `X` is square, which nothing above says.');
  expect(wrong?.fixes.map(({ title }) => title)).toEqual(['Replace `n` by `m`', 'State that m = n']);
});

it.each([
  ["A, B : n×n\nx : n\nf = x' A x / (x' B x)\ndf/dx = 2 / (x' B x) (A x - f B x)\n", 'plain', 'A : n×n symmetric\nB : n×n symmetric\n'],
  [
    '$A, B \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$,\n$f(x) = x^\\top A x + x^\\top B^\\top x + \\|B A x\\|^2$.\n\n$$\\nabla f(x) = 2 (A x + B x + A B^2 A x)$$\n', 'markdown',
    '<!-- chainrule: A : n×n symmetric; B : n×n symmetric -->\n',
  ],
] as const)('of a claim that holds where two matrices are symmetric, and not where one is, says so, and offers to state it: %j', (text, surface, statement) => {
  const [wrong] = mistakes(checkDocument(text, surface, { verify: true }));
  expect(wrong?.message).toContain('olds if `A` and `B` are symmetric, which nothing above says.');
  const fix = wrong?.fixes.find(({ title }) => title === 'Declare that A, B are symmetric');
  expect(applyEdits(text, fix?.edits ?? [])).toContain(statement);
});

it('a piece that would never hold mends nothing, and the sign of what has a size is found', () => {
  const text = String.raw`Let $r \in \mathbb{R}$, $\delta > 0$ and $\rho(r) = \begin{cases} \frac12 r^2 & |r| \le \delta\\ \delta |r| - \frac12\delta^2 & |r| > \delta\end{cases}$. Then $\rho'(r) = \begin{cases} r & |r|\le\delta\\ \delta & |r| > \delta\end{cases}$.`;
  const [wrong] = mistakes(checkDocument(text, 'markdown', { verify: true }));
  expect(wrong?.code).toBe('verify/refuted');
  expect(wrong?.message).toContain('A factor is missing');
  const mended = applyEdits(text, wrong?.fixes[0]?.edits ?? []);
  expect(mended).toContain('\\operatorname{sign}(r) \\delta & |r| > \\delta');
  expect(mistakes(checkDocument(mended, 'markdown', { verify: true }))).toEqual([]);
});

it('is a derivative where a difference of equals would do, exact where a small number would be near enough, and a strict condition', () => {
  const titles = (text: string) => mistakes(check(text)).flatMap(({ fixes }) => fixes[0]?.title ?? []);
  expect(titles("Q, A : n×n\nf = tr(Q^-1 A Q)\ndf/dQ = A' Q - A Q\n")).toEqual(["Replace `A' Q - A Q` by the derivative `0`"]);
  expect(titles('x : n\nf = sum(log(ones(n) + exp(x)))\ndf/dx = sigmoid(x) + 1e-5 ones(n)\n')).toEqual(['Replace `sigmoid(x) + 1e-5 ones(n)` by `sigmoid(x)`']);
  expect(titles("W : h×d\nx : d\nc : h\nf = c' relu(W x)\ndf/dW = (c ⊙ Ind(relu(W x) >= 0)) x'\n")).toEqual(['Replace `relu(W x) >= 0` by `relu(W x) > 0`']);
});

it('writes a number beside another one with a sign between them', () => {
  const text = '$x \\in \\mathbb{R}^n$, $f(x) = \\sum_i x_i^4 + 10^{-2} \\|x\\|^2$\n\n$$\\nabla f(x) = 4 x^{\\odot 3} + 10^{-2} x$$\n';
  const [wrong] = mistakes(checkDocument(text, 'markdown', { verify: true }));
  expect(wrong?.fixes[0]?.title).toBe('Replace `10^{-2} x` by `2 \\cdot 10^{-2} x`');
});

it.each([
  ["f(s) = sin(s^2)\ns : scalar\nf'(s) = s + cos(s^2)\n", '2 s cos(s^2)'],
  ["c, g : d\ns = sqrt(mean(c .* c))\nL = g' c / s\ndL/dc = 0 c\n", "g/s - (g' c) c/(d s^3)"],
  ["x : n\nf = 0.1 x' x + sum(x.^4)\ndf/dx = sigmoid(x)\n", '0.2 x + 4 x.^3'],
  ["x : n\nf = x' x / 10 + sum(x.^4)\ndf/dx = sigmoid(x)\n", '1/5 x + 4 x.^3'],
])('the derivative that mends %j is written with the names of the text', (text, derivative) => {
  const [wrong] = mistakes(check(text));
  expect(wrong?.fixes.map(({ title }) => title)).toEqual([expect.stringContaining(`by the derivative \`${derivative}\``)]);
});

it.each(['||x - x||', "x' x - x' x", "sqrt(x' x - x' x)"])('of f = %s, which is zero everywhere, nothing is made right by another factor f', (f) => {
  const [wrong] = mistakes(check(`x : n\nf = ${f}\ndf/dx = 2 x\n`));
  expect(wrong?.fixes.map(({ title }) => title)).toEqual([expect.stringContaining('by the derivative `0`')]);
});

it.each([
  ['X : n×n\nf = tr(X^3)\ndf = tr(X^2 dX)\n', '3 tr(X^2 dX)'],
  ['x : n\nf = sum(x.^5)\ndf = x.^4 · dx\n', '5 (x.^4 · dx)'],
])('in the differential %j the number of a power is put back', (text, mended) => {
  const [claim] = checkDocument(text, 'plain', { verify: true }).claims ?? [];
  expect(claim?.repair).toBe(mended);
});
