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
  ['a letter that only scales is a number', 'Let $w \\in \\mathbb R^d$ and $f = \\lambda w^\\top w$. $$\\nabla_w f = 2 \\lambda w$$', 'verified'],
  ['and is no number where a norm is taken of it', '$$f(x) = \\|x\\|^2 x, \\quad \\frac{\\partial f}{\\partial x} = 3 \\|x\\|^2$$', 'inconclusive: x is not declared'],
  ['nor where its diagonal is', '$$f(x) = \\operatorname{diag}(x) x, \\quad \\frac{\\partial f}{\\partial x} = 2 x$$', 'inconclusive: x is not declared'],
  ['nor where it has an entrywise product', '$$f(x) = x \\odot x, \\quad \\frac{\\partial f}{\\partial x} = 2 x$$', 'inconclusive: x is not declared'],
  ['a claim that holds for every size is verified', 'Let $f(x) = \\|x\\|^2$. $$\\nabla f(x) = 2 x$$', 'verified'],
  ['a claim that does not stays undecided', 'Let $f(x) = \\|x\\|^2$. $$\\nabla f(x) = 3 x$$', 'inconclusive: x is not declared'],
  ['in a text with statements sizes are declared', '<!-- chainrule: layout denominator -->\n\nLet $f(x) = \\|x\\|^2$. $$\\nabla f(x) = 2 x$$', 'inconclusive: x is not declared'],
  ['the last letter of an inner product is a column', '$$\\frac{\\partial}{\\partial w} (c^\\top w) = c$$', 'verified'],
  ['the two sides of a product are a matrix and a column', '$$E(w) = \\|y - X w\\|^2$$ $$\\nabla_w E = 2 X^\\top X w - 2 X^\\top y$$', 'verified'],
  ['a transpose that is missing there is not verified', '$$E(w) = \\|y - X w\\|^2$$ $$\\nabla_w E = 2 X X w - 2 X^\\top y$$', 'inconclusive: its shapes do not fit'],
  ['a loss that nothing defines is some function of what it is differentiated by', '$$y = W x, \\quad \\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial y} x^\\top$$', 'verified'],
  ['of the last value, where there are several', '$$y = W x, \\quad z = V y, \\quad \\frac{\\partial L}{\\partial W} = V^\\top \\frac{\\partial L}{\\partial z} x^\\top$$', 'verified'],
  ['a transpose that is missing there is not verified either', '$$y = W x, \\quad z = V y, \\quad \\frac{\\partial L}{\\partial W} = V \\frac{\\partial L}{\\partial z} x^\\top$$', 'inconclusive: W is not declared'],
  [
    'and what comes from above has a name',
    'Let $y = X W$ with $X \\in \\mathbb R^{n\\times d}$, $W \\in \\mathbb R^{d\\times k}$, and let $G = \\partial L/\\partial y$. $$\\frac{\\partial L}{\\partial W} = X^\\top G$$',
    'verified',
  ],
];

describe('letters that nothing declares', () => {
  test.each(CASES)('%s', (_, text, verdict) => {
    const claim = checkDocument(text, 'markdown', { verify: true }).claims?.at(-1);
    expect(claim?.status === 'inconclusive' ? `inconclusive: ${claim.reason}` : claim?.status).toBe(verdict);
  });
});
