import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, type DocumentDiagnosticReport, type Hover, ResponseError, type SymbolInformation } from 'vscode-languageserver-protocol';
import { readInput } from '../../src/server/read-input.ts';
import { listFiles, readFile } from '../../src/server/workspace-files.ts';
import { type ClientSetup, startClient, type TestClient } from './client.ts';
import { folderMaker } from './folders.ts';

// What the protocol leaves to the client: in which order it says things, how it counts, when it gives up.

const URI = 'file:///notes/lecture.deriv';
const RIGHT = "M : m×n\nc : m\nz = M' c\n";
const WRONG = 'M : m×n\nc : m\nz = M c\n';

const clients: TestClient[] = [];
const { folderWith, removeAll } = folderMaker();

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
  removeAll();
});

async function started(setup: ClientSetup = {}): Promise<TestClient> {
  const one = await startClient(setup);
  clients.push(one);
  return one;
}

const whole = (text: string) => ({ text });
const shapeOfZ = async ({ connection }: TestClient) => {
  const hover = await connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: URI }, position: { line: 2, character: 0 } });
  return hover === null ? null : /\d*[a-z]?×\w/.exec(JSON.stringify(hover.contents))?.[0];
};
const codes = (one: TestClient, suits: (version: number | undefined) => boolean) =>
  one.diagnosticsOf(URI, (_, { version }) => suits(version)).then(({ diagnostics }) => diagnostics.map(({ code }) => code));
const rest = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe('versions', () => {
  it.each([
    ['repeat', [5, 5, 5]],
    ['go backwards', [9, 4, 2]],
    ['jump', [7, 70, 700]],
    ['are below zero', [-1, -7, -3]],
  ])('that %s are the client’s own: what was sent last holds, and is told of under its version', async (_, [first = 0, second = 0, third = 0]) => {
    const one = await started();
    await one.open(URI, 'derivation', RIGHT, first);
    await one.change(URI, second, whole(RIGHT.replace('z', 'h')));
    await one.change(URI, third, whole(WRONG));
    const { diagnostics, version } = await one.diagnosticsOf(URI, (found) => found.length > 0);
    expect([version, diagnostics.map(({ code }) => code)]).toEqual([third, ['shape/product']]);
  });

  it('that repeat make no answer of an earlier text stand for a later one', async () => {
    const one = await started({ capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } } });
    const pull = (previousResultId?: string) => one.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri: URI }, ...(previousResultId === undefined ? {} : { previousResultId }) });
    await one.open(URI, 'derivation', WRONG, 1);
    const before = await pull();
    await one.change(URI, 1, whole(RIGHT));
    const after = await pull(before.resultId);
    expect([before, after].map((report) => report.kind === 'full' && report.items.length)).toEqual([1, 0]);
  });
});

describe('a document that is opened and closed in a hurry', () => {
  const open = (text: string, version: number) => ['textDocument/didOpen', { textDocument: { uri: URI, languageId: 'derivation', version, text } }] as const;
  const close = ['textDocument/didClose', { textDocument: { uri: URI } }] as const;
  const send = (one: TestClient, ...messages: readonly (readonly [string, object])[]) => Promise.all(messages.map(([method, params]) => one.connection.sendNotification(method, params)));

  it('is the one that was opened last', async () => {
    const one = await started();
    await send(one, open(WRONG, 1), close, open(RIGHT, 1), close, open(WRONG, 3));
    expect(await codes(one, (version) => version === 3)).toEqual(['shape/product']);
  });

  it('is none when it was closed last: nothing is shown of it, and nothing known', async () => {
    const one = await started();
    await send(one, open(WRONG, 1), close, open(WRONG, 2));
    await one.diagnosticsOf(URI, (found) => found.length > 0);
    await send(one, close);
    await one.diagnosticsOf(URI, (found, { version }) => found.length === 0 && version === undefined);
    await rest(400);
    expect(one.published.at(-1)?.diagnostics).toEqual([]);
    expect(await shapeOfZ(one)).toBeNull();
  });

  it('has the text of its last opening where it was never closed', async () => {
    const one = await started();
    await send(one, open(RIGHT, 1), open(WRONG, 2));
    expect(await codes(one, (version) => version === 2)).toEqual(['shape/product']);
  });

  it('answers what was asked before it was closed', async () => {
    const one = await started();
    await send(one, open(RIGHT, 1));
    const asked = ['textDocument/hover', 'textDocument/references', 'textDocument/codeAction', 'textDocument/documentSymbol', 'chainrule/verifyClaim'].map((method) =>
      one.connection.sendRequest(method, { textDocument: { uri: URI }, position: { line: 2, character: 0 }, range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, context: { includeDeclaration: true, diagnostics: [] } }));
    await send(one, close);
    for (const answer of await Promise.allSettled(asked)) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(ResponseError);
    await send(one, open(RIGHT, 2));
    expect(await shapeOfZ(one)).toBe('n×1');
  });
});

