import { parentPort } from 'node:worker_threads';
import { serveJobs } from '../../src/server/verify-thread.ts';

// What a job may do to a thread at its worst stands in its text.
parentPort?.on('message', ({ text }: { readonly text: string }) => {
  if (text === 'die') {
    parentPort?.close();
    throw new Error('the thread died');
  }
  if (text === 'exit') process.exit(0);
  while (text === 'forever');
});

serveJobs(() => performance.now());
