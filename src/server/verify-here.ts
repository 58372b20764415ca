import type { Verifier } from './host.ts';
import { KeptJobs } from './kept-jobs.ts';

/**
 * Verifies in the thread of the server. What the client sent before is handled first, so that a job
 * which is no longer wanted does not begin; one that runs is not interrupted.
 */
export function verifyHere(now: () => number): Verifier {
  const jobs = new KeptJobs();
  return {
    verify: async (job, stop, progressed) => {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      return stop.stopped() ? null : jobs.run(job, { now, cancelled: stop.stopped, ...(progressed === undefined ? {} : { progressed }) });
    },
    dispose: () => {},
  };
}
