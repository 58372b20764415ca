import { describe, expect, it } from 'vitest';
import { checkDocument, type Surface } from '../../src/check/check-document.ts';
import type { FoundEdit } from '../../src/check/checked-document.ts';
import { applyEdits } from '../../src/check/source.ts';
import { viewDerivation } from '../../src/ide/derivation-view.ts';
import { completeDerivative, insertDerivative, replaceByDerivative, showSteps } from '../../src/ide/derive.ts';
import { hover } from '../../src/ide/hover.ts';

const PLAIN = 'A : m×n\nx : n\nb : m\nL = ||A x - b||^2\n';
const FORMULAS = 'Let $A \\in \\mathbb{R}^{m \\times n}$, $\\mathbf{x} \\in \\mathbb{R}^n$ and $b \\in \\mathbb{R}^m$ with $$L = \\|A \\mathbf{x} - b\\|^2.$$\n\n';
const FOUND = '2 A^\\top (A \\mathbf{x} - b)';

/** A document with ▮ at the cursor. */
function at(marked: string, surface: Surface = 'plain', verify = false) {
  const offset = marked.indexOf('▮');
  const text = marked.replace('▮', '');
  const checked = checkDocument(text, surface, { verify, repair: false });
  const view = viewDerivation(checked, surface, { layout: 'auto' });
  const after = (edits: readonly FoundEdit[]) => viewDerivation({ ...checked, text: applyEdits(text, edits) }, surface, { layout: 'auto' });
  return { text, offset, checked, view, after, surface };
}

function inserted(marked: string, surface: Surface = 'plain'): string | null {
  const { text, view, offset, after } = at(marked, surface);
  const fix = insertDerivative(view, surface, offset, after);
  return fix === null ? null : applyEdits(text, fix.edits);
}

