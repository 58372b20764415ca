import { Session } from 'node:inspector/promises';

/** How often each of our functions is called while something runs, by its name: numbers that do not depend on the machine, as times do. */
export async function countCalls(run: () => void): Promise<ReadonlyMap<string, number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  run();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const calls = new Map<string, number>();
  for (const { functionName, ranges } of result.filter(({ url }) => url.includes('/src/')).flatMap(({ functions }) => functions))
    calls.set(functionName, (calls.get(functionName) ?? 0) + (ranges[0]?.count ?? 0));
  return calls;
}

export function sumOf(calls: ReadonlyMap<string, number>): number {
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}
