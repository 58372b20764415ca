import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { complete } from '../../src/ide/complete.ts';
import { viewDerivation } from '../../src/ide/derivation-view.ts';
import { insertShapeLine } from '../../src/ide/insert-shape-line.ts';
import { transcriptions } from '../../src/ide/transcribe.ts';

// A size that words only count, "one row per bar", has no letter that could be written.

const viewed = (text: string) => viewDerivation(checkDocument(text, 'markdown', { verify: false }), 'markdown', { layout: 'auto' });

const BARS = 'The matrix $B$ has one row per bar and one column per joint. Let $u \\in \\mathbb{R}^n$.\n\n$$ e = B u $$\n\n$$ \\frac{\\partial e}{\\partial u} = B $$\n';

/** A line of its own for statements, behind a text. */
const withLine = (line: string) => `${BARS}\n<!-- chainrule: ${line}`;

describe('a size that words only count', () => {
  it('is not offered where a shape or a dimension is written', () => {
    const text = withLine('v : ');
    const labels = complete(viewed(`${text} -->\n`), 'markdown', text.length, () => null as never).map(({ label }) => label);
    expect(labels).toContain('n');
    expect(labels.filter((label) => label.includes('#'))).toEqual([]);
  });

  it('makes no line of shapes', () => {
    const view = viewed(BARS);
    expect(insertShapeLine(view, BARS.indexOf('= B u'))).toBeNull();
    const told = BARS.replace('one row per bar', 'm rows').replace('one column per joint', 'n columns');
    expect(insertShapeLine(viewed(told), told.indexOf('= B u'))).not.toBeNull();
  });

  it('is left out of a derivation that is written in the other notation, or written by the letter that formulas give it', () => {
    expect(transcriptions(viewed(BARS), 'plain')[0]).not.toMatch(/B :/);
    const used = 'Let $A \\in \\mathbb{R}^{m \\times n}$ and a vector $q$ be given, and $f = q^\\top A^\\top A q$.\n\n$$ \\nabla_q f = 2 A^\\top A q $$\n';
    expect(transcriptions(viewed(used), 'plain')[0]).toMatch(/^q : n$/m);
  });
});
