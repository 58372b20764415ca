import { describe, expect, test } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { codeInTable, escapeHtml, escapeMarkdown, markdownCode, messageHtml } from '../../src/check/export/escape.ts';
import { verificationReport } from '../../src/check/export/report.ts';

const LECTURE = `# Gradients
x : n
M : m×n
c : m
z = c' M x
dz/dx = M' c
dz/dx = 2 M' c

# A mistake of shapes
y = M c
`;

const report = (format: 'html' | 'markdown', text = LECTURE) => verificationReport(format, 'lecture.deriv', checkDocument(text, 'plain', { verify: true }));

describe('the report of a document', () => {
  test.each(['html', 'markdown'] as const)('as %s tells every claim with its steps, what would be right, and what else is wrong', (format) => {
    const text = report(format).replaceAll('&#39;', "'");
    for (const part of ['2 claims: 1 verified, 1 wrong.', 'Gradients', 'line 6', 'line 7', format === 'html' ? '>2 M^\\top c<' : "2 M' c", 'n×1', '✓ verified', '✗ wrong', '5.0e-1', 'What would be right: ', 'By hand', 'at 6 points', 'n = 3', 'denominator layout', 'shape/product', 'line 10']) {
      expect(text).toContain(part);
    }
  });

  test('as a page needs nothing that is not in it', () => {
    const page = report('html');
    expect(page).toMatch(/<math[^>]*>.*M.*⊤.*c/s);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|\bsrc=|\bhref=|\bon\w+=|https?:(?!\/\/www\.w3\.org)/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`);
  });

  test('of a notebook counts lines within cells', () => {
    const cell = (source: string) => ({ cell_type: 'markdown', metadata: {}, source });
    const notebook = JSON.stringify({ cells: [cell('$x \\in \\mathbb{R}^n$'), cell('$$y = x^\\top x$$\n\n$$\\frac{\\partial y}{\\partial x} = 2 x$$')], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    expect(verificationReport('markdown', 'notes.ipynb', checkDocument(notebook, 'notebook', { verify: true }))).toContain('(cell 2, line 3)');
  });

  test('as a page is legible in the dark also where a command is refused, and typesets the variables of an example to follow by hand', () => {
    const text = 'Let $\\mu \\in \\mathbb{R}^n$ and $q = \\mu^\\top \\mu$.\n\n$$\\frac{dq}{d\\mu} = 3 \\mu$$\n\n$$\\frac{dq}{d\\mu} = \\href{x}{2} \\mu$$\n';
    const page = verificationReport('html', 'notes.md', checkDocument(text, 'markdown', { verify: true }));
    expect(page).not.toContain('#cc0000');
    expect(page).toMatch(/By hand: at <span class="katex"><math[^>]*><semantics><mrow><mi>μ/);
  });

  test('of an empty document says that nothing is claimed', () => expect(report('markdown', '')).toBe('# Verification of lecture.deriv\n\nThe document makes no claim.\n'));
});

test.each(['html', 'markdown'] as const)('as %s a claim whose shapes do not fit is wrong and says why, once', (format) => {
  const text = report(format, "x : n\nM : m×n\nc : m\nz = c' M x\ndz/dx = M c\n").replaceAll('&#39;', "'");
  expect(text).toContain('1 claim: 1 wrong.');
  expect(text.match(/does not fit/g)).toHaveLength(1);
  expect(text).not.toMatch(/\.\.|not decided|What else was found/);
});

const ATTACK = '<img src=x onerror=alert(1)><script>alert(2)</script>';

describe('nothing of the document becomes markup', () => {
  const text = `# Title ${ATTACK}\n\n$x \\in \\mathbb{R}^n$\n\n$$y = x^\\top x$$\n\n$$\\frac{\\partial y}{\\partial x} = \\text{${ATTACK}} \\href{javascript:alert(3)}{2} x$$\n\n$$\\frac{\\partial y}{\\partial x} = 3 x \\htmlStyle{color:red}{1}$$\n`;
  const checked = checkDocument(text, 'markdown', { verify: true });

  test('of a page', () => {
    const page = verificationReport('html', `${ATTACK}.md`, checked);
    expect(page).not.toMatch(/<(?:img|script|a)\b/);
    expect(page).not.toContain('href=');
    expect(page).toContain('&#60;img src=x onerror=alert(1)&#62;');
  });

  test('of a Markdown text, outside of code', () => {
    const outside = verificationReport('markdown', `${ATTACK}.md`, checked).replace(/(`+) ?.*?\1(?!`)/g, '');
    expect(outside).not.toMatch(/(?<!\\)<(?:img|script)/);
  });

  test.each([['`', '`` ` ``'], ['a``b', '``` a``b ```'], ['a|b\nc', '`a|b c`'], ['', '']])('code %j', (code, wanted) => expect(markdownCode(code)).toBe(wanted));

  test('a bar is escaped in a table only', () => expect(codeInTable('‖x|y‖')).toBe('`‖x\\|y‖`'));

  test('sentences and messages', () => {
    expect(escapeMarkdown('[a](b) *c* <d>\n# e')).toBe('\\[a\\](b) \\*c\\* \\<d\\> \\# e');
    expect(messageHtml('`a<b` is "c"')).toBe('<code>a&#60;b</code> is &#34;c&#34;');
    expect(escapeHtml(`"'&<>\``)).toBe('&#34;&#39;&#38;&#60;&#62;&#96;');
  });
});
