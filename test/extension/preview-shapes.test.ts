import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { type PlacedClaim, withShapes } from '../../src/extension/preview-shapes.ts';
import { listClaims } from '../../src/server/claims.ts';
import { openText } from '../../src/server/open-text.ts';
import { documentSource } from '../../src/server/source.ts';

/** The display of a text with shapes below the factors of its claims, as the preview typesets it. */
function shaped(display: string, given = '$x \\in \\mathbb{R}^n$, $A \\in \\mathbb{R}^{m \\times n}$, $b \\in \\mathbb{R}^m$, $f = \\|A x - b\\|^2$'): string {
  const text = `${given}\n\n$$${display}$$\n`;
  const source = documentSource(openText('file:///a.md', 'markdown', 1, text), 1, 'utf-16');
  if (source === null) throw new Error('no source');
  const claims: readonly PlacedClaim[] = listClaims({ source, checked: checkDocument(text, 'markdown', { verify: true }) });
  const { latex } = withShapes(display, claims);
  katex.renderToString(latex, { throwOnError: true, displayMode: true });
  return latex.replace(/\\vphantom\{[^]*?\}(?=\})/g, '').replace(/\\underset\{\\:((?:\\textsf\{\w+\}|\{\\times\})*)\\:\}/g, (_, shape: string) => `[${shape.replace(/\\textsf\{(\w+)\}/g, '$1').replaceAll('{\\times}', '×')}]`);
}

describe('shapes below the factors of a display', () => {
  test.each([
    ['\\nabla_x f = 2 A^\\top (A x - b)', '[n×1]{\\nabla_x f} = 2 [n×m]{A^\\top} [m×1]{(A x - b)}'],
    ['\\frac{\\partial f}{\\partial A} = 2 (A x - b) x^\\top', '[m×n]{\\frac{\\partial f}{\\partial A}} = 2 [m×1]{(A x - b)} [1×n]{x^\\top}'],
    ['\\nabla_x f = 2 A^\\top A x - 2 A^\\top b', '[n×1]{\\nabla_x f} = 2 [n×m]{A^\\top} [m×n]{A} [n×1]{x} - 2 [n×m]{A^\\top} [m×1]{b}'],
    ['\\begin{aligned} \\nabla_x f &= 2 A^\\top (A x - b) \\\\ \\nabla_b f &= -2 (A x - b) \\end{aligned}', '\\begin{aligned} [n×1]{\\nabla_x f} &= 2 [n×m]{A^\\top} [m×1]{(A x - b)} \\\\ [m×1]{\\nabla_b f} &= -2 [m×1]{(A x - b)} \\end{aligned}'],
    ['\\nabla_x f = 2 A^\\top \\left( A x - b \\right)', '[n×1]{\\nabla_x f} = 2 [n×m]{A^\\top} [m×1]{\\left( A x - b \\right)}'],
  ])('%s', (display, wanted) => expect(shaped(display)).toBe(wanted));

  test('leave what is another text than the claim', () => expect(withShapes('a = b', [{ text: 'a  =  b', factors: [{ start: 0, end: 1, shape: 'n×1' }] }])).toEqual({ latex: 'a = b', shaped: [] }));

  test('spell what LaTeX would read as a sign', () => {
    const { latex } = withShapes('a', [{ text: 'a', factors: [{ start: 0, end: 1, shape: '{x}_\\%^~×1' }] }]);
    expect(() => katex.renderToString(latex, { throwOnError: true })).not.toThrow();
  });
});
