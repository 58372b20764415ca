import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import type { ClaimReport } from '../../src/protocol/report.ts';
import type { CheckJob } from '../../src/server/check-job.ts';
import { stopSource } from '../../src/server/host.ts';
import type { ApartAnswer } from '../../src/server/verify-apart.ts';
import { verifyInThread } from '../../src/server/verify-thread.ts';
import { reportOf, runHere } from '../cli/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'chainrule-same-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function built(entry: string, platform: 'node' | 'browser', format: 'cjs' | 'iife'): string {
  const outfile = join(folder, `${platform}.cjs`);
  buildSync({ entryPoints: [join(import.meta.dirname, entry)], define: { __VERSION__: '"0.0.0-test"' }, outfile, bundle: true, format, platform, target: 'es2022', logLevel: 'error' });
  return outfile;
}

/**
 * Right and wrong claims: by complex steps, by differences, with kinks, random functions, large ones along directions, and a counterexample. Inside
 * VS Code they are compared too (`test/host/suite`).
 */
const TEXT = readFileSync(join(import.meta.dirname, '../host/answers/numbers.deriv'), 'utf8');

const JOB: CheckJob = { uri: 'file:///a.deriv', text: TEXT, surface: 'plain', folders: [], verify: true, repair: true, layout: 'auto', defaults: {} };

/** What numbers say of claims, digit by digit. */
function digits(claims: readonly Omit<ClaimReport, 'range' | 'steps'>[] | undefined, steps: (at: number) => readonly unknown[]): string {
  const told = claims?.map(({ text, status, method, reason, maxRelativeError, points, sizes, counterexample }, at) => ({
    text, status, method, reason, maxRelativeError, points, sizes, counterexample, steps: steps(at),
  }));
  return JSON.stringify(told, null, 1);
}

async function onTheCommandLine(): Promise<string> {
  writeFileSync(join(folder, 'a.deriv'), TEXT);
  const claims = reportOf(await runHere(['verify', join(folder, 'a.deriv'), '--format', 'json'])).files[0]?.claims;
  return digits(claims, (at) => claims?.[at]?.steps.map(({ status, maxRelativeError }) => [status, maxRelativeError]) ?? []);
}

function ofChecked(checked: Extract<ApartAnswer, { readonly kind: 'checked' }>['checked'] | null): string {
  return digits(checked?.claims, (at) => checked?.claims?.[at]?.steps.map(({ status, maxRelativeError }) => [status, maxRelativeError]) ?? []);
}

async function inAThread(): Promise<string> {
  const verifier = verifyInThread(built('thread-program.ts', 'node', 'cjs'));
  try {
    return ofChecked(await verifier.verify(JOB, stopSource().signal));
  } finally {
    verifier.dispose();
  }
}

/** The program of VS Code for the Web, with what a worker of a browser has around it and nothing of Node. */
function inABrowsersWorker(): string {
  const posted: (ApartAnswer | string)[] = [];
  const self: Record<string, unknown> = { name: 'chainrule-verify', postMessage: (message: ApartAnswer | string) => posted.push(message), performance, setTimeout, clearTimeout, TextDecoder, TextEncoder, console };
  self['self'] = self;
  runInContext(readFileSync(built('../../src/server/worker.ts', 'browser', 'iife'), 'utf8'), createContext(self));
  expect(posted).toEqual(['chainrule-verify']);
  (self['onmessage'] as (event: { readonly data: CheckJob }) => void)({ data: JOB });
  const last = posted.at(-1);
  return ofChecked(typeof last === 'object' && last.kind === 'checked' ? last.checked : null);
}

describe('the same text, the same answer', () => {
  it('on the command line, in the thread of a server and in the worker of a browser, to the last digit', async () => {
    const [line, thread] = [await onTheCommandLine(), await inAThread()];
    expect(JSON.parse(line).map(({ status }: ClaimReport) => status)).toEqual(['verified', 'refuted', 'verified', 'verified', 'refuted', 'verified', 'refuted', 'verified', 'refuted', 'verified', 'refuted', 'verified', 'verified']);
    expect(thread).toBe(line);
    expect(inABrowsersWorker()).toBe(line);
  }, 60_000);
});
