import type { Word } from './prose-words.ts';

const PREPOSITIONS: ReadonlySet<string> = new Set('of by in to from on at than over per between'.split(' '));
const OPENERS: ReadonlySet<string> = new Set(
  'let where and then that which if suppose assume with for when while is are be so thus here since because , ( | :'.split(' '),
);

/** "the columns of `$A$` are …", "the derivative by `$x$` is …": what is said is said of something else. */
export function isObject(words: readonly Word[], first: number): boolean {
  for (let at = first - 1; at >= Math.max(0, first - 5); at--) {
    const word = words[at] as Word;
    if (word.kind === 'stop' || word.kind === 'math' || OPENERS.has(word.text)) return false;
    // "In this question `$B$` is …" says it of B.
    if (word.text === 'in' && /^(?:this|these|our|what)$/u.test(words[at + 1]?.text ?? '')) return false;
    if (PREPOSITIONS.has(word.text)) return true;
  }
  return false;
}
