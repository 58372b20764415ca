import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';

/** What is said of a text in which nothing is declared, and every letter has the form that its style tells. */
function told(text: string): { readonly claims: readonly string[]; readonly diagnostics: readonly string[] } {
  const { claims = [], diagnostics } = checkDocument(`<!-- chainrule: convention bold -->\n\n${text}\n`, 'markdown', { verify: true });
  return { claims: claims.map(({ status, reason }) => status + (reason === undefined ? '' : `: ${reason}`)), diagnostics: diagnostics.map(({ code }) => code) };
}

describe('under `convention bold`', () => {
  it.each([
    String.raw`$f = \mathbf x^\top \mathbf A \mathbf x$, $$\frac{\partial f}{\partial \mathbf x} = (\mathbf A + \mathbf A^\top) \mathbf x$$`,
    String.raw`$g = s \mathbf a^\top \mathbf y$, $$\frac{\partial g}{\partial s} = \mathbf y^\top \mathbf a$$`,
    String.raw`$\mathbf z = \mathbf W \mathbf x + \mathbf b$, $L = \|\mathbf z\|^2$, $$\frac{\partial L}{\partial \mathbf W} = 2 \mathbf z \mathbf x^\top$$`,
    String.raw`$k = \frac12 \lambda \|\boldsymbol\theta\|^2$, $$\frac{\partial k}{\partial \boldsymbol\theta} = \lambda \boldsymbol\theta$$`,
  ])('a right claim is verified, and no letter is undeclared: %s', (text) => expect(told(text)).toEqual({ claims: ['verified'], diagnostics: [] }));

  it.each([
    String.raw`$f = \mathbf x^\top \mathbf A \mathbf x$, $$\frac{\partial f}{\partial \mathbf x} = 2 \mathbf A \mathbf x$$`,
    String.raw`$g = s \mathbf a^\top \mathbf y$, $$\frac{\partial g}{\partial \mathbf y} = \mathbf a$$`,
  ])('a wrong one is refuted: %s', (text) => expect(told(text)).toEqual({ claims: ['refuted'], diagnostics: ['verify/refuted'] }));

  it('a change that would make a column a number mends nothing', () => {
    const text = String.raw`<!-- chainrule: convention bold -->

$\mathbf u = \mathbf Q \mathbf v$, $h = \mathbf u^\top \mathbf u$, $$\frac{\partial h}{\partial \mathbf v} = 2 \mathbf Q \mathbf u$$
`;
    expect(checkDocument(text, 'markdown', { verify: true }).claims?.[0]?.repair).toBe(String.raw`2 \mathbf Q^\top \mathbf u`);
  });

  it('a column that its uses make a number leaves a claim undecided', () => {
    const text = String.raw`$\mathbf q = \mathbf K \mathbf v + \mathbf K$, $h = \mathbf v^\top \mathbf v$, $$\frac{\partial h}{\partial \mathbf v} = 2 \mathbf v$$`;
    expect(told(text).claims).toEqual([String.raw`inconclusive: \mathbf v is a number by its uses, and no vector or matrix`]);
  });
});
