import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

function steps(text: string) {
  const { claims } = checkDocument(text, 'plain', { verify: true, repair: false, prove: true });
  return claims?.flatMap((claim) => claim.steps.map(({ text: step, status, proved }) => [step, status, proved])) ?? [];
}

const GIVEN = 'A : m×n\nx : n\nb : m\nr = A x - b\nL = ||r||^2\n';

describe('proofs beside the numbers', () => {
  it('are noted at every step that algebra shows to be equal', () => {
    expect(steps(`${GIVEN}dL/dx = dr/dx dL/dr = 2 A' r = 2 (A' A x - A' b)\n`)).toEqual([
      ['dr/dx dL/dr', 'verified', true], ["2 A' r", 'verified', true], ["2 (A' A x - A' b)", 'verified', true],
    ]);
  });

  it('are not claimed of what is wrong', () => {
    expect(steps(`${GIVEN}dL/dx = A' r\n`)).toEqual([["A' r", 'refuted', undefined]]);
  });

  it('leave what algebra does not decide to the numbers', () => {
    expect(steps('A : n×n\nx : n\nidentity\n(I_n + A)^-1 = I_n - A (I_n + A)^-1\n')).toEqual([['I_n - A (I_n + A)^-1', 'verified', undefined]]);
  });

  it('are given up where an expression grows when it is multiplied out', () => {
    const sums = Array.from({ length: 12 }, (_, at) => `(A + ${at + 1} B)`).join(' ');
    expect(steps(`A, B : n×n\nx : n\nL = x' ${sums} x\nM = ${sums}\ndL/dx = M x + M' x\n`)).toEqual([["M x + M' x", 'verified', undefined]]);
  });

  it('hold for every change of what moves', () => {
    expect(steps("X : n×n invertible\nd(X^-1) = -X^-1 dX X^-1\nd logdet(X) = tr(X^-1 dX)\n").map(([, ...said]) => said)).toEqual([['verified', true], ['verified', true]]);
    expect(steps('X : n×n invertible\nd(X^-1) = X^-1 dX X^-1\n')).toEqual([['X^-1 dX X^-1', 'refuted', undefined]]);
  });

  it('know that a one-hot vector sums to one, and the column that numbers make', () => {
    expect(steps("y : k onehot\nz : k\np = softmax(z)\nL = -y' log(p)\ndL/dz = p - y\n")).toEqual([['p - y', 'verified', true]]);
    expect(steps("i : 1..n\nx : n\np_i = exp(x_i)\nL = sum(exp(x))\ndL/dx = p\n")).toEqual([['p', 'verified', true]]);
  });
});
