import { afterEach, describe, expect, it } from 'vitest';
import type { DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import { type ClientSetup, show, startClient, type TestClient } from './client.ts';

const URI = 'file:///notes/lecture.deriv';

const LECTURE = `layout denominator
x : n
M : m×n
c : m
y = M x
z = c' y
dz/dx = M' c
`;

const clients: TestClient[] = [];

async function client(setup: ClientSetup = {}): Promise<TestClient> {
  const made = await startClient(setup);
  clients.push(made);
  return made;
}

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

describe('a client that is sent its diagnostics', () => {
  it('is told of a mistake, and that it is mended', async () => {
    const { open, change, diagnosticsOf } = await client();
    await open(URI, 'derivation', LECTURE);
    expect((await diagnosticsOf(URI, () => true)).diagnostics).toEqual([]);
    await change(URI, 2, { range: { start: { line: 6, character: 9 }, end: { line: 6, character: 10 } }, text: '' });
    const wrong = await diagnosticsOf(URI, (found) => found.length > 0);
    expect(wrong.version).toBe(2);
    expect(show(wrong.diagnostics)).toEqual([expect.stringMatching(/^6:8-6:11 shape\/product `M` times `c` does not fit: `M` is m×n, so `c` needs n rows, but it is m×1\./)]);
    await change(URI, 3, { range: { start: { line: 6, character: 9 }, end: { line: 6, character: 9 } }, text: "'" });
    expect((await diagnosticsOf(URI, (_, { version }) => version === 3)).diagnostics).toEqual([]);
  });

  it('is told of a claim that numbers refute, with the way to mend it', async () => {
    const { open, diagnosticsOf } = await client();
    await open(URI, 'derivation', LECTURE.replace("M' c", "2 M' c"));
    const { diagnostics } = await diagnosticsOf(URI, (found) => found.some(({ code }) => code === 'verify/refuted'));
    expect(diagnostics[0]?.range).toEqual({ start: { line: 6, character: 8 }, end: { line: 6, character: 14 } });
  });

  it('has nothing on show of a document that it closed', async () => {
    const { connection, open, diagnosticsOf, published } = await client();
    await open(URI, 'derivation', LECTURE.replace("M' c", 'M c'));
    await diagnosticsOf(URI, (found) => found.length > 0);
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
    await diagnosticsOf(URI, (found) => found.length === 0);
    expect(published.at(-1)?.diagnostics).toEqual([]);
  });

  it('is told of what it wrote last only, however fast it writes', async () => {
    const { open, change, diagnosticsOf, published } = await client();
    await open(URI, 'derivation', LECTURE);
    for (let version = 2; version < 40; version++) await change(URI, version, { text: LECTURE.replace("M' c", version % 2 === 0 ? 'M c' : "M' c") });
    await diagnosticsOf(URI, (_, { version }) => version === 39);
    expect(published.map(({ version }) => version)).toEqual([39]);
  });

  it('is sent no diagnostics of a language that is not ours', async () => {
    const { connection, open, published } = await client();
    await open('file:///notes/a.py', 'python', 'x : n');
    await open(URI, 'derivation', LECTURE);
    expect(await connection.sendRequest('textDocument/hover', { textDocument: { uri: 'file:///notes/a.py' }, position: { line: 0, character: 0 } })).toBeNull();
    expect(published.filter(({ uri }) => uri.endsWith('.py'))).toEqual([]);
  });
});

describe('a client that asks for its diagnostics', () => {
  const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
  const pull = ({ connection }: TestClient, previousResultId?: string) =>
    connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri: URI }, ...(previousResultId === undefined ? {} : { previousResultId }) });

  it('is answered, and sent none', async () => {
    const one = await client({ capabilities });
    await one.open(URI, 'derivation', LECTURE.replace("M' c", 'M c'));
    const report = await pull(one);
    expect(report.kind === 'full' && show(report.items)[0]).toMatch(/^6:8-6:11 shape\/product/);
    await one.statusOf(URI, ({ sections }) => sections[0]?.unchecked === 0);
    expect(one.published).toEqual([]);
  });

  it('is told to ask again when the claims are examined', async () => {
    const one = await client({ capabilities });
    await one.open(URI, 'derivation', LECTURE.replace("M' c", "2 M' c"));
    const before = await pull(one);
    await one.statusOf(URI, ({ sections }) => sections[0]?.refuted === 1);
    await one.requestFor('workspace/diagnostic/refresh');
    const after = await pull(one, before.resultId);
    expect(before.kind === 'full' && before.items).toEqual([]);
    expect(after.kind === 'full' && after.items.map(({ code }) => code)).toEqual(['verify/refuted']);
  });

  it('is told that nothing changed', async () => {
    const one = await client({ capabilities });
    await one.open(URI, 'derivation', LECTURE);
    await one.statusOf(URI, ({ sections }) => sections[0]?.verified === 1);
    const { resultId } = await pull(one);
    expect(await pull(one, resultId)).toEqual({ kind: 'unchanged', resultId });
    await one.change(URI, 2, { text: LECTURE });
    expect((await pull(one, resultId)).kind).toBe('full');
  });

  it('waits for the numbers when it cannot be told to ask again', async () => {
    const one = await client({ capabilities: { textDocument: { diagnostic: {} } } });
    await one.open(URI, 'derivation', LECTURE.replace("M' c", "2 M' c"));
    const report = await pull(one);
    expect(report.kind === 'full' && report.items.map(({ code }) => code)).toEqual(['verify/refuted']);
  });

  it('is answered of a document that is not open with nothing', async () => {
    expect(await pull(await client({ capabilities }))).toEqual({ kind: 'full', items: [] });
  });
});

