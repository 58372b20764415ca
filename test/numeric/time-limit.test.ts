import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** A clock that goes on by a second whenever it is looked at. */
function impatient() {
  let looks = 0;
  return { now: () => 1000 * looks++, looks: () => looks };
}

const LARGE = [
  ['a logarithm of a determinant', 'size n = 200\nX : n×n spd\nf = logdet(X)\ndf/dX = X^-T\n'],
  ['an inverse', 'size n = 200\nX : n×n spd\na : n\nf = a\' X^-1 a\ndf/da = 2 X^-1 a\n'],
  ['a power of a matrix', 'size n = 128\nA : n×n\nf = tr(A^50)\ndf/dA = 50 (A^49)\'\n'],
  ['a product of a hundred million factors', 'x : n\nf = prod_{i=1}^{100000000} x_1\ndf/dx = x\n'],
  ['a product of many', 'size n = 128\nA, B : n×n\nf = tr(A B A B A B A B)\ndf/dA = 4 (B A B A B A B)\'\n'],
] as const;

describe('within one evaluation the clock is looked at between its instructions', () => {
  it.each(LARGE)('%s', (_name, text) => {
    const clock = impatient();
    const { claims } = checkDocument(text, 'plain', { verify: true, repair: false, now: clock.now, timeLimit: 1500 });
    expect(claims?.map(({ status, reason }) => [status, reason])).toEqual([['inconclusive', 'it takes longer than the time limit']]);
    expect(clock.looks()).toBeLessThan(10);
  });
});

/** What takes long, and how often the clock is looked at at least until it is done. */
const LONG_WORK = [
  ['an elimination', "size n = 150\nX : n×n spd\na : n\nf = a' X^-1 a\ndf/da = 2 X^-1 a\n", 300],
  ['one of complex numbers', "size n = 120\nX : n×n invertible\na : n\nf = a' X^-1 a\ndf/dX = -X^-T a a' X^-T\n", 800],
  ['a determinant', 'size n = 150\nX : n×n spd\nf = logdet(X)\ndf/dX = X^-T\n', 400],
  ['a power', "size n = 100\nA : n×n\nf = tr(A^20)\ndf/dA = 20 (A^19)'\n", 80],
  ['products', "size n = 200\nA, B : n×n\nf = tr(A B A B)\ndf/dA = 2 (B A B)'\n", 100],
  ['drawing', "size n = 800\nA : n×n\nx : n\nf = x' A x\ndf/dx = (A + A') x\n", 300],
  ['drawing what has a property', "size n = 200\nQ : n×n orthogonal\nx : n\nf = x' Q x\ndf/dx = (Q + Q') x\n", 400],
  ['memory', "size n = 100000\nx : n\nf = x' x\ndf/dx = 2 x\n", 30],
  ['a function entry by entry', "size n = 50000\nx, c : n\nf = c' tanh(x)\ndf/dx = c .* (ones(n) - tanh(x).^2)\n", 80],
  ['rounding at random', "size n = 50000\nx, c : n\nf = c' tanh(x)\ndf/dx = c .* (ones(n) + tanh(x).^2)\n", 600],
] as const;

describe('the clock is looked at while long work is done, and not only between its parts', () => {
  /** How often the clock is looked at where time is up at one of the looks. */
  function looksUntil(text: string, last: number) {
    let looks = 0;
    const now = () => (++looks >= last ? 1e9 : 0);
    const { claims } = checkDocument(text, 'plain', { verify: true, repair: false, now });
    return { looks, reason: claims?.[0]?.reason };
  }

  it.each(LONG_WORK)('%s', (_name, text, least) => {
    expect(looksUntil(text, Number.POSITIVE_INFINITY).looks).toBeGreaterThan(least);
    for (const last of [3, Math.floor(least / 4), Math.floor(least / 2)]) expect(looksUntil(text, last)).toEqual({ looks: last, reason: 'it takes longer than the time limit' });
  });
});

