import type { DeclarationStatement, Expr } from './ast.ts';
import { type Names, namesAt } from './prose-names.ts';
import { isObject } from './prose-object.ts';
import { endsPhrase } from './prose-phrase.ts';
import type { ProseReader, Word } from './prose-words.ts';

export const LIKENESSES: ProseReader = { telling: ['same', 'big', 'large', 'long'], read: likenessesIn };

/**
 * What is as large as something else: "`$C$` is as big as `$X$`", "`$C$` (symmetric, same size as `$K$`)", "targets `$T$` of the same shape as `$Y$`",
 * "`$q$` lives in the same space as `$k$`", "`$A$` has the shape of `$B^\top$`".
 */
function likenessesIn(words: readonly Word[]): DeclarationStatement[] {
  return words.flatMap((_, at) => {
    const of = likeAt(words, at);
    const like = of === null ? null : oneName(words, of);
    const subject = like === null ? null : subjectBefore(words, at);
    if (like === null || subject === null) return [];
    return [
      { kind: 'declaration' as const, names: subject.names, shape: null, like, properties: [], mild: 'here' as const, span: subject.span },
    ];
  });
}

/** The number of the word behind "as big as", "same shape as", "the size of"; null where nothing is compared. */
function likeAt(words: readonly Word[], at: number): number | null {
  const [first = '', second = '', third = ''] = [at, at + 1, at + 2].map((next) => words[next]?.text);
  if (first === 'as') return /^(?:big|large|long)$/.test(second) && third === 'as' ? at + 3 : null;
  if (first !== 'same') return null;
  return /^(?:size|shape|length|dimensions?|space)$/.test(second) && third === 'as' ? at + 3 : null;
}

/** The one name at a word, transposed or not. */
function oneName(words: readonly Word[], at: number): Expr | null {
  const word = words[at];
  const [statement, ...more] = word?.kind === 'math' ? word.math.statements : [];
  if (statement?.kind !== 'equation' || statement.sides.length !== 1 || more.length > 0) return null;
  const side = statement.sides[0] as Expr;
  const base = side.kind === 'postfix' && side.mark.kind === 'transpose' ? side.base : side;
  return base.kind === 'name' || base.kind === 'postfix' ? side : null;
}

/** So many words may stand between names and what they are as large as. */
const LONGEST = 12;

/** The nearest names before, where no other verb begins to speak of something else. */
function subjectBefore(words: readonly Word[], end: number): Names | null {
  for (let at = end - 1; at >= Math.max(0, end - LONGEST); at--) {
    const word = words[at] as Word;
    if (word.kind === 'stop') return null;
    if (word.kind === 'math') return namesEndingAt(words, at);
  }
  return null;
}

/** The names of the list that ends at a word, unless they own what is spoken of: "the gradient by `$X$` has the same size as `$X$`". */
function namesEndingAt(words: readonly Word[], last: number): Names | null {
  let first = last;
  while (/^(?:and|,)$/.test(words[first - 1]?.text ?? '') && words[first - 2]?.kind === 'math' && words[first - 3]?.text !== 'as')
    first -= 2;
  const names = namesAt(words, first);
  const isOwner =
    words[first - 1]?.text === 'of' ||
    (words[first - 1]?.kind === 'word' && endsPhrase(words[first - 1]?.text ?? '') && isObject(words, first));
  return names === null || names.next !== last + 1 || isOwner ? null : names;
}
