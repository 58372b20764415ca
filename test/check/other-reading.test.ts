import { expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** The status of a claim about the trace of a function of a matrix, in a text without statements. */
function status(value: string, gradient: string): string {
  const text = `Let $A \\in \\mathbb{S}^n_{++}$ and $f = ${value}$. Then\n\n$$\\frac{\\partial f}{\\partial A} = ${gradient}$$\n`;
  return checkDocument(text, 'markdown', { verify: true, repair: false }).claims?.[0]?.status ?? 'no claim';
}

it.each([
  ['the exponential', '\\operatorname{tr}(\\exp(A))', '\\exp(A)^\\top', 'inconclusive'],
  ['the sine', '\\operatorname{tr}(\\sin(A))', '\\cos(A)^\\top', 'inconclusive'],
  ['the logarithm', '\\operatorname{tr}(\\log(A))', 'A^{-\\top}', 'inconclusive'],
  ['the root', '\\operatorname{tr}(\\sqrt{A})', '\\frac12 A^{-1/2}', 'inconclusive'],
  ['the root without its factor', '\\operatorname{tr}(\\sqrt{A})', 'A^{-1/2}', 'refuted'],
  ['the sine entry by entry', '\\operatorname{tr}(\\sin(A))', 'I \\odot \\cos(A)', 'verified'],
  ['a sign that is wrong in either sense', '\\operatorname{tr}(\\cos(A))', '\\sin(A)^\\top', 'refuted'],
])('a text may mean a function of the whole matrix: %s', (_, value, gradient, expected) => expect(status(value, gradient)).toBe(expected));
