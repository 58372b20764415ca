import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr, Statement } from '../../src/syntax/ast.ts';
import type { Item, SourceDocument } from '../../src/syntax/document.ts';
import { readLatex } from '../../src/syntax/read-latex.ts';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { readPlain } from '../../src/syntax/read-plain.ts';
import { surfaceOf } from '../corpus/documents.ts';
import { holds } from '../property.ts';
import { show, showItem } from './show.ts';

const folder = join(import.meta.dirname, '../corpus');

const READERS = { markdown: readMarkdown, latex: readLatex, plain: readPlain } as const;

/** The corpus, but for notebooks, whose text is not the file's. */
const documents = readdirSync(folder).flatMap((name) => {
  const surface = surfaceOf(name);
  return surface === null || surface === 'notebook' ? [] : [{ name, text: readFileSync(join(folder, name), 'utf8'), read: READERS[surface] }];
});

const anyDocument = fc.constantFrom(...documents);

function spansOf(item: Item): readonly { readonly start: number; readonly end: number }[] {
  if (item.kind === 'heading') return [item.span];
  return item.kind === 'problem' ? [item.problem.span] : [item.statement.span, ...exprsOf(item.statement).flatMap(within).map((expr) => expr.span)];
}

function exprsOf(statement: Statement): readonly Expr[] {
  return statement.kind === 'equation' ? statement.sides : statement.kind === 'declaration' ? [...statement.names, ...(statement.shape?.dims ?? [])] : [];
}

function within(expr: Expr): Expr[] {
  const parts = expr.kind === 'apply' || expr.kind === 'call' ? expr.args : expr.kind === 'postfix' ? [expr.base] : expr.kind === 'hole' ? expr.parts : [];
  return [expr, ...parts.flatMap(within)];
}

function expectInside({ items }: SourceDocument, text: string): void {
  for (const span of items.flatMap(spansOf)) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
}

describe('any text is read, and every range lies in it', () => {
  it('a document cut off anywhere', () => {
    holds([anyDocument, fc.nat()], ({ text, read }, at) => {
      const cut = text.slice(0, at % (text.length + 1));
      expectInside(read(cut), cut);
    }, { numRuns: 150 });
  });

  it('a document with stretches taken out', () => {
    const stretch = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 12 }));
    holds([anyDocument, fc.array(stretch, { minLength: 1, maxLength: 4 })], ({ text, read }, stretches) => {
      let left = text;
      for (const [at, length] of stretches) left = left.slice(0, at % left.length) + left.slice((at % left.length) + length);
      expectInside(read(left), left);
    }, { numRuns: 150 });
  });

  it('a document with signs of TeX and Markdown put in', () => {
    const signs = fc.constantFrom('{', '}', '$', '$$', '\\', '\\left', '\\right.', '\\begin{align}', '\\end{align}', '\\[', '\\)', '&', '`', '```', '<!--', '-->', '^', '_', "'", '|', '\\frac', '\\text{', '%', '\u0000', '\ud835', '> ', '\r');
    holds([anyDocument, fc.array(fc.tuple(fc.nat(), signs), { minLength: 1, maxLength: 5 })], ({ text, read }, insertions) => {
      let changed = text;
      for (const [at, sign] of insertions) changed = changed.slice(0, at % (changed.length + 1)) + sign + changed.slice(at % (changed.length + 1));
      expectInside(read(changed), changed);
    }, { numRuns: 150 });
  });

  it('signs in any order', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '$', '$$', ' ', '\n', '\\', '\\frac', '\\partial', '\\sqrt', '\\left(', '\\right)', '\\begin{matrix}', '\\end{cases}', '\\underbrace', '\\hat', '\\mathbf', '\\text{', '^', '_', "'", '|', '\\|', '&', '\\\\', '=', '\\sum', 'x', '1', ':', ',', '[', '(', ')', '\\newcommand', '#1', '\\def'), { maxLength: 40 });
    holds([pieces], (parts) => {
      const text = parts.join('');
      for (const read of [readMarkdown, readLatex, readPlain]) expectInside(read(text), text);
      const display = `$$${text.replaceAll('$', '')}$$`;
      expectInside(readMarkdown(display), display);
    }, { numRuns: 300 });
  });
});

// ---- one bad line

/** What a document says in statements, without the lines of one block. */
function statements(document: SourceDocument): string[] {
  return document.items.flatMap((item) => (item.kind === 'statement' ? [show(item.statement)] : []));
}

