import { describe, expect, test } from 'vitest';
import { checkDocument, type Surface } from '../../src/check/check-document.ts';
import type { FormulaPiece } from '../../src/protocol/report.ts';

const claimOf = (text: string, surface: Surface) => checkDocument(text, surface, { verify: true }).claims?.[0];

/** `M^\top{n×m} c{m×1}`: the shape of each piece behind it. */
const shown = (pieces: readonly FormulaPiece[]) => pieces.map(({ latex, shape }) => (shape === undefined ? latex : `${latex} {${shape}}`)).join(' | ');

const formula = (text: string, surface: Surface) => claimOf(text, surface)?.formula.map(({ relation, pieces }) => `${relation} ${shown(pieces)}`.trim());

const LAYER = 'x : n\nW : m×n\nb : m\nr : m\nz = W x + b\nf = r\' z\n';

describe('a claim is typeset factor by factor', () => {
  test('in plain notation', () => {
    expect(formula(`${LAYER}df/dx = dz/dx df/dz = W' r`, 'plain')).toMatchInlineSnapshot(`
      [
        "\\frac{\\partial f}{\\partial x} {n×1}",
        "= \\frac{\\partial z}{\\partial x} {n×m} | \\frac{\\partial f}{\\partial z} {m×1}",
        "= W^\\top {n×m} | r {m×1}",
      ]
    `);
  });

  test('signs, numbers, sums in brackets and fractions', () => {
    expect(formula(`${LAYER}d(z' z)/dx = 2 W' (W x + b) = 4 W' (W x + b) / 2 = -(-2 W' W x - 2 W' b)`, 'plain')).toMatchInlineSnapshot(`
      [
        "\\frac{\\partial (z^\\top z)}{\\partial x} {n×1}",
        "= 2 | W^\\top {n×m} | (W x + b) {m×1}",
        "= \\frac{4 W^\\top (W x + b)}{2} {n×1}",
        "= - | (-2 W^\\top W x - 2 W^\\top b) {n×1}",
      ]
    `);
  });

  test('in LaTeX as it was written, without the document’s macros, labels and marks of alignment', () => {
    const text = '\\newcommand{\\R}{\\mathbb{R}}\\newcommand{\\T}{^\\top}\\newcommand{\\res}{(A x - b)}\n'
      + 'Let $A \\in \\R^{m \\times n}$, $x \\in \\R^n$, $b \\in \\R^m$ and $f(x) = \\res\\T \\res$.\n'
      + '\\begin{align}\n\\nabla_x f &= 2 A\\T (A x - b) \\label{eq:one} \\\\ &= 2 A\\T A x - 2A\\T b \\nonumber\n\\end{align}\n';
    expect(formula(text, 'latex')).toMatchInlineSnapshot(`
      [
        "\\nabla_x f {n×1}",
        "= 2 | A^\\top {n×m} | (A x - b) {m×1}",
        "= 2 | A^\\top {n×m} | A {m×n} | x {n×1} | - | 2 | A^\\top {n×m} | b {m×1}",
      ]
    `);
  });

  test('what a cut would part stays whole, with one shape', () => {
    const text = 'Let $A \\in \\mathbb{R}^{m \\times n}$, $x \\in \\mathbb{R}^n$, $b \\in \\mathbb{R}^m$ and $f(x) = (A x - b)^\\top (A x - b)$.\n\n$$\\nabla_x f = \\left\\{ 2 A^\\top (A x - b) \\right\\}$$';
    expect(formula(text, 'markdown')).toMatchInlineSnapshot(`
      [
        "\\nabla_x f {n×1}",
        "= \\left\\{ 2 A^\\top (A x - b) \\right\\} {n×1}",
      ]
    `);
  });
});

describe('a repair is typeset as it would be', () => {
  const mended = (text: string, surface: Surface) => {
    const found = claimOf(text, surface)?.mended;
    return found === undefined ? null : `side ${found.side}: ${shown(found.pieces)}`;
  };

  test('of a wrong step and of one whose shapes do not fit', () => {
    expect(mended(`${LAYER}df/dx = dz/dx df/dz = 2 W' r`, 'plain')).toMatchInlineSnapshot(`"side 2: W^\\top {n×m} | r {m×1}"`);
    expect(mended(`${LAYER}df/dx = W r`, 'plain')).toMatchInlineSnapshot(`"side 1: W^\\top {n×m} | r {m×1}"`);
  });

  test('not where there is none', () => expect(mended(`${LAYER}df/dx = W' r`, 'plain')).toBeNull());
});
