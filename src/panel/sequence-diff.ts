/** A word that both sequences have, or only one of them. */
export interface DiffStep {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** The way from one sequence of words to another along a longest common subsequence. */
export function sequenceDiff(old: readonly string[], mended: readonly string[]): readonly DiffStep[] {
  const common = commonLengths(old, mended);
  const steps: DiffStep[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < mended.length) {
    const same = i < old.length && j < mended.length && old[i] === mended[j];
    const removes = !same && i < old.length && (j === mended.length || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0));
    steps.push({ kind: same ? 'same' : removes ? 'removed' : 'added', text: (removes || same ? old[i] : mended[j]) ?? '' });
    if (same || removes) i += 1;
    if (!removes) j += 1;
  }
  return steps;
}

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
