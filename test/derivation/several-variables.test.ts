import { describe, expect, test } from 'vitest';
import { verdictsOn } from './verdicts.ts';

const CURVED = 'Let $f(x, y) = x^3 + x y^2$. ';

/** A text, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  ['the gradient as a column', `${CURVED}$$\\nabla f(x, y) = \\begin{pmatrix} 3 x^2 + y^2 \\\\ 2 x y \\end{pmatrix}, \\quad \\nabla f = \\begin{pmatrix} 3 x^2 \\\\ 2 x y \\end{pmatrix}$$`, 'verified refuted'],
  ['the gradient as a list', `${CURVED}$$\\nabla f = (3 x^2 + y^2, 2 x y)$$ $$\\nabla f = (3 x^2 + y^2, 2 x y)^\\top$$`, 'verified verified'],
  ['the Hessian', `${CURVED}$$H_f(x, y) = \\begin{pmatrix} 6 x & 2 y \\\\ 2 y & 2 x \\end{pmatrix}, \\quad \\nabla^2 f = \\begin{pmatrix} 6 x & 2 y \\\\ y & 2 x \\end{pmatrix}$$`, 'verified refuted'],
  ['by its own derivatives', `${CURVED}$$\\nabla f = \\begin{bmatrix} \\frac{\\partial f}{\\partial x} \\\\ \\frac{\\partial f}{\\partial y} \\end{bmatrix}$$`, 'verified'],
  ['a column of derivatives is claimed as well', `For numbers $x, y \\in \\mathbb R$ ${CURVED.toLowerCase()}$$\\begin{bmatrix} \\frac{\\partial f}{\\partial x} \\\\ \\frac{\\partial f}{\\partial y} \\end{bmatrix} = \\begin{bmatrix} 3 x^2 + y^2 \\\\ 2 x \\end{bmatrix}$$`, 'refuted'],
  [
    'the Jacobian of a map of the plane',
    'Let $g(r, \\theta) = \\begin{pmatrix} r\\cos\\theta \\\\ r\\sin\\theta \\end{pmatrix}$. $$J_g(r, \\theta) = \\begin{pmatrix} \\cos\\theta & -r\\sin\\theta \\\\ \\sin\\theta & r\\cos\\theta \\end{pmatrix}$$',
    'verified',
  ],
  [
    'the same by lists of letters',
    'Let $x = r\\cos\\theta$, $y = r\\sin\\theta$ with $r > 0$ and $\\theta\\in\\mathbb R$. $$\\frac{\\partial(x, y)}{\\partial(r, \\theta)} = \\begin{pmatrix} \\cos\\theta & -r\\sin\\theta \\\\ \\sin\\theta & r\\cos\\theta \\end{pmatrix}$$',
    'verified',
  ],
  [
    'of columns',
    'Let $A \\in\\mathbb R^{m\\times n}$, $x\\in\\mathbb R^m$, $y\\in\\mathbb R^n$ and $f(x, y) = x^\\top A y$. $$\\nabla f = \\begin{pmatrix} A y \\\\ A^\\top x \\end{pmatrix}, \\quad \\nabla^2 f = \\begin{pmatrix} 0 & A \\\\ A^\\top & 0 \\end{pmatrix}$$',
    'verified verified',
  ],
];

describe('gradients of functions of several letters', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(text)).toBe(verdicts));
});
