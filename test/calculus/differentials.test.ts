import { describe, expect, it } from 'vitest';
import { differentialText } from '../../src/calculus/derive-text.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { derive } from './derive-in-process.ts';

// Wikipedia's and Magnus and Neudecker's differentials: what comes out, and that numbers verify it.
const DIFFERENTIALS: readonly (readonly [expression: string, wrt: string, given: string, differential: string])[] = [
  ['A', 'X', 'A : m×n; X : m×n', '0'],
  ['2 X', 'X', 'X : n×m', '2 dX'],
  ['X + Y', 'X, Y', 'X : n×m; Y : n×m', 'dX + dY'],
  ['X Y', 'X, Y', 'X : n×m; Y : m×k', 'dX Y + X dY'],
  ['X ⊗ Y', 'X, Y', 'X : n×m; Y : p×q', 'dX ⊗ Y + X ⊗ dY'],
  ['X .* Y', 'X, Y', 'X : n×m; Y : n×m', 'dX .* Y + X .* dY'],
  ["X'", 'X', 'X : n×m', "dX'"],
  ['X^-1', 'X', 'X : n×n', '-X^-1 dX X^-1'],
  ['X^k', 'X', 'X : n×n; k : scalar', 'Σ_{j=0}^{k - 1} X^j dX X^(k - 1 - j)'],
  ['X^k', 'X', 'X : n×n; k = 2', 'dX X + X dX'],
  ['X^3', 'X', 'X : n×n', 'dX X^2 + X dX X + X^2 dX'],
  ['tr(X)', 'X', 'X : n×n', 'tr(dX)'],
  ['tr(A X B)', 'X', 'A : k×n; X : n×m; B : m×k', 'tr(dX B A)'],
  ['det(X)', 'X', 'X : n×n', 'det(X) tr(dX X^-1)'],
  ['logdet(X)', 'X', 'X : n×n', 'tr(dX X^-1)'],
  ["x' A x", 'x', 'A : n×n; x : n', "dx' A x + x' A dx"],
  ['||A x - b||^2', 'x', 'A : m×n; x : n; b : m', "2 (A x - b)' A dx"],
  ["X' A X", 'X', 'X : n×m; A : n×n', "dX' A X + X' A dX"],
  ['tanh(W x + b)', 'W, x', 'W : m×n; x : n; b : m', '(dW x + W dx) .* (ones(m) - tanh(W x + b).^2)'],
  ['vec(A X B)', 'X', 'A : k×n; X : n×m; B : m×l', 'vec(A dX B)'],
  ["a' X^-1 b", 'X', 'a : n; X : n×n; b : n', "-a' X^-1 dX X^-1 b"],
  ["u' v", 'x', 'x : n; A : m×n; B : m×n; u = A x; v = B x', "v' A dx + u' B dx"],
  ['logsumexp(A x)', 'x', 'A : m×n; x : n', "softmax(A x)' A dx"],
];

describe('a differential', () => {
  for (const [expression, wrt, given, expected] of DIFFERENTIALS) {
    it(`d(${expression}) = ${expected}`, () => {
      const answer = differentialText({ expression, wrt, given, layout: 'denominator' }, 'plain');
      expect(answer).toEqual({ text: expected });
      const text = `${given}\nQ = ${expression}\ndQ = ${expected}\n`;
      const { claims } = checkDocument(text, 'plain', { verify: true, repair: false });
      if (expected !== '0') expect(claims?.map(({ status }) => status)).toEqual(['verified']);
    });
  }
  it('in LaTeX', () => expect(differentialText({ expression: 'tr(A X)', wrt: 'X', given: 'A : m×n; X : n×m', layout: 'denominator' }, 'latex')).toEqual({ text: '\\operatorname{tr}(\\mathrm{d}X A)' }));
});

describe('on the command line', () => {
  it('is written', async () => expect(await derive('X Y', '--wrt', 'X, Y', '--given', 'X : n×m; Y : m×k', '--differential')).toEqual({ status: 0, out: 'dX Y + X dY\n', err: '' }));
  it('of a number that is left open is by its gradient', async () => expect(await derive('f(x)', '--wrt', 'x', '--given', 'f : R^n -> R; x : n', '--differential')).toEqual({ status: 0, out: "f'(x)' dx\n", err: '' }));
  it('is refused for a vector that is left open, with a reason', async () => expect((await derive('f(x)', '--wrt', 'x', '--given', 'f : R^n -> R^m; x : n', '--differential')).err).toContain('has no form in matrices'));
  it('is no code', async () => expect(derive('X', '--wrt', 'X', '--given', 'X : n×m', '--differential', '--to', 'numpy')).rejects.toThrow('as text or as latex'));
});
