import { type DiffStep, sequenceDiff } from './sequence-diff.ts';

/** What was taken away and what was put in on the way from one step to its repair, in runs of words. */
export function wordDiff(before: string, after: string): readonly DiffStep[] {
  return sequenceDiff(words(before), words(after)).reduce<DiffStep[]>((runs, { kind, text }) => {
    const last = runs.at(-1);
    return last?.kind === kind ? [...runs.slice(0, -1), { kind, text: last.text + text }] : [...runs, { kind, text }];
  }, []);
}

/** Commands of LaTeX, names, numbers, and every other character by itself. */
function words(text: string): readonly string[] {
  return text.match(/\\[a-zA-Z]+|[\p{L}\p{N}]+|\s+|./gsu)?.slice(0, WORD_LIMIT) ?? [];
}

/** A step is a line; the table of a longer text would be large for nothing. */
const WORD_LIMIT = 400;
