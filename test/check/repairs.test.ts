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

it('a piece that would never hold mends nothing, and a slope of a function is found', () => {
  const text = String.raw`Let $r \in \mathbb{R}$, $\delta > 0$ and $\rho(r) = \begin{cases} \frac12 r^2 & |r| \le \delta\\ \delta |r| - \frac12\delta^2 & |r| > \delta\end{cases}$. Then $\rho'(r) = \begin{cases} r & |r|\le\delta\\ \delta & |r| > \delta\end{cases}$.`;
  const [wrong] = mistakes(checkDocument(text, 'markdown', { verify: true }));
  expect(wrong?.code).toBe('verify/refuted');
  expect(wrong?.message).not.toContain('instead of');
  const mended = applyEdits(text, wrong?.fixes[0]?.edits ?? []);
  expect(mended).toContain('\\operatorname{sign}(r)');
  expect(mistakes(checkDocument(mended, 'markdown', { verify: true }))).toEqual([]);
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