describe('files that come and go', () => {
  const told = (one: TestClient, ...changes: readonly (readonly [path: string, type: 1 | 2 | 3])[]) =>
    one.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: changes.map(([path, type]) => ({ uri: pathToFileURL(path).href, type })) });

  it('are read when they are made, missed when they are gone, and found under another name', async () => {
    const folder = folderWith({});
    const [macros, others] = [join(folder, 'macros.tex'), join(folder, 'others.tex')];
    const uri = pathToFileURL(join(folder, 'main.tex')).href;
    const one = await started({ host: { readInput } });
    const says = async (sentence: string | null) => one.diagnosticsOf(uri, (found, { version }) => version === 1 && (sentence === null ? found.length === 0 : found.some(({ message }) => String(message).includes(sentence))));
    const heard = () => one.published.splice(0);
    await one.open(uri, 'latex', '\\input{macros}\n% chainrule: M : m×n; x : n\n\\[ y = \\W x \\]\n');
    await says('`macros` could not be read');
    heard();
    writeFileSync(macros, '\\newcommand{\\W}{M}');
    await told(one, [macros, 1]);
    await says(null);
    heard();
    renameSync(macros, others);
    await told(one, [macros, 3], [others, 1]);
    await says('`macros` could not be read');
    await one.change(uri, 2, whole('\\input{others}\n% chainrule: M : m×n; x : n\n\\[ y = \\W x \\]\n'));
    await one.diagnosticsOf(uri, (found, { version }) => version === 2 && found.length === 0);
  });

  it('are found by their symbols as they are on the disk, however they changed, whether one was told or not', async () => {
    const folder = folderWith({ 'a.deriv': 'loss : n\n', 'b.deriv': 'gain : n\n' });
    const one = await started({ host: { listFiles, readFile }, rootUri: pathToFileURL(folder).href });
    const names = async () => (await one.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: '' })).map(({ name }) => name).sort();
    expect(await names()).toEqual(['gain', 'loss']);
    renameSync(join(folder, 'a.deriv'), join(folder, 'c.deriv'));
    rmSync(join(folder, 'b.deriv'));
    writeFileSync(join(folder, 'd.md'), '<!-- chainrule: risk : n -->\n');
    expect(await names()).toEqual(['loss', 'risk']);
    await told(one, [join(folder, 'a.deriv'), 3], [join(folder, 'nowhere.deriv'), 2], [join(folder, 'd.md'), 1]);
    expect(await names()).toEqual(['loss', 'risk']);
  });
});

describe('a search in many files', () => {
  const files = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`${at}.deriv`, `loss${at} : n\nM : m×n\ny = M loss${at}\n`]));
  const search = (one: TestClient, more: object = {}, token?: CancellationTokenSource) =>
    one.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'loss', ...more }, ...(token === undefined ? [] : [token.token]));

  /** A clock that goes on by so much each time that it is looked at. */
  const clock = (step: number) => {
    let at = 0;
    return () => (at += step);
  };

  it('answers with what it read in its time, and with all of it when it is asked again', async () => {
    const one = await started({ host: { listFiles, readFile, now: clock(400) }, rootUri: pathToFileURL(folderWith(files)).href });
    const first = await search(one);
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(9);
    for (let tries = 50; tries > 0 && (await search(one)).length < 9; tries--) await rest(20);
    expect((await search(one)).map(({ name }) => name).sort()).toEqual(Object.keys(files).map((name) => `loss${name[0]}`));
  });

  it('goes on to its end where it may answer in parts', async () => {
    const one = await started({ host: { listFiles, readFile, now: clock(400) }, rootUri: pathToFileURL(folderWith(files)).href });
    expect(await search(one, { partialResultToken: 'parts' })).toEqual([]);
    expect(await search(one)).toHaveLength(9);
  });

  it('keeps what it read when it is cancelled', async () => {
    const one = await started({ host: { listFiles, readFile }, rootUri: pathToFileURL(folderWith(files)).href });
    const source = new CancellationTokenSource();
    const answer = search(one, {}, source).catch((error: unknown) => error);
    source.cancel();
    await answer;
    expect(await search(one)).toHaveLength(9);
  });
});

