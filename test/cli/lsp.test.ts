import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtCli, type Cli } from './cli.ts';

let cli: Cli;
beforeAll(() => {
  cli = builtCli('cli,server');
});
afterAll(() => cli.remove());

function framed(message: object): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

it('chainrule lsp --stdio answers an editor, and ends when it is told to', async () => {
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
  server.stdin.write(framed({ method: 'initialized', params: {} }) + framed({ id: 2, method: 'shutdown' }) + framed({ method: 'exit' }));
  expect(await ended).toBe(0);
});
