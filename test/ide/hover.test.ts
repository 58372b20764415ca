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

describe('what is pointed at', () => {
  const HEAD = 'A : m×n\nB : n×k\nc : k\nx : m\n';

  /** The expression and its shape; what stands between `‹` and `›` is selected. */
  function pointed(marked: string): string {
    const start = marked.indexOf('‹');
    const text = HEAD + marked.replace(/[▮‹›]/g, '');
    const offset = HEAD.length + (start < 0 ? marked.indexOf('▮') : start);
    const asked = start < 0 ? {} : { selection: { start: offset, end: HEAD.length + marked.indexOf('›') - 1 } };
    const checked = checkDocument(text, 'plain', { verify: false });
    return hover(checked, viewDerivation(checked, 'plain', { layout: 'auto' }), offset, asked)?.markdown.split('\n')[0] ?? '';
  }

  it.each([
    ["z = x' ▮A B c", '`A` : **m×n**'],
    ["z = x' A▮ B c", '`A B` : **m×k**'],
    ["z = x' A B▮ c", '`B c` : **n×1**'],
    ["z = x'▮ A B c", "`x' A` : **1×n**"],
    ["z = ‹x' A› B c", "`x' A` : **1×n**"],
    ["z = x' ‹A B c›", '`A B c` : **m×1**'],
    ["z = x' A‹ B c›", '`B c` : **n×1**'],
    ["z = ‹x' A B c›", "`x' A B c` : **1×1**"],
    ["z = x'▮ (A B c)", "`x' (A B c)` : **1×1**"],
    ["z = x' (A B▮ c)", '`B c` : **n×1**'],
    ["z = 2 x▮' A B c", "`x'` : **1×m**"],
    ["z = x' q▮ B c", '`q B` : **m×k**'],
    ['z = B▮ x c', '`B x` : **open shape**'],
    ["z = ‹2 x'› A B c", "`2 x'` : **1×m**"],
    ['z = A B c + ‹x + x›', '`x + x` : **m×1**'],
    ['z = A B c + ‹x - x› + x', '`x - x` : **m×1**'],
    ['z = ‹A B c + x› - x', '`A B c + x` : **m×1**'],
    ['z = (A B c + x) - ‹x + x›', '`x + x` : **m×1**'],
    ['z = x +▮ A B c - x', '`x + A B c` : **m×1**'],
    ["z = ‹x - A B c + x›", '`x - A B c + x` : **m×1**'],
  ])('in %j is %j', (marked, said) => {
    expect(pointed(marked)).toBe(said);
  });
});

describe('a derivative in the hover', () => {
  const GIVEN = 'A : n×m\nx : n\ny : m\nq = x\' A y\nr = (x\' A y)^2\n';
  it.each([
    ['a differential of what is defined', `${GIVEN}d▮q = x' A dy`, "`dq` is `x' A dy`"],
    ['a differential in which several move', `${GIVEN}d▮q = dx' A y + x' A dy`, "`dq` is `dx' A y + x' A dy`"],
    ['a gradient', `${GIVEN}d▮q/dx = 0`, '`dq/dx` is `A y`'],
    ['a second derivative', `${GIVEN}d^2 ▮r/dx dx' = 0`, "`d^2 r/dx dx'` is `2 A y y' A'`"],
    ['a mixed one', `${GIVEN}d^2 ▮q/dx dy' = 0`, "`d^2 q/dx dy'` is `A`"],
  ])('%s', (_, marked, expected) => expect(hoverAt(marked)).toContain(expected));

  it('not at the change of what moves by itself', () => expect(hoverAt(`${GIVEN}dq = x' A d▮y`)).not.toContain(' is `'));
});
