import type { Statement } from './ast.ts';
import { COLUMNS } from './prose-bare-columns.ts';
import { BINARIES } from './prose-binary.ts';
import { BOTH } from './prose-both.ts';
import { CALLED } from './prose-called.ts';
import { CONSTANTS } from './prose-constants.ts';
import { DEPENDENCES } from './prose-dependence.ts';
import { DERIVATIVES } from './prose-derivative.ts';
import { DERIVATIVE_NAMES } from './prose-derivative-name.ts';
import { DIAGONALS } from './prose-diagonal.ts';
import { ELLIPSES } from './prose-ellipsis.ts';
import { ENTRYWISE_FUNCTIONS } from './prose-entrywise.ts';
import { FORMS } from './prose-forms.ts';
import { KINDS } from './prose-kinds.ts';
import { KNOWN_FUNCTIONS } from './prose-known-function.ts';
import { LIKENESSES } from './prose-like.ts';
import { MADE_OF } from './prose-made-of.ts';
import { MAPPINGS } from './prose-mapping.ts';
import { NAMINGS } from './prose-naming.ts';
import { NUMBERS } from './prose-numbers.ts';
import { STACKS } from './prose-stack.ts';
import type { ProseReader, Word } from './prose-words.ts';

/** What they read stands in this order, whatever words it begins with. */
const READERS: readonly ProseReader[] = [
  ELLIPSES,
  MADE_OF,
  FORMS,
  COLUMNS,
  LIKENESSES,
  NAMINGS,
  CALLED,
  DERIVATIVES,
  DERIVATIVE_NAMES,
  CONSTANTS,
  STACKS,
  DIAGONALS,
  NUMBERS,
  BOTH,
  BINARIES,
  ENTRYWISE_FUNCTIONS,
  KNOWN_FUNCTIONS,
  MAPPINGS,
  KINDS,
  DEPENDENCES,
];

/** The readers that a word calls for, a bit each: one look at the words of a paragraph tells which of them have anything to read. */
const CALLED_FOR: ReadonlyMap<string, number> = READERS.reduce(
  (found, { telling }, at) => telling.reduce((all, word) => all.set(word, (all.get(word) ?? 0) | (1 << at)), found),
  new Map<string, number>(),
);

/** What a paragraph says in one of the ways that are told by their words; `said` is what it says otherwise. */
export function saidByTellingWords(words: readonly Word[], said: readonly Statement[]): readonly Statement[] {
  let readers = 0;
  for (let at = 0; at < words.length; at++) readers |= CALLED_FOR.get((words[at] as Word).text) ?? 0;
  const found: Statement[] = [];
  for (let at = 0; readers >> at !== 0; at++)
    if ((readers & (1 << at)) !== 0) found.push(...(READERS[at] as ProseReader).read(words, said));
  return found;
}
