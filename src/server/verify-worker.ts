import type { CheckJob } from './check-job.ts';
import type { Verifier } from './host.ts';
import { KeptJobs } from './kept-jobs.ts';
import { type Apart, type ApartAnswer, type ApartEvents, answerJob, verifyApart } from './verify-apart.ts';
import { verifyHere } from './verify-here.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Tells the program that it was started as the worker that verifies. */
const ROLE = 'chainrule-verify';

/** How long the worker may take to say that it lives, in milliseconds; some browsers let a worker start none. */
const PATIENCE = 5000;

/** Verifies in a worker of the worker, which runs the same program; where none starts, in this one. */
export function verifyInWorker(now: () => number): Verifier {
  const here = verifyHere(now);
  /** The worker that showed that workers start; the first job takes it. */
  let spare: Worker | null = null;
  let asked: Promise<boolean> | null = null;
  const apart = verifyApart((events) => {
    const worker = spare ?? newWorker();
    spare = null;
    return listenTo(worker, events);
  });
  const lives = async () => {
    spare = await firstWorker();
    return spare !== null;
  };
  return {
    verify: async (job, stop, progressed) => {
      asked ??= lives();
      return ((await asked) ? apart : here).verify(job, stop, progressed);
    },
    dispose: () => {
      spare?.terminate();
      apart.dispose();
    },
  };
}

function newWorker(): Worker {
  return new Worker(self.location.href, { name: ROLE });
}

/** A worker that has started and knows its role; null where there can be none. */
function firstWorker(): Promise<Worker | null> {
  return new Promise((resolve) => {
    let worker: Worker | null = null;
    const answer = (lives: boolean) => {
      clearTimeout(timer);
      if (!lives) worker?.terminate();
      resolve(lives ? worker : null);
    };
    const timer = setTimeout(() => answer(false), PATIENCE);
    try {
      worker = newWorker();
      worker.onmessage = ({ data }) => answer(data === ROLE);
      worker.onerror = () => answer(false);
    } catch {
      answer(false);
    }
  });
}

/** Nothing tells a worker of a browser to stop while it works, so that it is ended at once. */
function listenTo(worker: Worker, { answered, died }: ApartEvents): Apart {
  worker.onmessage = ({ data }: { readonly data: unknown }) => {
    if (data !== ROLE) answered(data as ApartAnswer);
  };
  worker.onerror = ({ message }) => died(new Error(message));
  return { post: (job) => worker.postMessage(job), end: () => worker.terminate(), askToStop: () => 0 };
}

/** Whether this is the worker that `verifyInWorker` started; if so, it answers jobs from now on. */
export function serveJobs(now: () => number): boolean {
  if (self.name !== ROLE) return false;
  const jobs = new KeptJobs();
  self.onmessage = ({ data }: { readonly data: CheckJob }) =>
    answerJob(jobs, data, { now, cancelled: () => false }, (answer) => self.postMessage(answer));
  self.postMessage(ROLE);
  return true;
}
