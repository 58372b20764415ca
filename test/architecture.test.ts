import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '../src');

/** Source texts by their path below src/. */
type Sources = ReadonlyMap<string, string>;

/** The layer of every folder: a folder may import what lies in a lower layer. */
const LAYERS: Readonly<Record<string, number>> = {
  base: 0, protocol: 0,
  syntax: 1,
  shape: 2, tensor: 2,
  ops: 3,
  derivation: 4, calculus: 4, numeric: 4,
  check: 5,
  ide: 6,
  server: 7, cli: 7, extension: 7, panel: 7,
};

/** Within a layer folders do not know one another, but for these: both work on a derivation. */
const BESIDE: ReadonlySet<string> = new Set(['calculus → derivation', 'numeric → derivation']);

/** Client and page talk to the server, and know nothing of what it does; spans and lines of `base` are plumbing. */
const ONLY: Readonly<Record<string, readonly string[]>> = { extension: ['protocol', 'base'], panel: ['protocol', 'base'] };

/** Packages that only some folders may import, by how the name begins. */
const PACKAGES: readonly { readonly name: RegExp; readonly folders: readonly string[] }[] = [
  { name: /^node:/, folders: ['server', 'cli', 'extension'] },
  { name: /^vscode$/, folders: ['extension'] },
  { name: /^vscode-languageclient(\/|$)/, folders: ['extension'] },
  { name: /^vscode-(languageserver|jsonrpc)/, folders: ['server'] },
  { name: /^(preact|uplot|@dagrejs)(\/|$)/, folders: ['panel'] },
  // A report that stands alone shows formulas, too.
  { name: /^katex(\/|$)/, folders: ['panel', 'check'] },
];

// ---- reading

/** What a module imports, exports on and loads lazily, types included. */
function importsOf(path: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) found.push(textOf(node.moduleSpecifier));
    if (ts.isCallExpression(node) && isLoading(node.expression) && node.arguments[0] !== undefined) found.push(textOf(node.arguments[0]));
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) found.push(textOf(node.argument.literal));
    ts.forEachChild(node, visit);
  };
  visit(parse(path, text));
  return found.map((name) => (builtinModules.includes(name) ? `node:${name}` : name));
}

function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : '(computed)';
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

function hasDefaultExport(path: string, text: string): boolean {
  return parse(path, text).statements.some((statement) => {
    if (ts.isExportAssignment(statement)) return true;
    if (ts.isExportDeclaration(statement) && statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements.some(({ name }) => name.text === 'default');
    }
    return ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  });
}

/** The path below src/ that a relative import names. */
function resolved(path: string, name: string): string {
  return posix.normalize(posix.join(posix.dirname(path), name));
}

// ---- judging

/** Every arrow that points the wrong way, as `from → to: why`. */
function wrongArrows(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    const folder = folderOf(path);
    if (LAYERS[folder] === undefined) return [`${path}: the folder ${folder}/ has no layer`];
    return importsOf(path, text).flatMap((name) => {
      const reason = name.startsWith('.') ? wrongFolder(folder, folderOf(resolved(path, name))) : wrongPackage(folder, name);
      return reason === null ? [] : [`${path} → ${name.startsWith('.') ? resolved(path, name) : name}: ${reason}`];
    });
  });
}

function folderOf(path: string): string {
  return path.split('/')[0] as string;
}

function wrongFolder(from: string, to: string): string | null {
  if (from === to) return null;
  const [upper, lower] = [LAYERS[from], LAYERS[to]];
  if (upper === undefined || lower === undefined) return `${to}/ is not in src/ or has no layer`;
  const only = ONLY[from];
  if (only !== undefined && !only.includes(to)) return `${from}/ may import only ${only.join(' and ')}`;
  if (lower < upper || BESIDE.has(`${from} → ${to}`)) return null;
  return lower === upper ? `${from}/ and ${to}/ know nothing of each other` : `${from}/ (layer ${upper}) is below ${to}/ (layer ${lower})`;
}

function wrongPackage(folder: string, name: string): string | null {
  const rule = PACKAGES.find((one) => one.name.test(name));
  return rule === undefined || rule.folders.includes(folder) ? null : `only ${rule.folders.join(', ')} may import it`;
}

/**
 * Cycles that matter when modules are loaded. A grammar in several files calls itself in a circle,
 * which is no harm as long as the calls happen later; a name of the circle that is needed while a
 * module loads is one, and so is any circle through two folders.
 */
function harmfulCycles(sources: Sources): string[] {
  const targets = new Map([...sources].map(([path, text]) => [path, targetsOf(path, text)]));
  const reaches = (from: string, to: string): boolean => reachable(targets, from).has(to);
  return [...sources].flatMap(([path, text]) => {
    const back = [...(targets.get(path) ?? [])].filter((target) => target === path || reaches(target, path));
    return back.flatMap((target) => {
      if (folderOf(target) !== folderOf(path)) return [`${path} ⇄ ${target}: a circle through two folders`];
      const needed = neededAtLoad(path, text, target, functionsOf(target, sources.get(target) ?? ''));
      return needed.length === 0 ? [] : [`${path} ⇄ ${target}: ${needed.join(', ')} is needed while loading`];
    });
  });
}

