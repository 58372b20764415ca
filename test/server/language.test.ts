import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, CompletionItem, Hover } from 'vscode-languageserver-protocol';
import { readTexts } from '../../src/server/read-texts.ts';
import { type ClientSetup, startClient, type TestClient } from './client.ts';

const L10N = join(import.meta.dirname, '../../l10n');
const URI = 'file:///notes/lecture.deriv';
const textDocument = { uri: URI };

let client: TestClient | undefined;
afterEach(() => client?.close());

async function opened(text: string, setup: ClientSetup): Promise<TestClient> {
  client = await startClient(setup);
  await client.open(URI, 'derivation', text);
  return client;
}

const inGerman: ClientSetup = { locale: 'de-AT', host: { readTexts: (locale) => readTexts(L10N, locale) }, initializationOptions: { verifyCommand: true, stepsCommand: true } };

const RIGHT = 'A : n×n\nx : n\nf = x\' A x\ndf/dx = (A + A\') x\n';
const WRONG = 'M : m×n\nc : m\nz = M c\n';

describe('a client that reads German', () => {
  it('has its lenses and hovers in German', async () => {
    const { connection, statusOf } = await opened(RIGHT, inGerman);
    await statusOf(URI, ({ sections }) => sections.some(({ verified }) => verified === 1));
    const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    expect(lenses.map(({ command }) => command?.title.replace(/ (?:< )?[\d.e-]+$/, ''))).toEqual(['✓ bestätigt', 'Schritte zeigen']);
    const hover = await connection.sendRequest<Hover>('textDocument/hover', { textDocument, position: { line: 3, character: 0 } });
    const text = (hover.contents as { readonly value: string }).value;
    for (const said of ['`f` ist 1×1, definiert durch `f = x\' A x`', 'Gelesen im', 'Behauptung: ✓ bestätigt']) expect(text).toContain(said);
  });

  it('has the titles of its actions in German, and messages in English', async () => {
    const { connection, diagnosticsOf } = await opened(WRONG, inGerman);
    const { diagnostics } = await diagnosticsOf(URI, (found) => found.length > 0);
    expect(diagnostics[0]?.message).toContain('does not fit');
    const range = diagnostics[0]?.range;
    const actions = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument, range, context: { diagnostics } });
    expect(actions.map(({ title }) => title).slice(0, 2)).toEqual(["`M` durch `M'` ersetzen", '`shape/product` in diesem Block übergehen']);
  });

  it('has its completions explained in German', async () => {
    const { connection } = await opened('', inGerman);
    const items = await connection.sendRequest<CompletionItem[]>('textDocument/completion', { textDocument, position: { line: 0, character: 0 } });
    expect(items.find(({ label }) => label === 'seed')?.detail).toBe('der Startwert der Punkte, an denen geprüft wird');
  });
});

describe('a client', () => {
  const firstLens = async (setup: ClientSetup) => {
    const { connection } = await opened(RIGHT, { ...setup, settings: () => ({ verify: 'never' }), capabilities: { workspace: { configuration: true } } });
    return (await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument }))[0]?.command?.title;
  };

  it('may bring its own texts', async () => {
    expect(await firstLens({ initializationOptions: { texts: { Verify: 'Vérifier' } } })).toBe('Vérifier');
  });

  it.each([['xx', 'Verify'], ['../../package', 'Verify'], ['', 'Verify'], ['DE', 'Prüfen'], ['de_CH.UTF-8', 'Prüfen']])('of locale %j reads %j', async (locale, title) => {
    expect(await firstLens({ ...inGerman, locale })).toBe(title);
  });

  it('that brings nonsense reads English', async () => {
    expect(await firstLens({ initializationOptions: { texts: { Verify: 7 } } })).toBe('Verify');
  });
});
