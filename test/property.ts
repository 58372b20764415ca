import fc from 'fast-check';
import { onTestFailed } from 'vitest';

type Drawn<Ts> = { readonly [K in keyof Ts]: fc.Arbitrary<Ts[K]> };

/** Milliseconds after which a property draws no further inputs: a busy machine tries fewer of them, and fails no test for being busy. */
const ENOUGH = 10_000;

/**
 * Asserts a law over random inputs, other ones each time. A test that fails, be it because it takes too long, says how its
 * inputs are drawn again, and which of them took longest; what fast-check itself throws holds the path to the smallest.
 */
export function holds<Ts extends [unknown, ...unknown[]]>(drawn: Drawn<Ts>, law: (...inputs: Ts) => void, { numRuns }: { readonly numRuns: number }): void {
  const given = process.env.CHAINRULE_SEED;
  const seed = given === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(given);
  const slowest = { milliseconds: 0, inputs: '' };
  onTestFailed(() => console.error(`CHAINRULE_SEED=${seed} draws these inputs again. The slowest took ${Math.round(slowest.milliseconds)} ms: ${slowest.inputs.slice(0, 2000)}`));
  const timed = (...inputs: Ts) => {
    const start = performance.now();
    try {
      law(...inputs);
    } finally {
      const milliseconds = performance.now() - start;
      if (milliseconds > slowest.milliseconds) Object.assign(slowest, { milliseconds, inputs: milliseconds > 100 ? fc.stringify(inputs) : '' });
    }
  };
  fc.assert(fc.property<Ts>(...([...drawn, timed] as unknown as Parameters<typeof fc.property<Ts>>)), { numRuns, seed, interruptAfterTimeLimit: ENOUGH });
}
