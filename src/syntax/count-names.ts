/** Begins the name of a size that a text only counts in words, "one row per bar": its formulas may have a letter for it. */
const COUNT = '#';

/** What a size is called that is told as so many of something: `#bar`. */
export function nameOfCount(noun: string): string {
  return COUNT + noun;
}

/** Whether a size has the name of what a text counts. */
export function isCount(name: string): boolean {
  return name.startsWith(COUNT);
}
