import type { Host } from './host.ts';

/** How wide a report is where nothing tells. */
const USUAL_WIDTH = 120;

/** The process this runs in. */
export function processHost(): Host {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `chainrule check | head` closes the pipe early, which is no mistake.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`chainrule: the output cannot be written: ${error.message}.\n`);
    process.exit(2);
  });
  return {
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readStdin,
    colours: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
    // Some terminals say that they have no columns.
    width: process.stdout.columns || USUAL_WIDTH,
    now: () => performance.now(),
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
