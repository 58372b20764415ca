import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { verdictsOn } from './verdicts.ts';

const DECLARED = 'Let $x, a \\in \\mathbb R^n$, $f : \\mathbb R^n \\to \\mathbb R$ and $g : \\mathbb R^n \\to \\mathbb R^m$.\n';

/** What a text says after the declarations, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['a sum', '$$q = x_1^2 + x_2^2 + \\cdots + x_n^2 + 3, \\quad \\nabla q = 2 x, \\quad \\frac{\\partial q}{\\partial x_n} = 2 x_n$$', 'verified verified'],
  ['a sum of products', '$$s = a_1 x_1 + \\dots + a_n x_n, \\quad \\nabla_x s = a, \\quad \\nabla_x s = 2 a$$', 'verified refuted'],
  ['terms that are taken away', '$$s = 1 - x_1 - x_2 - \\dots - x_n, \\quad \\nabla_x s = -\\mathbf 1$$', 'verified'],
  ['a product of numbers', '$$p = 2 x_1 x_2 \\cdots x_n, \\quad \\frac{\\partial p}{\\partial x_1} = \\frac{p}{x_1}$$', 'verified'],
  ['an average', '$$m = \\frac{x_1 + \\ldots + x_n}{n}, \\quad \\nabla m = \\frac1n \\mathbf 1$$', 'verified'],
  ['numbers that count themselves', '$$s = 1 x_1 + 2 x_2 + \\dots + n x_n, \\quad \\frac{\\partial s}{\\partial x_n} = n$$', 'verified'],
  ['terms that do not go on like this stay open', '$$q = x_1 + x_3 + \\dots + x_n, \\quad \\nabla q = \\mathbf 1$$', 'inconclusive'],
  [
    'the gradient as the column of its entries',
    '$$\\nabla f(x) = \\begin{bmatrix} \\frac{\\partial f}{\\partial x_1} \\\\ \\vdots \\\\ \\frac{\\partial f}{\\partial x_n} \\end{bmatrix} = \\left( \\frac{\\partial f}{\\partial x_1}, \\dots, \\frac{\\partial f}{\\partial x_n} \\right)^\\top$$',
    'verified',
  ],
  [
    'the Jacobian as the matrix of its entries',
    '$$J_g(x) = \\begin{pmatrix} \\frac{\\partial g_1}{\\partial x_1} & \\cdots & \\frac{\\partial g_1}{\\partial x_n} \\\\ \\vdots & \\ddots & \\vdots \\\\ \\frac{\\partial g_m}{\\partial x_1} & \\cdots & \\frac{\\partial g_m}{\\partial x_n} \\end{pmatrix}$$',
    'verified',
  ],
  [
    'the Hessian as the matrix of its entries',
    '$$\\nabla^2 f(x) = \\begin{pmatrix} \\frac{\\partial^2 f}{\\partial x_1^2} & \\cdots & \\frac{\\partial^2 f}{\\partial x_1 \\partial x_n} \\\\ \\vdots & \\ddots & \\vdots \\\\ \\frac{\\partial^2 f}{\\partial x_n \\partial x_1} & \\cdots & \\frac{\\partial^2 f}{\\partial x_n^2} \\end{pmatrix}$$',
    'verified',
  ],
  ['a list of multiples', '$$q = x_1^2 + \\dots + x_n^2, \\quad \\nabla q = (2 x_1, \\dots, 2 x_n)^\\top = 2 x$$', 'verified'],
];

describe('what dots stand for', () => {
  test.each(CASES)('%s', (_, text, verdicts) => {
    const { diagnostics } = checkDocument(DECLARED + text, 'markdown', { verify: true });
    expect(verdictsOn(DECLARED + text)).toBe(verdicts);
    expect(diagnostics.filter(({ code }) => code.startsWith('shape/'))).toEqual([]);
  });

  test('a Jacobian whose columns are the functions has the shape of its transpose', () => {
    const text = `${DECLARED}$$J_g(x) = \\begin{pmatrix} \\frac{\\partial g_1}{\\partial x_1} & \\cdots & \\frac{\\partial g_m}{\\partial x_1} \\\\ \\vdots & \\ddots & \\vdots \\\\ \\frac{\\partial g_1}{\\partial x_n} & \\cdots & \\frac{\\partial g_m}{\\partial x_n} \\end{pmatrix}$$`;
    expect(checkDocument(text, 'markdown', { verify: true }).diagnostics.map(({ code }) => code)).toEqual(['shape/equation']);
  });
});
