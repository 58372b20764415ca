import type { Expr, Statement } from './ast.ts';
import { namedBy, type ProseReader, soleStatement, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

const TELLING: readonly string[] = ['', '0', '1', 'zeros', 'ones'];

export const BINARIES: ProseReader = { telling: TELLING, read: binariesIn };

/**
 * "the mask `$M$`, whose entries are 0 or 1", "the 0/1 mask `$M$`", "`$W$` with ones where we have data and zeros elsewhere", "`$M_{ij} = 1$` if it is
 * known and `$0$` otherwise": what a sentence says holds nothing but zeros and ones.
 */
function binariesIn(words: readonly Word[]): Statement[] {
  const found: Statement[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (!TELLING.includes(word.text)) continue;
    const name = beside(words, at) ?? (word.kind === 'math' ? choiceAt(words, at) : null);
    if (name !== null) found.push({ kind: 'declaration', names: [name], shape: null, properties: ['binary'], span: word.span });
  }
  return found;
}

/** The letter that stands nearest before "zeros and ones", "0 or 1", or right behind "0/1 mask". */
function beside(words: readonly Word[], at: number): Expr | null {
  const behind = isBit(words[at], '0') && isBit(words[at + 1], '1') ? nameBehind(words, at + 2) : null;
  if (behind !== null) return behind;
  const from = bitsAt(words, at);
  return from === null ? null : nameBefore(words, from);
}

/** "0 or 1", "ones and zeros", "1 where …, 0 elsewhere" at a word; where what they are said of has to stand before. */
function bitsAt(words: readonly Word[], at: number): number | null {
  const first = words[at];
  if (isBit(first, '0') || isBit(first, '1')) return isEitherBit(words, at) && saysEntries(words, at) ? at : null;
  if (first?.text !== 'zeros' && first?.text !== 'ones') return null;
  const other = first.text === 'zeros' ? 'ones' : 'zeros';
  if (/^(?:and|or)$/u.test(words[at + 1]?.text ?? '') && words[at + 2]?.text === other && words[at - 1]?.text === 'of') return at;
  return first.text === 'ones' && isElsewhere(words, at) ? at : null;
}

function isBit(word: Word | undefined, bit: '0' | '1'): boolean {
  return word?.kind === 'number'
    ? word.text === bit
    : word?.kind === 'math' && word.math.tokens.length === 1 && word.math.tokens[0]?.text === bit;
}

/** "0 or 1", "either 0 or 1", "0 and 1". */
function isEitherBit(words: readonly Word[], at: number): boolean {
  const bits = [words[at], words[at + 2]];
  if (/^(?:between|from)$/u.test(words[at - 1]?.text ?? '')) return false;
  return /^(?:or|and)$/u.test(words[at + 1]?.text ?? '') && bits.some((one) => isBit(one, '0')) && bits.some((one) => isBit(one, '1'));
}

const MOST_WORDS = 8;

/** "entries are either 0 or 1": numbers are said of the entries of something. */
function saysEntries(words: readonly Word[], at: number): boolean {
  return sentenceBefore(words, at).some(({ text }) =>
    /^(?:entries|entry|elements|components|coordinates|values|weights|labels)$/u.test(text),
  );
}

/** "ones where …, zeros else". */
function isElsewhere(words: readonly Word[], at: number): boolean {
  const end = words.findIndex((word, next) => next > at && word.kind === 'stop');
  const rest = words.slice(at + 1, end < 0 ? undefined : end);
  const zeros = rest.findIndex(({ text }) => /^zeros?$/u.test(text));
  return /^(?:where|for|if|when|wherever)$/u.test(rest[0]?.text ?? '') && zeros > 0 && ELSEWHERE.test(rest[zeros + 1]?.text ?? '');
}

const ELSEWHERE = /^(?:else|elsewhere|otherwise)$/u;

function sentenceBefore(words: readonly Word[], at: number): readonly Word[] {
  const stop = words.findLastIndex(({ kind }, before) => before < at && kind === 'stop');
  return words.slice(Math.max(stop + 1, at - MOST_WORDS), at);
}

function nameBefore(words: readonly Word[], at: number): Expr | null {
  return (
    sentenceBefore(words, at)
      .map(letterOf)
      .findLast((name) => name !== null) ?? null
  );
}

/** Behind "0/1 mask", "0-1 matrix of weights". */
function nameBehind(words: readonly Word[], from: number): Expr | null {
  const at = words.findIndex(({ kind }, next) => next >= from && kind !== 'word');
  return at > from && at <= from + 3 ? letterOf(words[at] as Word) : null;
}

/** The letter that a formula names, whatever set it is put in. */
function letterOf(word: Word): Expr | null {
  const [name, ...more] = namedBy(word);
  return name !== undefined && more.length === 0 && symbolKey(name) !== null ? name : null;
}

/** "`$M_{ij} = 1$` if it is known, and `$0$` otherwise": the M of the entries, whatever the condition. */
function choiceAt(words: readonly Word[], at: number): Expr | null {
  const chosen = entryAmongBits(words[at]);
  if (chosen !== null) return chosen;
  const one = entryThatIs(words[at], '1');
  if (one === null || !/^(?:if|when|where|for|whenever)$/u.test(words[at + 1]?.text ?? '')) return null;
  const end = words.findIndex((word, next) => next > at && word.kind === 'stop');
  const rest = words.slice(at + 1, end < 0 ? undefined : end);
  const isZero = (word: Word | undefined) => isBit(word, '0') || entryThatIs(word, '0') !== null;
  const hasZero = rest.some(
    (word, next) => isZero(word) && (ELSEWHERE.test(rest[next + 1]?.text ?? '') || ELSEWHERE.test(rest[next - 1]?.text ?? '')),
  );
  return hasZero ? one : null;
}

/** `$M_{ij} \in \{0, 1\}$`. */
function entryAmongBits(word: Word | undefined): Expr | null {
  const statement = soleStatement(word);
  if (statement?.kind !== 'declaration' || !statement.properties.includes('binary')) return null;
  const name = statement.names.length === 1 ? statement.names[0] : undefined;
  if (name?.kind !== 'postfix' || name.mark.kind !== 'sub' || name.base.kind !== 'name') return null;
  return name.mark.items.length === 2 ? name.base : null;
}

function entryThatIs(word: Word | undefined, bit: '0' | '1'): Expr | null {
  const statement = soleStatement(word);
  if (statement?.kind !== 'equation' || statement.sides.length !== 2) return null;
  const entry = statement.sides[0] as Expr;
  const value = statement.sides[1] as Expr;
  if (value.kind !== 'number' || String(value.value) !== bit || entry.kind !== 'postfix' || entry.mark.kind !== 'sub') return null;
  return entry.mark.items.every(({ kind }) => kind === 'name') && entry.base.kind === 'name' ? entry.base : null;
}
