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
  const thread = new VerifyThread(program);
  return { verify: (job, stop) => thread.verify(job, stop), dispose: () => thread.dispose() };
}

class VerifyThread {
  readonly #program: string;
  /** Not 0: the job that runs shall end. */
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #queue: Waiting[] = [];
  #worker: Worker | null = null;
  #current: Waiting | null = null;
  #grace: ReturnType<typeof setTimeout> | undefined;

  constructor(program: string) {
    this.#program = program;
  }

  verify(job: CheckJob, stop: StopSignal): Promise<CheckedDocument | null> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { job, stop, resolve, reject };
      this.#queue.push(waiting);
      stop.onStop(() => this.#stop(waiting));
      this.#next();
    });
  }

  dispose(): void {
    clearTimeout(this.#grace);
    this.#end();
  }

  #next(): void {
    if (this.#current !== null) return;
    const waiting = this.#queue.shift();
    if (waiting === undefined) return;
    if (waiting.stop.stopped()) {
      waiting.resolve(null);
      this.#next();
      return;
    }
    this.#current = waiting;
    Atomics.store(this.#flag, 0, 0);
    this.#worker ??= this.#start();
    this.#worker.postMessage(waiting.job);
  }

  /** What a thread says after it was given up is not heard. */
  #start(): Worker {
    const worker = new Worker(this.#program, { workerData: { role: ROLE, flag: this.#flag }, argv: [], execArgv: [] });
    const heard = (act: () => void) => {
      if (worker === this.#worker) act();
    };
    worker.unref();
    worker.on('message', (checked: CheckedDocument) => heard(() => this.#finish(({ resolve, stop }) => resolve(stop.stopped() ? null : checked))));
    worker.on('error', (error: Error) => heard(() => this.#lose(error)));
    worker.on('exit', () => heard(() => this.#lose(new Error('the thread that verifies ended'))));
    return worker;
  }

  #stop(waiting: Waiting): void {
    if (this.#current !== waiting) return;
    Atomics.store(this.#flag, 0, 1);
    this.#grace = setTimeout(() => {
      this.#end();
      this.#finish(({ resolve }) => resolve(null));
    }, GRACE);
  }

  #lose(error: Error): void {
    this.#end();
    this.#finish(({ reject }) => reject(error));
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }

  #finish(settle: (one: Waiting) => void): void {
    clearTimeout(this.#grace);
    const done = this.#current;
    this.#current = null;
    if (done !== null) settle(done);
    this.#next();
  }
}

/** Whether this is the thread that `verifyInThread` started; if so, it answers jobs from now on. */
export function serveJobs(now: () => number): boolean {
  const data = workerData as { readonly role?: string; readonly flag: Int32Array } | null;
  if (parentPort === null || data?.role !== ROLE) return false;
  const port = parentPort;
  port.on('message', (job: CheckJob) => port.postMessage(runJob(job, { now, readInput, cancelled: () => Atomics.load(data.flag, 0) === 1 })));
  return true;
}
