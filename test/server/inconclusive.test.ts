import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run-command.ts';
import { CLAIMS, type ClaimsResult } from '../../src/protocol/lsp.ts';
import type { Report } from '../../src/protocol/report.ts';
import { blocksOf } from '../blocks.ts';
import { startClient, type TestClient } from './client.ts';

/** What numbers cannot decide is told with its reason by every host, which then goes on as before. */

const DOCUMENTS = blocksOf(readFileSync(join(import.meta.dirname, '../numeric/inconclusive.md'), 'utf8'));
const plain = (text: string | undefined) => text?.replaceAll('`', '');
const reasonIn = (heading: string) => plain(heading.slice(heading.indexOf(': ') + 2));
/** The usual time limit is ten seconds; two pass where another test keeps the machine busy. */
const LIMIT = 12_000;

let one: TestClient;

beforeAll(async () => {
  one = await startClient({ settings: () => ({ verify: 'never' }) });
});

afterAll(() => one.close());

it.each(DOCUMENTS)('the language server, of $name', async ({ heading, text, name }) => {
  const textDocument = { uri: `file:///inconclusive/${encodeURIComponent(name)}.deriv` };
  const start = performance.now();
  await one.open(textDocument.uri, 'derivation', text);
  const { claims } = await one.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument, verify: true });
  expect(claims.map(({ status, reason }) => [status, plain(reason)])).toEqual([['inconclusive', reasonIn(heading)]]);
  expect(performance.now() - start).toBeLessThan(LIMIT);
});

it('and the server goes on as before', async () => {
  const textDocument = { uri: 'file:///inconclusive/after.deriv' };
  await one.open(textDocument.uri, 'derivation', "x : n\ny = x' x\ndy/dx = 2 x\n");
  const { claims } = await one.connection.sendRequest<ClaimsResult>(CLAIMS, { textDocument, verify: true });
  expect(claims.map(({ status }) => status)).toEqual(['verified']);
});

it.each(DOCUMENTS)('the command line, of $name', async ({ heading, text }) => {
  const out: string[] = [];
  const status = await runCommand(['verify', '-', '--format', 'json', '--stdin-path', 'a.deriv'], {
    cwd: '/', out: (part) => out.push(part), err: (part) => out.push(part), now: () => performance.now(), readStdin: async () => new TextEncoder().encode(text), colours: false, width: 100,
  });
  const { files: [file] } = JSON.parse(out.join('')) as Report;
  expect([status, file?.claims?.map((claim) => [claim.status, plain(claim.reason)])]).toEqual([0, [['inconclusive', reasonIn(heading)]]]);
});
