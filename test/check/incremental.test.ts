import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptCheck, type Surface, checkDocument, recheckDocument } from '../../src/check/check-document.ts';

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
    expect(again.checked).toEqual(checkDocument(now, surface, OPTIONS));
    kept = again.kept;
  }
}

describe('a document that is edited is checked as one that is opened', () => {
  it('whatever the edits', () => {
    fc.assert(fc.property(fc.constantFrom(...SAMPLES), fc.array(edit, { minLength: 1, maxLength: 5 }), expectSame), { numRuns: 40 });
  });

  it('where most of it is far from the edit', () => {
    const long = fc.tuple(fc.constantFrom(...SAMPLES.filter(({ text }) => text.length < 4000)), fc.integer({ min: 20, max: 30 })).map(([sample, times]) => longer(sample, times));
    fc.assert(fc.property(long, fc.array(edit, { minLength: 1, maxLength: 3 }), expectSame), { numRuns: 2 });
  });
});

// ---- work, counted

const section = (k: number) => `## Section ${k}

Let $A_{${k}} \\in \\mathbb{R}^{m \\times n}$ and $x \\in \\mathbb{R}^n$.

$$ f = x^\\top A_{${k}}^\\top A_{${k}} x $$

$$ \\frac{\\partial f}{\\partial x} = 2 A_{${k}}^\\top A_{${k}} x $$
`;
const NOTES = Array.from({ length: 50 }, (_, k) => section(k)).join('\n');

function work(before: string, after: string): { readonly blocks: number; readonly sections: number } {
  const { kept } = recheckDocument(before, 'markdown', OPTIONS, null);
  const { blocksParsed, sectionsInferred } = recheckDocument(after, 'markdown', OPTIONS, kept);
  return { blocks: blocksParsed, sections: sectionsInferred };
}

describe('an edit costs what it touches', () => {
  it('nothing where nothing changed', () => {
    expect(work(NOTES, NOTES)).toEqual({ blocks: 0, sections: 0 });
  });

  it('a formula, the paragraph around it and one section where the formula changed', () => {
    expect(work(NOTES, NOTES.replace('= 2 A_{20}', '= 3 A_{20}'))).toEqual({ blocks: 2, sections: 1 });
  });

  it('one paragraph where a word changed', () => {
    expect(work(NOTES, NOTES.replace('Let $A_{20}', 'Now let $A_{20}'))).toEqual({ blocks: 1, sections: 0 });
  });

  it('nothing where a section moved', () => {
    expect(work(NOTES, NOTES.replace(section(7), '') + section(7))).toEqual({ blocks: 0, sections: 0 });
  });

  it('all sections that see a declaration where that changed', () => {
    const shared = (size: string) => `Let $b \\in \\mathbb{R}^{${size}}$.\n\n# One\n\n$$ g = b^\\top b $$\n\n# Two\n\n$$ h = 2 b $$\n\n# Three\n\n$$ k = 3 $$\n`;
    expect(work(shared('n'), shared('m'))).toEqual({ blocks: 2, sections: 2 });
  });
});
