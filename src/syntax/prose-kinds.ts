import type { DeclarationStatement, Expr, LettersOfKind } from './ast.ts';
import { phraseAt } from './prose-phrase.ts';
import { sizeAt } from './prose-size.ts';
import { anyOf, type ProseReader, type Word } from './prose-words.ts';

/** Whether words may say something of all letters of a kind, for which no formula has to stand among them. */
export function tellsOfKinds(words: string): boolean {
  return words.includes(' letter') && /\b(?:bold|capital|upper-?case)\b/iu.test(words);
}

export const KINDS: ProseReader = { telling: ['letter', 'letters'], read: kindsIn };

/** "Bold small letters are column vectors of length `$n$`", "every small bold letter is a column with three entries", "capital letters are `$n\times n$` matrices". */
function kindsIn(words: readonly Word[]): DeclarationStatement[] {
  return words.flatMap(({ text, span }, at): DeclarationStatement[] => {
    const letters = /^letters?$/u.test(text) && isVerb(words[at + 1]) ? kindBefore(words, at) : null;
    const dims = letters === null ? null : sizeBehind(words.slice(at + 2, at + 2 + LONGEST).map(inDigits));
    // A small letter that is not bold may be a number, and what counts.
    const isTold = dims !== null && letters !== null && (letters.capital ? dims.length === 2 : letters.bold && dims.length === 1);
    return isTold ? [{ kind: 'declaration', names: [], shape: { dims, span }, properties: [], letters, span }] : [];
  });
}

const LONGEST = 10;

/** The adjectives of the letters, of which one says whether they are capitals. */
function kindBefore(words: readonly Word[], noun: number): LettersOfKind | null {
  let [at, bold, isCapital, isSmall] = [noun - 1, false, false, false];
  for (; words[at]?.kind === 'word' && !isEvery(words[at]); at--) {
    if (isBold(words[at])) bold = true;
    else if (isUpper(words[at])) isCapital = true;
    else if (isLower(words[at])) isSmall = true;
    else if (!isJoint(words[at])) break;
  }
  const begins = words[at]?.kind !== 'word' || isEvery(words[at]) || /^(?:so|that|where|and)$/u.test(words[at]?.text ?? '');
  return begins && isCapital !== isSmall ? { bold, capital: isCapital } : null;
}

/** The sizes of "a column with 3 entries", "column vectors of length `$n$`", "`$n\times n$` matrices". */
function sizeBehind(words: readonly Word[]): readonly Expr[] | null {
  const phrase = phraseAt(words, 0);
  if (phrase?.dims != null && phrase.dims.length > 0 && (phrase.noun === 'vector' || phrase.noun === 'matrix')) return phrase.dims;
  const noun = words.findIndex(isColumn);
  if (noun < 0 || noun > 2 || !isWith(words[noun + 1])) return null;
  const size = sizeAt(words, words[noun + 2]?.text === 'length' ? noun + 3 : noun + 2);
  const isWhole = words[noun + 2]?.text === 'length' || isEntries(words[size?.next ?? -1]);
  return size?.dims.length === 1 && isWhole ? size.dims : null;
}

const IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['two', '2'],
  ['three', '3'],
  ['four', '4'],
]);

function inDigits(word: Word): Word {
  const text = IN_WORDS.get(word.text);
  return text === undefined ? word : { kind: 'number', text, span: word.span };
}

// ---- words

const isVerb = anyOf('is are denote denotes');
const isEvery = anyOf('every each all any the');
const isBold = anyOf('bold boldface bold-face');
const isUpper = anyOf('capital upper-case uppercase big');
const isLower = anyOf('small lower-case lowercase');
const isJoint = anyOf('latin roman');
const isColumn = anyOf('column columns vector vectors');
const isWith = anyOf('with of');
const isEntries = anyOf('entries components');
