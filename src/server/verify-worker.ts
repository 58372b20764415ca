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

/** How often a worker is started before it is given up: a browser that ends many now and then fails to load the next. */
const TRIES = 3;

/**
 * How long a job that is no longer wanted may go on, in milliseconds. Most are done by then, and the worker keeps what it found; the next job
 * comes later than that, for a person types on.
 */
const GRACE = 200;

/** Verifies in a worker of the worker, which runs the same program; where none starts, in this one. */
export function verifyInWorker(now: () => number): Verifier {
  const here = verifyHere(now);
  /** The worker that showed that workers start; the first job takes it. */
  let spare: Worker | null = null;
  let asked: Promise<boolean> | null = null;
  const apart = verifyApart((events) => {
    const started = spare;
    spare = null;
    return listenTo(started ?? newWorker(), started !== null, events);
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
      if (spare !== null) end(spare);
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
      if (!lives && worker !== null) end(worker);
      resolve(lives ? worker : null);
    };
    const timer = setTimeout(() => answer(false), PATIENCE);
    try {
      worker = newWorker();
      worker.onmessage = ({ data }) => answer(data === ROLE);
      worker.onerror = (event) => {
        event.preventDefault();
        answer(false);
      };
    } catch {
      answer(false);
    }
  });
}

/**
 * Gives jobs to a worker. What goes wrong in it is told of here and goes no further: an error that nobody handles ends the connection to the
 * client, which would count it as one of the server. Nothing tells a worker of a browser to stop while it works; it is ended.
 */
function listenTo(first: Worker, isStarted: boolean, { answered, died }: ApartEvents): Apart {
  let worker = first;
  let lives = isStarted;
  let tries = TRIES;
  let job: CheckJob | null = null;
  const hear = () => {
    worker.onmessage = ({ data }: { readonly data: unknown }) => {
      if (data === ROLE) lives = true;
      else answered(data as ApartAnswer);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      tries--;
      if (lives || tries === 0) died(new Error(event.message));
      else startAnew();
    };
  };
  const startAnew = () => {
    end(worker);
    worker = newWorker();
    hear();
    if (job !== null) worker.postMessage(job);
  };
  const post = (one: CheckJob) => {
    job = one;
    worker.postMessage(one);
  };
  hear();
  return { post, end: () => end(worker), askToStop: () => GRACE };
}

/** Ends a worker, also one that is still being loaded, which then says that it could not be. */
function end(worker: Worker): void {
  worker.onerror = (event) => event.preventDefault();
  worker.terminate();
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
