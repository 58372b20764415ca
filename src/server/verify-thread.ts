import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { CheckJob } from './check-job.ts';
import type { Verifier } from './host.ts';
import { KeptJobs } from './kept-jobs.ts';
import { readInput } from './read-input.ts';
import { type Apart, type ApartAnswer, type ApartEvents, answerJob, verifyApart } from './verify-apart.ts';

/** Tells the program that it was started as the thread that verifies. */
const ROLE = 'chainrule-verify';

/** How long a job may take to notice that it was stopped, in milliseconds. */
const GRACE = 500;

/** Verifies in a thread of Node. `program` is a file that calls `serveJobs` when it is started as that thread. */
export function verifyInThread(program: string): Verifier {
  return verifyApart((events) => startThread(program, events));
}

function startThread(program: string, { answered, died }: ApartEvents): Apart {
  /** Not 0: the job that runs shall end. */
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(program, { workerData: { role: ROLE, flag }, argv: [], execArgv: [] });
  worker.unref();
  worker.on('message', (answer: ApartAnswer) => answered(answer));
  worker.on('error', (error: Error) => died(error));
  worker.on('exit', () => died(new Error('the thread that verifies ended')));
  return {
    post: (job) => {
      Atomics.store(flag, 0, 0);
      worker.postMessage(job);
    },
    end: () => void worker.terminate(),
    askToStop: () => {
      Atomics.store(flag, 0, 1);
      return GRACE;
    },
  };
}

/** Whether this is the thread that `verifyInThread` started; if so, it answers jobs from now on. */
export function serveJobs(now: () => number): boolean {
  const data = workerData as { readonly role?: string; readonly flag: Int32Array } | null;
  if (parentPort === null || data?.role !== ROLE) return false;
  const port = parentPort;
  const jobs = new KeptJobs();
  port.on('message', (job: CheckJob) =>
    answerJob(jobs, job, { now, readInput, cancelled: () => Atomics.load(data.flag, 0) === 1 }, (answer) => port.postMessage(answer)),
  );
  return true;
}
