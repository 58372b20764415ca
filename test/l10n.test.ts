import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { SLIPS } from '../src/check/repair/slips.ts';

const ROOT = join(import.meta.dirname, '..');

const readTexts = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Readonly<Record<string, string>>;

/** The names under which texts are said: `say(…)`, `view.say(…)`, `l10n.t(…)`, and `told(…)` for what is said later. */
const SAYS: ReadonlySet<string> = new Set(['say', 't', 'told']);

/** Every text in the sources that is said in the reader's language. */
function textsOf(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression: callee, arguments: [first] } = node;
      const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
      if (SAYS.has(name) && first !== undefined && ts.isStringLiteralLike(first)) found.push(first.text);
      if (SAYS.has(name) && first !== undefined && ts.isTemplateExpression(first)) throw new Error(`${file}: a text that is put together has no translation: ${first.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

function sources(): readonly string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
}

const said = [...new Set([...SLIPS.map(({ name }) => name), ...sources().flatMap((name) => textsOf(name, readFileSync(join(ROOT, 'src', name), 'utf8')))])].sort();

const languages = readdirSync(join(ROOT, 'l10n')).flatMap((name) => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1] ?? []);

const placesOf = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();

/** What is marked as code, up to its places, says the same in every language. */
const codeOf = (text: string) => [...text.matchAll(/`[^`]*`/g)].map(([code]) => code).sort();

describe('texts in other languages', () => {
  it('English has every text that is said, and no other', () => {
    expect(readTexts('l10n/bundle.l10n.json')).toEqual(Object.fromEntries(said.map((text) => [text, text])));
  });

  it('there is another language', () => {
    expect(languages).toContain('de');
  });

  it.each(languages)('%s has every text, with the same places and the same code', (language) => {
    const texts = readTexts(`l10n/bundle.l10n.${language}.json`);
    expect(said.filter((text) => !Object.hasOwn(texts, text))).toEqual([]);
    expect(Object.keys(texts).filter((text) => !said.includes(text))).toEqual([]);
    expect(Object.entries(texts).filter(([text, own]) => placesOf(text).join() !== placesOf(own).join() || codeOf(text).join() !== codeOf(own).join())).toEqual([]);
  });

  it.each(languages)('%s has all of the manifest, with the same links and code', (language) => {
    const [english, own] = [readTexts('package.nls.json'), readTexts(`package.nls.${language}.json`)];
    const fixedIn = (text = '') => [...text.matchAll(/\]\(command:[^)]*\)|`[^`]*`/g)].map(String).sort();
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    expect(Object.keys(english).filter((key) => fixedIn(english[key]).join() !== fixedIn(own[key]).join())).toEqual([]);
  });
});
