import type { CheckedDocument } from '../check/check-document.ts';
import type { CheckJob, JobTools } from './check-job.ts';
import type { Progressed, StopSignal, Verifier } from './host.ts';
import type { KeptJobs } from './kept-jobs.ts';

/** A thread or a worker that answers each job with a checked document. */
export interface Apart {
  readonly post: (job: CheckJob) => void;
  readonly end: () => void;
  /** Asks the job that runs to end; how long it has for that, in milliseconds, before its thread is ended. */
  readonly askToStop: () => number;
}

/** What a thread says of its job: how far it is, and at last what it found. */
export type ApartAnswer =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'checked'; readonly checked: CheckedDocument };

/** What such a thread tells of itself. */
export interface ApartEvents {
  readonly answered: (answer: ApartAnswer) => void;
  readonly died: (error: Error) => void;
}

/** Milliseconds between two words on how far a job is. */
const BETWEEN_WORDS = 100;

/** Runs a job inside such a thread. */
export function answerJob(jobs: KeptJobs, job: CheckJob, tools: JobTools, say: (answer: ApartAnswer) => void): void {
  let last = tools.now();
  const progressed: Progressed = (done, total) => {
    const now = tools.now();
    if (now - last < BETWEEN_WORDS) return;
    last = now;
    say({ kind: 'progress', done, total });
  };
  say({ kind: 'checked', checked: jobs.run(job, { ...tools, progressed }) });
}

/** Verifies apart from the thread that talks to the client, one job after another. */
export function verifyApart(start: (events: ApartEvents) => Apart): Verifier {
  const line = new Line(start);
  return { verify: (job, stop, progressed) => line.verify(job, stop, progressed), dispose: () => line.dispose() };
}

interface Waiting {
  readonly job: CheckJob;
  readonly stop: StopSignal;
  readonly progressed: Progressed;
  readonly resolve: (checked: CheckedDocument | null) => void;
  readonly reject: (error: Error) => void;
}

/** The jobs that wait, and the thread that has the first of them. */
class Line {
  readonly #start: (events: ApartEvents) => Apart;
  readonly #queue: Waiting[] = [];
  #apart: Apart | null = null;
  #current: Waiting | null = null;
  #grace: ReturnType<typeof setTimeout> | undefined;

  constructor(start: (events: ApartEvents) => Apart) {
    this.#start = start;
  }

  verify(job: CheckJob, stop: StopSignal, progressed: Progressed = () => {}): Promise<CheckedDocument | null> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = { job, stop, progressed, resolve, reject };
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
    this.#apart ??= this.#begin();
    this.#apart.post(waiting.job);
  }

  /** What a thread says after it was given up is not heard. */
  #begin(): Apart {
    const apart: Apart = this.#start({
      answered: (answer) => {
        if (apart !== this.#apart) return;
        if (answer.kind === 'progress') this.#current?.progressed(answer.done, answer.total);
        else this.#finish(({ resolve, stop }) => resolve(stop.stopped() ? null : answer.checked));
      },
      died: (error) => {
        if (apart === this.#apart) this.#lose(error);
      },
    });
    return apart;
  }

  #stop(waiting: Waiting): void {
    if (this.#current !== waiting || this.#apart === null) return;
    this.#grace = setTimeout(() => {
      this.#end();
      this.#finish(({ resolve }) => resolve(null));
    }, this.#apart.askToStop());
  }

  #lose(error: Error): void {
    this.#end();
    this.#finish(({ reject }) => reject(error));
  }

  #end(): void {
    const apart = this.#apart;
    this.#apart = null;
    apart?.end();
  }

  #finish(settle: (one: Waiting) => void): void {
    clearTimeout(this.#grace);
    const done = this.#current;
    this.#current = null;
    if (done !== null) settle(done);
    this.#next();
  }
}
