import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument, type KeptCheck, recheckDocument, type Surface } from '../../src/check/check-document.ts';
import { readLatex } from '../../src/syntax/read-latex.ts';
import { holds } from '../property.ts';

const OPTIONS = { verify: false, repair: false };
const CORPUS = new URL('../corpus/', import.meta.url);
const SURFACES: Readonly<Record<string, Surface>> = { md: 'markdown', qmd: 'markdown', tex: 'latex', deriv: 'plain' };

interface Sample {
  readonly text: string;
  readonly surface: Surface;
}

const SAMPLES: readonly Sample[] = readdirSync(CORPUS).flatMap((name) => {
  const surface = SURFACES[name.split('.').at(-1) ?? ''];
  return surface === undefined ? [] : [{ text: readFileSync(new URL(name, CORPUS), 'utf8'), surface }];
});

// ---- edits as people make them

type Edit = (text: string) => string;

/** What somebody types in the middle of other things, half-done delimiters among them. */
const TYPED = [
  '$', '$$', '\\', '\n\n', '\n## Another section\n\n', '```\n', '<!-- ', '-->', '\\begin{align}', '\\end{align}', '$x \\in \\mathbb{R}^n$', '{', '}', 'a', "'", ' ', '\n> ', '\n- ',
  '\\newcommand{\\R}{\\mathbb R}', '% ', '\n# Title\n', '<!-- chainrule: layout numerator -->\n', '\nx : n\n', '\nm = n\n', '= ',
];

