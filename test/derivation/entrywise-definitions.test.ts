import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

const GIVEN = 'Let $x \\in \\mathbb{R}^d$, $W \\in \\mathbb{R}^{h\\times d}$, $t\\in\\mathbb{R}^h$.';

/** A text that defines a function by the letter of something else, and what is said of it: codes, or the verdicts of its claims. */
const CASES: readonly (readonly [title: string, text: string, said: string])[] = [
  ['at another argument', `${GIVEN} With $\\phi(x) = \\frac{1}{1+e^{-x}}$ and $p = \\phi(W x)$: $$\\frac{\\partial p}{\\partial x} = W^\\top \\operatorname{diag}(p \\odot (1-p))$$`, 'verified'],
  ['with a prime', `${GIVEN} Let $\\zeta(x) = \\log(1 + e^x)$. Then $\\zeta'(x) = \\frac{1}{1+e^{-x}}$.`, 'verified'],
  ['differentiated without an argument', `${GIVEN} Let $\\phi(x) = \\tanh(2 x)$ and $p = \\phi(W x)$. Then $$\\frac{d\\phi}{dx} = 2 (1 - \\phi(x)^2)$$`, 'verified'],
  ['of a letter that is defined behind it', `Let $h(z) = \\frac{1}{1+e^{-z}}$, ${GIVEN.slice(4)} Put $z = W x$ and $L = t^\\top h(z)$. $$\\frac{\\partial L}{\\partial x} = W^\\top (t \\odot h(z) \\odot (1 - h(z)))$$`, 'verified'],
  ['a wrong derivative of it', `${GIVEN} Let $\\phi(x) = \\tanh(2 x)$ and $p = \\phi(W x)$. Then $\\phi'(x) = 1 - \\phi(x)^2$.`, 'verify/refuted'],
  ['where it is used wrongly', `${GIVEN} With $\\phi(x) = \\max(0, x)$: $q = \\phi(W x) + x$.`, 'shape/sum'],
  ['what is no function of a number', `${GIVEN} With $f(x) = W x$: $q = f(t)$.`, 'shape/argument'],
];

describe('a function that is defined by the letter of something else', () => {
  test.each(CASES)('%s', (_, text, said) => {
    const { diagnostics, claims = [] } = checkDocument(text, 'markdown', { verify: true });
    const told = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ code }) => code);
    expect(told.length > 0 ? told.join() : claims.map(({ status }) => status).join()).toBe(said);
  });

  test('a declared vector is one in a derivation', () => {
    const { diagnostics } = checkDocument('x : d\nW : h×d\nphi(x) = x ⊙ x\np = phi(W x)\n', 'plain', { verify: false });
    expect(diagnostics.map(({ code }) => code)).toEqual(['shape/argument']);
  });
});

describe('a gradient with a transpose', () => {
  const FUNCTION = 'Let $A \\in \\mathbb{R}^{n\\times n}$ be symmetric, $x, d \\in \\mathbb{R}^n$ and $f = x^\\top A x$.';
  test.each([
    ['of a function', `${FUNCTION} $$s = \\nabla f^\\top d$$`],
    ['of a value', `${FUNCTION.replace('$f', '$f(x)')} $$s = \\nabla f(x)^\\top d + \\nabla_x f(x)^T x$$`],
    ['of a product that begins with a row', `${FUNCTION} $$\\nabla_x d^\\top A x = A d$$`],
  ])('%s', (_, text) => {
    const { diagnostics, claims = [] } = checkDocument(text, 'markdown', { verify: true });
    expect(diagnostics).toEqual([]);
    expect(claims.every(({ status }) => status === 'verified')).toBe(true);
  });
});
