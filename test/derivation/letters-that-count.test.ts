import { describe, expect, test } from 'vitest';
import { verdictsOn } from './verdicts.ts';

/** What a text says, and what is said of its claims. */
const CASES: readonly (readonly [title: string, text: string, verdicts: string])[] = [
  [
    'in an exponent',
    'Let $z, y\\in\\mathbb R^K$. $$p_k = \\frac{e^{z_k}}{\\sum_{j=1}^K e^{z_j}}, \\quad L = -\\sum_{k=1}^K y_k \\log p_k, \\quad \\frac{\\partial L}{\\partial z_k} = p_k \\sum_j y_j - y_k$$',
    'verified',
  ],
  [
    'members of which only a sum says how many there are',
    'Let $x_i \\in \\mathbb R^n$, $W \\in \\mathbb R^{m\\times n}$ and $b \\in \\mathbb R^m$. $$z_i = W x_i + b, \\quad L = \\sum_{i=1}^N z_i^\\top z_i, \\quad \\frac{\\partial L}{\\partial z_i} = 2 z_i$$ $$\\frac{\\partial L}{\\partial z_i} = z_i, \\quad \\frac{\\partial L}{\\partial b} = 2 \\sum_{i=1}^N z_i, \\quad \\frac{\\partial z_i}{\\partial b} = I, \\quad \\frac{\\partial z_i}{\\partial b} = -I$$',
    'verified refuted verified verified refuted',
  ],
  [
    'numbers of which only a sum says how many there are',
    'Let $x_i, w \\in \\mathbb R^n$, $y_i \\in \\mathbb R$, $r_i = w^\\top x_i - y_i$ and $L = \\frac12 \\sum_{i=1}^N r_i^2$. $$\\frac{\\partial L}{\\partial r_i} = r_i, \\quad \\frac{\\partial L}{\\partial w} = \\sum_{i=1}^N r_i x_i$$',
    'verified verified',
  ],
  ['in a base that is raised', 'Let $z\\in\\mathbb R^K$. $$q_k = 2^{z_k}, \\quad s = \\sum_k q_k, \\quad \\frac{\\partial s}{\\partial z_k} = q_k \\ln 2$$', 'verified'],
  ['the last entry of a column', 'Let $x\\in\\mathbb R^n$. $$q = x_n^2 + x_{n-1}, \\quad \\frac{\\partial q}{\\partial x_n} = 2 x_n, \\quad \\frac{\\partial q}{\\partial x_{n-1}} = 1$$', 'verified verified'],
  ['a letter that is no length names another vector', 'Let $x\\in\\mathbb R^n$ and $q = x_k^\\top x_k$. $$\\frac{\\partial q}{\\partial x_k} = 2 x_k$$', 'verified'],
  ['the Jacobian of a function is claimed, not defined', 'Let $x\\in\\mathbb R^2$ and $f(x) = (x_1 x_2, x_1 + x_2^2)^\\top$. $$J_f(x) = \\begin{pmatrix} x_2 & x_1 \\\\ 1 & 2 x_2 \\end{pmatrix}, \\quad J_f = \\begin{pmatrix} x_1 & x_2 \\\\ 1 & 2 x_2 \\end{pmatrix}$$', 'verified refuted'],
  ['a J that is defined is a name', 'Let $f: \\mathbb R^n \\to\\mathbb R^m$, $y = f(x)$ and $J = \\frac{\\partial y}{\\partial x} \\in\\mathbb R^{m\\times n}$. $$\\nabla_x y^\\top y = 2 J^\\top y$$', 'verified'],
  [
    'second derivatives by rows',
    'Let $W\\in\\mathbb R^{m\\times n}$ with rows $w_1^\\top, \\dots, w_m^\\top$, $x \\in\\mathbb R^n$ and $f = \\|W x\\|^2$. $$\\frac{\\partial^2 f}{\\partial w_i\\,\\partial w_i^\\top} = 2 x x^\\top, \\quad \\frac{\\partial^2 f}{\\partial w_i\\,\\partial w_j^\\top} = 2 \\delta_{ij} x x^\\top, \\quad \\frac{\\partial^2 f}{\\partial w_i\\,\\partial w_j^\\top} = 2 x x^\\top$$',
    'verified verified refuted',
  ],
];

describe('letters that count entries', () => {
  test.each(CASES)('%s', (_, text, verdicts) => expect(verdictsOn(text)).toBe(verdicts));
});
