import { Session } from 'node:inspector/promises';
import { describe, expect, it } from 'vitest';
import { GROWING_TEXTS } from '../../bench/growing-texts.ts';
import { checkDocument } from '../../src/check/check-document.ts';

/** How many of our functions a check of so many lines calls, by the line: a number that does not depend on the machine, as time does. */
async function callsByLine(part: (k: number) => string, lines: number): Promise<number> {
  const text = Array.from({ length: lines / 10 }, (_, k) => part(k)).join('');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  checkDocument(text, 'plain', { verify: false, repair: false });
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const ours = result.filter(({ url }) => url.includes('/src/')).flatMap(({ functions }) => functions);
  return ours.reduce((calls, { ranges }) => calls + (ranges[0]?.count ?? 0), 0) / lines;
}

describe('work grows with the text, and no faster', () => {
  it.each(Object.entries(GROWING_TEXTS))('%s', async (_, part) => {
    const [short, long] = [await callsByLine(part, 500), await callsByLine(part, 4000)];
    expect(short).toBeGreaterThan(100);
    expect(long / short).toBeLessThan(1.05);
  });
});
