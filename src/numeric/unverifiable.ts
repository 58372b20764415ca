/** Why a claim cannot be decided by numbers. It is caught where a claim is verified, and never leaves it. */
export class Unverifiable extends Error {}

/** That nobody waits for the answer any more, or that it takes too long: another time it may be found. */
export class BrokenOff extends Unverifiable {}

/** That time is up; what was found before counts. */
export class TimeOver extends BrokenOff {}

/** Why a part of a claim cannot be decided; what breaks off all of it goes on its way. */
export function reasonOf(problem: unknown): string {
  if (problem instanceof Unverifiable && !(problem instanceof BrokenOff)) return problem.message;
  throw problem;
}

/** Of `\mathbf 1^\top \mathbf 1` nothing tells the size. */
export const OPEN_CONSTANT = 'the size of a constant in it is open';
