import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import type { CheckedClaim, CheckedDocument } from '../../src/check/checked-document.ts';

/** What the numeric check promises (docs/language.md, "The numeric check") and no other test of this folder holds. */

const checked = (text: string): CheckedDocument => checkDocument(text, 'plain', { verify: true, repair: false });
const claimIn = (text: string) => checked(text).claims?.at(-1) as CheckedClaim;
const statusesIn = (text: string) => { const { status, steps } = claimIn(text); return [status, ...steps.map((step) => step.status)]; };

describe('sizes and points', () => {
  const { points, sizes = [] } = claimIn("A : m×n\nB : n×p\nx : m+n\nc : m\nf = c' A B B' A' c + x' x\ndf/dc = 2 A B B' A' c\n");

  it('are at least two sets of three', () => expect([sizes.length >= 2, (points ?? 0) >= 6]).toEqual([true, true]));

  it('of which no two dimensions are equal, and none is one', () => {
    for (const { m = 0, n = 0, p = 0 } of sizes) {
      expect(new Set([m, n, p, m + n]).size).toBe(4);
      expect(Math.min(m, n, p)).toBeGreaterThanOrEqual(2);
    }
  });

  it('keep away from a size that is fixed, which stays', () => {
    for (const { m, n } of claimIn("size m = 3\nA : m×n\nx : n\nf = x' A' A x\ndf/dx = 2 A' A x\n").sizes ?? []) expect([m, n === 3]).toEqual([3, false]);
  });
});

describe('a chain', () => {
  const WRONG = "A : m×n\nx : n\nr = A x\nf = r' r\ndf/dx = 2 A' r = A' r = 2 A' A x\n";

  it('has every step compared with the first side, and the first wrong one is told', () => {
    expect(statusesIn(WRONG)).toEqual(['refuted', 'verified', 'refuted', 'verified']);
    const found = checked(WRONG).diagnostics.filter(({ code }) => code === 'verify/refuted');
    expect(found.map(({ span }) => WRONG.slice(span.start, span.end))).toEqual(["A' r"]);
  });

  it('that is wrong names the entry that is furthest off', () => {
    const { diagnostics } = checked("x : 3\nf = x' x\ndf/dx = 2 x + e_2\n");
    expect(diagnostics[0]?.message).toMatch(/At entry 2 it gives/);
  });

  it('has the derivatives in its steps computed from the definitions too', () => {
    expect(statusesIn("M : m×n\nc : m\nx : n\ny = M x\nz = c' y\ndz/dx = dy/dx dz/dy = M' c\n")).toEqual(['verified', 'verified', 'verified']);
    expect(statusesIn("M : m×n\nc : m\nx : n\ny = 2 M x\nz = c' y\ndz/dx = 2 dy/dx dz/dy\n")).toEqual(['refuted', 'refuted']);
  });

  it('is never verified where a step was not compared', () => {
    expect(statusesIn("x : n\nf = x' x\ndf/dx = E[2 x] = 2 x\n")).toEqual(['inconclusive', 'inconclusive', 'verified']);
  });
});

describe('a recursion', () => {
  const fifty = (power: string) => checkDocument(`Let $A \\in \\mathbb{R}^{n\\times n}$ and $x_0 \\in \\mathbb{R}^n$, and\n\n$$ x_{k+1} = A x_k. $$\n\nThen\n\n$$ \\frac{\\partial x_{50}}{\\partial x_0} = ${power} $$\n`, 'markdown', { verify: true, repair: false });

  it('is followed for fifty steps', () => {
    expect(['A^{50}', 'A^{49}'].map((power) => fifty(power).claims?.map(({ status }) => status))).toEqual([['verified'], ['refuted']]);
  });

  it('is summed over twenty steps', () => {
    const text = (factor: string) => `Let $A \\in \\mathbb{R}^{n\\times n}$ and $x_0 \\in \\mathbb{R}^n$, $x_{k+1} = A x_k$ and $J = \\sum_{k=0}^{20} \\|x_k\\|^2$. $$\\frac{\\partial J}{\\partial x_0} = ${factor} \\sum_{k=0}^{20} (A^k)^\\top A^k x_0$$`;
    const statusOf = (factor: string) => checkDocument(text(factor), 'markdown', { verify: true, repair: false }).claims?.map(({ status }) => status);
    expect(['2', '3'].map(statusOf)).toEqual([['verified'], ['refuted']]);
  });
});

describe('the tolerance', () => {
  const off = (by: string, scale = '1') => `x : n\nf = ${scale} x' x\ndf/dx = ${by} ${scale} x\n`;

  it('is a millionth, of the largest entry', () => {
    expect(['2.0000001', '2.00001'].map((by) => claimIn(off(by)).status)).toEqual(['verified', 'refuted']);
  });

  it.each(['1e6', '1e-6', '1e12', '1e-12'])('is the same for gradients of %s', (scale) => {
    expect(['2', '2.0000001', '2.0002'].map((by) => claimIn(off(by, scale)).status)).toEqual(['verified', 'verified', 'refuted']);
  });

  it('is what the text says it is', () => {
    expect(claimIn(`tolerance 1e-3\n${off('2.001')}`).status).toBe('verified');
    expect(claimIn(`tolerance 1e-9\n${off('2.0000001')}`).status).toBe('refuted');
  });
});

describe('a wrong claim', () => {
  it('that holds for symmetric matrices says so', () => {
    const { diagnostics } = checkDocument("A : n×n\nx : n\nf = x' A x\ndf/dx = 2 A x\n", 'plain', { verify: true });
    expect(diagnostics[0]?.message).toMatch(/holds if `A` is symmetric, which nothing above says/);
  });
});