describe('ranges counted in other units', () => {
  const TEXT = "# 𝒜 über alles\n𝒜 : m×n\n𝒙 : n\nc : m\n𝒉 = 𝒜 𝒙\nz = c' 𝒉 // ∂ 𝒜\ndz/d𝒙 = 𝒜' c\n\n# Zweiter Teil 𝒜\n𝒙 : n\ns = 𝒙' 𝒙\n";
  const UNITS: Readonly<Record<string, (text: string) => number>> = {
    'utf-16': (text) => text.length,
    'utf-8': (text) => new TextEncoder().encode(text).length,
    'utf-32': (text) => [...text].length,
  };
  const position = { line: 4, character: 0 };
  const everywhere = { start: { line: 0, character: 0 }, end: { line: 11, character: 0 } };
  const REQUESTS: readonly (readonly [method: string, params: object])[] = [
    ['textDocument/documentSymbol', {}], ['textDocument/foldingRange', {}], ['textDocument/codeLens', {}], ['textDocument/inlayHint', { range: everywhere }],
    ['textDocument/references', { position: { line: 1, character: 0 }, context: { includeDeclaration: true } }], ['textDocument/documentHighlight', { position }],
    ['textDocument/definition', { position }], ['textDocument/prepareRename', { position }], ['textDocument/rename', { position, newName: 'h' }], ['textDocument/selectionRange', { positions: [position] }],
    ['textDocument/linkedEditingRange', { position }], ['textDocument/hover', { position }], ['textDocument/formatting', { options: { tabSize: 2, insertSpaces: true } }], ['textDocument/diagnostic', {}],
  ];

  /** What stands at every range of an answer, in its order. */
  function textsIn(answer: unknown, units: (text: string) => number): string[] {
    const lines = TEXT.split('\n');
    const offset = ({ line, character }: { readonly line: number; readonly character: number }) => {
      const text = lines[line] ?? '';
      let at = 0;
      while (at < text.length && units(text.slice(0, at)) < character) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      expect([line, units(text.slice(0, at))]).toEqual([line, character]);
      return lines.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + at;
    };
    if (answer === null || typeof answer !== 'object') return [];
    if ('start' in answer && 'end' in answer) return [TEXT.slice(offset(answer.start as typeof position), offset(answer.end as typeof position))];
    if ('line' in answer) return [String(offset(answer as typeof position))];
    return Object.values(answer).flatMap((one) => textsIn(one, units));
  }

  async function answers(encoding: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const one = await started({ capabilities: { general: { positionEncodings: [encoding as 'utf-8'] }, textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } } });
    await one.open(URI, 'derivation', TEXT);
    const units = UNITS[encoding] as (text: string) => number;
    const found: [string, readonly string[]][] = [];
    for (const [method, params] of REQUESTS) found.push([method, textsIn(await one.connection.sendRequest(method, { textDocument: { uri: URI }, ...params }), units)]);
    return Object.fromEntries(found);
  }

  it('stand at the same letters, whatever is asked', async () => {
    const inUtf16 = await answers('utf-16');
    expect(inUtf16['textDocument/references']).toEqual(['𝒜', '𝒜', '𝒜']);
    expect(inUtf16['textDocument/rename']).toEqual(['𝒉', '𝒉']);
    expect(await answers('utf-8')).toEqual(inUtf16);
    expect(await answers('utf-32')).toEqual(inUtf16);
  });
});
