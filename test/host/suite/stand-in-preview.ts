import type * as vscode from 'vscode';

// VS Code's own preview runs in the extension host that it is packed for, and the server of the tests has it for the desktop's alone. This stands in
// for it in the browser's: it gives the extension what markdown-it gives to a plugin, and draws formulas as they are written.

interface Token {
  readonly type: string;
  content: string;
  map: readonly [number, number] | null;
  children: Token[] | null;
  meta: unknown;
  block: boolean;
  readonly nesting: number;
  readonly info: string;
}

type Render = (tokens: readonly Token[], at: number, options: object, env: object, renderer: object) => string;

type Extend = (md: object) => unknown;

const token = (type: string, content = '', map: Token['map'] = null, children: Token[] | null = null): Token => ({ type, content, map, children, meta: null, block: true, nesting: 0, info: '' });

/** The page of a document, with what the extension adds to it. */
export function renderWith(extend: Extend, document: vscode.TextDocument): string {
  const written: Render = (tokens, at) => escapeHtml(tokens[at]?.content ?? '');
  const rules: Record<string, Render> = { math_block: written, math_inline: written };
  const plugins: ((state: object) => void)[] = [];
  extend({ core: { ruler: { push: (_: string, rule: (state: object) => void) => plugins.push(rule) } }, renderer: { rules }, utils: { escapeHtml } });
  const state = { tokens: tokensOf(document.getText()), Token: function AnyToken(type: string) { return token(type); } };
  for (const plugin of plugins) plugin(state);
  const env = { currentDocument: document.uri };
  const render = (tokens: readonly Token[]): string => tokens.map(({ type, children }, at) => (children === null ? (rules[type] ?? written)(tokens, at, {}, env, {}) : render(children))).join('');
  return render(state.tokens);
}

/** Displays between double dollars, and paragraphs with formulas in them. */
function tokensOf(text: string): Token[] {
  let line = 0;
  return text.split(/(\$\$[^]*?\$\$)/).map((part) => {
    const map = [line, line + part.split('\n').length] as const;
    line = map[1] - 1;
    if (part.startsWith('$$')) return token('math_block', part.slice(2, -2), map);
    return token('inline', '', map, part.split(/(\$[^$]+\$)/).map((piece) => (piece.startsWith('$') ? token('math_inline', piece.slice(1, -1)) : token('text', piece))));
  });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