/** What a module imports from src/ and keeps when it runs: types are gone by then. */
function targetsOf(path: string, text: string): Set<string> {
  const declarations = parse(path, text).statements.filter((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one));
  const kept = declarations.filter((one) => (ts.isImportDeclaration(one) ? keepsAnything(one) : !one.isTypeOnly));
  const names = kept.flatMap(({ moduleSpecifier }) => (moduleSpecifier === undefined ? [] : [textOf(moduleSpecifier)]));
  return new Set(names.filter((name) => name.startsWith('.')).map((name) => resolved(path, name)));
}

function keepsAnything({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return true;
  const { phaseModifier, namedBindings } = importClause;
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  return namedBindings === undefined || !ts.isNamedImports(namedBindings) || namedBindings.elements.some(({ isTypeOnly }) => !isTypeOnly);
}

function reachable(targets: ReadonlyMap<string, ReadonlySet<string>>, from: string): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    for (const target of targets.get(path) ?? []) if (!seen.has(target)) {
      seen.add(target);
      open.push(target);
    }
  }
  return seen;
}

/** Names that exist before a module has run: of functions declared in it. */
function functionsOf(path: string, text: string): ReadonlySet<string> {
  return new Set(parse(path, text).statements.flatMap((one) => (ts.isFunctionDeclaration(one) && one.name !== undefined ? [one.name.text] : [])));
}

/** The names that a module takes from another and uses outside every function; a declared function is used only by a call. */
function neededAtLoad(path: string, text: string, target: string, functions: ReadonlySet<string>): string[] {
  const { statements } = parse(path, text);
  const imports = statements.filter(ts.isImportDeclaration).filter(({ moduleSpecifier }) => resolved(path, textOf(moduleSpecifier)) === target);
  const names = new Set(imports.flatMap(({ importClause }) => localNames(importClause?.namedBindings)));
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isImportDeclaration(node)) return;
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text)) used.add(node.expression.text);
    if (ts.isIdentifier(node) && names.has(node.text) && !functions.has(node.text)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  for (const statement of statements) visit(statement);
  return [...used];
}

function localNames(bindings: ts.NamedImportBindings | undefined): string[] {
  if (bindings === undefined) return [];
  return ts.isNamedImports(bindings) ? bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text) : [bindings.name.text];
}

function defaultExports(sources: Sources): string[] {
  return [...sources].filter(([path, text]) => hasDefaultExport(path, text)).map(([path]) => path);
}

// ---- the tree

