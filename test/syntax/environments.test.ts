import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../src/syntax/document.ts';
import { readLatex } from '../../src/syntax/read-latex.ts';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { showItem } from './show.ts';

/** What an environment holds: two equations as its rows. */
const environments: readonly (readonly [name: string, options: string, rows: string])[] = [
  ...['equation', 'align', 'aligned', 'split', 'flalign', 'dmath', 'dgroup'].map((name) => [name, '', 'x &= y \\\\ z &= w'] as const),
  ...['gather', 'gathered', 'multline', 'displaymath', 'math'].map((name) => [name, '', 'x = y \\\\ z = w'] as const),
  ['alignat', '{2}', 'x &= y \\\\ z &= w'],
  ['alignedat', '{2}', 'x &= y \\\\ z &= w'],
  ['eqnarray', '', 'x &=& y \\\\ z &=& w'],
  ['IEEEeqnarray', '{rCl}', 'x &=& y \\\\ z &=& w'],
  ['empheq', '[box=\\fbox]{align}', 'x &= y \\\\ z &= w'],
];

const read = ({ items, coverage }: SourceDocument) => [...items.map(showItem), coverage.read];

describe('environments of mathematics, starred or not, bare or in a display', () => {
  it.each(environments.flatMap(([name, ...rest]) => [[name, ...rest] as const, [`${name}*`, ...rest] as const]))('%s', (name, options, rows) => {
    const begun = `\\begin{${name}}${options}`;
    const text = `${begun}\n${rows}\n\\end{${name}}`;
    const labelled = text.replace(begun, `${begun} \\label{eq:a}`).replace('y \\\\', 'y, \\nonumber \\\\[2pt]').replace('w\n', 'w. \\tag{3}\n');
    const documents = [readLatex(text), readMarkdown(text), readMarkdown(`$$\n${text}\n$$`), readMarkdown(`\\[\n${text}\n\\]`), readLatex(`\\[ ${text} \\]`), readLatex(labelled)];
    expect(documents.map(read)).toEqual(documents.map(() => ['x  = y', 'z  = w', 1]));
  });

  it('under a shorter name of the text', () => {
    const macros = '\\newcommand{\\bea}{\\begin{eqnarray}}\n\\newcommand{\\eea}{\\end{eqnarray}}\n\\def\\be{\\begin{equation}}\\def\\ee{\\end{equation}}\n';
    const documents = ['\\bea x &=& y \\\\ z &=& w \\eea', '\\bea x &=& y \\\\ z &=& w \\end{eqnarray}', '\\be x = y \\ee\n\\be z = w \\ee'].map((text) => readLatex(macros + text));
    expect(documents.map((one) => read(one).slice(0, -1))).toEqual(documents.map(() => ['x  = y', 'z  = w']));
    const [open] = readLatex(`${macros}\\bea x &=& y`).items.filter(({ kind }) => kind === 'problem');
    expect(open === undefined ? null : showItem(open)).toContain('never closed');
  });

  it.each([
    ['\\begin{subequations} \\begin{align} x &= y \\end{align} \\end{subequations}', 'x  = y'],
    ['\\begin{numcases}{f(x) =} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{numcases}', 'f(x)  = (cases x (greater x 0) 0)'],
  ])('%s', (text, expected) => {
    expect(read(readLatex(text))).toEqual([expected, 1]);
  });

  it('a brace before equations makes a system of them', () => {
    expect(read(readLatex('$$\\begin{cases} a &= b \\\\ c &= d. \\end{cases}$$'))).toEqual(['a  = b', 'c  = d', 1]);
  });
});
