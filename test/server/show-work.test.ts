import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProgressType } from 'vscode-languageserver-protocol';
import type { Progressed, StopSignal } from '../../src/server/host.ts';
import { startClient, type TestClient } from './client.ts';

const URI = 'file:///notes/lecture.deriv';
const TEXT = "x : n\ns = x' x\nds/dx = 2 x\n";

const clients: TestClient[] = [];
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  for (const one of clients.splice(0)) one.close();
});

/** A server whose verification runs until it is told to end, and a client that shows work or does not. */
async function working(workDoneProgress: boolean) {
  let run = { progressed: (() => {}) as Progressed, stop: null as StopSignal | null, end: () => {} };
  const verify = (_job: unknown, stop: StopSignal, progressed: Progressed = () => {}) =>
    new Promise<null>((resolve) => {
      stop.onStop(() => resolve(null));
      run = { progressed, stop, end: () => resolve(null) };
    });
  const one = await startClient({ capabilities: { window: { workDoneProgress } }, host: { verifier: { verify, dispose: () => {} } } });
  clients.push(one);
  const shown: string[] = [];
  const token = new Promise<string>((resolve) => {
    one.connection.onRequest('window/workDoneProgress/create', (params: { readonly token: string }) => {
      one.connection.onProgress(new ProgressType<object>(), params.token, (value) => void shown.push(JSON.stringify(value)));
      resolve(params.token);
      return null;
    });
  });
  await one.open(URI, 'derivation', TEXT);
  await one.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: URI } });
  await vi.advanceTimersByTimeAsync(50);
  await vi.advanceTimersByTimeAsync(200);
  return { one, shown, token, run: () => run, told: (count: number) => vi.waitFor(() => expect(shown.length).toBe(count)) };
}

describe('an examination', () => {
  it('that takes long is shown, with how far it is, until it ends', async () => {
    const { shown, token, run, told } = await working(true);
    await vi.advanceTimersByTimeAsync(1000);
    await token;
    await told(1);
    run().progressed(1, 4);
    run().end();
    await told(3);
    expect(shown).toEqual([
      '{"kind":"begin","title":"Verifying claims","message":"lecture.deriv","cancellable":true,"percentage":0}',
      '{"kind":"report","percentage":25,"message":"Verifying claim 2 of 4"}',
      '{"kind":"end"}',
    ]);
  });

  it('stops when a person ends it there', async () => {
    const { one, token, run, told } = await working(true);
    await vi.advanceTimersByTimeAsync(1000);
    const name = await token;
    await told(1);
    await one.connection.sendNotification('window/workDoneProgress/cancel', { token: name });
    await vi.waitFor(() => expect(run().stop?.stopped()).toBe(true));
    await told(2);
  });

  it('that is over soon is not shown, nor any where the client shows none', async () => {
    const quick = await working(true);
    quick.run().end();
    await vi.advanceTimersByTimeAsync(5000);
    expect(quick.one.asked).not.toContain('window/workDoneProgress/create');
    const other = await working(false);
    await vi.advanceTimersByTimeAsync(5000);
    other.run().progressed(1, 4);
    expect([other.one.asked, other.shown]).toEqual([[], []]);
  });
});
