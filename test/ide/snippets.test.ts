import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument, type Surface } from '../../src/check/check-document.ts';
import { complete } from '../../src/ide/complete.ts';
import { viewDerivation } from '../../src/ide/derivation-view.ts';
import { formatPlain } from '../../src/ide/format.ts';

const FOLDER = join(import.meta.dirname, '../../src/ide/snippets');

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
  readonly description: string;
}

const snippetsOf = (name: string) => Object.entries(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Readonly<Record<string, Snippet>>);

/** What stands there when nothing is filled in: the first of a choice, the default of a place. */
function inserted({ body }: Snippet): string {
  const text = body.join('\n').replace(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, '$1').replace(/\$\{\d+:([^{}]*)\}/g, '$1').replace(/\$\d/g, '');
  return `${text.replaceAll('\\\\', '\\')}\n`;
}

describe('a snippet', () => {
  const whole = snippetsOf('derivation.json').filter(([, { body }]) => body.some((line) => line.startsWith('d')) && body.length > 2);

  it.each(whole)('that is a derivation holds as it is: %s', (_, snippet) => {
    const text = inserted(snippet);
    const { diagnostics, claims = [] } = checkDocument(text, 'plain', { verify: true });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(claims.map(({ status }) => status)).toEqual(claims.map(() => 'verified'));
    expect(claims.length).toBeGreaterThan(0);
    expect(formatPlain(text)).toEqual([]);
  });

  it.each(readdirSync(FOLDER))('is found by a word of its own, and says what it is: %s', (name) => {
    const all = snippetsOf(name).map(([, snippet]) => snippet);
    expect(new Set(all.map(({ prefix }) => prefix)).size).toBe(all.length);
    expect(all.filter(({ description }) => description === '')).toEqual([]);
  });

  it.each([['markdown.json', 'markdown'], ['latex.json', 'latex']] as const)('of a text is one that is read, once it is filled in: %s', (name, surface) => {
    const filled = snippetsOf(name).map(([, { body }]) => inserted({ prefix: '', description: '', body: body.map((line) => line.replace('$0', '0')) }));
    for (const text of filled) expect(checkDocument(text, surface, { verify: false }).diagnostics.filter(({ code }) => code === 'syntax')).toEqual([]);
  });
});

describe('snippets are offered', () => {
  const labels = (marked: string, surface: Surface) => {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const view = viewDerivation(checkDocument(text, surface, { verify: false }), surface, { layout: 'auto' });
    return complete(view, surface, offset, () => null as never).filter(({ kind }) => kind === 'snippet').map(({ label }) => label);
  };

  it.each([
    ['x : n\nlay|', 'plain'],
    ['|', 'plain'],
    ['Some words.\n\nclaim|', 'markdown'],
    ['cl|', 'notebook'],
    ['Some words.\n\n  claim|', 'latex'],
    ['```deriv\nx : n\nlay|\n```\n', 'markdown'],
  ] as const)('where a line begins: %j', (text, surface) => expect(labels(text, surface).length).toBeGreaterThan(2));

  it.each([
    ['x : n\ny = 2 |', 'plain'],
    ['Some words and cl|', 'markdown'],
    ['$$\n|\n$$\n', 'markdown'],
    ['$$\ny = cl|\n$$\n', 'markdown'],
    ['\\[\nx|\n\\]\n', 'latex'],
  ] as const)('and nowhere else: %j', (text, surface) => expect(labels(text, surface)).toEqual([]));
});
