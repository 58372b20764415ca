import type { CheckedDocument, KeptCheck } from '../check/check-document.ts';
import { type CheckJob, type JobTools, runJobAgain } from './check-job.ts';

/** Documents of which something is kept; a person works on a few at a time. */
const MOST_KEPT = 8;

/** Runs jobs one after another, each with what the last one of its document kept: what an edit did not touch is not verified again. */
export class KeptJobs {
  readonly #kept = new Map<string, KeptCheck>();

  run(job: CheckJob, tools: JobTools): CheckedDocument {
    const name = `${job.surface} ${job.uri}`;
    const { checked, kept } = runJobAgain(job, tools, this.#kept.get(name) ?? null);
    this.#kept.delete(name);
    if (kept !== null) this.#kept.set(name, kept);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
    return checked;
  }
}
