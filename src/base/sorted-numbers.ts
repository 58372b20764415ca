/** How many of some numbers in ascending order are below a limit. */
export function countBelow(sorted: readonly number[], limit: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] as number) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Puts a number where it belongs among numbers in ascending order, once. */
export function insertSorted(sorted: number[], value: number): void {
  const at = countBelow(sorted, value);
  if (sorted[at] !== value) sorted.splice(at, 0, value);
}

/** Takes a number out of numbers in ascending order, if it is one of them. */
export function removeSorted(sorted: number[], value: number): void {
  const at = countBelow(sorted, value);
  if (sorted[at] === value) sorted.splice(at, 1);
}
