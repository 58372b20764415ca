/**
 * A setting of V8 that the command line and the server start with. Chainrule is short runs of much code: what V8 compiles at its
 * highest tier after the usual 3000 calls is seldom called often enough afterwards to pay for it. Loops over numbers reach that
 * tier by another way and lose nothing.
 */
export const TIERING = '--invocation-count-for-turbofan=60000';

/** The first major version of V8 in which that setting has this name; an unknown one would be complained of. */
const SINCE = 13;

/** Hands the setting to V8 where its version knows it. */
export function settleTiers(version: string, set: (flag: string) => void): void {
  if (Number.parseInt(version, 10) >= SINCE) set(TIERING);
}
