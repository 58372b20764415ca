import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import { NOTATION, type Notation } from '../../src/syntax/notation.ts';
import { DIRECTIVE_WORDS } from '../../src/syntax/parse-directive.ts';
import { PROPERTIES } from '../../src/syntax/parse-shape.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Contributed {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}

const { grammars } = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly contributes: { readonly grammars: readonly Contributed[] } }).contributes;

/** As much of an editor's grammars as matters here: what they call a comment, a fence, a formula. */
const HOSTS: Readonly<Record<string, object>> = {
  'text.html.markdown': {
    scopeName: 'text.html.markdown',
    patterns: [
      { begin: '<!--', end: '-->', name: 'comment.block.html' },
      { begin: '^(```)(\\w*)$', end: '^```$', name: 'markup.fenced_code.block.markdown' },
      { match: '^#.*$', name: 'markup.heading.markdown' },
      { match: '\\$[^$\\n]+\\$', name: 'markup.math.inline.markdown' },
    ],
  },
  'text.tex.latex': {
    scopeName: 'text.tex.latex',
    patterns: [
      { match: '%.*$', name: 'comment.line.percentage.tex' },
      { match: '\\$[^$\\n]+\\$', name: 'support.class.math.block.tex' },
      { match: '\\\\[A-Za-z]+', name: 'support.function.general.tex' },
    ],
  },
};

function registry(withInjections: boolean): Registry {
  return new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scopeName) => {
      const host = HOSTS[scopeName];
      const own = grammars.find((grammar) => grammar.scopeName === scopeName);
      if (host !== undefined) return parseRawGrammar(JSON.stringify(host), 'host.json');
      return own === undefined ? null : parseRawGrammar(readFileSync(join(ROOT, own.path), 'utf8'), own.path);
    },
    getInjections: (scopeName) => (withInjections ? grammars.filter(({ injectTo }) => injectTo?.includes(scopeName)).map((grammar) => grammar.scopeName) : []),
  });
}

/** The pieces of a text with their scopes, line by line, the outermost scope aside. */
async function tokens(scopeName: string, text: string, withInjections = true): Promise<string[][]> {
  const grammar = await registry(withInjections).loadGrammar(scopeName);
  let stack = INITIAL;
  return text.split('\n').map((line) => {
    const { tokens: found, ruleStack } = (grammar as NonNullable<typeof grammar>).tokenizeLine(line, stack);
    stack = ruleStack;
    return found.map(({ startIndex, endIndex, scopes }) => `${line.slice(startIndex, endIndex)} ${scopes.slice(1).join(' ')}`);
  });
}

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer);
});

const DIRECTIVES = ['layout denominator', 'layout numerator', 'gradient as column', 'convention bold', 'verify off', 'broadcast on', 'tolerance 1e-6', 'seed 7', 'size n = 784', 'identity', 'ignore', 'ignore file', 'ignore shape/product', 'off', 'on', 'off shape/product', 'on layout/mixed', 'expect shape/product'];

describe('in a file of derivations', () => {
  it('a directive of every kind is tried', () => {
    expect([...new Set(DIRECTIVES.map((line) => line.split(' ')[0] as string))].sort()).toEqual([...DIRECTIVE_WORDS, 'gradient'].sort());
  });

  it.each(DIRECTIVES)('%s', async (line) => {
    const [found] = await tokens('source.derivation', line);
    expect(found?.[0]).toContain('keyword.control.directive');
    expect(found?.filter((one) => one.includes('variable.other'))).toEqual([]);
  });

  it.each([...PROPERTIES])('the property %s', async (property) => {
    const [found] = await tokens('source.derivation', `A : n×n ${property}`);
    expect(found?.find((one) => one.startsWith(`${property} `))).toContain('storage.modifier.property');
  });

  const functions = Object.values<Notation>(NOTATION).flatMap(({ form, plain }) => (form === 'function' ? plain.filter((word) => /^[A-Za-z]{2,}$/.test(word)) : []));

  it.each(functions)('the function %s', async (word) => {
    const [found] = await tokens('source.derivation', `y = ${word}(x)`);
    expect(found?.find((one) => one.startsWith(`${word} `))).toContain('support.function');
  });
});

describe('directives in comments of Markdown', () => {
  const text = ['# Title $x$', 'Text $a = b$ <!-- layout numerator --> more', '<!-- chainrule: layout denominator; A : m×n -->', 'and <!-- chainrule: x : n // note --> then', '<!-- chainrule:', 'seed 7', 'x : n', '-->', 'after layout numerator', '```deriv', 'y = A x', '```', '```python', 'layout = 3', '```'].join('\n');

  it('have scopes', async () => {
    const lines = await tokens('text.html.markdown', text);
    expect(lines[2]?.filter((one) => /^(?:chainrule:|layout|denominator|A|m|×) /.test(one.trimStart())).map((one) => one.trim().split(' ').at(-1))).toEqual([
      'keyword.control.directive.derivation',
      'keyword.control.directive.derivation',
      'constant.language.derivation',
      'variable.other.declaration.derivation',
      'entity.name.type.dimension.derivation',
      'keyword.operator.times.derivation',
    ]);
    expect(lines[5]?.join()).toContain('keyword.control.directive');
    expect(lines[10]?.join()).toContain('variable.other.derivation');
  });

  it('and nothing else changes', async () => {
    const [before, after] = [await tokens('text.html.markdown', text, false), await tokens('text.html.markdown', text)];
    const others = [0, 1, 8, 12, 13, 14];
    expect(after[3]?.at(-1)).toBe(before[3]?.at(-1));
    expect(others.map((at) => after[at])).toEqual(others.map((at) => before[at]));
  });
});

describe('directives in comments of LaTeX', () => {
  const text = ['\\section{A} $x = y$ % layout numerator', '% chainrule: layout denominator', 'Text % chainrule: A : m×n', '50\\% of chainrule: layout', '$z$'].join('\n');

  it('have scopes', async () => {
    const lines = await tokens('text.tex.latex', text);
    expect(lines[1]?.map((one) => one.split(' ').at(-1))).toContain('constant.language.derivation');
    expect(lines[2]?.join()).toContain('entity.name.type.dimension.derivation');
  });

  it('and nothing else changes', async () => {
    const [before, after] = [await tokens('text.tex.latex', text, false), await tokens('text.tex.latex', text)];
    const others = [0, 3, 4];
    expect(others.map((at) => after[at])).toEqual(others.map((at) => before[at]));
  });
});