describe('a right side for a derivative', () => {
  it.each([
    ['behind its sign of equality', `${PLAIN}dL/dx = ▮`, `${PLAIN}dL/dx = 2 A' (A x - b)`],
    ['from anywhere in the statement', `${PLAIN}d▮L/dx =\n`, `${PLAIN}dL/dx = 2 A' (A x - b)\n`],
    ['in front of a comment', `${PLAIN}dL/dx =▮ // next\n`, `${PLAIN}dL/dx = 2 A' (A x - b) // next\n`],
    ['with the sign of equality', `${PLAIN}dL/dx▮\n`, `${PLAIN}dL/dx = 2 A' (A x - b)\n`],
    ['in the layout of the section', `layout numerator\n${PLAIN}dL/dx = ▮`, `layout numerator\n${PLAIN}dL/dx = 2 (A x - b)' A`],
  ])('%s', (_, before, expected) => {
    expect(inserted(before)).toBe(expected);
    expect(checkDocument(expected, 'plain', { verify: true, repair: false }).claims?.map(({ status }) => status)).toEqual(['verified']);
  });

  it.each([
    ['a display', '$$\\frac{\\partial L}{\\partial \\mathbf{x}} = ▮$$\n', `$$\\frac{\\partial L}{\\partial \\mathbf{x}} = ${FOUND}$$\n`],
    ['a display, with the cursor behind it', '$$\\frac{\\partial L}{\\partial \\mathbf{x}} =$$▮\n', `$$\\frac{\\partial L}{\\partial \\mathbf{x}} = ${FOUND}$$\n`],
    ['a display, with the cursor at the beginning of its line', '▮\\[\\frac{\\partial L}{\\partial \\mathbf{x}} =\\]\n', `\\[\\frac{\\partial L}{\\partial \\mathbf{x}} = ${FOUND}\\]\n`],
    ['a derivative that stands alone', '$\\frac{\\partial L▮}{\\partial \\mathbf{x}}$ is wanted.\n', `$\\frac{\\partial L}{\\partial \\mathbf{x}} = ${FOUND}$ is wanted.\n`],
    ['lines below one another', '$$\\begin{aligned}\n\\nabla_{\\mathbf{x}} L &=▮\n\\end{aligned}$$\n', `$$\\begin{aligned}\n\\nabla_{\\mathbf{x}} L &= ${FOUND}\n\\end{aligned}$$\n`],
    ['a row that another follows, with the cursor behind it', '$$\\begin{aligned}\n\\nabla_{\\mathbf{x}} L &= \\\\▮\nL &= \\|A \\mathbf{x} - b\\|^2\n\\end{aligned}$$\n', `$$\\begin{aligned}\n\\nabla_{\\mathbf{x}} L &= ${FOUND} \\\\\nL &= \\|A \\mathbf{x} - b\\|^2\n\\end{aligned}$$\n`],
    ['a row above one that has both sides', '\\begin{align}\n\\nabla_{\\mathbf{x}} L &= ▮ \\\\\n\\nabla_b L &= 2 (b - A \\mathbf{x})\n\\end{align}\n', `\\begin{align}\n\\nabla_{\\mathbf{x}} L &= ${FOUND} \\\\\n\\nabla_b L &= 2 (b - A \\mathbf{x})\n\\end{align}\n`],
    ['a row below one that is open, too', '\\begin{align}\n\\nabla_b L &= \\\\\n\\nabla_{\\mathbf{x}} L &=▮\n\\end{align}\n', `\\begin{align}\n\\nabla_b L &= \\\\\n\\nabla_{\\mathbf{x}} L &= ${FOUND}\n\\end{align}\n`],
    ['a row with a label', '\\begin{align}\n\\nabla_{\\mathbf{x}} L &= ▮ \\label{eq:x} \\\\\n\\nabla_b L &= 2 (b - A \\mathbf{x}) \\nonumber\n\\end{align}\n', `\\begin{align}\n\\nabla_{\\mathbf{x}} L &= ${FOUND} \\label{eq:x} \\\\\n\\nabla_b L &= 2 (b - A \\mathbf{x}) \\nonumber\n\\end{align}\n`],
  ])('in %s', (_, before, expected) => expect(inserted(FORMULAS + before, 'markdown')).toBe(FORMULAS + expected));

  it.each([
    ['one that has a right side', `${PLAIN}dL/d▮x = A' b\n`], ['a definition', `${PLAIN}y =▮\n`], ['a line without mathematics', `${PLAIN}\n▮\n`], ['what has no derivative', `${PLAIN}dL/dq =▮\n`],
  ])('but not for %s', (_, text) => expect(inserted(text)).toBeNull());

  it('is offered while it is typed', () => {
    const behind = at(`${PLAIN}dL/dx = ▮\n`);
    expect(completeDerivative(behind.view, 'plain', behind.offset, behind.after)).toBe("2 A' (A x - b)");
    const row = at(`${FORMULAS}\\begin{align}\n\\nabla_{\\mathbf{x}} L &= ▮ \\\\\n\\nabla_b L &= 2 (b - A \\mathbf{x})\n\\end{align}\n`, 'markdown');
    expect(completeDerivative(row.view, 'markdown', row.offset, row.after)).toBe(FOUND);
    const before = at(`${PLAIN}dL▮/dx =\n`);
    expect(completeDerivative(before.view, 'plain', before.offset, before.after)).toBeNull();
  });
});

describe('a wrong right side', () => {
  it('gives way to the derivative', () => {
    const { text, checked, view, offset } = at(`${PLAIN}dL/d▮x = A' (A x - b)\n`, 'plain', true);
    const fix = replaceByDerivative(checked, view, 'plain', offset);
    expect(fix?.title).toBe("Replace `A' (A x - b)` by the derivative `2 A' (A x - b)`");
    expect(applyEdits(text, fix?.edits ?? [])).toBe(`${PLAIN}dL/dx = 2 A' (A x - b)\n`);
  });

  it('is left alone where it is right', () => {
    const { checked, view, offset } = at(`${PLAIN}dL/d▮x = 2 A' (A x - b)\n`, 'plain', true);
    expect(replaceByDerivative(checked, view, 'plain', offset)).toBeNull();
  });
});