describe('settings', () => {
  const capabilities = { workspace: { configuration: true } };

  it('say when numbers are asked', async () => {
    const one = await client({ capabilities, settings: () => ({ verify: 'save' }) });
    await one.open(URI, 'derivation', LECTURE.replace("M' c", "2 M' c"));
    await one.statusOf(URI, ({ sections }) => sections[0]?.unchecked === 1);
    await one.connection.sendNotification('textDocument/didSave', { textDocument: { uri: URI } });
    await one.statusOf(URI, ({ sections }) => sections[0]?.refuted === 1);
    expect(show((await one.diagnosticsOf(URI, (found) => found.length > 0)).diagnostics)[0]).toMatch(/verify\/refuted/);
  });

  it('change severities, and hide what is off', async () => {
    const one = await client({ capabilities, settings: () => ({ severity: { 'shape/*': 'hint', 'shape/sum': 'off' } }) });
    await one.open(URI, 'derivation', `${LECTURE}u = M c\nv = x + c\n`);
    const { diagnostics } = await one.diagnosticsOf(URI, () => true);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['shape/product', 4]]);
  });

  it('are those of the folder that a document is in', async () => {
    const one = await client({ capabilities, settings: (uri) => ({ layout: uri.includes('/rows/') ? 'numerator' : 'denominator', verify: 'never' }) });
    const text = LECTURE.replace('layout denominator\n', '');
    for (const folder of ['rows', 'columns']) await one.open(`file:///${folder}/a.deriv`, 'derivation', text);
    expect((await one.statusOf('file:///rows/a.deriv', () => true)).sections[0]?.layout).toBe('numerator');
    expect((await one.statusOf('file:///columns/a.deriv', () => true)).sections[0]?.layout).toBe('denominator');
  });

  it('are asked again when they changed', async () => {
    let layout = 'denominator';
    const one = await client({ capabilities, settings: () => ({ layout, verify: 'never' }) });
    await one.open(URI, 'derivation', LECTURE.replace('layout denominator\n', ''));
    await one.statusOf(URI, ({ sections }) => sections[0]?.layout === 'denominator');
    layout = 'numerator';
    await one.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await one.statusOf(URI, ({ sections }) => sections[0]?.layout === 'numerator');
    expect((await one.diagnosticsOf(URI, (found) => found.length > 0)).diagnostics[0]?.code).toMatch(/^layout\//);
  });

  it('that take a mistake away take away what was told of it', async () => {
    let layout = 'numerator';
    const one = await client({ capabilities, settings: () => ({ layout }) });
    await one.open(URI, 'derivation', LECTURE.replace('layout denominator\n', ''));
    // Told when it is found, and again when it is known what would be right.
    for (let times = 0; times < 2; times++) await one.statusOf(URI, ({ sections }) => sections[0]?.refuted === 1);
    layout = 'denominator';
    await one.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await one.statusOf(URI, ({ sections }) => sections[0]?.verified === 1);
    expect((await one.diagnosticsOf(URI, (found) => found.length === 0)).diagnostics).toEqual([]);
  });

  it('hold where the document says nothing, and give way to what it says', async () => {
    const near = "x : n\nc : n\nz = c' x\ndz/dx = 1.01 c\n";
    const one = await client({ capabilities, settings: () => ({ tolerance: 0.1 }) });
    await one.open(URI, 'derivation', near);
    expect((await one.statusOf(URI, ({ sections }) => sections[0]?.unchecked === 0)).sections[0]).toMatchObject({ verified: 1, refuted: 0 });
    await one.open('file:///strict.deriv', 'derivation', `tolerance 1e-6\n${near}`);
    expect((await one.statusOf('file:///strict.deriv', ({ sections }) => sections[0]?.unchecked === 0)).sections[0]).toMatchObject({ verified: 0, refuted: 1 });
  });

  it('that are no settings leave the defaults', async () => {
    const one = await client({ capabilities, settings: () => ({ layout: 7, verify: 'sometimes', tolerance: 'tight', seed: -1, severity: [] }) });
    await one.open(URI, 'derivation', LECTURE);
    expect((await one.statusOf(URI, ({ sections }) => sections[0]?.unchecked === 0)).sections[0]).toMatchObject({ layout: 'denominator', verified: 1 });
  });

  it('may come from a client that cannot be asked', async () => {
    const one = await client({ initializationOptions: { chainrule: { severity: { 'shape/product': 'warning' } } } });
    await one.open(URI, 'derivation', LECTURE.replace("M' c", 'M c'));
    expect((await one.diagnosticsOf(URI, () => true)).diagnostics[0]?.severity).toBe(2);
  });
});

