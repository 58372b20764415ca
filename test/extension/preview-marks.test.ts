import { describe, expect, test } from 'vitest';
import { english } from '../../src/base/say.ts';
import { type MarkdownIt, markFormulas, type Token } from '../../src/extension/preview-marks.ts';
import type { ListedClaim } from '../../src/protocol/lsp.ts';

/** What VS Code makes of a formula: KaTeX's own words where that knows a command not. */
const rendered = (latex: string) => `[${/\\unknown\b/.test(latex) ? `<span class="katex-error">${latex}</span>` : latex}]`;

/** As much of markdown-it as a plugin sees. */
function preview(tokens: readonly Partial<Token>[], claims: readonly Partial<ListedClaim>[], showsShapes = false): string {
  class AnyToken {
    readonly type: string;
    meta: unknown = null;
    block = false;
    constructor(type: string) {
      this.type = type;
    }
  }
  let rule: ((state: { tokens: Token[]; Token: unknown }) => void) | undefined;
  const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const md = { core: { ruler: { push: (_: string, given: typeof rule) => { rule = given; } } }, renderer: { rules: { math_block: (tokens, at) => rendered(tokens[at]?.content ?? '') } as Record<string, (tokens: readonly Token[], at: number, options: unknown, env: unknown) => string> }, utils: { escapeHtml } };
  markFormulas(md as unknown as MarkdownIt, { claims: () => claims as ListedClaim[], showsShapes: () => showsShapes, say: english });
  const state = { tokens: tokens.map((token) => ({ content: '', info: '', map: null, nesting: 0, children: null, meta: null, block: true, type: '', ...token })) as Token[], Token: AnyToken };
  rule?.(state);
  const render = (all: readonly Token[]): string => all.map((token, at) => (token.children ? render(token.children) : (md.renderer.rules[token.type]?.(all, at, {}, {}) ?? `[${token.content}]`))).join('');
  return render(state.tokens);
}

const claim = (text: string, line: number, more: Partial<ListedClaim> = {}): Partial<ListedClaim> => ({ text, status: 'verified', range: { start: { line, character: 0 }, end: { line, character: 9 } }, ...more });

const block = (content: string, map: readonly [number, number]): Partial<Token> => ({ type: 'math_block', content, map });

const words = (html: string) => html.replace(/<[^>]*>/g, '');

describe('marks in the Markdown preview', () => {
  test('stand behind the formula that makes the claim', () => {
    const html = preview([block('y = A x', [1, 4]), block('\\nabla f = 2 x', [6, 9])], [claim('\\nabla f = 2 x', 7)]);
    expect(words(html)).toBe('[y = A x][\\nabla f = 2 x]✓ verified');
    expect(html).toContain('<div class="chainrule-mark chainrule-verified"');
  });

  test('tell of several claims in one display by the worst', () => {
    const html = preview([block('a = b \\\\ c = d', [0, 4])], [claim('a = b', 1), claim('c = d', 2, { status: 'refuted' })]);
    expect(html).toContain('chainrule-refuted');
    expect(words(html)).toContain('✓ 1 verified, ✗ 1 wrong');
  });

  test('of formulas in a line stand behind the right one', () => {
    const inline: Partial<Token> = { type: 'inline', map: [3, 4], children: [{ type: 'math_inline', content: 'a = b', children: null }, { type: 'text', content: ' and ', children: null }, { type: 'math_inline', content: 'c = d', children: null }] as Token[] };
    expect(words(preview([inline], [claim('c = d', 3, { status: 'inconclusive', reason: 'it is open' })]))).toBe('[a = b][ and ][c = d]? not decided');
  });

  test('of formulas in a table stand in its cells, which have no lines of their own', () => {
    const cell = (content: string): Partial<Token>[] => [{ type: 'td_open', nesting: 1 }, { type: 'inline', children: [{ type: 'math_inline', content, children: null }] as Token[] }, { type: 'td_close', nesting: -1 }];
    const table: Partial<Token>[] = [{ type: 'tr_open', nesting: 1, map: [7, 8] }, ...cell('h'), ...cell('a = b'), { type: 'tr_close', nesting: -1 }];
    expect(words(preview(table, [claim('a = b', 7)]))).toMatch(/\[h\].*\[a = b\]✓ verified/);
    expect(words(preview([...table, block('c = d', [9, 12])], [claim('c = d', 10)]))).toMatch(/\[a = b\](?!✓).*\[c = d\]✓ verified/);
  });

  test('stay while the lines of the verdicts are those of an earlier text', () => {
    expect(words(preview([block('\n> a =\n> b', [9, 13])], [claim('a = b', 2)]))).toContain('✓ verified');
    expect(words(preview([block('x = 1', [2, 5])], [claim('a = b', 20)]))).toBe('[x = 1]');
  });

  test('are not made of what was not checked', () => expect(words(preview([block('a = b', [0, 3])], [claim('a = b', 1, { status: 'unchecked' })]))).toBe('[a = b]'));

  test('show shapes where that is wanted', () => {
    const claims = [claim('a = b', 1, { shapes: 'n×1 = n×m m×1' })];
    expect(words(preview([block('a = b', [0, 3])], claims, true))).toContain('n×1 = n×m m×1✓ verified');
    expect(words(preview([block('a = b', [0, 3])], claims))).not.toContain('n×1');
  });

  test('put shapes below the factors of a display, and leave the line of shapes to what is not told apart', () => {
    const factors = [{ start: 0, end: 1, shape: 'n×1' }, { start: 4, end: 5, shape: 'n×d_in' }, { start: 6, end: 7, shape: 'm×1' }];
    const claims = [claim('a = B c', 1, { shapes: 'n×1 = n×d_in d_in×1', factors }), claim('d = e', 2, { shapes: 'n×1 = n×1' })];
    const html = words(preview([block('a = B c \\\\ d = e', [0, 4])], claims, true));
    const strut = '\\vphantom{a B c}';
    const below = (shape: string, factor: string) => `\\underset{\\:${shape}\\:}{${factor}${strut}}`;
    expect(html).toContain(`[${below('\\textsf{n}{\\times}\\textsf{1}', 'a')} = ${below('\\textsf{n}{\\times}\\textsf{d\\_in}', 'B')} ${below('\\textsf{m}{\\times}\\textsf{1}', 'c')} \\\\ d = e]`);
    expect(html).toContain(']n×1 = n×1✓ 2 verified');
    expect(words(preview([block('a = B c', [0, 4])], claims))).toContain('[a = B c]✓');
  });

  test('leave a formula that cannot be typeset as it was written, with its shapes beside it', () => {
    const factors = [{ start: 0, end: 1, shape: 'n×1' }, { start: 4, end: 14, shape: 'n×1' }];
    const claims = [claim('a = \\unknown c', 1, { shapes: 'n×1 = n×1', factors })];
    expect(words(preview([block('a = \\unknown c', [0, 3])], claims, true))).toBe('[a = \\unknown c]n×1 = n×1✓ verified');
  });

  test('let no text of the document become markup', () => {
    const text = '"><img src=x onerror=alert(1)>';
    const html = preview([{ type: 'fence', info: 'deriv', content: text, map: [0, 3] }], [claim(text, 1, { status: 'refuted', reason: text, shapes: text })], true);
    expect(html.replace(`[${text}]`, '')).not.toContain('<img');
  });
});