function treeSources(): Sources {
  const names = readdirSync(SOURCES, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
  const modules = names.filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')).sort();
  return new Map(modules.map((name) => [name, readFileSync(join(SOURCES, name), 'utf8')]));
}

describe('src/', () => {
  const sources = treeSources();
  it('is there', () => expect(sources.size).toBeGreaterThan(50));
  it('has no arrow that points the wrong way', () => expect(wrongArrows(sources)).toEqual([]));
  it('has no import cycle that matters', () => expect(harmfulCycles(sources)).toEqual([]));
  it('has no default export', () => expect(defaultExports(sources)).toEqual([]));
});

// ---- the judge itself

function made(files: Readonly<Record<string, string>>): Sources {
  return new Map(Object.entries(files));
}

describe('a wrong arrow is seen', () => {
  const wrong: readonly (readonly [what: string, path: string, text: string, why: string])[] = [
    ['a lower layer imports a higher one', 'syntax/read.ts', `import { check } from '../check/check.ts';`, 'syntax/ (layer 1) is below check/ (layer 5)'],
    ['a type counts', 'base/span.ts', `import type { Shape } from '../shape/shape.ts';`, 'base/ (layer 0) is below shape/ (layer 2)'],
    ['so does a re-export', 'shape/shape.ts', `export * from '../ops/op.ts';`, 'shape/ (layer 2) is below ops/ (layer 3)'],
    ['a module loaded lazily', 'ops/table.ts', `const later = () => import('../numeric/run.ts');`, 'ops/ (layer 3) is below numeric/ (layer 4)'],
    ['a type imported in place', 'tensor/lu.ts', `type A = import('../ops/op.ts').Op;`, 'tensor/ (layer 2) is below ops/ (layer 3)'],
    ['the witness uses what it judges', 'numeric/run.ts', `import { d } from '../calculus/differentiate.ts';`, 'numeric/ and calculus/ know nothing of each other'],
    ['and the other way round', 'calculus/differentiate.ts', `import { d } from '../numeric/run.ts';`, 'calculus/ and numeric/ know nothing of each other'],
    ['one host knows another', 'cli/main.ts', `import { serve } from '../server/serve.ts';`, 'cli/ and server/ know nothing of each other'],
    ['the page reaches for the checker', 'panel/main.tsx', `import { check } from '../check/check.ts';`, 'panel/ may import only protocol and base'],
    ['so does the client', 'extension/desktop.ts', `import { parse } from '../syntax/parse.ts';`, 'extension/ may import only protocol and base'],
    ['VS Code outside the client', 'server/node.ts', `import * as vscode from 'vscode';`, 'only extension may import it'],
    ['the protocol outside the server', 'ide/hover.ts', `import { Hover } from 'vscode-languageserver';`, 'only server may import it'],
    ['Node below the hosts', 'check/check.ts', `import { readFileSync } from 'node:fs';`, 'only server, cli, extension may import it'],
    ['Node without its prefix', 'syntax/read.ts', `import { readFileSync } from 'fs';`, 'only server, cli, extension may import it'],
    ['Node by require', 'panel/main.tsx', `const fs = require('fs');`, 'only server, cli, extension may import it'],
    ['a folder without a layer', 'util/misc.ts', '', 'the folder util/ has no layer'],
    ['a way out of src/', 'cli/main.ts', `import { x } from '../../test/x.ts';`, '../ is not in src/ or has no layer'],
  ];
  for (const [what, path, text, why] of wrong) {
    it(what, () => {
      const found = wrongArrows(made({ [path]: text }));
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(why);
    });
  }
});

describe('a right arrow is not', () => {
  const right: readonly (readonly [path: string, text: string])[] = [
    ['check/check.ts', `import { run } from '../numeric/run.ts'; import { a } from './words.ts';`],
    ['numeric/run.ts', `import type { Term } from '../derivation/term.ts';`],
    ['server/node.ts', `import { createConnection } from 'vscode-languageserver/node'; import 'node:fs';`],
    ['extension/web.ts', `import { LanguageClient } from 'vscode-languageclient/browser'; import * as vscode from 'vscode';`],
    ['panel/main.tsx', `import { render } from 'preact'; import type { Report } from '../protocol/report.ts'; const a = <p>import '../check/check.ts'</p>;`],
    ['syntax/read.ts', `// import '../check/check.ts'\nconst text = "import '../check/check.ts'";`],
  ];
  for (const [path, text] of right) it(path, () => expect(wrongArrows(made({ [path]: text }))).toEqual([]));
});

describe('cycles and default exports are seen', () => {
  it('a circle of three that is needed while loading', () => {
    const files = made({
      'base/a.ts': `import { b } from './b.ts'; export const a = () => b;`,
      'base/b.ts': `import { c } from './c.ts'; export const b = c + 1;`,
      'base/c.ts': `import { a } from './a.ts'; export const c = 1; export const later = () => a();`,
    });
    expect(harmfulCycles(files)).toEqual(['base/b.ts ⇄ base/c.ts: c is needed while loading']);
  });
  it('a circle through two folders', () => {
    const files = made({ 'ops/a.ts': `import { b } from '../shape/b.ts'; export const a = () => b();`, 'shape/b.ts': `import { a } from '../ops/a.ts'; export const b = () => a();` });
    expect(harmfulCycles(files)).toHaveLength(2);
  });
  it('functions that call one another are none', () => {
    const files = made({
      'syntax/a.ts': `import { b } from './b.ts'; export function a(): void { b(); }`,
      'syntax/b.ts': `import { a } from './a.ts'; export function b(): void { a(); }`,
    });
    expect(harmfulCycles(files)).toEqual([]);
  });
  it('nor is a table of such functions, but calling one is', () => {
    const b = `import { a } from './a.ts'; export function b(): void { a(); }`;
    expect(harmfulCycles(made({ 'syntax/a.ts': `import { b } from './b.ts'; export const TABLE = { b }; export function a() { return TABLE; }`, 'syntax/b.ts': b }))).toEqual([]);
    expect(harmfulCycles(made({ 'syntax/a.ts': `import { b } from './b.ts'; export const TABLE = b(); export function a() { return TABLE; }`, 'syntax/b.ts': b }))).toHaveLength(1);
  });
  it('types are none', () => {
    const files = made({ 'base/a.ts': `import { type B, b } from './b.ts'; export type A = B; b();`, 'base/b.ts': `import type { A } from './a.ts'; export type B = A; export const b = () => 1;` });
    expect(harmfulCycles(files)).toEqual([]);
  });
  it('two ways to one module are none', () => {
    const files = made({ 'base/a.ts': `import { b } from './b.ts'; import { c } from './c.ts'; b + c;`, 'base/b.ts': `import { c } from './c.ts'; export const b = c;`, 'base/c.ts': 'export const c = 1;' });
    expect(harmfulCycles(files)).toEqual([]);
  });
  for (const text of ['export default 1;', 'export default function f() {}', 'const a = 1; export { a as default };']) {
    it(text, () => expect(defaultExports(made({ 'base/a.ts': text }))).toEqual(['base/a.ts']));
  }
  it('a named export is none', () => expect(defaultExports(made({ 'base/a.ts': 'export const a = 1;' }))).toEqual([]));
});
