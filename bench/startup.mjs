// How long an editor waits for the first diagnostics of a document: the server is started, greeted and given a text.
//   node bench/startup.mjs [FILE…] [--runs N]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LANGUAGES = { '.md': 'markdown', '.tex': 'latex', '.deriv': 'derivation' };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '7' } } });
const files =
  positionals.length > 0
    ? positionals
    : ['examples/backpropagation.deriv', 'test/corpus/attention-multihead.md'].map((name) => join(ROOT, name));

/** Milliseconds from the start of the process to the answer to `initialize`, and to the first diagnostics of a text with a mistake. */
async function start(file) {
  const text = readFileSync(file, 'utf8');
  const began = performance.now();
  const server = spawn(process.execPath, [join(ROOT, 'dist/server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const uri = pathToFileURL(file).href;
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  const times = await new Promise((resolve) => {
    let read = '';
    let greeted = 0;
    server.stdout.on('data', (part) => {
      read += part;
      if (greeted === 0 && read.includes('"capabilities"')) {
        greeted = performance.now() - began;
        send({ method: 'initialized', params: {} });
        send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: LANGUAGES[extname(file)], version: 1, text } } });
      }
      if (read.includes('publishDiagnostics')) resolve({ greeted, first: performance.now() - began });
    });
  });
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  await new Promise((resolve) => server.on('exit', resolve));
  return times;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

for (const file of files) {
  const runs = [];
  for (let at = 0; at < Number(values.runs); at++) runs.push(await start(file));
  console.log(
    `${file}: greeted after ${median(runs.map(({ greeted }) => greeted)).toFixed(0)} ms, first diagnostics after ${median(runs.map(({ first }) => first)).toFixed(0)} ms (medians of ${runs.length})`,
  );
}