describe('one bad line hides nothing else', () => {
  const good = ['A : m×n', 'x : n', 'y = A x', 'L = y\' y', 'dL/dx = 2 A\' y'];
  const bad = ['((((', 'y = = x', 'x : n/0 ×', 'dL/', "'''", '\\', 'y = A x )', '}{', 'layout sideways', 'Σ_', '[1, 2; 3'];

  it.each(bad)('in plain notation: %s', (line) => {
    for (let at = 0; at <= good.length; at++) {
      const text = [...good.slice(0, at), line, ...good.slice(at)].join('\n');
      expect(statements(readPlain(text))).toEqual(expect.arrayContaining(statements(readPlain(good.join('\n')))));
    }
  });

  const displays = ['y = A x', 'L = y^\\top y', '\\frac{\\partial L}{\\partial x} = 2 A^\\top y'].map((one) => `$$\n${one}\n$$`);
  const badDisplays = ['$$\n\\frac{\\partial L}{\n$$', '$$\n{{{ x\n$$', '$$\n\\left( x\n$$', '$$\n\\begin{align} a &= b\n$$', '$$\nx }\n$$', '$$ never closed', '$ never closed', '\\[ never closed', '```math\n\\frac{\n```', '$$\n\\end{cases} \\right)\n$$'];

  it.each(badDisplays)('in Markdown: %j', (display) => {
    for (let at = 0; at <= displays.length; at++) {
      const text = [...displays.slice(0, at), display, ...displays.slice(at)].join('\n\n');
      expect(statements(readMarkdown(text))).toEqual(expect.arrayContaining(statements(readMarkdown(displays.join('\n\n')))));
    }
  });

  it.each(['\\begin{align} a &= b', '$ never closed', '\\[ x = ', '\\begin{equation} \\frac{a}{', '\\verb|never', '\\newcommand{\\x', '\\section{never'])('in LaTeX: %j', (bad) => {
    const good = ['$y = A x$ and \\[ L = y^\\top y. \\]', '\\begin{equation} \\nabla_x L = 2 A^\\top y \\end{equation}'];
    const text = [good[0], bad, good[1]].join('\n\n');
    expect(statements(readLatex(text))).toEqual(expect.arrayContaining(statements(readLatex(good.join('\n\n')))));
  });
});

// ---- line ends

describe('how lines end says nothing', () => {
  const shown = ({ items }: SourceDocument) => items.map(showItem);

  it.each(documents)('$name with the line ends of Windows', ({ text, read }) => {
    expect(shown(read(text.replaceAll('\n', '\r\n')))).toEqual(shown(read(text)));
  });

  it('fences and displays of mixed line ends', () => {
    const text = '```{r}\r\nx$y = z$w\r\n```\n\n```math\r\nx = y\r\n```\r\n\r\n$$\r\na = b\n$$\r\n';
    expect(shown(readMarkdown(text))).toEqual(['x  = y', 'a  = b']);
  });
});

// ---- half-typed

describe('what is being typed gives the part that is there', () => {
  const typed: readonly (readonly [string, string])[] = [
    ['\\frac{\\partial L}{', '(partial L ?)'],
    ['\\frac{\\partial L}{\\partial', '(partial L ?)'],
    ['y = ', 'y'],
    ['y = A', 'y  = A'],
    ['y = \\left( A x', 'y  = (mul A x)'],
    ['y = \\mathbf{', 'y'],
    ['y = \\sqrt{x', 'y  = (sqrt x)'],
    ['y = \\sum_{i', 'y  = (sum i: ?)'],
    ['y = x^', 'y  = x^""'],
    ['\\nabla_', '(gradient ? ?)'],
  ];

  it.each(typed)('%s', (math, expected) => {
    expect(statements(readMarkdown(`$$${math}$$`))).toEqual([expected]);
  });

  it('every beginning of a formula', () => {
    const formula = '\\frac{\\partial \\mathcal{L}}{\\partial \\mathbf{W}^{(l)}} = \\left[ \\hat{y}_i - \\sum_{k=1}^{K} \\operatorname{diag}(\\sigma\'(z)) \\right]^\\top \\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}';
    for (let end = 0; end <= formula.length; end++) {
      const text = `$$${formula.slice(0, end)}$$`;
      expectInside(readMarkdown(text), text);
    }
  });
});

// ---- long and deep

/** Where the time doubles with each level, forty levels are never read. */
describe('what is nested without end is read', () => {
  const nested: readonly (readonly [string, string, string])[] = [
    ['(', 'x', ')'],
    ['(', 'x', ''],
    ['d/', 'x', ''],
    ['d(', '?', ')/dx'],
    ['d/dx (', 'x', ')^2'],
    ['\\log^{', 'x', '}'],
    ['M_{(', '?\\times n', ')}'],
    ['\\underbrace{', 'x', '}_{m\\times n}'],
    ['\\left. ', 'x', ' \\right|_{x=0}'],
  ];

  it.each(nested)('%s%s%s', (open, inside, close) => {
    for (const depth of [40, 5000]) {
      const text = `$$${open.repeat(depth)}${inside}${close.repeat(depth)}$$`;
      if (text.length < 30_000) expectInside(readMarkdown(text), text);
    }
  });
});

/** Each of these took time that grows with the square of its length, or more than the stack holds. */
describe('what is long is read in time that grows with its length', () => {
  const lines = (line: string, count: number) => Array.from({ length: count }, () => line).join('\n');
  const long: readonly (readonly [string, (text: string) => SourceDocument, string])[] = [
    ['factors', readPlain, `f = ${'x '.repeat(100_000)}`],
    ['dimensions in brackets', readMarkdown, `$${'('.repeat(10_000)}x${')'.repeat(10_000)}$`],
    ['environments that nothing ends', readMarkdown, lines('\\begin{align} a', 50_000)],
    ['formulas of one paragraph', readLatex, lines('\\item $x$ a', 30_000)],
    ['properties', readMarkdown, `a ${'symmetric '.repeat(50_000)} matrix $x$`],
    ['words about rows', readMarkdown, `${'with rows '.repeat(30_000)} $x$`],
    ['names before the one that is declared', readMarkdown, `$$${'x,'.repeat(14_000)} y \\geq 1$$`],
  ];

  it.each(long)('%s', (_, read, text) => {
    const before = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(10);
  });
});
