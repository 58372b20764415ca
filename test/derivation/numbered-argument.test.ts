import { describe, expect, test } from 'vitest';
import { verdictsOn } from './verdicts.ts';

const OPEN = 'Let $A \\in \\mathbb R^{k\\times n}$, $B \\in \\mathbb R^{m \\times n}$, $x \\in \\mathbb R^n$, $f : \\mathbb R^k \\times \\mathbb R^m \\to \\mathbb R$ and $h(x) = f(Ax, Bx)$. ';
const NUMBERS = 'Let $f(s, t) = s^2 t + \\sin t$ with $s, t \\in \\mathbb R$. ';

/** A text, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['a gradient by each argument', `${OPEN}$$\\nabla h(x) = A^\\top \\nabla_1 f(Ax, Bx) + B^\\top \\nabla_2 f(Ax, Bx)$$`, 'verified'],
  ['with a wrong sign', `${OPEN}$$\\nabla h(x) = A^\\top \\nabla_1 f(Ax, Bx) - B^\\top \\nabla_2 f(Ax, Bx)$$`, 'refuted'],
  ['at arguments of other shapes', `${OPEN}$$\\nabla h(x) = A^\\top \\nabla_2 f(Bx, Ax) + B^\\top \\nabla_1 f(Bx, Ax)$$`, 'inconclusive'],
  ['a Jacobian by each', `${OPEN}$$D h(x) = D_1 f(Ax, Bx) A + D_2 f(Ax, Bx) B$$`, 'verified'],
  ['of numbers', `${NUMBERS}$$\\partial_1 f(s, t) = 2 s t, \\quad \\partial_2 f(s, t) = s^2 + \\cos t, \\quad D_2 f(s, t) = s^2$$`, 'verified verified refuted'],
  ['where one argument is made of the other', `${NUMBERS}Then $g(s) = f(s, s^2)$ has $$g'(s) = \\partial_1 f(s, s^2) + 2 s\\, \\partial_2 f(s, s^2), \\quad g'(s) = \\partial_1 f(s, s^2)$$`, 'verified refuted'],
  ['the entries of a gradient', 'Let $q : \\mathbb R^3 \\to \\mathbb R$ and $x \\in \\mathbb R^3$. $$\\nabla q(x) = \\begin{pmatrix} \\partial_1 q(x) \\\\ \\partial_2 q(x) \\\\ \\partial_3 q(x) \\end{pmatrix}$$', 'verified'],
];

describe('a derivative by the argument that a number counts', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(text)).toBe(verdicts));
});
