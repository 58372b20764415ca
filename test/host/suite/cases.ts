/** One thing that has to hold in the editor. */
export interface Case {
  readonly name: string;
  readonly act: () => Promise<void>;
}

/** What the runner outside reads from the console: one line a case. */
const MARK = '@chainrule';

/** Runs the cases in their order, each told on the console; a failure does not keep the others from running. */
export async function runCases(cases: readonly Case[]): Promise<void> {
  let failed = 0;
  for (const { name, act } of cases) {
    const problem = await problemOf(act);
    if (problem !== null) failed += 1;
    console.log(`${MARK} ${JSON.stringify({ name, problem })}`);
  }
  console.log(`${MARK} ${JSON.stringify({ cases: cases.length, failed })}`);
  if (failed > 0) throw new Error(`${failed} of ${cases.length} failed`);
}

async function problemOf(act: () => Promise<void>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Asks again until there is an answer; `describe` tells what was there instead when the time is over. */
export async function until<T>(what: string, ask: () => T | undefined | null | false | PromiseLike<T | undefined | null | false>, describe: () => string = () => '', seconds = 20): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s. ${describe()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
