import { expect, it } from 'vitest';
import { checkDocument, type Surface } from '../../src/check/check-document.ts';
import { applyEdits } from '../../src/check/source.ts';

const FORMULAS = String.raw`$L = y^\top A x + x^\top x$ and

$$
\frac{dL}{dx} = A^\top y + 2 x
$$
`;

/** A document with an undeclared `x`, and the same with it declared as the document declares its own. */
const CASES: readonly { readonly surface: Surface; readonly text: string; readonly declared: string }[] = [
  {
    surface: 'plain',
    text: "A : m×n\ny : m\nL = y' A x + x' x\ndL/dx = A' y + 2 x\n",
    declared: "A : m×n\ny : m\nL = y' A x + x' x\nx : n×1\ndL/dx = A' y + 2 x\n",
  },
  {
    surface: 'markdown',
    text: String.raw`Let $y \in \R^m$, $A \in \R^{m\times n}$, ${FORMULAS}`,
    declared: String.raw`Let $y \in \R^m$, $A \in \R^{m\times n}$, ${FORMULAS.replace('$$\n', () => 'Let $x \\in \\R^{n}$.\n\n$$\n')}`,
  },
  {
    surface: 'markdown',
    text: `<!-- chainrule: y : m; A : m×n -->\n\nWith ${FORMULAS}`,
    declared: `<!-- chainrule: y : m; A : m×n -->\n\nWith ${FORMULAS.replace('$$\n', () => '<!-- chainrule: x : n×1 -->\n\n$$\n')}`,
  },
  {
    surface: 'latex',
    text: `\\begin{document}\n% chainrule: y : m; A : m×n\nWith ${FORMULAS}\\end{document}\n`,
    declared: `\\begin{document}\n% chainrule: y : m; A : m×n\nWith ${FORMULAS.replace('$$\n', () => '% chainrule: x : n×1\n\n$$\n')}\\end{document}\n`,
  },
];

for (const { surface, text, declared } of CASES) {
  it(`${surface}, ${text.split('\n')[0]}: an undeclared symbol is declared as the document declares its own`, () => {
    const [hint] = checkDocument(text, surface, { verify: true }).diagnostics;
    expect(hint?.code).toBe('name/undeclared');
    const mended = applyEdits(text, hint?.fixes[0]?.edits ?? []);
    expect(mended).toBe(declared);
    expect(checkDocument(mended, surface, { verify: true })).toMatchObject({ diagnostics: [], claims: [{ status: 'verified' }] });
  });
}