describe('what one point showed counts when time is up', () => {
  /** Time is up as soon as one point was compared. */
  function examined(text: string) {
    let late = false;
    const { claims } = checkDocument(text, 'plain', { verify: true, repair: false, now: () => (late ? 1e9 : 0), compared: () => void (late = true) });
    return claims?.map(({ status, reason, points, steps }) => ({ status, reason, points, steps: steps.map((step) => step.status) }));
  }

  it('against a claim', () => {
    expect(examined("A : n×n\nx : n\nf = x' A x\ndf/dx = (A + A') x = 2 A x\n")).toEqual([
      { status: 'refuted', reason: undefined, points: 1, steps: ['inconclusive', 'refuted'] },
    ]);
  });

  it('and not for one', () => {
    expect(examined("A : n×n\nx : n\nf = x' A x\ndf/dx = (A + A') x\n")).toMatchObject([{ status: 'inconclusive', reason: 'it takes longer than the time limit' }]);
  });

  it('nor against one of which only the zero at its end is no value', () => {
    expect(examined("A : n×n\nx : n\nf = x' A x\ndf/dx = (A + A') x = 0\n")).toMatchObject([{ status: 'inconclusive', reason: 'it takes longer than the time limit' }]);
  });

  it('of a claim of which every entry was asked for, also along directions', () => {
    let looks = 0;
    const text = 'size m = 60\nsize n = 40\nsize k = 30\nX : m×n\nW : n×k\nf = sum(tanh(X W))\ndf/dW = X\' (ones(m, k) - tanh(X W))\n';
    const { claims } = checkDocument(text, 'plain', { verify: true, repair: false, method: 'entries', now: () => looks++, timeLimit: 60 });
    expect(claims?.map(({ status, method, note }) => [status, method, note])).toEqual([['refuted', 'directions', expect.stringMatching(/^comparing every entry would take too long; /)]]);
  });
});

describe('what would need too much is not begun', () => {
  it.each([
    ['a size of a million', 'size n = 1000000\nx : n\nA : n×n\nf = x\' A x\ndf/dx = (A + A\') x\n'],
    ['a sum of 10^9 terms', 'i, j, k : 1..n\nsize n = 1000\nx : n\nf = sum_{i=1}^n sum_{j=1}^n sum_{k=1}^n x_i x_j x_k\ndf/dx = 3 sum(x)^2 ones(n)\n'],
    ['eigenvalues of a large matrix', 'size n = 700\nX : n×n symmetric\nf = lambda_max(X)\ndf/dX = X\n'],
    ['a pseudoinverse of one', 'size n = 600\nX : n×n\nf = tr(pinv(X))\ndf/dX = X\n'],
  ])('%s', (_name, text) => {
    const { claims } = checkDocument(text, 'plain', { verify: true, repair: false });
    expect(claims?.map(({ status, reason }) => [status, reason])).toEqual([['inconclusive', 'it would take too long']]);
  });
});

describe('a verdict that rests on no comparison says so', () => {
  it('of a lone condition', () => {
    const { claims } = checkDocument("x : n\nf = x' x\ndf/dx = 0\n", 'plain', { verify: true });
    expect(claims?.map(({ status, note }) => [status, note])).toEqual([['verified', 'it is a condition: no step before its last was there to compare']]);
  });

  it.each([
    ["x : n\nf = 1e300 x' x 1e300\ndf/dx = 3 x\n", 'too large'],
    ['x : scalar\nf = exp(-1e5 (1 + x^2))\ndf/dx = 0 x\n', 'too small'],
  ])('%j is open, because its values are %s for a number', (text, why) => {
    const { claims } = checkDocument(text, 'plain', { verify: true });
    expect(claims?.map(({ status, reason }) => [status, reason])).toEqual([['inconclusive', `no point was found at which both sides have a value: its values are ${why} for a number`]]);
  });

  it('of two numbers that are both tiny each is shown', () => {
    const { diagnostics } = checkDocument('x : scalar\nf = 1e-300 x^2\ndf/dx = 3e-300 x\n', 'plain', { verify: true, repair: false });
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringMatching(/it gives -?[\d.]+e-30\d, the definitions give -?[\d.]+e-30\d\./)]);
  });
});
