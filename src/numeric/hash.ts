/** A number of 32 bits for a text: FNV-1a (Fowler, Noll and Vo 1991). */
export function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193), 0x811c9dc5 | 0);
}
