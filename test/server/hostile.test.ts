import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes, ResponseError } from 'vscode-languageserver-protocol';
import { VERIFY_CLAIM, type VerifyClaimResult } from '../../src/protocol/lsp.ts';
import { runJob } from '../../src/server/check-job.ts';
import type { Verifier } from '../../src/server/host.ts';
import { type ClientSetup, show, startClient, type TestClient } from './client.ts';

const URI = 'file:///notes/a.deriv';
const CLAIM = "layout denominator\nx : n\nc : n\nz = c' x\ndz/dx = c\n";

const clients: TestClient[] = [];

async function client(setup: ClientSetup = {}): Promise<TestClient> {
  const made = await startClient(setup);
  clients.push(made);
  return made;
}

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

/** The server works if a mistake is still found. */
async function stillWorks({ open, diagnosticsOf }: TestClient): Promise<void> {
  await open('file:///notes/alive.deriv', 'derivation', 'x : n\nM : m×n\ny = M M\n');
  await diagnosticsOf('file:///notes/alive.deriv', (found) => found.some(({ code }) => code === 'shape/product'));
}

describe('what no client should send', () => {
  it.each([
    ['a method that nobody knows', 'notes/unheard', { of: 1 }],
    ['a document without a text', 'textDocument/didOpen', { textDocument: { uri: URI, languageId: 'derivation', version: 1 } }],
    ['a text that is a number', 'textDocument/didOpen', { textDocument: { uri: URI, languageId: null, version: 1, text: 7 } }],
    ['a change of a document that is not open', 'textDocument/didChange', { textDocument: { uri: URI, version: 3 }, contentChanges: [{ text: 'x' }] }],
    ['a change without a version', 'textDocument/didChange', { textDocument: { uri: URI }, contentChanges: [{ text: 'x' }] }],
    ['parameters that are null', 'textDocument/didOpen', null],
    ['a close of what is closed', 'textDocument/didClose', { textDocument: { uri: URI } }],
    ['settings that are a list', 'workspace/didChangeConfiguration', { settings: [1, 2] }],
    ['a notebook without cells', 'notebookDocument/didOpen', { notebookDocument: { uri: 'file:///a.ipynb' } }],
  ])('%s', async (_, method, params) => {
    const one = await client();
    await one.connection.sendNotification(method, params as object);
    await stillWorks(one);
  });

  it.each([
    ['a change with a range of nothing', { range: { start: { line: 9, character: 9 }, end: { line: -1, character: -5 } }, text: 'y = M M\n' }],
    ['a change with a range backwards', { range: { start: { line: 2, character: 0 }, end: { line: 0, character: 0 } }, text: '' }],
    ['a change whose text is missing', { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }],
  ])('%s', async (_, change) => {
    const one = await client();
    await one.open(URI, 'derivation', CLAIM);
    await one.change(URI, 2, change);
    await stillWorks(one);
  });

  it.each(['textDocument/hover', 'textDocument/codeAction', 'textDocument/codeLens', 'textDocument/inlayHint', 'textDocument/documentSymbol', 'textDocument/foldingRange', 'chainrule/claims', 'chainrule/verifyClaim', 'chainrule/layoutEdit'])('%s of nothing', async (method) => {
    const one = await client();
    const answers = await Promise.allSettled([one.connection.sendRequest(method, {}), one.connection.sendRequest(method, { textDocument: { uri: 'not a uri' }, position: { line: 'a' } })]);
    expect(answers.length).toBe(2);
    await stillWorks(one);
  });

  it('bytes that are no message between messages', async () => {
    const one = await client();
    one.raw.write('Content-Length: 7\r\n\r\n{"a": }');
    await stillWorks(one);
  });
});

describe('documents that are no derivations', () => {
  it('more than ten million characters are refused in a sentence', async () => {
    const one = await client();
    await one.open(URI, 'derivation', `${CLAIM}// ${'x'.repeat(10_000_001)}`);
    expect(show((await one.diagnosticsOf(URI, () => true)).diagnostics)).toEqual(['0:0-0:1 syntax This document is not checked: it has 10.0 million characters, and Chainrule reads documents up to 10 million.']);
    await stillWorks(one);
  });

  it.each([['nothing', ''], ['control characters', '\0\x01\x02\x03'.repeat(500)], ['half letters', '\ud835 = \udc9c\n'.repeat(20)], ['brackets', '('.repeat(10_000)]])('%s', async (_, text) => {
    const one = await client();
    await one.open(URI, 'derivation', text);
    await one.diagnosticsOf(URI, () => true);
    await stillWorks(one);
  });

  it('a failure while verifying is a diagnostic', async () => {
    const verifier: Verifier = { verify: () => Promise.reject(new Error('out of memory')), dispose: () => {} };
    const one = await client({ host: { verifier } });
    await one.open(URI, 'derivation', CLAIM);
    const { diagnostics } = await one.diagnosticsOf(URI, (found) => found.length > 0);
    expect(diagnostics[0]?.message).toBe('Verification broke off: out of memory. This is a mistake in Chainrule.');
  });
});

describe('work that is no longer wanted', () => {
  /** Verifies only when it is let. */
  function heldVerifier() {
    const jobs: { readonly text: string; readonly stopped: () => boolean; readonly go: () => void }[] = [];
    const verifier: Verifier = {
      verify: (job, stop) => new Promise((resolve) => {
        stop.onStop(() => resolve(null));
        jobs.push({ text: job.text, stopped: stop.stopped, go: () => resolve(runJob(job, { now: () => 0, cancelled: () => false })) });
      }),
      dispose: () => {},
    };
    const begun = async (count: number) => {
      while (jobs.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
      return jobs[count - 1] as (typeof jobs)[number];
    };
    return { verifier, begun };
  }

  it('is stopped by a change', async () => {
    const { verifier, begun } = heldVerifier();
    const one = await client({ host: { verifier } });
    await one.open(URI, 'derivation', CLAIM);
    const first = await begun(1);
    await one.change(URI, 2, { text: CLAIM.replace('= c\n', '= 2 c\n') });
    const second = await begun(2);
    expect([first.stopped(), second.stopped()]).toEqual([true, false]);
    second.go();
    expect((await one.diagnosticsOf(URI, (found) => found.length > 0)).version).toBe(2);
    expect(one.published.filter(({ version, diagnostics }) => version === 1 && diagnostics.length > 0)).toEqual([]);
  });

  it('is stopped by a close', async () => {
    const { verifier, begun } = heldVerifier();
    const one = await client({ host: { verifier } });
    await one.open(URI, 'derivation', CLAIM);
    const first = await begun(1);
    await one.connection.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
    await stillWorks(one);
    expect(first.stopped()).toBe(true);
  });

  it('is stopped by the one who asked', async () => {
    const { verifier, begun } = heldVerifier();
    const one = await client({ host: { verifier }, capabilities: { workspace: { configuration: true } }, settings: () => ({ verify: 'never' }) });
    await one.open(URI, 'derivation', CLAIM);
    const source = new CancellationTokenSource();
    const answer = one.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument: { uri: URI }, position: { line: 4, character: 0 }, options: { seed: 3 } }, source.token);
    const job = await begun(1);
    source.cancel();
    const error = await answer.catch((reason: unknown) => reason);
    expect(error instanceof ResponseError && error.code).toBe(LSPErrorCodes.RequestCancelled);
    expect(job.stopped()).toBe(true);
  });
});
