import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

const SCENE = 'Let $A \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$, $f(x) = x^\\top A x$ and $g(x) = \\tanh(A x)$.\n\n';

/** `f(x) by x` */
function subject(claim: string): string | undefined {
  const found = checkDocument(`${SCENE}$$${claim}$$`, 'markdown', { verify: true }).claims?.[0];
  return found === undefined ? undefined : `${found.of} by ${found.wrt}`;
}

describe('what is differentiated and by what is told also where it is only implied', () => {
  test.each([
    ['\\nabla f(x) = (A + A^\\top) x', 'f(x) by x'],
    ['\\nabla f = (A + A^\\top) x', 'f by x'],
    ['\\nabla^2 f(x) = A + A^\\top', 'f(x) by x'],
    ['\\nabla_x f(x) = (A + A^\\top) x', 'f(x) by x'],
    ['J_g(x) = A', 'g by x'],
    ['Dg(x) = A', 'g(x) by x'],
    ["f'(x) = (A + A^\\top) x", 'f(x) by x'],
    ['\\frac{\\partial f}{\\partial A} = x x^\\top', 'f by A'],
    ['\\frac{d}{dx} f(x) = (A + A^\\top) x', 'f(x) by x'],
  ])('%s', (claim, told) => expect(subject(claim)).toBe(told));
});
