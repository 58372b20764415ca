import { readdirSync, readFileSync } from 'node:fs';
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

/** What readers are shown through an attribute. */
const SHOWN_ATTRIBUTES: ReadonlySet<string> = new Set(['title', 'placeholder', 'alt', 'label', 'caption', 'name', 'aria-label', 'aria-roledescription', 'aria-description', 'aria-valuetext']);

const hasWord = (text: string) => /\p{L}{2}/u.test(text.replace('Chainrule', ''));

/** Words of a page that no language can replace: text between tags, and texts as they stand in what readers are shown. */
function fixedLabels(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const isSaid = (node: ts.Node) => ts.isCallExpression(node) && ts.isIdentifier(node.expression) && SAYS.has(node.expression.text);
  const literals = (node: ts.Node): void => {
    if (isSaid(node) || ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return;
    // What a text is compared with is not shown, and neither is the name of an entry.
    if (ts.isBinaryExpression(node) && /^[=!]==$/.test(node.operatorToken.getText())) return;
    if (ts.isElementAccessExpression(node) || isTag(node)) return;
    if (ts.isStringLiteralLike(node) && hasWord(node.text)) found.push(node.text);
    if (ts.isTemplateExpression(node)) for (const part of [node.head, ...node.templateSpans.map(({ literal }) => literal)]) if (hasWord(part.text)) found.push(part.text);
    ts.forEachChild(node, literals);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasWord(node.text)) found.push(node.text.trim());
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression !== undefined) literals(node.expression);
    if (ts.isJsxAttribute(node) && SHOWN_ATTRIBUTES.has(node.name.getText()) && node.initializer !== undefined && !isName(node)) literals(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found.map((text) => `${file}: ${text}`);
}

/** `const Tag = 'span'`: what an element is called. */
function isTag(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) && /^[A-Z]/.test(node.name.getText());
}

/** The `name` of a part that is unfolded is its key. */
function isName(attribute: ts.JsxAttribute): boolean {
  return attribute.name.getText() === 'name' && attribute.parent.parent.getText().startsWith('<Unfold');
}

describe('the labels of the panel', () => {
  it('can all be said in another language', () => {
    const pages = sources().filter((name) => /^panel.*\.tsx$/.test(name));
    expect(pages.flatMap((name) => fixedLabels(name, readFileSync(join(ROOT, 'src', name), 'utf8')))).toEqual([]);
  });

  it.each([
    ['text between tags', '<p>Read me</p>'],
    ['text of an attribute', '<p title="Read me" />'],
    ['text in an expression', "<p>{isOpen ? 'Read me' : null}</p>"],
    ['text that is put together', '<p aria-label={`Read me, ${name}`} />'],
  ])('are found: %s', (_, source) => expect(fixedLabels('panel/a.tsx', source).join()).toMatch(/Read me/));

  it('are not what a style or a handler is named', () => expect(fixedLabels('panel/a.tsx', "<p class=\"quiet\" onClick={() => post('ready')}>{say('Read me')}{kind === 'show' ? 1 : 2}</p>")).toEqual([]));
});

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
