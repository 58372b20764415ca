/** A run of words that both texts have, or only one of them. */
export interface DiffRun {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What was taken away and what was put in on the way from one step to its repair. */
export function wordDiff(before: string, after: string): readonly DiffRun[] {
  const [old, mended] = [words(before), words(after)];
  const common = commonLengths(old, mended);
  const runs: DiffRun[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < mended.length) {
    const same = i < old.length && j < mended.length && old[i] === mended[j];
    const removes = !same && i < old.length && (j === mended.length || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0));
    append(runs, same ? 'same' : removes ? 'removed' : 'added', (removes || same ? old[i] : mended[j]) ?? '');
    if (same || removes) i += 1;
    if (!removes) j += 1;
  }
  return runs;
}

/** Commands of LaTeX, names, numbers, and every other character by itself. */
function words(text: string): readonly string[] {
  return text.match(/\\[a-zA-Z]+|[\p{L}\p{N}]+|\s+|./gsu)?.slice(0, WORD_LIMIT) ?? [];
}

/** A step is a line; the table of a longer text would be large for nothing. */
const WORD_LIMIT = 400;

/** Lengths of the longest common subsequence of what follows each pair of places. */
function commonLengths(old: readonly string[], mended: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(mended.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = mended.length - 1; j >= 0; j -= 1) {
      const [here, below] = [table[i] as number[], table[i + 1] as number[]];
      here[j] = old[i] === mended[j] ? (below[j + 1] as number) + 1 : Math.max(below[j] as number, here[j + 1] as number);
    }
  }
  return table;
}

function append(runs: DiffRun[], kind: DiffRun['kind'], text: string): void {
  const last = runs[runs.length - 1];
  if (last?.kind === kind) runs[runs.length - 1] = { kind, text: last.text + text };
  else runs.push({ kind, text });
}
