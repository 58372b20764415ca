import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/check/check-document.ts';
import { fileReport } from '../../src/check/report.ts';
import { formatPretty } from '../../src/cli/format-pretty.ts';
import { DIAGNOSTIC_CODES } from '../../src/protocol/report.ts';
import { LEGEND } from '../../src/server/semantic-tokens.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../src/server/settings.ts';

const ROOT = join(import.meta.dirname, '../..');

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Setting {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface Pattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly column?: number;
  readonly severity?: number;
  readonly code?: number;
}

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly grammars: readonly { readonly path: string }[];
    readonly languages: readonly { readonly configuration: string; readonly icon: Readonly<Record<string, string>> }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly problemPatterns: readonly { readonly patterns: readonly Pattern[] }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly image: Readonly<Record<string, string>> } }[] }[];
    readonly semanticTokenTypes: readonly { readonly id: string }[];
    readonly semanticTokenScopes: readonly { readonly scopes: Readonly<Record<string, readonly string[]>> }[];
  };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

/** The sources of the extension as one text. */
const extension = readdirSync(join(ROOT, 'src/extension')).map((name) => read(`src/extension/${name}`)).join('\n');

describe('the manifest', () => {
  it('has words for every key, and no key without a use', () => {
    const keys = [...JSON.stringify(manifest).matchAll(/%([\w.]+)%/g)].map(([, key]) => key as string);
    expect(keys.filter((key) => !Object.hasOwn(words, key))).toEqual([]);
    expect(Object.keys(words).filter((key) => !keys.includes(key) && key !== 'displayName' && key !== 'description')).toEqual([]);
  });

  it('lists the commands that the extension registers', () => {
    const registered = [...extension.matchAll(/register\('(\w+)'/g)].map(([, name]) => `chainrule.${name}`);
    expect(manifest.contributes.commands.map(({ command }) => command).sort()).toEqual(registered.sort());
  });

  it('takes Greek letters and letters behind a backslash for words, as completion while typing needs', () => {
    const { wordPattern: { pattern, flags } } = JSON.parse(read('language-configuration.json')) as { readonly wordPattern: { readonly pattern: string; readonly flags: string } };
    expect('dL/dμ = \\hat x_1 + 2.5'.match(new RegExp(pattern, `${flags}g`))).toEqual(['dL', 'dμ', '\\hat', 'x_1', '2.5']);
  });

  it('names files that are there', () => {
    const { grammars, languages, walkthroughs } = manifest.contributes;
    const pictures = walkthroughs.flatMap(({ steps }) => steps.flatMap(({ media: { image } }) => Object.values(image)));
    const paths = [manifest.icon, ...pictures, ...grammars.map(({ path }) => path), ...languages.flatMap(({ configuration, icon }) => [configuration, ...Object.values(icon)])];
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('has the settings that the server reads, with its defaults', () => {
    const given: Record<string, unknown> = {};
    for (const [key, { default: value }] of Object.entries(manifest.contributes.configuration.properties)) {
      const path = key.split('.').slice(1);
      const last = path.pop() as string;
      path.reduce((at, step) => (at[step] ??= {}) as Record<string, unknown>, given)[last] = value;
    }
    expect(readSettings(given)).toEqual(DEFAULT_SETTINGS);
    expect(Object.keys(given).sort()).toEqual(['codeLens', 'inlayHints', 'layout', 'preview', 'problems', 'seed', 'severity', 'tolerance', 'trace', 'verify']);
  });

  it('says what each of its own kinds of words is, and how a theme without them shows it', () => {
    const { semanticTokenTypes, semanticTokenScopes: [scopes] } = manifest.contributes;
    const own = LEGEND.tokenTypes.filter((type) => type !== 'function' && type !== 'variable').sort();
    expect(semanticTokenTypes.map(({ id }) => id).sort()).toEqual(own);
    expect(Object.keys(scopes?.scopes ?? {}).sort()).toEqual(own);
  });

  it('has a pattern that finds the problems which the command line prints', () => {
    const text = "x : n\nM : m×n\ny = M M\n";
    const checked = checkDocument(text, 'plain', { verify: false });
    const file = { report: fileReport('notes/a.deriv', checked), lines: () => text.split('\n') };
    const lines = formatPretty([file], { files: 1, errors: 1, warnings: 0, claims: 0, verified: 0, refuted: 0, inconclusive: 0, milliseconds: 1 }, { colours: false, width: 80 }).split('\n');
    const { patterns: [title, place] } = manifest.contributes.problemPatterns[0] as { readonly patterns: readonly [Pattern, Pattern] };
    const at = lines.findIndex((line) => new RegExp(title.regexp).test(line));
    const found = new RegExp(title.regexp).exec(lines[at] ?? '') ?? [];
    expect([found[title.severity ?? 0], found[title.code ?? 0]]).toEqual(['error', 'shape/product']);
    const where = new RegExp(place.regexp).exec(lines[at + 1] ?? '') ?? [];
    expect([where[place.file ?? 0], where[place.line ?? 0], where[place.column ?? 0]]).toEqual(['notes/a.deriv', '3', '5']);
    const inCell = new RegExp(place.regexp).exec('  notes/a.ipynb:cell 4:3:5') ?? [];
    expect(inCell[place.file ?? 0]).toBe('notes/a.ipynb');
  });

  it('binds keys behind one prefix, where a derivation is edited, to commands that are there', () => {
    const { keybindings, commands } = manifest.contributes;
    expect(keybindings.filter(({ command }) => !commands.some((one) => one.command === command))).toEqual([]);
    const [tab, ...others] = keybindings;
    expect(tab).toMatchObject({ key: 'tab', when: expect.stringMatching(/^chainrule\.abbreviation && .*!suggestWidgetVisible/) });
    expect(others.every(({ key, when }) => /^ctrl\+alt\+g [a-z]$/.test(key) && when.startsWith('editorTextFocus && editorLangId'))).toBe(true);
    expect(new Set(keybindings.map(({ key }) => key)).size).toBe(keybindings.length);
  });

  it('has a title of one category for every command, and offers those about a derivation where one is open', () => {
    const { commands, menus: { commandPalette } } = manifest.contributes;
    expect(commands.filter(({ title, category }) => category !== 'Chainrule' || !/^%command\.\w+%$/.test(title))).toEqual([]);
    const anywhere = commands.map(({ command }) => command).filter((command) => !commandPalette.some((one) => one.command === command));
    expect(anywhere.sort()).toEqual(['openExample', 'restartServer', 'showOutput', 'toggleShapeHints'].map((name) => `chainrule.${name}`));
  });

  it('offers a severity for every code', () => {
    const offered = Object.keys(manifest.contributes.configuration.properties['chainrule.severity']?.properties ?? {});
    expect(offered.filter((code) => !code.endsWith('/*')).sort()).toEqual([...DIAGNOSTIC_CODES].sort());
  });
});

describe('the words of the extension', () => {
  /** Calls that show their first argument to a person; what they are given is a word of the bundle or came out of one. */
  const SHOWN = /\b(?:show(?:Information|Warning|Error)Message|createTestController|createRunProfile)\(\s*(?:'[^']*',\s*)?(['"`])/g;
  const LABELS = /\b(?:title|placeHolder|description|tooltip|detail|label|prompt|saveLabel|openLabel): (['"`])(.*?)\1/g;
  /** Names of layouts are words of the language. */
  const NAMES = new Set(['denominator', 'numerator', 'mixed', 'auto']);

  it('are never shown as they stand in the program', () => {
    expect([...extension.matchAll(SHOWN)].map(([call]) => call).filter((call) => !call.startsWith('createTestController'))).toEqual([]);
    expect([...extension.matchAll(LABELS)].map(([, , text]) => text as string).filter((text) => /\p{L}/u.test(text) && !NAMES.has(text) && !text.startsWith('${'))).toEqual([]);
  });
});
