import { describe, expect, it } from 'vitest';
import { typeset } from '../../src/extension/typeset.ts';

const sizeOf = (svg: string | null) => /width="([\d.]+)" height="([\d.]+)"/.exec(svg ?? '')?.slice(1).map(Number) ?? [];

describe('the image of a formula', () => {
  it('has a size in pixels and one colour', () => {
    const image = typeset('\\frac{\\partial L}{\\partial \\mathbf{W}} = 2 X^\\top (X w - y)', '#cccccc');
    expect(image).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*color="#cccccc"/);
    const [width = 0, height = 0] = sizeOf(image);
    expect(width).toBeGreaterThan(100);
    expect(height).toBeGreaterThan(20);
  });

  it('is never wider than a hover', () => {
    const [width = 0] = sizeOf(typeset(Array.from({ length: 80 }, (_, at) => `x_{${at}}`).join(' + '), '#000000'));
    expect(width).toBe(480);
  });

  it.each(['\\bm{\\alpha}\\bm{\\alpha}^{\\top}', '\\boldsymbol\\mu', '\\mathbb{R}^{m\\times n}', '\\lVert x \\rVert', '\\operatorname{tr} A', '\\dfrac{a}{b}', '\\mathsf T', '\\underbrace{x}_{n}', '\\tfrac12', '\\mathscr{L}', '\\mathrm{d}x', '\\begin{bmatrix} 1 \\\\ 2 \\end{bmatrix}', 'x\\,\\!y', '\\left\\| x \\right\\|', '\\text{if } x', '\\odot\\otimes\\oslash'])('is there for what papers write: %s', (latex) => {
    expect(typeset(latex, '#000000')).not.toBeNull();
  });

  it.each(['\\frac{a}{', '\\nosuchcommand x', '\\begin{align} a', '\\def\\a{\\a\\a} \\a'])('is none where there is none to draw: %s', (latex) => {
    expect(typeset(latex, '#000000')).toBeNull();
  });

  it('holds no script and no address', () => {
    for (const latex of ['\\href{javascript:alert(1)}{x}', '\\text{<script>alert(1)</script>}', '<img src=x>']) {
      expect(typeset(latex, '#000000') ?? '').not.toMatch(/<script|javascript:|<img/i);
    }
  });
});
