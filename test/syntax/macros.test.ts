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
    expect(afterPreamble('', '\\bx = \\mymat{A} y')).toEqual(['\\bx  = (mul mymat:A y)']);
  });

  it('reports a range inside an expansion at its call', () => {
    const text = '\\newcommand{\\q}{x y}\n$a + \\q$';
    const [item] = readLatex(text).items;
    const side = item?.kind === 'statement' && item.statement.kind === 'equation' ? item.statement.sides[0] : undefined;
    const called = side?.kind === 'apply' ? side.args[1]?.span : undefined;
    expect(text.slice(called?.start, called?.end)).toBe('\\q');
  });
});

/** Definitions of every kind, a formula that uses them, and what it is read as. */
const definitions: readonly (readonly [preamble: string, formula: string, ...expected: string[]])[] = [
  ['\\newcommand{\\R}{\\mathbb{R}}', 'x \\in \\R^n', 'x : n'],
  ['\\newcommand\\R{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\newcommand*\\R{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\newcommand {\\R} {\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\newcommand{ \\R }{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\renewcommand{\\vec}[1]{\\mathbf{#1}}', '\\vec{x} = \\vec y', 'bold:x  = bold:y'],
  ['\\renewcommand\\vec[1]{\\bm{#1}}', '\\vec{x}', 'bold:x'],
  ['\\providecommand{\\R}{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\newcommand{\\norm}[1]{\\left\\lVert#1\\right\\rVert}', '\\norm{x}', '(norm x)'],
  ['\\newcommand{\\norm}[2][2]{\\left\\lVert#2\\right\\rVert_{#1}}', '\\norm{x} + \\norm[1]{x}', '(add (norm2 x) (norm1 x))'],
  ['\\newcommand{\\dd}[2][]{\\frac{d #1}{d #2}}', '\\dd{x} y + \\dd[y]{x}', '(add (total y x) (total y x))'],
  ['\\newcommand{\\pd}[2]{\\frac{\\partial#1}{\\partial#2}}', '\\pd{L}{x} + \\pd Lx', '(add (partial L x) (partial L x))'],
  ['\\newcommand{\\pdd}[3]{\\frac{\\partial^2#1}{\\partial#2\\partial#3}}', '\\pdd{f}{x}{y}', '(partial2 f x y)'],
  ['\\def\\R{\\mathbb{R}}', 'x \\in \\R^n', 'x : n'],
  ['\\def\\pd#1#2{\\frac{\\partial #1}{\\partial #2}}', '\\pd{L}{x}', '(partial L x)'],
  ['\\def\\pd#1/#2;{\\frac{\\partial #1}{\\partial #2}}', '\\pd L/x; + 1', '(add (partial L x) 1)'],
  ['\\def\\inner<#1,#2>{\\langle #1, #2\\rangle}', '\\inner<x,y> + 1', '(add (inner x y) 1)'],
  ['\\def\\set(#1){\\{#1\\}}', '\\set(x) y', '(mul x y)'],
  ['\\def\\to[#1]{x}', '\\to[3] y', '(mul x y)'],
  ['\\gdef\\R{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\edef\\R{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\xdef\\R{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\long\\def\\R{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\global\\def\\R{\\mathbb R}', 'x \\in \\R^n', 'x : n'],
  ['\\global\\let\\R\\Re', 'x \\in \\R^n', 'x : n'],
  ['\\DeclareMathOperator{\\tr}{tr}', '\\tr(A)', 'tr(A)'],
  ['\\DeclareMathOperator{\\Tr}{Tr}', '\\Tr A B', 'Tr((mul A B))'],
  ['\\DeclareMathOperator\\diag{diag}', '\\diag(x)', 'diag(x)'],
  ['\\DeclareMathOperator*{\\argmin}{arg\\,min}', '\\argmin_x f(x)', '(argmin x: f(x))'],
  ['\\DeclareMathOperator*{\\argmax}{argmax}', '\\argmax_x f(x)', '(argmin x: f(x))'],
  ['\\DeclareMathOperator*{\\argmin}{arg\\ min}', '\\argmin_{x} f(x)', '(argmin x: f(x))'],
  ['\\DeclareMathOperator{\\E}{\\mathbb{E}}', '\\E[x]', '(expectation : x)'],
  ['\\DeclareMathOperator{\\Var}{Var}', '\\Var(x)', 'var(x)'],
  ['\\DeclareMathOperator{\\softmax}{softmax}', '\\softmax(x)', 'softmax(x)'],
  ['\\DeclareMathOperator{\\foo}{foo}', '\\foo(x) + \\foo x', '(add foo(x) (mul foo x))'],
  ['\\newcommand{\\argmin}{\\mathop{\\mathrm{arg\\,min}}}', '\\argmin_x f', '(argmin x: f)'],
  ['\\newcommand{\\argmin}{\\operatornamewithlimits{argmin}}', '\\argmin_x f', '(argmin x: f)'],
  ['\\newcommand{\\argmin}{\\operatorname*{arg\\,min}}', '\\argmin_x f', '(argmin x: f)'],
  ['\\newcommand{\\argmin}{\\mathop{\\rm arg\\,min}\\limits}', '\\argmin_x f', '(argmin x: f)'],
  ['\\newcommand{\\argmin}{\\underset{x}{\\operatorname{arg\\,min}}}', '\\argmin f', '(argmin x: f)'],
  ['\\let\\bs\\boldsymbol', '\\bs{x}', 'bold:x'],
  ['\\let\\T\\top', 'A^\\T', 'A^T'],
  ['\\let\\eps=\\varepsilon', '\\eps', 'ε'],
  ['\\let \\eps \\varepsilon', '\\eps', 'ε'],
  ['\\NewDocumentCommand{\\pd}{m m}{\\frac{\\partial #1}{\\partial #2}}', '\\pd{L}{x}', '(partial L x)'],
  ['\\NewDocumentCommand\\pd{mm}{\\frac{\\partial #1}{\\partial #2}}', '\\pd{L}{x}', '(partial L x)'],
  ['\\NewDocumentCommand{\\pd}{o m}{\\frac{\\partial #1}{\\partial #2}}', '\\pd[L]{x}', '(partial L x)'],
  ['\\NewDocumentCommand{\\pd}{O{L} m}{\\frac{\\partial #1}{\\partial #2}}', '\\pd{x} + \\pd[y]{x}', '(add (partial L x) (partial y x))'],
  ['\\NewDocumentCommand{\\pd}{s m m}{\\frac{\\partial #2}{\\partial #3}}', '\\pd{L}{x} + \\pd*{L}{x}', '(add (partial L x) (partial L x))'],
  ['\\NewDocumentCommand{\\pd}{m O{x}}{\\frac{\\partial #1}{\\partial #2}}', '\\pd{L} + \\pd{L}[y]', '(add (partial L x) (partial L y))'],
  ['\\RenewDocumentCommand{\\vec}{m}{\\mathbf{#1}}', '\\vec{x}', 'bold:x'],
  ['\\ProvideDocumentCommand{\\xx}{m}{\\mathbf{#1}}', '\\xx{x}', 'bold:x'],
  ['\\DeclareDocumentCommand{\\xx}{m}{\\mathbf{#1}}', '\\xx{x}', 'bold:x'],
  ['\\DeclarePairedDelimiter{\\nrm}{\\lVert}{\\rVert}', '\\nrm{x} + \\nrm*{x} + \\nrm[\\big]{x}', '(add (add (norm x) (norm x)) (norm x))'],
  ['\\DeclarePairedDelimiter\\abs{\\lvert}{\\rvert}', '\\abs{x} + \\abs*{y}', '(add (bars x) (bars y))'],
  ['\\DeclarePairedDelimiter{\\inner}{\\langle}{\\rangle}', '\\inner{x, y}', '(inner x y)'],
  ['\\DeclarePairedDelimiter{\\p}{(}{)}', 'f\\p{x}', 'f(x)'],
  ['\\DeclarePairedDelimiterX{\\inner}[2]{\\langle}{\\rangle}{#1, #2}', '\\inner{x}{y} + \\inner*{x}{y}', '(add (inner x y) (inner x y))'],
  ['\\DeclarePairedDelimiterX\\inner[2]{\\langle}{\\rangle}{#1,#2}', '\\inner{x}{y}', '(inner x y)'],
  ['\\newcommand{\\vx}{\\mathbf{x}}\\newcommand{\\vxt}{\\vx^\\top}', '\\vxt \\vx', '(mul bold:x^T bold:x)'],
  ['\\newcommand{\\bsym}[1]{\\boldsymbol{#1}}\\newcommand{\\bth}{\\bsym{\\theta}}', '\\bth', 'bold:θ'],
  ['\\newcommand{\\T}{^\\top}', 'A\\T x', '(mul A^T x)'],
  ['\\newcommand{\\tp}{^{\\mathsf{T}}}', 'x\\tp y', '(mul x^T y)'],
  ['\\newcommand{\\inv}{^{-1}}', 'A\\inv x', '(mul A^-1 x)'],
  ['\\newcommand{\\inv}[1]{#1^{-1}}', '\\inv{A} x', '(mul A^-1 x)'],
  ['\\newcommand{\\mat}[1]{\\begin{bmatrix}#1\\end{bmatrix}}', '\\mat{a & b \\\\ c & d}', '[a, b; c, d]'],
  ['\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}', 'x = y', 'x  = y'],
  ['\\newcommand{\\eq}{=}', 'x \\eq y', 'x  = y'],
  ['\\newcommand{\\half}{\\frac12}', '\\half x', '(mul (div 1 2) x)'],
  ['\\newcommand{\\half}{\\frac{1}{2}}', 'y = \\half x', 'y  = (mul (div 1 2) x)'],
  ['\\newcommand{\\grad}{\\nabla}', '\\grad f', '(gradient f)'],
  ['\\newcommand{\\dx}{\\mathrm{d}x}', '\\frac{\\mathrm d y}{\\dx}', '(total y x)'],
  ['\\newcommand{\\ind}[1]{\\mathbb{1}\\left[#1\\right]}', '\\ind{x > 0}', '(indicator (greater x 0))'],
  ['\\newcommand{\\given}{\\,|\\,}', 'p(x \\given y)', 'p(x, y)'],
  ['\\newcommand{\\bE}{\\mathbb{E}}', '\\bE_{x}[f(x)]', '(expectation x: f(x))'],
  ['\\newcommand{\\defeq}{\\stackrel{\\text{def}}{=}}', 'x \\defeq y', 'x  := y'],
  ['\\newcommand{\\deq}{\\vcentcolon=}', 'x \\deq y', 'x  := y'],
  ['\\usepackage{physics}', '\\pdv{f}{x}', '(partial f x)'],
  ['\\def\\tr{{\\rm tr}}', '\\tr(A) + \\tr A', '(add tr(A) tr(A))'],
  ['\\def\\relu{{\\rm relu}}', '\\relu(x)', 'relu(x)'],
  ['\\newcommand{\\loss}{loss}', '\\loss x', '(mul loss x)'],
  ['\\def\\Var{{\\bf Var}}', '\\Var(x)', 'var(x)'],
  ['\\newcommand{\\AB}{AB}', '\\AB x', '(mul A B x)'],
  ['\\newcommand{\\f}[2]{#1#2}', '\\f{L}{W}', '(mul L W)'],
  ['\\NewDocumentCommand{\\foo}{s m O{x}}{\\frac{\\partial #2}{\\partial #3}}', '\\foo{L} + \\foo*{L}[y]', '(add (partial L x) (partial L y))'],
  ['\\DeclarePairedDelimiterXPP{\\EE}[1]{\\mathbb{E}}{[}{]}{}{#1}', '\\EE{x} + \\EE*{y}', '(add (expectation : x) (expectation : y))'],
  ['\\def\\abs|#1|{\\lvert #1\\rvert}', '\\abs|x| y', '(mul (bars x) y)'],
  ['\\def\\pd#1over#2.{\\frac{\\partial #1}{\\partial #2}}', '\\pd Lover x. + 1', '(add (partial L x) 1)'],
];

