import { letterOf } from '../syntax/name.ts';

/**
 * About what is seen of a short formula, for titles, which cannot be typeset: `{\mathbf{W}}_1` is `W_1`, `\theta` is `θ`.
 * Any command before a brace counts as a style, as do those that a document defines for its vectors.
 */
export function readable(text: string): string {
  const bare = text
    .replace(/\\(?:left|right|[,;:! ])/g, '')
    .replace(/\\[a-zA-Z]+\s*(?=\{)/g, '')
    .replace(/\\([a-zA-Z]+)/g, (_, word: string) => letterOf(word));
  return bare.replace(/[{}]/g, '').replace(/\s+/g, ' ').trim();
}
