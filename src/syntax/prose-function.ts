import { cover } from '../base/span.ts';
import type { Expr, OpenStatement } from './ast.ts';
import { letteredArguments } from './listed-arguments.ts';
import { type Names, namesAt } from './prose-names.ts';
import { anyOf, soleStatement, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/** A function that a sentence leaves open, and the number of the word behind what says so. */
export interface OpenFunction {
  readonly statements: readonly OpenStatement[];
  readonly next: number;
}

/**
 * "a scalar loss `$L(y)$`", "some scalar function `$L$` of `$y$`", "a loss `$L$` that depends on `$y$`",
 * "the loss `$L$` depends on `$y$`", "loss `$L$` is a differentiable function of `$y$`": a number that depends on its arguments in a way
 * that nobody says. Where the text defines it, the definition counts. `subject` is what `namesAt` finds there.
 */
export function openFunctionAt(words: readonly Word[], at: number, subject: Names | null): OpenFunction | null {
  const word = words[at];
  if (word?.kind !== 'math') return null;
  const noun = nounBefore(words, at) ?? lossBefore(words, at, subject);
  const applied = noun?.open === true || isCalledNumber(words, at + 1, noun !== null) ? appliedIn(word) : null;
  if (applied !== null)
    return { statements: [{ ...applied, kind: 'open', shape: { dims: [], span: word.span }, span: word.span }], next: at + 1 };
  const name = subject?.names[0];
  if (subject === null || name === undefined || subject.names.length !== 1) return null;
  const of =
    noun?.open === true || (noun !== null && words[subject.next]?.text === 'depends')
      ? (dependence(words, subject.next) ?? valueAfter(words, subject.next, true))
      : valueAfter(words, subject.next, noun !== null);
  const args = of === null ? null : throughWhat(words, argumentsAt(words, of));
  if (args === null) return null;
  const span = cover(word.span, args.span);
  const open = { kind: 'open', name, args: args.names, shape: { dims: [], span: word.span }, span } as const;
  return { statements: [isForAny(words, at) ? { ...open, bound: true } : open], next: args.next };
}

/** What texts call a loss. */
export function isLossName(key: string): boolean {
  return /(?:^|:)(?:[LJEC]|ℓ|[Ll]oss|[Cc]ost)$/u.test(key);
}

/** "for any function `$L$` of `$p$`" of what everyone calls a loss: a number, though the words do not say so. */
function lossBefore(words: readonly Word[], at: number, subject: Names | null): { readonly open: boolean } | null {
  const key = subject?.names.length === 1 ? symbolKey(subject.names[0] as Expr) : null;
  if (key === null || !isLossName(key) || words[at - 1]?.text !== 'function') return null;
  return INDEFINITE.has(words[describedFrom(words, at - 1) - 1]?.text ?? '') ? { open: true } : null;
}

/** Whether a sentence speaks of any function, and not of the one that the text has. */
function isForAny(words: readonly Word[], at: number): boolean {
  const first = describedFrom(words, at - 1);
  return words[first - 2]?.text === 'for' && isAny(words[first - 1]);
}

/** Where the words begin that describe a noun. */
function describedFrom(words: readonly Word[], noun: number): number {
  let first = noun;
  while (DESCRIBES.has(words[first - 1]?.text ?? '')) first--;
  return first;
}

/** `L(y)`, `f(u, v)`: a name applied to names, by itself. */
function appliedIn(word: Word): { readonly name: Expr; readonly args: readonly Expr[] } | null {
  const statement = soleStatement(word);
  if (statement?.kind !== 'equation' || statement.sides.length !== 1 || statement.membership !== null) return null;
  const side = statement.sides[0];
  if (side?.kind !== 'call' || side.bracket !== '(' || symbolKey(side.head) === null) return null;
  const args = letteredArguments(side);
  return args === null ? null : { name: side.head, args };
}

// ---- the words around it

const NUMBERS: ReadonlySet<string> = new Set('loss losses cost objective energy criterion risk potential scalar'.split(' '));
const SCALARS: ReadonlySet<string> = new Set('scalar scalar-valued real-valued'.split(' '));
const INDEFINITE: ReadonlySet<string> = new Set('a an some any arbitrary every'.split(' '));
const DESCRIBES: ReadonlySet<string> = new Set(
  'differentiable smooth arbitrary scalar scalar-valued real-valued downstream upstream final generic given training loss cost objective energy function functional'.split(
    ' ',
  ),
);

/** The noun before a name that says it is a number; `open` where its article leaves open which. */
function nounBefore(words: readonly Word[], at: number): { readonly open: boolean } | null {
  const noun = words[at - 1]?.text ?? '';
  if (!NUMBERS.has(noun) && noun !== 'function' && noun !== 'functional') return null;
  let first = at - 1;
  let scalar = NUMBERS.has(noun);
  while (DESCRIBES.has(words[first - 1]?.text ?? '')) {
    first--;
    scalar ||= SCALARS.has(words[first]?.text ?? '') || NUMBERS.has(words[first]?.text ?? '');
  }
  if (!scalar) return null;
  const open = INDEFINITE.has(words[first - 1]?.text ?? '') || (SCALARS.has(words[first]?.text ?? '') && words[first - 1]?.text !== 'the');
  return { open };
}

/** Where the arguments begin: "that depends on …", "depending on …", "of …". */
function dependence(words: readonly Word[], at: number): number | null {
  const text = (ahead: number) => words[at + ahead]?.text ?? '';
  if (text(0) === 'of') return at + 1;
  const from = text(0) === 'that' || text(0) === 'which' ? at + 1 : at;
  if (!/^depend(?:s|ing)$/.test(words[from]?.text ?? '')) return null;
  const on = words[from + 1]?.text === 'only' || words[from + 1]?.text === 'smoothly' ? from + 2 : from + 1;
  return /^(?:up)?on$/.test(words[on]?.text ?? '') ? on + 1 : null;
}

/** "is a (scalar) function of …", where the value is said to be a number here or before. */
function valueAfter(words: readonly Word[], at: number, scalar: boolean): number | null {
  const { known, next } = description(words, at, scalar);
  const isFunction = /^function(?:al)?$/.test(words[next - 1]?.text ?? '');
  return known && isFunction && words[next]?.text === 'of' ? next + 1 : null;
}

/** "be a scalar loss", "is a real-valued function". */
function isCalledNumber(words: readonly Word[], at: number, scalar: boolean): boolean {
  const { known, next } = description(words, at, scalar);
  const last = words[next - 1]?.text ?? '';
  return known && (/^function(?:al)?$/.test(last) || NUMBERS.has(last));
}

/** The words behind "is", "be" that only describe, and whether they, or what was said before, call it a number. */
function description(words: readonly Word[], at: number, scalar: boolean): { readonly known: boolean; readonly next: number } {
  if (!isCopula(words[at])) return { known: false, next: at };
  let next = at + 1;
  let known = scalar;
  while (INDEFINITE.has(words[next]?.text ?? '') || DESCRIBES.has(words[next]?.text ?? '')) {
    known ||= SCALARS.has(words[next]?.text ?? '');
    next++;
  }
  return { known, next };
}

/** The names a function is of, behind "the vector", "the parameters". */
function argumentsAt(words: readonly Word[], at: number): Names | null {
  let next = at;
  while (next < at + 4 && words[next]?.kind === 'word') next++;
  return namesAt(words, next);
}

/** "depends on `$a$` only through `$h$`": what it is a function of is h. */
function throughWhat(words: readonly Word[], args: Names | null): Names | null {
  if (args === null) return null;
  const at = words[args.next]?.text === 'only' ? args.next + 1 : args.next;
  return (isThrough(words[at]) ? argumentsAt(words, at + 1) : null) ?? args;
}

// ---- words

const isAny = anyOf('any every an each');
const isCopula = anyOf('is be denote denotes');
const isThrough = anyOf('through via');
