import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckJob } from '../../src/server/check-job.ts';
import { stopSource } from '../../src/server/host.ts';
import { verifyInWorker } from '../../src/server/verify-worker.ts';

const ROLE = 'chainrule-verify';

/** A worker of a browser, as far as one is asked here; what it does is told to it. */
class FakeWorker {
  static made: FakeWorker[] = [];
  onmessage: (event: { readonly data: unknown }) => void = () => {};
  onerror: (event: { readonly message: string; readonly preventDefault: () => void }) => void = () => {};
  readonly posted: CheckJob[] = [];
  isEnded = false;

  constructor() {
    FakeWorker.made.push(this);
  }

  postMessage(job: CheckJob): void {
    this.posted.push(job);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(text: string): void {
    this.onmessage({ data: { kind: 'checked', checked: { text } } });
  }

  /** Whether the error goes on to the worker around, and from there to the client. */
  fail(message: string): boolean {
    let isHandled = false;
    this.onerror({ message, preventDefault: () => (isHandled = true) });
    return !isHandled;
  }
}

beforeEach(() => {
  FakeWorker.made = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('self', { location: { href: 'blob:server' } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const job = (text: string): CheckJob => ({ uri: 'file:///a.deriv', text, surface: 'plain', folders: [], verify: true, repair: false, layout: 'auto', defaults: {} });
const never = stopSource().signal;
const worker = (at: number): FakeWorker => FakeWorker.made[at] ?? expect.fail(`no worker ${at} was started`);
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A verifier whose first worker has said that it lives, at its first job. */
async function begun() {
  const verifier = verifyInWorker(() => 0);
  const first = verifier.verify(job('first'), never);
  worker(0).onmessage({ data: ROLE });
  await turn();
  return { verifier, first };
}

/** The same, its first job done and the next one no longer wanted while its worker is at it. */
async function stoppedJob() {
  const { verifier, first } = await begun();
  worker(0).answer('first');
  await first;
  const { signal, stop } = stopSource();
  const stopped = verifier.verify(job('stopped'), signal);
  await turn();
  stop();
  return { verifier, stopped };
}

/** The same, its first worker ended because a job that went on was no longer wanted: the next job has a worker that is being loaded. */
async function begunAnew() {
  const { verifier, stopped } = await stoppedJob();
  expect(await stopped).toBeNull();
  const next = verifier.verify(job('next'), never);
  await turn();
  return { verifier, next };
}

describe('a worker that verifies', () => {
  it('that cannot be loaded is started again, with its job, and nobody is told', async () => {
    const { next } = await begunAnew();
    expect(worker(1).fail('importScripts failed')).toBe(false);
    expect(worker(1).isEnded).toBe(true);
    expect(worker(2).posted.map(({ text }) => text)).toEqual(['next']);
    worker(2).onmessage({ data: ROLE });
    worker(2).answer('next');
    expect((await next)?.text).toBe('next');
  });

  it('that can never be loaded is given up with the reason', async () => {
    const { next } = await begunAnew();
    const reason = next.catch((error: Error) => error.message);
    for (const at of [1, 2, 3]) expect(worker(at).fail('importScripts failed')).toBe(false);
    expect(await reason).toBe('importScripts failed');
  });

  it('that dies at its work is not started again for the same job', async () => {
    const { first } = await begun();
    const reason = first.catch((error: Error) => error.message);
    expect(worker(0).fail('out of memory')).toBe(false);
    expect(await reason).toBe('out of memory');
    expect(FakeWorker.made).toHaveLength(1);
  });

  it('that was ended says nothing any more', async () => {
    await begunAnew();
    expect(worker(0).isEnded).toBe(true);
    expect(worker(0).fail('ended while it was loaded')).toBe(false);
    expect(FakeWorker.made).toHaveLength(2);
  });

  it('goes on where a job that is no longer wanted is soon done', async () => {
    const { verifier, stopped } = await stoppedJob();
    worker(0).answer('stopped');
    expect(await stopped).toBeNull();
    void verifier.verify(job('next'), never);
    await turn();
    expect([FakeWorker.made.length, worker(0).posted.map(({ text }) => text)]).toEqual([1, ['first', 'stopped', 'next']]);
  });
});
