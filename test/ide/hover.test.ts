import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { viewDerivation } from '../../src/ide/derivation-view.ts';
import { hover } from '../../src/ide/hover.ts';

/** What the hover says where `▮` stands. */
function hoverAt(marked: string): string {
  const offset = marked.indexOf('▮');
  const text = marked.replace('▮', '');
  const checked = checkDocument(text, 'plain', { verify: false });
  return hover(checked, viewDerivation(checked, 'plain', { layout: 'auto' }), offset)?.markdown ?? '';
}

describe('a shape in the hover', () => {
  it('leads back to the declarations, through every definition between', () => {
    expect(hoverAt(`A : m×n
B : p×m
x : n
y = A x
z = B y
s = ▮z' z
`)).toBe(`\`z\` : **p×1**

- \`z\` is p×1, defined by \`z = B y\`
  - \`B\` is p×m, declared by \`B : p×m\`
  - \`y\` is m×1, defined by \`y = A x\`
    - \`A\` is m×n, declared by \`A : m×n\`
    - \`x\` is n×1, declared by \`x : n\``);
  });

  it('of a symbol that nothing declares names the uses that decided it, and what stands in them', () => {
    expect(hoverAt(`A : m×n
y : m
y = A ▮q
`)).toBe(`\`q\` : **n×1**

- \`q\` is n×1, from its use in \`A q\`
  - \`A\` is m×n, declared by \`A : m×n\``);
  });

  it('follows uses that lead to other uses', () => {
    expect(hoverAt(`z : n+k
x : n
z = [x; u]
w : m
w = ▮C u
`)).toBe(`\`C\` : **m×k**

- \`C\` is m×k, from its use in \`C u\`
  - \`w\` is m×1, declared by \`w : m\`
  - \`u\` is k×1, from its use in \`z = [x; u]\` and \`[x; u]\`
    - \`z\` is (k+n)×1, declared by \`z : n+k\`
    - \`x\` is n×1, declared by \`x : n\``);
  });
});

describe('a derivative in the hover', () => {
  it('tells which claims fit which layout', () => {
    expect(hoverAt(`A : m×n
x : n
y = A x
s = y' y
ds/dy = 2 y
▮ds/dx = 2 A' y
dy/dx = A'
`)).toContain(`Read in denominator layout (gradient as column): 3 of 3 claims fit it.

- denominator layout: all 3 claims fit
- mixed layout: all fit but \`dy/dx = A'\`
- numerator layout: no claim fits`);
  });

  it('names the claims that fit where they are few', () => {
    expect(hoverAt(`A : m×n
x : n
y = A x
s = y' y
ds/dy = 2 y'
▮dy/dx = A
dy/dx = A'
`)).toContain(`- denominator layout: only \`dy/dx = A'\` fits
- mixed layout: only \`dy/dx = A\` fits
- numerator layout: all fit but \`dy/dx = A'\``);
  });

  it('leaves it at the directive where there is one', () => {
    const said = hoverAt('layout numerator\nx : n\ns = x\' x\n▮ds/dx = 2 x\'\n');
    expect(said).toContain('Read in numerator layout (gradient as row): set by a layout directive.');
    expect(said).not.toContain('mixed layout');
  });
});
