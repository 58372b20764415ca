import { describe, expect, test } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** A text in which something depends on time, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['an inverse', 'Let $A(t)\\in\\mathbb R^{n\\times n}$ be invertible. $$\\frac{d}{dt}A^{-1} = -A^{-1}\\frac{dA}{dt}A^{-1}$$', 'verified'],
  ['a form of a state', 'Let $x(t)\\in\\mathbb R^n$, $P\\in\\mathbb R^{n\\times n}$ symmetric, $V = x^\\top P x$. $$\\frac{dV}{dt} = \\dot x^\\top P x + x^\\top P \\dot x = 2 x^\\top P\\dot x$$', 'verified'],
  ['a factor that is lost', 'Let $x(t)\\in\\mathbb R^n$, $P\\in\\mathbb R^{n\\times n}$ symmetric, $V = x^\\top P x$. $$\\frac{dV}{dt} = x^\\top P\\dot x$$', 'refuted'],
  ['how a state moves is no claim', 'Let $x(t)\\in\\mathbb R^n$ satisfy $\\frac{dx}{dt} = A x$ with $A\\in\\mathbb R^{n\\times n}$. Also $\\dot x = A x$.', ''],
  [
    'what follows from how it moves',
    'Let $x(t)\\in\\mathbb R^n$, $A\\in\\mathbb R^{n\\times n}$ and $\\dot x = A x$. With $V = \\frac12 x^\\top x$ $$\\frac{dV}{dt} = x^\\top A x$$ $$\\frac{dV}{dt} = x^\\top \\dot x$$',
    'verified verified',
  ],
  [
    'a form of a state that moves by a feedback, with a dot',
    'Let $P\\in\\mathbb S^n$. Let $A\\in\\mathbb R^{n\\times n}$, $B\\in\\mathbb R^{n\\times m}$, $K\\in\\mathbb R^{m\\times n}$ and $x(t)\\in\\mathbb R^n$ with $\\dot x = A x + B u$ and $u = -K x$. With $V = x^\\top P x$ $$\\dot V = 2 x^\\top P (A - B K) x$$ $$\\dot V = x^\\top (A^\\top P + P A^\\top) x$$',
    'verified refuted',
  ],
  ['what follows from how it moves otherwise stays open', 'Let $x(t)\\in\\mathbb R^n$ and $\\dot x = -x \\odot x$. With $V = \\frac12 x^\\top x$ $$\\frac{dV}{dt} = -x^\\top (x \\odot x)$$', 'inconclusive'],
  ['a derivative that is only spoken of says of no symbol how it moves', 'Let $X\\in\\mathbb R^{m\\times n}$, $w\\in\\mathbb R^n$, $y\\in\\mathbb R^m$, $r = X w - y$ and $L = r^\\top r$. We need $\\partial r/\\partial w$ and $$\\frac{\\partial L}{\\partial r} = r$$', 'refuted'],
  [
    'features of a column',
    'Let $x\\in\\mathbb R^n$, $\\phi(x)\\in\\mathbb R^m$, $w\\in\\mathbb R^m$ and $L = w^\\top\\phi(x)$. $$\\nabla_w L = \\phi(x), \\quad \\nabla_x L = J_\\phi(x)^\\top w$$',
    'verified verified',
  ],
  ['a value of a function that is defined', 'Let $x\\in\\mathbb R^n$ and $f(x) = x^\\top x$, so that $f(x) \\in \\mathbb R$. $$\\nabla f(x) = 2 x$$', 'verified'],
];

describe('what depends on something in a way that is left open', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(text)).toBe(verdicts));
});
