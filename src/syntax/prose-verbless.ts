import type { Property } from './ast.ts';
import { propertiesAt } from './prose-phrase.ts';
import { type Size, sizeAt } from './prose-size.ts';
import { anyOf, type Word } from './prose-words.ts';

/** What stands behind names without a verb: a size of two numbers, none of a number, or nothing of a size, and properties. */
export interface Beside {
  readonly dims: Size['dims'] | null;
  readonly span: Size['span'] | null;
  readonly properties: readonly Property[];
}

/** Words that only describe what has a size. */
const DESCRIBING: ReadonlySet<string> = new Set(
  'square tall wide rectangular real constant fixed known given dense sparse free arbitrary generic full general'.split(' '),
);
const MOST_DESCRIBING = 5;

/** "`$A$` real symmetric `$n\times n$`", "X square, n×n, …", "W: m×m", "S constant n×n symmetric", "t real", "τ, η positive numbers"; null where it says something else. */
export function besideNames(words: readonly Word[], at: number): Beside | null {
  return numbersBeside(words, at) ?? sizeBeside(words, at);
}

function sizeBeside(words: readonly Word[], from: number): Beside | null {
  const properties: Property[] = [];
  let at = from;
  for (let count = 0; count < MOST_DESCRIBING; count++) {
    const found = propertiesAt(words, at);
    if (found !== null) properties.push(...found.found);
    else if (!isDescribing(words[at], at === from)) break;
    at = found?.next ?? at + 1;
  }
  const size = sizeAt(words, at);
  if (size?.dims.length !== 2)
    return at > from && properties.length > 0 && endsThere(words[at]) ? { dims: null, span: null, properties } : null;
  const behind = propertiesAt(words, words[size.next]?.text === ',' ? size.next + 1 : size.next);
  const next = behind?.next ?? size.next;
  return endsThere(words[next]) ? { dims: size.dims, span: size.span, properties: [...properties, ...(behind?.found ?? [])] } : null;
}

/** A word, or a comma behind one; a colon behind the names. */
function isDescribing(word: Word | undefined, isFirst: boolean): boolean {
  return DESCRIBING.has(word?.text ?? '') || word?.text === (isFirst ? ':' : ',');
}

export const ONE_NUMBER: Beside = { dims: [], span: null, properties: [] };

function numbersBeside(words: readonly Word[], at: number): Beside | null {
  const isReal = words[at]?.text === 'real' && endsThere(words[at + 1]) && propertiesAt(words, at + 2) === null;
  if (isReal) return ONE_NUMBER;
  const isPositive = words[at]?.text === 'positive';
  const noun = isPositive || words[at]?.text === 'real' ? at + 1 : at;
  const isNumbers = noun > at && isNumber(words[noun]) && endsThere(words[noun + 1]);
  return isNumbers ? { dims: [], span: null, properties: isPositive ? ['positive'] : [] } : null;
}

/** "one parameter `$\theta$`", "a single parameter `$\theta$`": of several it may be a column. */
export function isOneParameter(words: readonly Word[], name: number): boolean {
  return words[name - 1]?.text === 'parameter' && isOne(words[name - 2]);
}

/** What follows is about something else, and no noun that all this describes. */
function endsThere(word: Word | undefined): boolean {
  return (
    word === undefined || word.kind === 'stop' || word.kind === 'sign' || /^(?:and|with|for|where|so|but|gives?|then)$/u.test(word.text)
  );
}

// ---- words

const isNumber = anyOf('number numbers scalar scalars');
const isOne = anyOf('one single scalar real');
