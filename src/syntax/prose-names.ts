import { cover, type Span } from '../base/span.ts';
import type { Expr, ShapeExpr, Statement } from './ast.ts';
import { endsPhrase, propertiesAt } from './prose-phrase.ts';
import { anyOf, type ProseMath, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/** Names in a sentence: `$A$`, `$A$ and $B$`, `$x_1, \dots, x_n$`, `$x \in \mathbb R^n$`, `$r = y - X w$`. */
export interface Names {
  readonly names: readonly Expr[];
  readonly span: Span;
  readonly first: number;
  /** The number of the word behind them. */
  readonly next: number;
}

/**
 * The names at a word; null where none stand there. A list has bare names, or members of sets of
 * square matrices: "`$S$` and `$x \neq 0$`" is none.
 */
export function namesAt(words: readonly Word[], first: number): Names | null {
  const word = words[first];
  if (word?.kind !== 'math') return null;
  const bare = bareNames(word.math);
  const kind = bare === null ? squareNames : bareNames;
  const listed = bare ?? squareNames(word.math);
  if (listed === null) return namesWithin(word, first);
  const names = [...listed];
  let next = first + 1;
  for (let more = joined(words, next, kind); more !== null; more = joined(words, next, kind)) {
    names.push(...more.names);
    next = more.next;
  }
  return { names, span: cover(word.span, (words[next - 1] as Word).span), first, next };
}

/** The further names of a list, behind a comma or an "and". */
function joined(
  words: readonly Word[],
  at: number,
  kind: (math: ProseMath) => readonly Expr[] | null,
): { readonly names: readonly Expr[]; readonly next: number } | null {
  const behind = behindGloss(words, at);
  let next = words[behind]?.text === ',' ? behind + 1 : behind;
  if (isAnd(words[next])) next++;
  const word = words[next];
  const names = next > behind && word?.kind === 'math' ? kind(word.math) : null;
  return names === null ? null : { names, next: next + 1 };
}

const LONGEST_GLOSS = 4;

/** Behind "(mass)" in "`$M$` (mass) and `$K$` (stiffness)": words that say what a name is, and nothing of its shape. */
function behindGloss(words: readonly Word[], at: number): number {
  if (words[at]?.text !== '(') return at;
  const end = words.findIndex((word, next) => next > at && word.kind !== 'word');
  const isGloss = end > at + 1 && end <= at + 1 + LONGEST_GLOSS && words[end]?.text === ')' && propertiesAt(words, at + 1) === null;
  return isGloss ? end + 1 : at;
}

/** The names that a formula lists and says nothing of; `\mathbb R^d` is a set. */
function bareNames({ statements, tokens }: ProseMath): readonly Expr[] | null {
  const names: Expr[] = [];
  if (/^(?:ℝ|bb:.+)$/u.test(tokens[0]?.text ?? '')) return null;
  for (const statement of statements) {
    if (statement.kind !== 'equation' || statement.sides.length !== 1 || statement.membership !== null) return null;
    const side = statement.sides[0] as Expr;
    if (!isDots(side) && symbolKey(side) === null) return null;
    names.push(side);
  }
  return names.length > 0 ? names : null;
}

/** `$A, B \in \mathbb R^{n\times n}$`: the members of a set of square matrices. */
function squareNames({ statements }: ProseMath): readonly Expr[] | null {
  const square = statements.every((statement) => statement.kind === 'declaration' && statement.shape !== null && isSquare(statement.shape));
  return square && statements.length > 0
    ? statements.flatMap((statement) => (statement.kind === 'declaration' ? statement.names : []))
    : null;
}

function isSquare({ dims: [rows, cols] }: ShapeExpr): boolean {
  if (rows === undefined || cols === undefined) return false;
  const key = symbolKey(rows);
  return key === null ? rows.kind === 'number' && cols.kind === 'number' && rows.value === cols.value : key === symbolKey(cols);
}

function isDots(side: Expr): boolean {
  return side.kind === 'hole' && side.parts.length === 0;
}

/** What a formula by itself is about: the members of a set, the symbol that it defines. */
function namesWithin(word: Word & { readonly kind: 'math' }, first: number): Names | null {
  const names = word.math.statements.map(aboutNames);
  if (names.length === 0 || names.includes(null)) return null;
  return { names: (names as (readonly Expr[])[]).flat(), span: word.span, first, next: first + 1 };
}

function aboutNames(statement: Statement): readonly Expr[] | null {
  if (statement.kind === 'declaration') return statement.names;
  const [side] =
    statement.kind === 'equation' && (statement.relations[0] === '=' || statement.relations[0] === ':=' || statement.membership !== null)
      ? statement.sides
      : [];
  return side !== undefined && symbolKey(side) !== null ? [side] : null;
}

/** Words between a name and the joint before it. */
const LONGEST_NOUN = 3;

/**
 * The names of the list that ends before a word, each with its noun or without: "the matrices `$A$`, `$H$` and the covariance `$Q$`"; none of what owns them.
 * Of a verb in the singular the subject is the last.
 */
export function namesBefore(words: readonly Word[], end: number, singular: boolean): readonly Expr[] {
  const found: Expr[] = [];
  for (let at = end - 1, names = namesAt(words, at); names !== null; names = namesAt(words, at)) {
    if (PREPOSITIONS.has(words[at - 1]?.text ?? '')) return [];
    found.unshift(...names.names.filter(({ span }) => span.end <= (words[at] as Word).span.end));
    at = singular ? -1 : jointBefore(words, at) - 1;
  }
  return found;
}

const PREPOSITIONS: ReadonlySet<string> = new Set('of by in to from on at than over per between for with'.split(' '));

/** The place of the joint before a name and its noun: the comma of ", and the covariance `$Q$`"; 0 where no list goes on there. */
function jointBefore(words: readonly Word[], name: number): number {
  let at = name - 1;
  while (at >= name - LONGEST_NOUN && words[at]?.kind === 'word' && !endsPhrase(words[at]?.text ?? '')) at--;
  if (words[at]?.text === 'and' && words[at - 1]?.text === ',') at--;
  return isJoint(words[at]) ? at : 0;
}

// ---- words

const isAnd = anyOf('and or &');
const isJoint = anyOf(', and');
