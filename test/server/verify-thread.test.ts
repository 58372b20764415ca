import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { CheckJob } from '../../src/server/check-job.ts';
import { stopSource, type Verifier } from '../../src/server/host.ts';
import { verifyInThread } from '../../src/server/verify-thread.ts';

/** One file, as it is shipped: every thread would read hundreds of sources otherwise. */
const folder = mkdtempSync(join(tmpdir(), 'chainrule-thread-'));
const PROGRAM = join(folder, 'thread-program.cjs');
buildSync({ entryPoints: [join(import.meta.dirname, 'thread-program.ts')], outfile: PROGRAM, bundle: true, format: 'cjs', platform: 'node', target: 'es2022', logLevel: 'error' });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verifiers: Verifier[] = [];

function verifier(program = PROGRAM): Verifier {
  const made = verifyInThread(program);
  verifiers.push(made);
  return made;
}

afterEach(() => {
  for (const one of verifiers.splice(0)) one.dispose();
});

const job = (text: string): CheckJob => ({ uri: 'file:///a.deriv', text, surface: 'plain', folders: [], verify: true, repair: false, layout: 'auto', defaults: {} });
const never = stopSource().signal;

describe('a thread that verifies', () => {
  it('answers one job after another', async () => {
    const { verify } = verifier();
    const [right, wrong] = await Promise.all([verify(job("x : n\nc : n\nz = c' x\ndz/dx = c\n"), never), verify(job("x : n\nc : n\nz = c' x\ndz/dx = 2 c\n"), never)]);
    expect([right?.claims?.[0]?.status, wrong?.claims?.[0]?.status]).toEqual(['verified', 'refuted']);
  });

  it('tells how far it is', async () => {
    const { verify } = verifier();
    const claims = Array.from({ length: 12 }, (_, at) => `d(c' W x)/dW = ${at + 1} c x' / ${at + 1}\n`).join('');
    const told: string[] = [];
    await verify(job(`size n = 60\nsize m = 60\nx : n\nW : m×n\nc : m\n${claims}`), never, (done, total) => told.push(`${done} of ${total}`));
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual([...told].sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10)));
    expect(told.every((one) => /^\d+ of 12$/.test(one))).toBe(true);
  });

  it('does not begin what was stopped before', async () => {
    const { verify } = verifier();
    const { signal, stop } = stopSource();
    stop();
    expect(await verify(job('x : n\n'), signal)).toBeNull();
  });

  it('ends a job that does not notice that it was stopped, and works on', async () => {
    const { verify } = verifier();
    const { signal, stop } = stopSource();
    const stuck = verify(job('forever'), signal);
    const waiting = verify(job('x : n\nM : m×n\ny = M M\n'), never);
    setTimeout(stop, 50);
    expect(await stuck).toBeNull();
    expect((await waiting)?.diagnostics[0]?.code).toBe('shape/product');
  });

  it('says why when its thread dies, and starts another', async () => {
    const { verify } = verifier();
    await expect(verify(job('die'), never)).rejects.toThrow('the thread died');
    expect((await verify(job('x : n\nM : m×n\ny = M M\n'), never))?.diagnostics[0]?.code).toBe('shape/product');
  });

  it('says so when its thread ends without a word', async () => {
    const { verify } = verifier();
    await expect(verify(job('exit'), never)).rejects.toThrow('ended');
  });
});
