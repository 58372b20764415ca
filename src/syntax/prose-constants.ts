import { cover } from '../base/span.ts';
import type { EquationStatement, Expr } from './ast.ts';
import { namedBy, type ProseReader, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * "let `$\iota$` be the vector of `$n$` ones", "`$e$` denotes the all-ones vector", "the vector of ones `$u$`", "with the identity matrix `$E$`": the letter is
 * the constant.
 */
function constantsIn(words: readonly Word[]): EquationStatement[] {
  const found: EquationStatement[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const ones = ALL_ONES.has(word.text) ? nameOfOnes(words, at) : null;
    if (ones !== null) found.push(isConstant(ones, 'bold:1', word));
    const identity = word.text === 'identity' ? nameOfIdentity(words, at) : null;
    if (identity !== null) found.push(isConstant(identity, 'I', word));
  }
  return found;
}

/** "the `$n\times n$` identity matrix `$E$`", "the identity `$\mathbb 1$`", "`$E$` is the identity matrix". */
function nameOfIdentity(words: readonly Word[], at: number): Expr | null {
  const next = /^(?:matrix|tensor|operator)$/u.test(words[at + 1]?.text ?? '') ? at + 2 : at + 1;
  const size = /^(?:×|by|x)$/u.test(words[at - 2]?.text ?? '') ? at - 4 : words[at - 1]?.kind === 'math' ? at - 2 : at - 1;
  const name =
    letterAt(words[next]) ??
    (LINKS.test(words[skipArticle(words, size)]?.text ?? '') ? letterAt(words[skipArticle(words, size) - 1]) : null);
  return name !== null && !/(?:^|:)I(?:_|$)/u.test(symbolKey(name) as string) ? name : null;
}

const LINKS = /^(?:is|denotes|be|for)$/u;

function skipArticle(words: readonly Word[], at: number): number {
  return /^(?:an?|the)$/u.test(words[at]?.text ?? '') ? at - 1 : at;
}

function nameOfOnes(words: readonly Word[], at: number): Expr | null {
  const isVector = words[at + 1]?.text === 'vector';
  const noun = words[at]?.text === 'ones' ? vectorOf(words, at) : isVector ? { from: at, to: at + 1 } : null;
  return noun === null ? null : (nameAt(words[noun.to + 1]) ?? nameAt(words[skipBack(words, noun.from - 1)]));
}

const ALL_ONES: ReadonlySet<string> = new Set(['all-ones', 'all-one', 'ones']);

export const CONSTANTS: ProseReader = { telling: [...ALL_ONES, 'identity'], read: constantsIn };

/** Where "vector of ones" stands, "column vector of `$n$` ones", "`$n$`-vector of ones", or "ones vector". */
function vectorOf(words: readonly Word[], ones: number): { readonly from: number; readonly to: number } | null {
  let at = ones - 1;
  while (words[at]?.kind === 'math' || words[at]?.text === 'all') at--;
  if (words[at]?.text !== 'of') return words[ones + 1]?.text === 'vector' ? { from: ones, to: ones + 1 } : null;
  return /(?:^|-)vector$/u.test(words[at - 1]?.text ?? '') ? { from: at - 1, to: ones } : null;
}

const BETWEEN: ReadonlySet<string> = new Set('a an the is be are denote denotes denoting for as column - , : ( stands with'.split(' '));

/** Over what links a name with what it is, and the `$n$` of "an `$n$`-vector". */
function skipBack(words: readonly Word[], from: number): number {
  let at = from;
  while (BETWEEN.has(words[at]?.text ?? '') || (words[at]?.kind === 'math' && BETWEEN.has(words[at - 1]?.text ?? '') && at === from)) at--;
  return at;
}

function nameAt(word: Word | undefined): Expr | null {
  const name = letterAt(word);
  return name !== null && !/(?:^|:)[01](?:_|$)/u.test(symbolKey(name) as string) ? name : null;
}

function letterAt(word: Word | undefined): Expr | null {
  const [name, ...more] = namedBy(word);
  return name !== undefined && more.length === 0 && symbolKey(name) !== null ? name : null;
}

function isConstant(name: Expr, constant: string, { span }: Word): EquationStatement {
  return {
    kind: 'equation',
    sides: [name, { kind: 'name', name: constant, span }],
    relations: [':='],
    demanded: false,
    membership: null,
    displayed: false,
    continues: false,
    span: cover(name.span, span),
  };
}
