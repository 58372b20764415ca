import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtCli, type Cli } from './cli.ts';

let cli: Cli;
beforeAll(() => {
  cli = builtCli('cli,server,server-program');
}, 60_000);
afterAll(() => cli.remove());

function framed(message: object): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Starts a server, initializes it, sends what is given, and answers its exit status. */
async function exitStatus(...messages: readonly object[]): Promise<number | null> {
  const server = spawn(process.execPath, [cli.path, 'lsp', '--stdio', `--clientProcessId=${process.pid}`]);
  let said = '';
  const answered = new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('"id":1')) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => server.on('close', resolve));
  server.stdin.write(framed({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } }));
  await answered;
  expect(said).toContain('"capabilities"');
  server.stdin.write([{ method: 'initialized', params: {} }, ...messages].map(framed).join(''));
  return ended;
}

it('chainrule lsp --stdio answers an editor, and ends when it is told to', async () => {
  expect(await exitStatus({ id: 2, method: 'shutdown' }, { method: 'exit' })).toBe(0);
});

it('it says by its status that it was told to end without being shut down', async () => {
  expect(await exitStatus({ method: 'exit' })).toBe(1);
});