describe('what a derivative is', () => {
  it('is told where it stands', () => {
    const { checked, view, offset } = at(`${PLAIN}▮dL/dx = A' b\n`);
    expect(hover(checked, view, offset)?.markdown).toContain("`dL/dx` is `2 A' (A x - b)`");
  });

  it('is drawn for a reader who sees formulas, without the macros of the document', () => {
    const macros = '$$\\newcommand{\\x}{\\mathbf{x}}$$\n<!-- chainrule: layout denominator -->\n$\\x \\in \\mathbb{R}^n$: $$L = \\x^\\top \\x$$\n';
    const { checked, view, offset } = at(`${macros}$$▮\\frac{d L}{d \\x} = b$$\n`, 'markdown');
    expect(hover(checked, view, offset, { draws: true })?.markdown).toContain('\n\n```latex\n\\frac{d L}{d \\mathbf{x}} = 2 \\mathbf{x}\n```\n\nIn numerator layout (gradient as row) it is the transpose of that.\n\n');
  });

  it('is told in the notation of the document', () => {
    const { checked, view, offset } = at(`${FORMULAS}$$▮\\nabla_{\\mathbf{x}} L = b$$\n`, 'markdown');
    expect(hover(checked, view, offset)?.markdown).toContain(`\`\\nabla_{\\mathbf{x}} L\` is \`${FOUND}\``);
  });

  it.each([
    ['plain', `${PLAIN}d▮L/dx = A' b\n`], ['markdown', `${FORMULAS}$$▮\\nabla_{\\mathbf{x}} L = b$$\n`],
  ] as const)('is shown step by step, in text that passes the check (%s)', (surface, marked) => {
    const { view, offset } = at(marked, surface);
    const steps = showSteps(view, offset);
    if (steps === null || !('text' in steps)) throw new Error(steps?.reason ?? 'no derivative here');
    const { claims, diagnostics } = checkDocument(steps.text, 'plain', { verify: true, repair: false });
    expect(diagnostics).toEqual([]);
    expect(claims?.length).toBeGreaterThan(1);
    expect(new Set(claims?.map(({ status }) => status))).toEqual(new Set(['verified']));
  });

  it('has steps from anywhere in its claim, also right behind the formula', () => {
    for (const cursor of ['$$\\nabla_{\\mathbf{x}} L = b▮$$\n', '$$\\nabla_{\\mathbf{x}} L = b$$▮\n']) {
      const { view, offset } = at(FORMULAS + cursor, 'markdown');
      expect(showSteps(view, offset)).toHaveProperty('text');
    }
  });

  it('has no steps where it has no derivative', () => {
    const { view, offset } = at('x : n\nq(x) : scalar\nd▮q/dx = 2 x\n');
    expect(showSteps(view, offset)).toEqual({ reason: expect.any(String) });
  });
});

describe('a hover on a derivative', () => {
  const shown = (marked: string, surface: Surface = 'plain') => {
    const { checked, view, offset } = at(marked, surface);
    return hover(checked, view, offset)?.markdown ?? '';
  };
  it('says what it is in the other layout', () => {
    expect(shown(`${PLAIN}dL/▮dx = 2 A' (A x - b)\n`)).toContain("In numerator layout (gradient as row) it is the transpose of that: `2 (A x - b)' A`");
    expect(shown(`layout numerator\n${PLAIN}dL/▮dx = 2 (A x - b)' A\n`)).toContain("In denominator layout (gradient as column) it is the transpose of that: `2 A' (A x - b)`");
  });
  it('writes one with more than two axes entry by entry', () => {
    expect(shown("X : n×m\nY = X' X\ndY/▮dX = 0\n")).toContain('`dY_{kl}/dX_{ij} = X_{il} delta_{jk} + X_{ik} delta_{jl}`');
  });
});
