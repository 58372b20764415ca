import type { CheckedDocument } from '../check/check-document.ts';
import type { CheckJob } from './check-job.ts';
import type { StopSignal, Verifier } from './host.ts';

/** A thread or a worker that answers each job with a checked document. */
export interface Apart {
  readonly post: (job: CheckJob) => void;
  readonly end: () => void;
  /** Asks the job that runs to end; how long it has for that, in milliseconds, before its thread is ended. */
  readonly askToStop: () => number;
}

/** What such a thread tells of itself. */
export interface ApartEvents {
  readonly answered: (checked: CheckedDocument) => void;
  readonly died: (error: Error) => void;
}

/** Verifies apart from the thread that talks to the client, one job after another. */
export function verifyApart(start: (events: ApartEvents) => Apart): Verifier {
  const line = new Line(start);
  return { verify: (job, stop) => line.verify(job, stop), dispose: () => line.dispose() };
}

interface Waiting {
  readonly job: CheckJob;
  readonly stop: StopSignal;
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
    this.#apart ??= this.#begin();
    this.#apart.post(waiting.job);
  }

  /** What a thread says after it was given up is not heard. */
  #begin(): Apart {
    const apart: Apart = this.#start({
      answered: (checked) => {
        if (apart === this.#apart) this.#finish(({ resolve, stop }) => resolve(stop.stopped() ? null : checked));
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
