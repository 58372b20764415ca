import { Worker, parentPort, workerData } from 'node:worker_threads';
import type { CheckedDocument } from '../check/check-document.ts';
import { type CheckJob, runJob } from './check-job.ts';
import type { StopSignal, Verifier } from './host.ts';
import { readInput } from './read-input.ts';

/** Tells the program that it was started as the thread that verifies. */
const ROLE = 'chainrule-verify';

/** How long a job may take to notice that it was stopped, in milliseconds, before its thread is ended. */
const GRACE = 500;

interface Waiting {
  readonly job: CheckJob;
  readonly stop: StopSignal;
  readonly resolve: (checked: CheckedDocument | null) => void;
  readonly reject: (error: Error) => void;
}

/** Verifies in a thread of its own, one job after another. `program` is a file that calls `serveJobs` when it is started as that thread. */
export function verifyInThread(program: string): Verifier {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const queue: Waiting[] = [];
  let worker: Worker | null = null;
  let current: Waiting | null = null;
  let grace: ReturnType<typeof setTimeout> | undefined;

  const finish = (settle: (one: Waiting) => void) => {
    clearTimeout(grace);
    const done = current;
    current = null;
    if (done !== null) settle(done);
    next();
  };

  const start = (): Worker => {
    const made = new Worker(program, { workerData: { role: ROLE, flag }, argv: [], execArgv: [] });
    made.unref();
    made.on('message', (checked: CheckedDocument) => finish(({ resolve, stop }) => resolve(stop.stopped() ? null : checked)));
    made.on('error', (error) => {
      if (worker === made) worker = null;
      finish(({ reject }) => reject(error));
    });
    return made;
  };

  const next = () => {
    if (current !== null) return;
    const waiting = queue.shift();
    if (waiting === undefined) return;
    if (waiting.stop.stopped()) {
      waiting.resolve(null);
      next();
      return;
    }
    current = waiting;
    Atomics.store(flag, 0, 0);
    worker ??= start();
    worker.postMessage(waiting.job);
  };

  const stop = (waiting: Waiting) => {
    if (current !== waiting) return;
    Atomics.store(flag, 0, 1);
    grace = setTimeout(() => {
      const stuck = worker;
      worker = null;
      void stuck?.terminate();
      finish(({ resolve }) => resolve(null));
    }, GRACE);
  };

  return {
    verify: (job, signal) => new Promise((resolve, reject) => {
      const waiting: Waiting = { job, stop: signal, resolve, reject };
      queue.push(waiting);
      signal.onStop(() => stop(waiting));
      next();
    }),
    dispose: () => {
      clearTimeout(grace);
      void worker?.terminate();
      worker = null;
    },
  };
}

/** Whether this is the thread that `verifyInThread` started; if so, it answers jobs from now on. */
export function serveJobs(now: () => number): boolean {
  const data = workerData as { readonly role?: string; readonly flag: Int32Array } | null;
  if (parentPort === null || data?.role !== ROLE) return false;
  const port = parentPort;
  port.on('message', (job: CheckJob) => port.postMessage(runJob(job, { now, readInput, cancelled: () => Atomics.load(data.flag, 0) === 1 })));
  return true;
}
