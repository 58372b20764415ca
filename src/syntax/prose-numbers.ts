import type { Expr, Property, Statement } from './ast.ts';
import { namesAt } from './prose-names.ts';
import { namedBy, type ProseReader, soleStatement, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * "the coordinates `$x$`, `$y$` are constants", "lengths `$l_1$`, `$l_2$`", "a pixel at `$(u, v)$`", "at times `$t_i$` we read `$y_i$` (all scalars)": letters for numbers, where
 * nothing else is said of them.
 */
function numbersIn(words: readonly Word[]): Statement[] {
  return words.flatMap((word, at) => {
    if (word.text === 'scalars' || word.text === 'numbers') return listedBefore(words, at);
    if (QUANTITIES.has(word.text)) return numberedAt(words, at + 1);
    const names =
      word.text === 'coordinates'
        ? listedAt(words, at + 1)
        : word.text === 'pixel' || word.text === 'pixels'
          ? pairAt(words, at + 1)
          : null;
    const areLetters = names?.every((name) => name.kind === 'name' && /^\p{Ll}$/u.test(name.name)) ?? false;
    return names === null || !areLetters || names.length < 2 ? [] : [numbers(names, word)];
  });
}

const DESCRIBING: ReadonlySet<string> = new Set('positive real nonnegative non-negative given fixed known free'.split(' '));

/** "(all scalars)", "; all scalars, all positive", "; positive scalars": all that a sentence names before it says that they are numbers. */
function listedBefore(words: readonly Word[], noun: number): Statement[] {
  let first = noun;
  while (DESCRIBING.has(words[first - 1]?.text ?? '')) first--;
  const isAll = words[first - 1]?.text === 'all';
  const end = isAll ? first - 1 : first;
  const isBehind = words[end - 1]?.text === ';';
  if (isBehind ? !endsClause(words[noun + 1]) : !isAll || words[noun]?.text !== 'scalars') return [];
  const clause = isBehind ? end - 1 : end;
  const start = clauseStart(words, clause);
  const names = words.slice(start, clause).flatMap(namedAlone);
  const isPositive = words.slice(first, noun).some(({ text }) => text === 'positive') || saysAllPositive(words, noun + 1);
  return names.length < 2 ? [] : [numbers(names, words[end] as Word, isPositive ? ['positive'] : [])];
}

/** Behind the last stop before a word, those in brackets aside. */
function clauseStart(words: readonly Word[], end: number): number {
  let depth = 0;
  for (let at = end - 1; at >= 0; at--) {
    const { kind, text } = words[at] as Word;
    if (text === ')') depth++;
    if (text === '(') depth--;
    if (kind === 'stop' && depth <= 0) return at + 1;
  }
  return 0;
}

function endsClause(word: Word | undefined): boolean {
  return word === undefined || word.kind === 'stop' || word.text === ',' || word.text === ')';
}

/** ", all positive", "and positive" behind "scalars". */
function saysAllPositive(words: readonly Word[], at: number): boolean {
  const joined = /^(?:,|and)$/.test(words[at]?.text ?? '') ? at + 1 : at;
  const next = words[joined]?.text === 'all' ? joined + 1 : joined;
  return joined > at && words[next]?.text === 'positive' && endsClause(words[next + 1]);
}

/** The symbol that a formula is, and says nothing of. */
function namedAlone(word: Word): readonly Expr[] {
  const [name, ...more] = word.kind === 'math' && !word.math.displayed ? namedBy(word) : [];
  return name !== undefined && more.length === 0 && symbolKey(name) !== null ? [name] : [];
}

function numbers(names: readonly Expr[], { span }: Word, properties: readonly Property[] = []): Statement {
  return { kind: 'declaration', names, shape: { dims: [], span }, properties, mild: true, span };
}

/** What has a number for each of several things. */
const QUANTITIES: ReadonlySet<string> = new Set('lengths masses angles radii heights widths speeds prices charges'.split(' '));

export const NUMBERS: ProseReader = {
  telling: ['scalars', 'numbers', 'coordinates', 'pixel', 'pixels', ...QUANTITIES],
  read: numbersIn,
};

/** "lengths `$l_1$`, `$l_2$`": small letters that only numbers below tell apart. */
function numberedAt(words: readonly Word[], at: number): Statement[] {
  const names = namesAt(words, at)?.names ?? [];
  const keys = names.map((name) => /^(\p{Ll}|\p{Script=Greek})_\d$/u.exec(symbolKey(name) ?? '')?.[1]);
  const isOneLetter = keys.length > 1 && keys[0] !== undefined && keys.every((key) => key === keys[0]);
  return isOneLetter ? [numbers(names, words[at] as Word)] : [];
}

function listedAt(words: readonly Word[], at: number): readonly Expr[] | null {
  return namesAt(words, at)?.names ?? pairAt(words, at);
}

/** The letters of "at `$(x, y)$`". */
function pairAt(words: readonly Word[], from: number): readonly Expr[] | null {
  const word = words[from]?.text === 'at' ? words[from + 1] : words[from];
  const statement = soleStatement(word);
  const [side, ...others] = statement?.kind === 'equation' && statement.membership === null ? statement.sides : [];
  return side?.kind === 'matrix' && others.length === 0 && side.rows.length === 1 ? (side.rows[0] as readonly Expr[]) : null;
}
