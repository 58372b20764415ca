import { describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../src/syntax/document.ts';
import { readLatex } from '../../src/syntax/read-latex.ts';
import { readMarkdown } from '../../src/syntax/read-markdown.ts';
import { showItem } from './show.ts';

function read({ items }: SourceDocument): string[] {
  return items.map(showItem);
}

/** What a formula reads as after a preamble. */
function afterPreamble(preamble: string, formula: string): string[] {
  return read(readLatex(`${preamble}\n\\begin{document}\n\\[ ${formula} \\]\n\\end{document}\n`));
}

describe('macros', () => {
  const defined: readonly (readonly [name: string, preamble: string, formula: string, expected: string])[] = [
    ['a set', '\\newcommand{\\R}{\\mathbb{R}}', 'x \\in \\R^n', 'x : n'],
    ['without braces around the name', '\\newcommand\\R{\\mathbb R}', 'x \\in \\R^{n}', 'x : n'],
    ['starred', '\\newcommand*{\\R}{\\mathbb R}', 'x \\in \\R^{m\\times n}', 'x : m×n'],
    ['an argument', '\\newcommand{\\vb}[1]{\\mathbf{#1}}', '\\vb{x} = \\vb y', 'bold:x  = bold:y'],
    ['two arguments', '\\newcommand{\\pp}[2]{\\frac{\\partial #1}{\\partial #2}}', '\\pp{L}{W}', '(partial L W)'],
    ['a default', '\\newcommand{\\pp}[2][L]{\\frac{\\partial #1}{\\partial #2}}', '\\pp{W} = \\pp[y]{x}', '(partial L W)  = (partial y x)'],
    ['an empty default', '\\newcommand{\\pder}[2][]{\\frac{\\partial#1}{\\partial#2}}', '\\pder[L]{z}', '(partial L z)'],
    ['redefined', '\\newcommand{\\T}{T}\\renewcommand{\\T}{\\top}', 'A^\\T', 'A^T'],
    ['provided, where it is known already', '\\newcommand{\\T}{\\top}\\providecommand{\\T}{T x}', 'A^\\T', 'A^T'],
    ['def', '\\def\\x{\\mathbf{x}}', '\\x', 'bold:x'],
    ['def with parameters', '\\def\\norm#1{\\lVert #1\\rVert}', '\\norm{x}', '(norm x)'],
    ['let', '\\let\\eps\\epsilon', '\\eps x', '(mul ϵ x)'],
    ['let with an equals sign', '\\let\\grad=\\nabla', '\\grad_x f', '(gradient f x)'],
    ['let keeps what was meant then', '\\newcommand{\\a}{x}\\let\\b\\a\\renewcommand{\\a}{y}', '\\b', 'x'],
    ['an operator', '\\DeclareMathOperator{\\tr}{tr}', '\\tr(A)', 'tr(A)'],
    ['an operator with limits', '\\DeclareMathOperator*{\\argmin}{arg\\,min}', '\\argmin_x f', '(argmin x: f)'],
    ['a document command', '\\NewDocumentCommand{\\pp}{m m}{\\frac{\\partial #1}{\\partial #2}}', '\\pp{y}{x}', '(partial y x)'],
    ['a document command with a default', '\\NewDocumentCommand{\\pp}{O{L} m}{\\frac{\\partial #1}{\\partial #2}}', '\\pp{x}', '(partial L x)'],
    ['a paired delimiter', '\\DeclarePairedDelimiter{\\nrm}{\\lVert}{\\rVert}', '\\nrm{x}', '(norm x)'],
    ['a macro in a macro', '\\newcommand{\\R}{\\mathbb{R}}\\newcommand{\\Rn}{\\R^n}', 'x \\in \\Rn', 'x : n'],
    ['below one that is still being typed', '\\newcommand{\\T}\n\\newcommand{\\R}{\\mathbb{R}}', 'x \\in \\R^n', 'x : n'],
    ['over several lines, with a comment', '\\newcommand{\\R}% the field }\n  {\\mathbb{R}% reals }\n  }', 'x \\in \\R^n', 'x : n'],
    ['a transpose with its mark', '\\newcommand{\\T}{^\\top}', 'A\\T x', '(mul A^T x)'],
    ['physics: a partial derivative', '\\usepackage{physics}', '\\pdv{y}{x} = \\pdv{x} y', '(partial y x)  = (partial y x)'],
    ['physics: a mixed derivative', '\\usepackage{physics}', '\\pdv{f}{x}{y}', '(partial2 f x y)'],
    ['physics: a total derivative of second order', '\\usepackage{physics}', '\\dv[2]{y}{t}', '(total2 y t t)'],
    ['physics: norm and absolute value', '\\usepackage{physics}', '\\norm{x} + \\abs{s}', '(add (norm x) (bars s))'],
  ];

  it.each(defined)('%s', (_name, preamble, formula, expected) => {
    expect(afterPreamble(preamble, formula)).toEqual([expected]);
  });

  it('is defined in a display of a Markdown text and holds after it', () => {
    expect(read(readMarkdown('$$\\newcommand{\\R}{\\mathbb R}$$\n\nLet $x \\in \\R^n$.'))).toEqual(['x : n']);
  });

  it('leaves a command that nobody defined as a name', () => {
    expect(afterPreamble('', '\\bx = \\mat{A} y')).toEqual(['\\bx  = (mul mat:A y)']);
  });

  it('reports a range inside an expansion at its call', () => {
    const text = '\\newcommand{\\q}{x y}\n$a + \\q$';
    const [item] = readLatex(text).items;
    const side = item?.kind === 'statement' && item.statement.kind === 'equation' ? item.statement.sides[0] : undefined;
    const called = side?.kind === 'apply' ? side.args[1]?.span : undefined;
    expect(text.slice(called?.start, called?.end)).toBe('\\q');
  });
});

describe('macros without end', () => {
  const endless: readonly (readonly [string, string])[] = [
    ['one that calls itself', '\\newcommand{\\a}{x \\a}'],
    ['two that call each other', '\\newcommand{\\a}{\\b}\\newcommand{\\b}{\\a}'],
    ['one that doubles', '\\newcommand{\\a}{\\b\\b}\\newcommand{\\b}{\\c\\c}\\newcommand{\\c}{\\a\\a}'],
    ['one that passes itself on', '\\newcommand{\\a}[1]{\\a{#1 #1}}'],
    ['def of itself', '\\def\\a{\\a y}'],
  ];

  it.each(endless)('%s end in a problem at the call', (_name, preamble) => {
    const text = `${preamble}\n\\[ y = \\a{x} \\]`;
    const problems = readLatex(text).items.flatMap((item) => (item.kind === 'problem' ? [item.problem] : []));
    expect(problems.map((one) => one.message)).toContain('The macro `\\a` expands without end.');
    for (const { span } of problems) expect(span.start).toBeGreaterThanOrEqual(text.indexOf('\\['));
  });

  it('hold back a definition that only repeats its name', () => {
    expect(afterPreamble('\\let\\phi\\phi\\newcommand{\\x}{\\x}', '\\phi')).toEqual(['ϕ']);
  });
});

describe('files that are input', () => {
  const files: Readonly<Record<string, string>> = { 'macros.tex': '\\newcommand{\\R}{\\mathbb R}\n$ignored = here$', loop: '\\input{loop}', chain: '\\input{macros.tex}' };
  const options = { readInput: (path: string) => files[path] };

  it('bring their macros and nothing else', () => {
    expect(read(readLatex('\\input{macros.tex} $x \\in \\R^n$', options))).toEqual(['x : n']);
    expect(read(readLatex('\\include{chain} $x \\in \\R^n$', options))).toEqual(['x : n']);
  });

  it('are said to be missing or outside; those that input themselves end', () => {
    expect(read(readLatex('\\input{nowhere} $x$', options))).toEqual(['?? `nowhere` could not be read.']);
    expect(read(readLatex('\\input{/etc/passwd}', options))).toEqual(['?? `/etc/passwd` lies outside the workspace and is not read.']);
    expect(read(readLatex('\\input{loop} $x \\in \\mathbb R^n$', options))).toEqual(['x : n']);
  });

  it('get the macros of the file that inputs them', () => {
    expect(read(readLatex('$x \\in \\R^n$', { includers: ['\\newcommand{\\R}{\\mathbb R}'] }))).toEqual(['x : n']);
  });
});
