import { describe, expect, it } from 'vitest';
import { GROWING_TEXTS } from '../../bench/growing-texts.ts';
import { checkDocument } from '../../src/check/check-document.ts';
import { countCalls, sumOf } from '../count-calls.ts';

/** How many of our functions a check of so many lines calls, by the line. */
async function callsByLine(part: (k: number) => string, lines: number): Promise<number> {
  const text = Array.from({ length: lines / 10 }, (_, k) => part(k)).join('');
  const calls = await countCalls(() => void checkDocument(text, 'plain', { verify: false, repair: false }));
  return sumOf(calls) / lines;
}

describe('work grows with the text, and no faster', () => {
  it.each(Object.entries(GROWING_TEXTS))('%s', async (_, part) => {
    const [short, long] = [await callsByLine(part, 500), await callsByLine(part, 4000)];
    expect(short).toBeGreaterThan(100);
    expect(long / short).toBeLessThan(1.05);
  });
});