describe('definitions are known in a preamble, after a display, and behind them in one', () => {
  it.each(definitions)('%s then %s', (preamble, formula, ...expected) => {
    expect(afterPreamble(preamble, formula)).toEqual(expected);
    expect(read(readMarkdown(`$$\n${preamble}\n$$\n\n$$ ${formula} $$`))).toEqual(expected);
    expect(read(readMarkdown(`$$ ${preamble} ${formula} $$`))).toEqual(expected);
  });
});

/** Commands of physics, mathtools and bm. */
const packages: readonly (readonly [preamble: string, formula: string, ...expected: string[]])[] = [
  ['', 'x \\coloneqq y', 'x  := y'],
  ['', 'x \\eqqcolon y', 'x  =: y'],
  ['', 'x \\vcentcolon= y', 'x  := y'],
  ['', 'x \\colonequals y', 'x  := y'],
  ['', '\\pdv{x} f', '(partial f x)'],
  ['', '\\pdv[2]{f}{x}', '(partial2 f x x)'],
  ['', '\\pdv{f}{x}{y}', '(partial2 f x y)'],
  ['', '\\dv{f}{x}', '(total f x)'],
  ['', '\\dv{x} f', '(total f x)'],
  ['', '\\dv[2]{f}{x}', '(total2 f x x)'],
  ['', '\\dv*{f}{x}', '(total f x)'],
  ['', '\\pdv*{f}{x}', '(partial f x)'],
  ['', '\\pdv{x}(x^\\top A x)', '(partial (mul x^T A x) x)'],
  ['', '\\dv{x}(x^2)', '(total x^2 x)'],
  ['', '\\dd x', '(mul rm:d x)'],
  ['', '\\dd{x}', '(mul rm:d x)'],
  ['', '\\norm{x}', '(norm x)'],
  ['', '\\norm*{x}', '(norm x)'],
  ['', '\\abs{s}', '(bars s)'],
  ['', '\\qty(a + b) c', '(mul (add a b) c)'],
  ['', '\\qty{a + b} c', '(mul (add a b) c)'],
  ['', '\\qty[a + b] c', '(mul (add a b) c)'],
  ['', '\\qty|s|', '(bars s)'],
  ['', '\\grad f', '(gradient f)'],
  ['', '\\grad{f}', '(gradient f)'],
  ['', '\\gradient f', '(gradient f)'],
  ['', '\\div u', '\\div(u)'],
  ['', '\\div{u}', '\\div(u)'],
  ['', '\\divergence u', '\\divergence(u)'],
  ['', '\\curl u', '\\curl(u)'],
  ['', '\\curl{u}', '\\curl(u)'],
  ['', '\\laplacian f', '\\laplacian(f)'],
  ['', '\\laplacian{f}', '\\laplacian(f)'],
  ['', '\\Tr A', 'Tr(A)'],
  ['', '\\tr A', 'tr(A)'],
  ['', '\\rank A', 'rank(A)'],
  ['', '\\vb{x}', 'bold:x'],
  ['', '\\vb*{x}', 'bold:x'],
  ['', '\\va{x}', 'vec:x'],
  ['', '\\vu{x}', 'hat:x'],
  ['', 'a \\vdot b', '(dot a b)'],
  ['', 'a \\cross b', '(times a b)'],
  ['', '\\mqty(a & b \\\\ c & d)', '[a, b; c, d]'],
  ['', '\\mqty{a & b \\\\ c & d}', '[a, b; c, d]'],
  ['', '\\mqty[a & b \\\\ c & d]', '[a, b; c, d]'],
  ['', '\\pmqty{a & b \\\\ c & d}', '[a, b; c, d]'],
  ['', '\\bmqty{a & b \\\\ c & d}', '[a, b; c, d]'],
  ['', '\\vmqty{a & b \\\\ c & d}', '(det [a, b; c, d])'],
  ['', '\\mqty|a & b \\\\ c & d|', '(det [a, b; c, d])'],
  ['', '\\eval{f}_{x=0}', '?(f)'],
  ['', '\\eval{f}_0^1', '?(f)'],
  ['', '\\ip{x}{y}', '(inner x y)'],
  ['', '\\innerproduct{x}{y}', '(inner x y)'],
  ['', 'x = y \\qq{and} z = w', 'x  = y', 'z  = w'],
  ['', 'x = y \\qif z = w', 'x  = y', 'z  = w'],
  ['', '\\exp(x) + \\exp[x]', '(add exp(x) exp[x])'],
  ['', '\\flatfrac{a}{b}', '(div a b)'],
  ['', '\\var{f}', 'var(f)'],
  ['', '\\mathbfit{x}', 'bold:x'],
  ['', '\\bm{\\theta}', 'bold:θ'],
  ['', '\\bm\\theta', 'bold:θ'],
  ['', '\\boldsymbol\\theta^\\top', 'bold:θ^T'],
  ['', '\\mathbf x^\\top', 'bold:x^T'],
  ['', '\\bm{A x}', '(mul bold:A bold:x)'],
  ['', '\\begin{bmatrix*}[r] a & b \\end{bmatrix*}', '[a, b]'],
  ['', '\\begin{pmatrix*} a & b \\end{pmatrix*}', '[a, b]'],
  ['', '\\begin{dcases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{dcases}', '(cases x (greater x 0) 0)'],
  ['', '\\mathclap{x}', 'x'],
  ['', '\\overbracket{x}', 'x'],
  ['', '\\underbracket{M}_{m\\times n}', '{M : m×n}'],
  ['', '\\cramped{x}', 'x'],
  ['', '\\shoveleft{x}', 'x'],
  ['', '\\Aboxed{a &= b}', 'a  = b'],
  ['', 'a \\ordinarycolon b', '(inner a b)'],
  ['', '\\adjustlimits\\sum_i x_i', '(sum i: x_i)'],
  ['', '\\derivative{f}{x}', '(total f x)'],
  ['', '\\partialderivative{f}{x}', '(partial f x)'],
  ['', '\\diffp{f}{x}', '(partial f x)'],
  ['', '\\odv{f}{x}', '(total f x)'],
];

describe('packages', () => {
  it.each(packages)('%s%s', (_preamble, formula, ...expected) => {
    const { items, coverage } = readMarkdown(`$$ ${formula} $$`);
    expect(items.map(showItem)).toEqual(expected);
    expect(coverage).toEqual({ mathBlocks: 1, read: 1, partlyRead: 0, unread: 0 });
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
