import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** The text, and what is said of its last claim: its status, and where it is inconclusive, why. */
const CASES: readonly (readonly [title: string, text: string, verdict: string])[] = [
  ['a transposed small letter is a column', 'Let $A$ be an $n \\times n$ matrix and $$f(x) = x^\\top A x.$$ $$\\nabla f(x) = (A + A^\\top) x$$', 'verified'],
  ['so is one whose rows the uses tell', 'Let $S \\in \\mathbb R^{n\\times n}$ be symmetric. $$f(x) = \\log(x^\\top S x), \\quad \\nabla f(x) = \\frac{2 S x}{x^\\top S x}$$', 'verified'],
  ['what is wrong of a column is wrong', 'Let $A$ be an $n \\times n$ matrix and $$f(x) = x^\\top A x.$$ $$\\nabla f(x) = 2 A x$$', 'refuted'],
  [
    'a symmetric letter is a square matrix',
    'Let $X$ be an $n\\times n$ positive definite matrix and $S$ symmetric. $$g = \\operatorname{tr}(S X^{-1}), \\quad \\frac{\\partial g}{\\partial X} = -X^{-1} S X^{-1}$$',
    'verified',
  ],
  [
    'a transposed capital is a matrix, and the next step is shaped as this one',
    'Let $x_{t+1} = A x_t$ with $x_t \\in \\mathbb R^n$, and $c = \\tfrac12 x_{t+1}^\\top x_{t+1}$. Then $$\\frac{\\partial c}{\\partial x_t} = A^\\top x_{t+1}$$',
    'verified',
  ],
  ['a letter that scales stays undeclared', 'Let $w \\in \\mathbb R^d$ and $f = \\lambda w^\\top w$. $$\\nabla_w f = 2 \\lambda w$$', 'inconclusive: \\lambda is not declared'],
  ['a claim that holds for every size is verified', 'Let $f(x) = \\|x\\|^2$. $$\\nabla f(x) = 2 x$$', 'verified'],
  ['a claim that does not stays undecided', 'Let $f(x) = \\|x\\|^2$. $$\\nabla f(x) = 3 x$$', 'inconclusive: x is not declared'],
  ['in a text with statements sizes are declared', '<!-- chainrule: layout denominator -->\n\nLet $f(x) = \\|x\\|^2$. $$\\nabla f(x) = 2 x$$', 'inconclusive: x is not declared'],
  ['the last letter of an inner product is a column', '$$\\frac{\\partial}{\\partial w} (c^\\top w) = c$$', 'verified'],
  ['the two sides of a product are a matrix and a column', '$$E(w) = \\|y - X w\\|^2$$ $$\\nabla_w E = 2 X^\\top X w - 2 X^\\top y$$', 'verified'],
  ['a transpose that is missing there is not verified', '$$E(w) = \\|y - X w\\|^2$$ $$\\nabla_w E = 2 X X w - 2 X^\\top y$$', 'inconclusive: w is not declared'],
  ['of a loss that nothing defines no claim holds', '$$y = W x, \\quad \\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial y} x^\\top$$', 'inconclusive: W is not declared'],
];

describe('letters that nothing declares', () => {
  test.each(CASES)('%s', (_, text, verdict) => {
    const claim = checkDocument(text, 'markdown', { verify: true }).claims?.at(-1);
    expect(claim?.status === 'inconclusive' ? `inconclusive: ${claim.reason}` : claim?.status).toBe(verdict);
  });
});
