import { describe, expect, it } from 'vitest';
import { checkDocument, type Surface } from '../../src/check/check-document.ts';

/** The diagnostics of a text as `line code`. */
function told(text: string, surface: Surface = 'plain'): string[] {
  const { diagnostics } = checkDocument(text, surface, { verify: false });
  return diagnostics.map(({ code, span }) => `${text.slice(0, span.start).split('\n').length} ${code}`);
}

const DECLARED = 'x : n\nM : m×n\n';

describe('a diagnostic that a document does not want to be told of', () => {
  it('is ignored in the next block, and in no other', () => {
    expect(told(`${DECLARED}ignore shape/product\ny = M M\nz = M M\n`)).toEqual(['5 shape/product']);
  });

  it('is ignored on the lines that go on with the block', () => {
    expect(told(`${DECLARED}ignore shape/sum\ny = M x\n  + x\n`)).toEqual([]);
  });

  it('is the one that is named, and no other', () => {
    expect(told(`${DECLARED}ignore shape/sum\ny = M M\n`)).toEqual(['4 shape/product']);
    expect(told(`${DECLARED}ignore shape/sum\nignore shape/product\ny = M M + x\n`)).toEqual([]);
  });

  it('leaves the block read', () => {
    const { equations } = checkDocument(`${DECLARED}ignore shape/product\ny = M x\n`, 'plain', { verify: false });
    expect(equations.map(({ kind }) => kind)).toEqual(['declaration', 'declaration', 'definition']);
  });

  it('is off to the end of its section, subsections included', () => {
    expect(told(`${DECLARED}# A\noff shape/product\ny = M M\n## B\ny = M M\n# C\ny = M M\n`)).toEqual(['9 shape/product']);
  });

  it('is on again where that is said', () => {
    expect(told(`${DECLARED}off shape/product\ny = M M\non shape/product\nz = M M\n`)).toEqual(['6 shape/product']);
  });

  it('may be switched off in Markdown and LaTeX', () => {
    expect(told('<!-- chainrule: M : m×n; ignore shape/product -->\n$$y = M M$$\n', 'markdown')).toEqual([]);
    expect(told('% chainrule: M : m×n; off shape/product\n\\[ y = M M \\]\n\\[ z = M M \\]\n', 'latex')).toEqual([]);
  });

  it.each([
    ['a display with all its rows', '$$\\begin{align}\ny &= M M \\\\\nz &= M M M\n\\end{align}$$\n$$y = M M$$\n', '7 shape/product'],
    ['a paragraph with all its formulas', 'Words $y = M M$ and\n$z = M M M$.\n\nThen $y = M M$.\n', '6 shape/product'],
  ])('is ignored in %s', (_, block, rest) => {
    for (const statement of ['ignore', 'ignore shape/product']) {
      expect(told(`<!-- chainrule: M : m×n -->\n<!-- chainrule: ${statement} -->\n${block}`, 'markdown')).toEqual([rest]);
    }
  });

  it('is ignored in one row of a display, where a comment of LaTeX stands above it', () => {
    const rows = (first: string, second: string) => `% chainrule: M : m×n; N : p×q\n\n\\begin{align}\n${first}y &= M M \\\\\n${second}z &= N N\n\\end{align}\n`;
    expect(told(rows('% chainrule: ignore shape/product\n', ''), 'latex')).toEqual(['6 shape/product']);
    expect(told(rows('', '% chainrule: ignore shape/product\n'), 'latex')).toEqual(['4 shape/product']);
  });

  it('may be that a line cannot be read', () => {
    expect(told('ignore\ny = = x\nz = ) x\n')).toEqual(['3 syntax']);
    expect(told('ignore syntax\ny = = x\nz = ) x\n')).toEqual(['3 syntax']);
  });

  it('has a code that there is', () => {
    expect(told('off shape/prodct\n')).toEqual(['1 syntax']);
    expect(told('ignore nothing\n')).toEqual(['1 syntax']);
  });
});
