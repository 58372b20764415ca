import type { DeclarationStatement, Expr, Statement } from './ast.ts';
import { nameOfCount } from './count-names.ts';
import { namesAt, namesBefore } from './prose-names.ts';
import type { ProseReader, Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

export const COLUMNS: ProseReader = { telling: ['column', 'columns', 'vector', 'vectors'], read: columnsIn };

/**
 * "a fixed column `$c$`", "`$x_i$` is the column of readings of day `$i$`", "Write `$p$` for the position and `$b_i$` for beacon number `$i$`. Both are
 * columns", "`$w$` is the vector of weights": letters for columns whose sizes nobody tells; each is as long as it is.
 */
function columnsIn(words: readonly Word[], said: readonly Statement[]): DeclarationStatement[] {
  const known = new Set(said.flatMap((one) => (one.kind === 'declaration' ? one.names.map(symbolKey) : [])));
  return words.flatMap(({ text }, at) => {
    const names = /^(?:column|vector)s?$/u.test(text) ? (namedBehind(words, at) ?? calledColumns(words, at)) : [];
    return names.flatMap((name) => (known.has(symbolKey(name)) ? [] : columnOf(name)));
  });
}

/** The `$c$` of "a fixed column `$c$`"; one "of `$A$`" is told by its matrix. */
function namedBehind(words: readonly Word[], noun: number): readonly Expr[] | null {
  const named = words[noun]?.text === 'column' ? namesAt(words, noun + 1) : null;
  if (named === null) return null;
  return words[named.next]?.text === 'of' || /(?:th|st|nd|rd|the|row)$/u.test(words[noun - 1]?.text ?? '') ? [] : named.names;
}

/** A column of noise is none of its own: `y = X b + e` may be all that a text says of it. */
function isNoise(text: string): boolean {
  return /^(?:noise|errors?|disturbances?|perturbations?|ones|zeros|residuals?)$/u.test(text);
}

const LONGEST_CONTENTS = 4;

/** So many words may describe a column. */
const MOST_ADJECTIVES = 3;
const DESCRIBING: ReadonlySet<string> = new Set('the a an fixed given constant known also just real plain all both always'.split(' '));

/** The names of "`$x_i$` is the column of …", "`$a$` and `$b$` are columns", "… Both are columns". */
function calledColumns(words: readonly Word[], noun: number): readonly Expr[] {
  const of = words[noun + 1]?.text === 'of' ? noun + 2 : null;
  if (of !== null && (words[of]?.kind !== 'word' || words.slice(of, of + LONGEST_CONTENTS).some(({ text }) => isNoise(text)))) return [];
  const verb = words.findLastIndex(({ text }, at) => at < noun && at >= noun - MOST_ADJECTIVES - 1 && /^(?:is|are)$/u.test(text));
  if (verb < 0 || !words.slice(verb + 1, noun).every(({ text }) => DESCRIBING.has(text))) return [];
  const isSingular = words[verb]?.text === 'is';
  if (isSingular === (words[noun]?.text ?? '').endsWith('s')) return [];
  return words[verb - 1]?.text === 'both' ? writtenFor(words, verb - 1) : namesBefore(words, verb, isSingular);
}

/** The two names that the sentence before tells by "write `$p$` for …". */
function writtenFor(words: readonly Word[], both: number): readonly Expr[] {
  if (words[both - 1]?.kind !== 'stop') return [];
  return words.flatMap((_, at) => (at < both && words[at + 1]?.text === 'for' ? (namesAt(words, at)?.names ?? []) : [])).slice(-2);
}

/** Nothing is said of a capital, and of `\mathbf 1` but how long it is. */
function columnOf(name: Expr): readonly DeclarationStatement[] {
  const { span } = name;
  const key = symbolKey(name);
  if (key === null || /^(?:\w+:)*(?:\p{Lu}|[01]$)/u.test(key)) return [];
  const length: Expr = { kind: 'name', name: nameOfCount(`entries of ${key}`), span };
  return [{ kind: 'declaration', names: [name], shape: { dims: [length], span }, properties: [], mild: true, span }];
}
