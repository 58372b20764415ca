import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLAIMS, type ClaimsResult, STOP, VERIFY_CLAIM, type VerifyClaimResult } from '../../src/protocol/lsp.ts';
import { type CheckJob, runJob } from '../../src/server/check-job.ts';
import type { StopSignal } from '../../src/server/host.ts';
import { startClient, type TestClient } from './client.ts';

const URI = 'file:///notes/lecture.deriv';
const textDocument = { uri: URI };
const TEXT = "x : n\ns = x' x\nds/dx = 2 x\n";
const position = { line: 2, character: 0 };

const clients: TestClient[] = [];
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  for (const one of clients.splice(0)) one.close();
});

/** A document that was verified, and a verification that takes as long as nobody ends it. */
async function verified() {
  const running: { readonly stop: StopSignal; readonly end: () => void }[] = [];
  let begun = 0;
  const verify = (job: CheckJob, stop: StopSignal) =>
    new Promise<ReturnType<typeof runJob> | null>((resolve) => {
      begun += 1;
      stop.onStop(() => resolve(null));
      running.push({ stop, end: () => resolve(runJob(job, { now: () => 0, cancelled: () => false })) });
    });
  const one = await startClient({ host: { verifier: { verify, dispose: () => {} } } });
  clients.push(one);
  await one.open(URI, 'derivation', TEXT);
  await settled(one);
  await vi.advanceTimersByTimeAsync(50);
  await vi.advanceTimersByTimeAsync(200);
  await vi.waitFor(() => expect(running.length).toBe(1));
  for (const { end } of running.splice(0)) end();
  await one.statusOf(URI, ({ sections }) => sections.some((section) => section.verified === 1));
  return { one, running, begun: () => begun, ask: (unasked: boolean) => one.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument, position, unasked }) };
}

/** Waits until the server has handled what was sent to it. */
async function settled({ connection }: TestClient) {
  await connection.sendRequest('textDocument/documentSymbol', { textDocument });
}

describe('a person who stops the examination of a text that was edited', () => {
  it.each([0, 20, 60, 150, 240, 300, 2000])('%i ms after the edit is told of no verdict, and nothing is examined any more', async (after) => {
    const { one, running, begun, ask } = await verified();
    await one.change(URI, 2, { range: { start: { line: 2, character: 8 }, end: { line: 2, character: 9 } }, text: '3' });
    await settled(one);
    await vi.advanceTimersByTimeAsync(Math.min(after, 50));
    await vi.advanceTimersByTimeAsync(Math.max(0, after - 50));
    await one.connection.sendNotification(STOP, { textDocument });
    await settled(one);
    await one.statusOf(URI, ({ version, sections }) => version === 2 && sections.some(({ unchecked }) => unchecked === 1));
    const before = begun();
    await one.connection.sendNotification('textDocument/didSave', { textDocument });
    for (const _ of [1, 2, 3]) await vi.advanceTimersByTimeAsync(1000);
    await settled(one);
    expect(begun()).toBe(before);
    expect(running.every(({ stop }) => stop.stopped())).toBe(true);
    expect(await ask(true)).toEqual({ version: 2, claim: null, isStopped: true });
    const { claims } = await one.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument });
    expect(claims.map(({ status }) => status)).toEqual(['unchecked']);
  });

  it('has it examined as soon as they ask for it, or write on', async () => {
    const { one, running, ask } = await verified();
    const edited = async (version: number) => {
      await one.change(URI, version, { range: { start: { line: 2, character: 8 }, end: { line: 2, character: 9 } }, text: String(version) });
      await settled(one);
    };
    await edited(3);
    await one.connection.sendNotification(STOP, { textDocument });
    await settled(one);
    const asked = ask(false);
    await vi.waitFor(() => expect(running.length).toBe(1));
    for (let ended = 0; ended < 2; ended += 1) {
      await vi.waitFor(() => expect(running.length).toBeGreaterThan(0));
      for (const { end } of running.splice(0)) end();
    }
    expect((await asked).claim?.status).toBe('refuted');
    await one.connection.sendNotification(STOP, { textDocument });
    await edited(4);
    await vi.advanceTimersByTimeAsync(50);
    await vi.advanceTimersByTimeAsync(200);
    await vi.waitFor(() => expect(running.length).toBe(1));
  });

  it('keeps the verdict that there is, with the usual options, where another one was asked for', async () => {
    const { one, running } = await verified();
    const options = { seed: 7 };
    const asked = one.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument, position, options });
    await vi.waitFor(() => expect(running.length).toBe(1));
    await one.connection.sendNotification(STOP, { textDocument });
    const { claim } = await one.connection.sendRequest<VerifyClaimResult>(VERIFY_CLAIM, { textDocument, position, options, unasked: true });
    expect([claim?.status, claim?.options]).toEqual(['verified', {}]);
    running[0]?.end();
    expect((await asked).claim?.options).toEqual(options);
  });
});
