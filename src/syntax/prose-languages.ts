import { JOINED, LANGUAGES_BY_MARK, type Language } from './prose-lexicon.ts';
import type { Word } from './prose-words.ts';

/**
 * The words by which texts in other languages say what letters are, as the English ones that the readers of prose know: "une matrice
 * symétrique", "ein Vektor der Länge `$n$`", "`$A$` 是对称矩阵". A paragraph is of the language of which most words in it are unmistakable;
 * in an English one nothing changes. Words that are not known stay, and say nothing.
 */
export function inEnglish(words: readonly Word[]): readonly Word[] {
  const language = languageOf(words);
  if (language === null) return words;
  const parted = language.joined === null ? words : words.flatMap((word) => partsOf(word, language.joined as RegExp));
  const translated = withCopulaBehind(translate(parted, language));
  const ordered = language.adjectivesBehind ? withAdjectivesBefore(translated) : translated;
  return language.copulaLeftOut ? withCopula(ordered) : ordered;
}

function languageOf(words: readonly Word[]): Language | null {
  const marks = words.filter(({ kind, text }) => kind === 'word' && (isJoined(text) || LANGUAGES_BY_MARK.has(text)));
  if (marks.length === 0) return null;
  let [best, most] = [null as Language | null, 0];
  for (const [language, count] of countsOf(marks)) if (count > most) [best, most] = [language, count];
  return best;
}

function countsOf(marks: readonly Word[]): ReadonlyMap<Language, number> {
  const counts = new Map<Language, number>();
  for (const { text } of marks)
    for (const language of isJoined(text) ? JOINED : (LANGUAGES_BY_MARK.get(text) ?? []))
      counts.set(language, (counts.get(language) ?? 0) + 1);
  return counts;
}

/** Chinese, Japanese and Korean are written without blanks between a formula, a noun and what is said of it. */
function isJoined(text: string): boolean {
  return text.charCodeAt(0) >= 0x3040;
}

function partsOf(word: Word, known: RegExp): readonly Word[] {
  if (word.kind !== 'word' || !isJoined(word.text)) return [word];
  return word.text.split(known).reduce<{ readonly parts: readonly Word[]; readonly at: number }>(
    ({ parts, at }, text) => {
      const span = { start: word.span.start + at, end: word.span.start + at + text.length };
      return { parts: text === '' ? parts : [...parts, { kind: 'word', text, span }], at: at + text.length };
    },
    { parts: [], at: 0 },
  ).parts;
}

const LONGEST = 3;

function translate(words: readonly Word[], { english }: Language): readonly Word[] {
  const found: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const length = [LONGEST, 2, 1].find((count) => english.has(textOf(words, at, count))) ?? 0;
    if (length === 0) found.push(words[at] as Word);
    else found.push(...wordsFor(english.get(textOf(words, at, length)) as string, words[at] as Word));
    at += Math.max(1, length);
  }
  return found;
}

function textOf(words: readonly Word[], at: number, count: number): string {
  const run = words.slice(at, at + count);
  return run.length === count && run.every(({ kind }) => kind === 'word') ? run.map(({ text }) => text).join(' ') : '';
}

function wordsFor(english: string, { span }: Word): readonly Word[] {
  return english === '' ? [] : english.split(' ').map((text) => ({ kind: text === ',' ? 'sign' : 'word', text, span }));
}

/** "be `$x$` and `$y$` vectors", as most languages begin: the verb goes behind the letters. */
function withCopulaBehind(words: readonly Word[]): readonly Word[] {
  const found: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const word = words[at] as Word;
    const end = word.text === 'be' ? formulasEnd(words, at + 1) : at + 1;
    found.push(...(end === at + 1 ? [word] : [...words.slice(at + 1, end), word]));
    at = end;
  }
  return found;
}

/** Where a list of formulas ends, of which the last is no equation: "`$x$`, `$y$` and `$z$`"; where it begins if there is none. */
function formulasEnd(words: readonly Word[], from: number): number {
  let end = from;
  for (let at = from; ; at++) {
    if (words[at]?.kind === 'math' && end <= at) end = at + 1;
    else if (!/^(?:,|and)$/.test(words[at]?.text ?? '') || end !== at || end === from) return end;
  }
}

/** "`$A$` symmetric matrix" with the verb that such a language does without. */
function withCopula(words: readonly Word[]): readonly Word[] {
  return words.flatMap((word, at) => {
    const isSaid = word.kind === 'word' && words[at - 1]?.kind === 'math' && (NOUNS.test(word.text) || ADJECTIVES.test(word.text));
    return isSaid ? [{ kind: 'word', text: 'is', span: word.span }, word] : [word];
  });
}

const NOUNS = /^(?:matrix|matrices|vectors?|column-vectors?|row-vectors?|scalars?)$/;
const ADJECTIVES =
  /^(?:symmetric|antisymmetric|positive-(?:semi)?definite|orthogonal|orthonormal|diagonal|invertible|square|real|constant|identity|lower|upper|triangular|unit-norm)$/;

/** "matrix symmetric and positive-definite" in the English order. */
function withAdjectivesBefore(words: readonly Word[]): readonly Word[] {
  const found: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const end = NOUNS.test(words[at]?.text ?? '') ? adjectivesEnd(words, at + 1) : at + 1;
    found.push(...words.slice(at + 1, end), words[at] as Word);
    at = end;
  }
  return found;
}

function adjectivesEnd(words: readonly Word[], from: number): number {
  let end = from;
  for (let at = from; ; at++) {
    if (ADJECTIVES.test(words[at]?.text ?? '')) end = at + 1;
    else if (words[at]?.text !== 'and' || end !== at || end === from) return end;
  }
}
