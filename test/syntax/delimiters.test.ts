import fc from 'fast-check';
import { parse, postprocess, preprocess } from 'micromark';
import { math } from 'micromark-extension-math';
import { describe, expect, it } from 'vitest';
import { splitLatex } from '../../src/syntax/blocks/latex.ts';
import { splitMarkdown } from '../../src/syntax/blocks/markdown.ts';
import type { Pieces } from '../../src/syntax/blocks/piece.ts';
import { holds } from '../property.ts';

/** The mathematics that was found: displayed between `$$`, else between `$`, blanks at either end aside. */
function mathematics({ readable, pieces }: Pieces): string[] {
  return pieces.flatMap((piece) => {
    if (piece.kind !== 'math') return [];
    const inside = readable.slice(piece.span.start, piece.span.end).trim();
    return [piece.displayed ? `$$${inside}$$` : `$${inside}$`];
  });
}

/** The mathematics of a Markdown text as one line each. */
function found(text: string): string[] {
  return mathematics(splitMarkdown(text)).map((one) => one.replace(/\s+/g, ' '));
}

describe('in Markdown', () => {
  const rows: readonly (readonly [name: string, text: string, ...expected: string[]])[] = [
    ['dollars', 'a $x$ b $y + z$', '$x$', '$y + z$'],
    ['two dollars within a line', 'a $$x$$ b', '$$x$$'],
    ['a display', '$$\nx = y\n$$', '$$x = y$$'],
    ['a display with text on its opening line', '$$ x = y\n+ z $$', '$$x = y + z$$'],
    ['a display in a paragraph', 'words\n$$\nx\n$$\nwords', '$$x$$'],
    ['round and square brackets', '\\(x\\) and \\[ y \\]', '$x$', '$$y$$'],
    ['doubled backslashes', '\\\\(x\\\\) and \\\\[ y \\\\]', '$x$', '$$y$$'],
    ["GitHub's backticks", '$`x_1`$ and more', '$x_1$'],
    ['a fence', '```math\nx\n```', '$$x$$'],
    ['a fence of MyST with options', '```{math}\n:label: eq\nx\n```', '$$x$$'],
    ['a directive of MyST in colons', ':::{math}\n:label: eq\nx\n:::\nand $y$', '$$x$$', '$y$'],
    ['a directive of MyST in more colons', '> ::::{math}\n> x\n> ::::', '$$x$$'],
    ['a directive of MyST that nothing closes', ':::{math}\nx\n\n$y$', '$y$'],
    ['a role of MyST', 'see {math}`x^2` here', '$x^2$'],
    ['a bare environment', '\\begin{align}\nx &= y\n\\end{align}', '$$\\begin{align} x &= y \\end{align}$$'],
    ['a script', '<script type="math/tex; mode=display">x</script>', '$$x$$'],
    ['a label after the display', '$$\nx\n$$ {#eq-x}', '$$x$$'],
    ['a label in brackets', '$$ x $$ (eq:one)', '$$x$$'],
    ['money', 'from $5 to $10'],
    ['money and mathematics', 'it costs $5, and $x$ is 3', '$x$'],
    ['money at the end', 'I paid $20/$30 for it, or US$40.'],
    ['money in thousands', 'between $1,000 and $2.5k'],
    ['escaped dollars', '\\$x\\$ and \\$5'],
    ['an escaped dollar within', '$x = 5\\$$ and', '$x = 5\\$$'],
    ['code', '`$x$` and ``$`y`$``'],
    ['a fence of another language', '```python\n$x$\n```\n\n~~~\n$$y$$\n~~~'],
    ['indented code', 'words\n\n    $x$ = 1\n\nwords'],
    ['a link', '[text](http://a.b/$x$/c$d) and <http://a.b/$x$>'],
    ['HTML attributes and comments', '<a href="$x$">a</a> <!-- $y$ -->'],
    ['a list', '- a\n  $$\n  x\n  $$\n- b $y$', '$$x$$', '$y$'],
    ['a display indented in a list of two levels', '1. a\n   - b\n\n     $$\n     x = y\n     $$\n', '$$x = y$$'],
    ['a quote', '> a\n> $$\n> x\n> + y\n> $$\n', '$$x + y$$'],
    ['a quote in a list', '- > $$\n  > x\n  > $$', '$$x$$'],
    ['a table', '| a | b |\n|---|---|\n| $x$ | $y$ |', '$x$', '$y$'],
    ['emphasis', '**bold $x_1$ and $y_1$**', '$x_1$', '$y_1$'],
    ['a heading', '# Of $x$\n\n$y$', '$y$'],
    ['front matter', '---\ntitle: $x$\n---\n\n$y$', '$y$'],
    ['a display that is never closed', '$$ x = y\n\nwords $z$', '$$x = y$$', '$z$'],
    ['a display that is never closed before others', '$$ x\n\n$$\ny\n$$\n\n$$\nz\n$$', '$$x$$', '$$y$$', '$$z$$'],
    ['a blank line within a display', '$$\nx = y\n\n+ z\n$$\n\nand $a$', '$$x = y + z$$', '$a$'],
    ['line ends of Windows', '$$\r\nx\r\n$$\r\n\r\n$y$', '$$x$$', '$y$'],
    ['a byte order mark', '\ufeff$x$', '$x$'],
  ];

  it.each(rows)('%s', (_name, text, ...expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('in LaTeX', () => {
  const rows: readonly (readonly [name: string, text: string, ...expected: string[]])[] = [
    ['all delimiters', '$a$ $$b$$ \\(c\\) \\[d\\]', '$a$', '$$b$$', '$c$', '$$d$$'],
    ['an escaped dollar', 'costs 5\\$ and $x$', '$x$'],
    ['a comment', '% $x$\n$y$ % $z$', '$y$'],
    ['verbatim', '\\begin{verbatim}$x$\\end{verbatim} \\verb|$y$| $z$', '$z$'],
    ['an environment that is never closed', '\\begin{equation} x\n\n\\begin{equation} y \\end{equation}', '$$\\begin{equation} x$$', '$$\\begin{equation} y \\end{equation}$$'],
    ['a display that is never closed', '\\[ x\n\n\\[ y \\]', '$$x$$', '$$y$$'],
    ['behind the end', '\\begin{document}$x$\\end{document} $y$', '$x$'],
    ['an unclosed environment in the preamble', '\\begin{align}\n\\begin{document}$x$\\end{document}', '$x$'],
  ];

  it.each(rows)('%s', (_name, text, ...expected) => {
    expect(mathematics(splitLatex(text)).map((one) => one.replace(/\s+/g, ' '))).toEqual(expected);
  });
});

// ---- micromark as oracle

/** What micromark takes for mathematics, blanks at either end aside. */
function oracle(text: string): string[] {
  const events = postprocess(parse({ extensions: [math()] }).document().write(preprocess()(text, 'utf8', true)));
  const insides: string[] = [];
  let from = -1;
  let until = -1;
  for (const [step, token] of events) {
    const data = token.type === 'mathTextData' || token.type === 'mathFlowValue';
    if (step === 'enter' && (token.type === 'mathText' || token.type === 'mathFlow')) from = until = -1;
    if (step === 'exit' && data) {
      if (from < 0) from = token.start.offset;
      until = token.end.offset;
    }
    if (step === 'exit' && (token.type === 'mathText' || token.type === 'mathFlow')) insides.push(from < 0 ? '' : text.slice(from, until).trim());
  }
  return insides;
}

/**
 * Texts of whole paragraphs, lists and code among which mathematics stands, without what micromark
 * sees otherwise: money, `$$` within a line or a quote, displays that are not closed, backslashes.
 */
const words = fc.constantFrom('words', 'and *more* words', 'some `code $a$ here`', 'a [link](http://x.y)', '**bold**', '10 of 12', 'a \\_ b');
const formula = fc.constantFrom('x', 'x_1 + y_1', 'A^\\top B', 'a * b * c', '\\frac{a}{b}', 'x < y', '[a](b)', '\\{ a \\}', "f'(x)", '|x|');
const sentence = fc.array(fc.oneof(words, formula.map((one) => `$${one}$`)), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
const display = formula.map((one) => `$$\n${one}\n$$`);
const block = fc.oneof(
  { weight: 4, arbitrary: sentence },
  { weight: 3, arbitrary: display },
  sentence.map((one) => `- ${one}`),
  sentence.map((one) => `> ${one}`),
  fc.tuple(sentence, formula).map(([one, inside]) => `1. ${one}\n\n   $$\n   ${inside}\n   $$`),
  formula.map((one) => `\`\`\`python\n$${one}$\n\`\`\``),
  formula.map((one) => `~~~\n$$\n${one}\n$$\n~~~`),
);

describe('where micromark and its extension for mathematics are right, the same is found', () => {
  it('and the oracle sees mathematics at all', () => {
    expect(oracle('- $x$ and `$y$`\n\n  $$\n  z\n  $$')).toEqual(['x', 'z']);
  });

  it('in paragraphs, lists, quotes and code', () => {
    holds([fc.array(block, { minLength: 1, maxLength: 6 })], (blocks) => {
      const text = blocks.join('\n\n');
      expect(mathematics(splitMarkdown(text)).map((one) => one.replace(/^\$+|\$+$/g, ''))).toEqual(oracle(text));
    }, { numRuns: 300 });
  });
});