describe('positions', () => {
  const text = `x : n\nM : m×n\n// 𝒜 ∂\n𝒜 : m×n\ny = 𝒜 x + M' x\n`;
  const cases = [
    ['utf-16', 11], ['utf-8', 13], ['utf-32', 10],
  ] as const;

  it.each(cases)('count in %s', async (encoding, start) => {
    const one = await client({ capabilities: { general: { positionEncodings: [encoding] } } });
    expect(one.initialized.capabilities.positionEncoding).toBe(encoding);
    await one.open(URI, 'derivation', text);
    const { diagnostics } = await one.diagnosticsOf(URI, () => true);
    expect(diagnostics[0]?.range.start).toEqual({ line: 4, character: start });
  });

  it.each(cases)('of changes count in %s', async (encoding, start) => {
    const one = await client({ capabilities: { general: { positionEncodings: [encoding] } } });
    await one.open(URI, 'derivation', text);
    await one.diagnosticsOf(URI, (found) => found.length > 0);
    await one.change(URI, 2, { range: { start: { line: 4, character: start + 1 }, end: { line: 4, character: start + 2 } }, text: '' });
    expect((await one.diagnosticsOf(URI, (_, { version }) => version === 2)).diagnostics).toEqual([]);
  });

  it('are UTF-16 for a client that offers nothing known', async () => {
    const one = await client({ capabilities: { general: { positionEncodings: ['utf-7'] } } });
    expect(one.initialized.capabilities.positionEncoding).toBe('utf-16');
  });

  it('beyond the text are its end', async () => {
    const one = await client();
    await one.open(URI, 'derivation', 'x : n');
    await one.change(URI, 2, { range: { start: { line: 0, character: 900 }, end: { line: 70, character: 3 } }, text: '\nM : m×n\ny = M M\n' });
    expect(show((await one.diagnosticsOf(URI, (_, { version }) => version === 2)).diagnostics)[0]).toMatch(/^2:4-2:7 shape\/product/);
  });
});
