import { describe, expect, it } from 'vitest';
import { deriveText } from '../../src/calculus/derive-text.ts';
import { stepsOf } from '../../src/calculus/steps.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import type { Layout } from '../../src/protocol/report.ts';

/** The steps of a derivative; what is not verified in them stands behind. */
function steps(expression: string, wrt: string, given: string, layout: Layout = 'denominator'): string {
  const answer = deriveText({ expression, wrt, given, layout });
  if (answer.kind !== 'derived') return answer.kind;
  const shown = stepsOf(answer.built.derivation, answer.shapes, answer.asked, layout);
  if ('reason' in shown) return `refused: ${shown.reason}`;
  const { claims, diagnostics } = checkDocument(shown.text, 'plain', { verify: true, repair: false });
  const doubted = (claims ?? []).filter(({ status }) => status !== 'verified').map((claim) => `${claim.text}: ${claim.status}`);
  return [shown.text.slice(shown.text.indexOf('\n\n') + 2), ...doubted, ...diagnostics.map(({ message }) => message)].join('');
}

describe('steps', () => {
  it('carry the indices that are free in them', () =>
    expect(steps('||A x_i - b||^2', 'A', 'A : m×n; x_i : n; b : m; i : 1..N')).toBe(`u_i = A x_i - b
f_i = ||u_i||^2

// power rule, norm in f_i = ||u_i||^2
df_i/du_i = 2 u_i
// u_i = A x_i - b is linear in A
df_i/dA = df_i/du_i x_i' = 2 (A x_i - b) x_i'
`));

  it('name the value of a function of the variable itself', () =>
    expect(steps('||r(x)||^2', 'x', 'B : p×n; y : p; x : n; r(x) = tanh(B x) - y')).toBe(`u = B x
r = tanh(u) - y
f = ||r||^2

// power rule, norm in f = ||r||^2
df/dr = 2 r
// sum rule, tanh in r = tanh(u) - y
df/du = df/dr .* (ones(p) - tanh(u).^2)
// u = B x is linear in x
df/dx = B' df/du = 2 B' (r .* (ones(p) - tanh(B x).^2))
`));

  it('by a member of a family are of the terms that it stands in', () =>
    expect(steps("Σ_i ||x_i - A z_i||^2 + lambda Σ_i z_i' z_i", 'z_k', 'x_i : n; z_i : m; A : n×m; lambda : scalar; i : 1..N; k : 1..N')).toBe(`f = Σ_i ||x_i - A z_i||^2 + λ (Σ_i z_i' z_i)
u_k = x_k - A z_k
t_k = ||u_k||^2 + λ z_k' z_k

// sum rule, power rule, norm in t_k = ||u_k||^2 + λ z_k' z_k
dt_k/du_k = 2 u_k
// u_k = x_k - A z_k is linear in z_k; sum rule, product rule, transpose in t_k = ||u_k||^2 + λ z_k' z_k
dt_k/dz_k = 2 λ z_k - A' dt_k/du_k
// no other term has z_k
df/dz_k = dt_k/dz_k = 2 (λ z_k - A' (x_k - A z_k))
`));

  it('by a member are one where others move with it', () =>
    expect(steps('Σ_i Σ_j (z_i - z_j)^2', 'z_k', 'z_i : scalar; i : 1..N; j : 1..N; k : 1..N')).toMatch(/^f = .*\n\ndf\/dz_k = .*\n$/));

  it('leave open what the text leaves open', () =>
    expect(steps('L', 'W', 'W : m×n; x : n; b : m; z = W x + b; h = tanh(z); L(h) : scalar')).toBe(`z = W x + b
h = tanh(z)

// tanh in h = tanh(z)
dL/dz = dL/dh .* (ones(m) - h.^2)
// z = W x + b is linear in W
dL/dW = dL/dz x' = (dL/dh .* (ones(m) - h.^2)) x'
`));

  it.each(['denominator', 'numerator'] as const)('go through what is left open, in %s layout', (layout) =>
    expect(steps('||y - t||^2', 'x', 'x : n; y(x) : m; t : m', layout)).toContain(layout === 'numerator' ? 'df/dx = df/dy dy/dx' : 'df/dx = dy/dx df/dy'));

  it('by a row end in a line of their own', () =>
    expect(steps("x' A x", "x'", 'A : n×n; x : n')).toContain("df/dx = (A + A') x\ndf/dx' = x' (A + A')\n"));

  it('need another letter where the index of the member is bound', () =>
    expect(steps("log(Σ_i exp(a' x_i))", 'x_i', 'x_i : n; a : n; i : 1..N')).toContain('another letter is needed'));

  it('to what stays as it is end in zero, verified', () => expect(steps('tr(X X^+)', 'X', 'X : n×m')).toMatch(/ = 0\n$/));

  it('are refused where the end says nothing of the variable', () => expect(steps('q', 'x', 'x : n; q(x) : scalar')).toContain('refused'));
});
