import { cover, type Span } from '../base/span.ts';
import type { EquationStatement, Expr } from './ast.ts';
import { type ProseReader, soleStatement, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * What sentences give a name: "we denote the residual `$A x - b$` by `$r$`", "let `$r$` denote `$A x - b$`", "write `$r$` for `$A x - b$`",
 * "calling `$A x - b$` the residual `$r$`". Between the two stand a few words that say what it is, and none that make something else of it,
 * as "the norm of" does.
 */
function namingsIn(words: readonly Word[]): EquationStatement[] {
  const found: EquationStatement[] = [];
  for (let at = 0; at < words.length; at++) {
    const { kind, text } = words[at] as Word;
    const naming = kind === 'word' ? PATTERNS.get(text)?.(words, at) : null;
    if (naming) found.push(naming);
  }
  return found;
}

type Pattern = (words: readonly Word[], at: number) => EquationStatement | null;

const PATTERNS: ReadonlyMap<string, Pattern> = new Map<string, Pattern>([
  ...['denote', 'denoting', 'abbreviate', 'abbreviating'].map((verb) => [verb, valueThenName] as const),
  ...['denotes', 'abbreviates'].map((verb) => [verb, nameBefore] as const),
  ...['write', 'writing'].map((verb) => [verb, nameThenValue] as const),
  ...['call', 'calling'].map((verb) => [verb, valueThenName] as const),
]);

export const NAMINGS: ProseReader = { telling: [...PATTERNS.keys()], read: namingsIn };

/** "denote `$A x - b$` by `$r$`", "call `$A x - b$` the residual `$r$`"; with the name in front "let `$r$` denote `$A x - b$`". */
function valueThenName(words: readonly Word[], verb: number): EquationStatement | null {
  const value = mathBehind(words, verb + 1);
  if (value === null) return null;
  const name = mathBehind(words, value + 1, LINKING);
  // "call `$r$` the residual `$A x - b$`"
  const isTurned = /^(?:the|an?)$/u.test(words[value + 1]?.text ?? '');
  return named(words, name, value) ?? (isTurned ? named(words, value, name) : null) ?? nameBefore(words, verb);
}

/** "`$r$` denotes the residual `$A x - b$`". */
function nameBefore(words: readonly Word[], verb: number): EquationStatement | null {
  return named(words, verb - 1, mathBehind(words, verb + 1));
}

/** "write `$r$` for the residual `$A x - b$`". */
function nameThenValue(words: readonly Word[], verb: number): EquationStatement | null {
  const name = mathBehind(words, verb + 1);
  return name !== null && words[name + 1]?.text === 'for' ? named(words, name, mathBehind(words, name + 2)) : null;
}

/** So many words may say what it is that gets the name. */
const MOST_WORDS = 4;

const LINKING: ReadonlySet<string> = new Set(['by', 'as', 'with']);

/** Words behind which something else is meant than what the next formula shows. */
const OTHERWISE: ReadonlySet<string> = new Set(
  'of in on at to from for by with as such that which where when if is are be norm inverse transpose gradient derivative jacobian hessian trace determinant and or minimizer maximizer'.split(
    ' ',
  ),
);

/** The number of the formula behind a word, with nothing but a few words of description between; null where there is none. */
function mathBehind(words: readonly Word[], from: number, linking: ReadonlySet<string> = new Set()): number | null {
  for (let at = from; at <= from + MOST_WORDS; at++) {
    const word = words[at];
    if (word?.kind === 'math') return at;
    // "the 0/1 vector"
    if (word?.kind === 'number') continue;
    if (word?.kind !== 'word' || (OTHERWISE.has(word.text) && !(at === from && linking.has(word.text)))) return null;
  }
  return null;
}

function named(words: readonly Word[], name: number | null, value: number | null): EquationStatement | null {
  // "`$\iota$` denotes the `$n\times 1$` vector of ones" tells a size.
  if (value !== null && isSize(words[value])) return null;
  const [left, right] = [sideOf(words, name), sideOf(words, value)];
  if (left === null || right === null || symbolKey(left) === null || symbolKey(right) !== null || right.kind === 'hole') return null;
  return naming(left, right, cover(left.span, right.span));
}

/** That a name stands for a value, as words say it. */
export function naming(name: Expr, value: Expr, span: Span): EquationStatement {
  return {
    kind: 'equation',
    sides: [name, value],
    relations: [':='],
    demanded: false,
    membership: null,
    displayed: false,
    continues: false,
    span,
  };
}

function isSize(word: Word | undefined): boolean {
  return word?.kind === 'math' && word.math.tokens.some(({ text }) => text === '×');
}

/** The only expression of a formula. */
function sideOf(words: readonly Word[], at: number | null): Expr | null {
  const statement = at === null ? undefined : soleStatement(words[at]);
  if (statement?.kind !== 'equation' || statement.membership !== null || statement.sides.length !== 1) return null;
  return statement.sides[0] as Expr;
}
