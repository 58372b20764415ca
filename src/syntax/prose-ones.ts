import { cover } from '../base/span.ts';
import type { EquationStatement, Expr } from './ast.ts';
import { namedBy, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/** "let `$\iota$` be the vector of `$n$` ones", "`$e$` denotes the all-ones vector", "the vector of ones `$u$`": the letter is the constant. */
export function onesIn(words: readonly Word[]): EquationStatement[] {
  return words.flatMap(({ text }, at) => {
    const noun =
      text === 'ones' ? vectorOf(words, at) : ALL_ONES.has(text) && words[at + 1]?.text === 'vector' ? { from: at, to: at + 1 } : null;
    const name = noun === null ? null : (nameAt(words[noun.to + 1]) ?? nameAt(words[skipBack(words, noun.from - 1)]));
    return name === null ? [] : [isOnes(name, words[at] as Word)];
  });
}

const ALL_ONES: ReadonlySet<string> = new Set(['all-ones', 'all-one', 'ones']);

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
  const [name, ...more] = namedBy(word);
  return name !== undefined && more.length === 0 && symbolKey(name) !== null && !/(?:^|:)[01](?:_|$)/u.test(symbolKey(name) as string)
    ? name
    : null;
}

function isOnes(name: Expr, { span }: Word): EquationStatement {
  return {
    kind: 'equation',
    sides: [name, { kind: 'name', name: 'bold:1', span }],
    relations: [':='],
    demanded: false,
    membership: null,
    displayed: false,
    continues: false,
    span: cover(name.span, span),
  };
}
