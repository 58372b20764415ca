import type { Host } from './host.ts';

/** How wide a report is where nothing tells. */
const USUAL_WIDTH = 120;

/** The process this runs in. */
export function processHost(): Host {
  // `chainrule check | head` closes the pipe early, which is no mistake.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readStdin,
    colours: process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb',
    width: process.stdout.columns ?? USUAL_WIDTH,
    now: () => performance.now(),
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