const insertion = fc.tuple(fc.nat(), fc.constantFrom(...TYPED)).map(([at, typed]): Edit => (text) => replaced(text, at, 0, typed));
const deletion = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 40 })).map(([at, length]): Edit => (text) => replaced(text, at, length, ''));
const replacement = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 4 }), fc.constantFrom(...TYPED)).map(([at, length, typed]): Edit => (text) => replaced(text, at, length, typed));
const move = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 6 }), fc.nat()).map(([from, count, to]): Edit => (text) => {
  const lines = text.split('\n');
  const cut = lines.splice(from % lines.length, count);
  lines.splice(to % (lines.length + 1), 0, ...cut);
  return lines.join('\n');
});
const headings = fc.constantFrom<Edit>((text) => text.replace(/^#+ .*\n/m, ''), (text) => `# A heading above all\n\n${text}`);
const edit = fc.oneof({ weight: 4, arbitrary: insertion }, { weight: 3, arbitrary: deletion }, { weight: 2, arbitrary: replacement }, { weight: 2, arbitrary: move }, { weight: 1, arbitrary: headings });

function replaced(text: string, at: number, length: number, typed: string): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + typed + text.slice(start + length);
}

/** The sample many times over, so that an edit is far from most of it. */
function longer({ text, surface }: Sample, times: number): Sample {
  return { surface, text: Array.from({ length: times }, () => text).join('\n\n') };
}

function expectSame({ text, surface }: Sample, edits: readonly Edit[]): void {
  let now = text;
  let kept: KeptCheck | null = null;
  for (const apply of [(same: string) => same, ...edits]) {
    now = apply(now);
    const again = recheckDocument(now, surface, OPTIONS, kept);
    const afresh = checkDocument(now, surface, OPTIONS);
    // Vitest's own comparison takes ten times as long, and is left to show what differs.
    if (!isDeepStrictEqual(again.checked, afresh)) expect(again.checked).toEqual(afresh);
    kept = again.kept;
  }
}

describe('a document that is edited is checked as one that is opened', () => {
  it('whatever the edits', () => {
    holds([fc.constantFrom(...SAMPLES), fc.array(edit, { minLength: 1, maxLength: 5 })], expectSame, { numRuns: 40 });
  });

  it('where a display at the end begins within a line', () => {
    const text = 'p\n\nA text i$$a = 1$, and\n$$b = 2.$$';
    expectSame({ text, surface: 'markdown' }, [(before) => `$${before}`]);
  });

  it('where most of it is far from the edit', () => {
    const long = fc.tuple(fc.constantFrom(...SAMPLES.filter(({ text }) => text.length < 4000)), fc.integer({ min: 20, max: 30 })).map(([sample, times]) => longer(sample, times));
    holds([long, fc.array(edit, { minLength: 1, maxLength: 3 })], expectSame, { numRuns: 2 });
  });
});

// ---- work, counted

const section = (k: number) => `## Section ${k}

Let $A_{${k}} \\in \\mathbb{R}^{m \\times n}$ and $x \\in \\mathbb{R}^n$.

$$ f = x^\\top A_{${k}}^\\top A_{${k}} x $$

$$ \\frac{\\partial f}{\\partial x} = 2 A_{${k}}^\\top A_{${k}} x $$
`;
const NOTES = Array.from({ length: 50 }, (_, k) => section(k)).join('\n');

function work(before: string, after: string, surface: Surface = 'markdown'): { readonly blocks: number; readonly sections: number } {
  const { kept } = recheckDocument(before, surface, OPTIONS, null);
  const { blocksParsed, sectionsInferred } = recheckDocument(after, surface, OPTIONS, kept);
  return { blocks: blocksParsed, sections: sectionsInferred };
}

describe('an edit costs what it touches', () => {
  it('nothing where nothing changed', () => {
    expect(work(NOTES, NOTES)).toEqual({ blocks: 0, sections: 0 });
  });

  it('a formula and one section where a formula that stands alone changed', () => {
    expect(work(NOTES, NOTES.replace('= 2 A_{20}', '= 3 A_{20}'))).toEqual({ blocks: 1, sections: 1 });
  });

  it('one paragraph where a word changed', () => {
    expect(work(NOTES, NOTES.replace('Let $A_{20}', 'Now let $A_{20}'))).toEqual({ blocks: 1, sections: 0 });
  });

  it('nothing where a section moved', () => {
    expect(work(NOTES, NOTES.replace(section(7), '') + section(7))).toEqual({ blocks: 0, sections: 0 });
  });

  const letters = (k: number) => [...String(k)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
  const defining = (count: number) => Array.from({ length: count }, (_, k) => `\\newcommand{\\m${letters(k)}}{x_{${k}}}\n\n\\[ y_{${k}} = 2 \\m${letters(k)} \\]\n`).join('\n');

  it('one formula and its paragraph where macros are defined between all of them, and those that follow a definition where that changed', () => {
    const text = defining(50);
    expect(work(text, text.replace('y_{20} = 2', 'y_{20} = 3'), 'latex').blocks).toBe(2);
    expect(work(text, text.replace('{x_{40}}', '{z_{40}}'), 'latex').blocks).toBe(20);
  });

  it('what is kept grows with the text and not with its square, however many macros are defined', () => {
    const characters = (count: number) => [...readLatex(defining(count)).kept.mathematics].reduce((sum, [context, texts]) => sum + context.length + [...texts.keys()].join('').length, 0);
    expect(characters(400) / characters(100)).toBeLessThan(5);
  });

  it('all sections that see a declaration where that changed', () => {
    const shared = (size: string) => `Let $b \\in \\mathbb{R}^{${size}}$.\n\n# One\n\n$$ g = b^\\top b $$\n\n# Two\n\n$$ h = 2 b $$\n\n# Three\n\n$$ k = 3 $$\n`;
    expect(work(shared('n'), shared('m'))).toEqual({ blocks: 2, sections: 2 });
  });
});

// ---- verdicts

const VERIFIED = { verify: true, repair: false };
const SECTIONS = Array.from({ length: 6 }, (_, k) => `## Part ${k}\n\nA : m×n\nx : n\nb : m\nc_${k} : scalar\nr = A x - b\nf = ||r||^2 + c_${k} x' x\ndf/dx = 2 A' r + ${k === 4 ? 3 : 2} c_${k} x\ndr/dx = A'\n`);

function recheck(text: string, surface: Surface, before: KeptCheck | null) {
  let work = 0;
  const again = recheckDocument(text, surface, { ...VERIFIED, spend: (more) => (work += more) > 0 }, before);
  return { ...again, work };
}

describe('a claim is verified again only where something that it depends on changed', () => {
  const text = SECTIONS.join('\n');
  const first = recheck(text, 'plain', null);

  const edits: readonly (readonly [string, number, (text: string) => string])[] = [
    ['nothing', 0, (same) => same],
    ['words and lines before all of them', 0, (before) => `// a remark\n\n${before}`],
    ['another section before them', 1, (before) => `## New\n\nu : k\ng = u' u\ndg/du = 2 u\n\n${before}`],
    ['sections in another order', 0, () => [...SECTIONS].reverse().join('\n')],
    ['one definition', 2, (before) => before.replace('r = A x - b\nf = ||r||^2 + c_2', 'r = A x + b\nf = ||r||^2 + c_2')],
    ['one claim', 1, (before) => before.replace('3 c_4 x', '2 c_4 x')],
    ['one declaration', 1, (before) => before.replace('c_3 : scalar', 'c_3 : scalar positive')],
    ['the seed of one section', 2, (before) => before.replace('## Part 1\n', '## Part 1\nseed 5\n')],
    ['the tolerance of the last section', 2, (before) => before.replace('## Part 5\n', '## Part 5\ntolerance 1e-4\n')],
  ];
  for (const [what, verified, edit] of edits) {
    it(`${what} changed: ${verified} verified`, () => {
      const edited = edit(text);
      const again = recheck(edited, 'plain', first.kept);
      expect(again.claimsVerified).toBe(verified);
      expect(again.work > 0).toBe(verified > 0);
      expect(again.checked).toEqual(checkDocument(edited, 'plain', VERIFIED));
    });
  }

  it('other sizes, another seed, tolerance or method are other verdicts', () => {
    for (const options of [{ sizes: { n: 7 } }, { seed: 3 }, { tolerance: 1e-5 }, { method: 'directions' as const }]) {
      const again = recheckDocument(text, 'plain', { ...VERIFIED, ...options }, first.kept);
      expect(again.claimsVerified).toBeGreaterThan(0);
      expect(again.checked).toEqual(checkDocument(text, 'plain', { ...VERIFIED, ...options }));
    }
  });

  it('a verification that was broken off is taken up where it stopped', () => {
    let asked = 0;
    const stopped = recheckDocument(text, 'plain', { ...VERIFIED, cancelled: () => asked++ > 40 }, null);
    const again = recheck(text, 'plain', stopped.kept);
    expect(again.claimsVerified).toBeLessThan(first.claimsVerified);
    expect(again.checked).toEqual(first.checked);
  });

  it('a claim that took too much is tried again', () => {
    const poor = recheckDocument(text, 'plain', { ...VERIFIED, spend: () => false }, null);
    expect(recheck(text, 'plain', poor.kept).checked).toEqual(first.checked);
  });

  it('a claim about a variable with a prime names it where it stands now', () => {
    const kernel = "Two inputs $x, x' \\in \\mathbb{R}^d$.\n\n$$k = x^\\top x'$$\n\n$$\\frac{\\partial k}{\\partial x'} = x$$\n";
    const before = recheckDocument(kernel, 'markdown', VERIFIED, null);
    const moved = recheckDocument(`Kernels\n\n${kernel}`, 'markdown', VERIFIED, before.kept);
    expect(moved.checked.claims?.map(({ wrt }) => wrt)).toEqual(["x'"]);
  });

  it('whatever the edits, the answer is that of a check from scratch', () => {
    const same = ({ text: start, surface }: Sample, changes: readonly Edit[]) => {
      let now = start;
      let kept: KeptCheck | null = null;
      for (const apply of [(unchanged: string) => unchanged, ...changes]) {
        now = apply(now);
        const again = recheckDocument(now, surface, VERIFIED, kept);
        expect(again.checked).toEqual(checkDocument(now, surface, VERIFIED));
        kept = again.kept;
      }
    };
    holds([fc.constantFrom(...SAMPLES), fc.array(edit, { minLength: 1, maxLength: 3 })], same, { numRuns: 15 });
  });
});
