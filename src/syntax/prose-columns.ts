import type { Span } from '../base/span.ts';
import type { DerivativeForm, Expr } from './ast.ts';
import { byAt, NOUNS } from './prose-derivative.ts';
import type { Cell } from './prose-rows.ts';
import { namedBy, type Word } from './prose-words.ts';
import { headKey, symbolKey } from './symbol-key.ts';

/** A derivative as the heading of a column names it: `$\nabla f(x)$`, "derivative w.r.t. `$X$`", "second derivative". */
export interface DerivativeColumn {
  readonly role: 'derivative';
  readonly form: DerivativeForm;
  readonly order: number;
  /** Null where the rows tell of what, or by what. */
  readonly of: Expr | null;
  readonly by: Expr | null;
  readonly span: Span;
}

/** What stands in a column of a table, by its heading. */
export type Column =
  | DerivativeColumn
  | { readonly role: 'function'; readonly by: Expr | null }
  /** What is differentiated by. */
  | { readonly role: 'variable' }
  /** What a derivative in the row equals: "result", "numerator layout". */
  | { readonly role: 'value'; readonly span: Span }
  /** What a row supposes: "condition", "if". */
  | { readonly role: 'condition' }
  | { readonly role: 'other' };

export function columnOf(cell: Cell): Column {
  const side = sideOf(cell.words);
  const told = (side === null ? null : inSigns(side)) ?? inWords(cell) ?? inText(cell) ?? (cell.words.some(isNabla) ? NABLA : null);
  if (told !== null) return { role: 'derivative', ...told, span: spanOf(cell) };
  const has = (words: ReadonlySet<string>) => cell.words.some(({ text }) => words.has(text));
  if (has(CONDITIONS)) return { role: 'condition' };
  if (has(VALUES)) return { role: 'value', span: spanOf(cell) };
  if (has(VARIABLES)) return { role: 'variable' };
  const argument = (side === null ? null : argumentOf(side)) ?? lettered(/^\W*\p{L}\(\s*(\p{L})\s*\)\W*$/u, cell);
  return has(FUNCTIONS) || argument !== null || (side !== null && symbolKey(side) !== null)
    ? { role: 'function', by: argument }
    : { role: 'other' };
}

const FUNCTIONS: ReadonlySet<string> = new Set(
  'function functions expression expressions formula scalar loss objective term value of'.split(' '),
);
const VARIABLES: ReadonlySet<string> = new Set('parameter parameters variable variables weights argument'.split(' '));
const VALUES: ReadonlySet<string> = new Set('result results equals answer numerator denominator'.split(' '));
const CONDITIONS: ReadonlySet<string> = new Set('condition conditions if when where assumption assumptions assuming requires'.split(' '));

type Told = Omit<DerivativeColumn, 'role' | 'span'>;

const NABLA: Told = { form: 'gradient', order: 1, of: null, by: null };

/** `$\nabla$` by itself. */
function isNabla(word: Word): boolean {
  return word.kind === 'math' && word.math.tokens.length === 1 && word.math.tokens[0]?.text === 'nabla';
}

function spanOf({ words, span }: Cell): Span {
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined ? span : { start: first.span.start, end: last.span.end };
}

/** The only formula of a heading, without what it is a name for: `y = f(x)`. */
function sideOf(words: readonly Word[]): Expr | null {
  const formulas = words.filter(({ kind }) => kind === 'math');
  const [word, ...more] = formulas;
  const [statement] = word?.kind === 'math' && more.length === 0 ? word.math.statements : [];
  return statement?.kind === 'equation' && statement.membership === null ? (statement.sides.at(-1) ?? null) : null;
}

// ---- a derivative in signs

/** `\nabla f(x)`, `\partial f/\partial X`, `f'(x)`, `J_f`; what has no function before it is of what stands in the row. */
export function inSigns(side: Expr): Told | null {
  if (side.kind === 'derivative')
    return side.order > 2
      ? null
      : { form: side.form, order: side.order, of: nameIn(side.of), by: side.wrt[0]?.expr ?? argumentOf(side.of) };
  const below = belowQuotient(side);
  if (below !== null) return { form: 'partial', order: 1, of: null, by: below };
  const head = side.kind === 'call' ? side.head : side;
  const by = argumentOf(side);
  if (head.kind !== 'postfix') return null;
  if (head.mark.kind === 'prime' && head.mark.count <= 2 && symbolKey(head.base) !== null)
    return { form: 'partial', order: head.mark.count, of: null, by };
  const operator = head.base.kind === 'name' ? OPERATORS.get(head.base.name.replace(/^[a-z]+:/u, '')) : undefined;
  return operator === undefined ? null : { ...operator, of: null, by };
}

const OPERATORS: ReadonlyMap<string, { readonly form: DerivativeForm; readonly order: number }> = new Map([
  ['J', { form: 'jacobian', order: 1 }],
  ['D', { form: 'jacobian', order: 1 }],
  ['H', { form: 'hessian', order: 2 }],
]);

/** `f`, `f(x)`. */
function nameIn(of: Expr): Expr | null {
  return headKey(of) === null ? null : of;
}

/** The x of `\partial/\partial x`, which is read as a quotient where nothing stands behind it. */
function belowQuotient(side: Expr): Expr | null {
  const [quotient, by, ...more] = side.kind === 'apply' && side.op === 'mul' ? side.args : [];
  const isOperator =
    quotient?.kind === 'apply' && quotient.op === 'div' && quotient.args.every((one) => /^(?:rm:)?d$/u.test(symbolKey(one) ?? ''));
  return isOperator && by !== undefined && more.length === 0 && symbolKey(by) !== null ? by : null;
}

/** The x of `f(x)`. */
function argumentOf(expr: Expr): Expr | null {
  const [argument, ...more] = expr.kind === 'call' && symbolKey(expr.head) !== null ? expr.args : [];
  return argument !== undefined && more.length === 0 && symbolKey(argument) !== null ? argument : null;
}

// ---- a derivative in words

/** "gradient", "second derivative w.r.t. `$X$`", "gradient of `$L$`". */
function inWords(cell: Cell): Told | null {
  const { words } = cell;
  const noun = words.findIndex(({ text }) => NOUNS.has(singular(text)));
  const found = NOUNS.get(singular(words[noun]?.text ?? ''));
  if (found === undefined || !isHead(words, noun)) return null;
  const order = words.slice(0, noun).some(({ text }) => /^(?:second|nd)$/u.test(text)) ? 2 : found.order;
  const by = words.map((_, at) => (at > noun ? byAt(words, at) : null)).find((at) => at !== null) ?? null;
  const of = words.findIndex(({ text }, at) => at > noun && text === 'of');
  return { ...found, order, of: of < 0 ? null : named(words, of + 1), by: by === null ? null : (named(words, by) ?? letterAt(cell, by)) };
}

/** "stochastic gradient", "gradient descent", "gradient norm" are something else. */
function isHead(words: readonly Word[], noun: number): boolean {
  const next = words[noun + 1];
  const goesOn = next?.kind !== 'word' || AFTER.has(next.text) || byAt(words, noun + 1) !== null;
  return goesOn && words.slice(0, noun).every(({ kind, text }) => kind !== 'word' || BEFORE.has(text));
}

const AFTER: ReadonlySet<string> = new Set('of matrix vector is as'.split(' '));
const BEFORE: ReadonlySet<string> = new Set(
  'the its a partial first second st nd full total matrix vector scalar analytic analytical exact closed-form resulting'.split(' '),
);

function singular(text: string): string {
  return text === 'grad' ? 'gradient' : text.replace(/s$/u, '');
}

/** The name at a word, or behind a noun: "of the loss `$L$`". */
function named(words: readonly Word[], at: number): Expr | null {
  const first = words.findIndex(({ kind }, next) => next >= at && kind === 'math');
  const [name, ...more] = first < 0 || first > at + 2 ? [] : namedBy(words[first]);
  return name !== undefined && more.length === 0 && symbolKey(name) !== null ? name : null;
}

/** "w.r.t. X", with a letter that is no formula. */
function letterAt({ words, text, span }: Cell, at: number): Expr | null {
  const word = words[at];
  const letter = word === undefined ? '' : text.slice(word.span.start - span.start, word.span.end - span.start);
  return word !== undefined && /^\p{L}$/u.test(letter) ? { kind: 'name', name: letter, span: word.span } : null;
}

// ---- a derivative in signs that are no formula

/** `∇f(x)`, `f'(x)`, `df/dX`, `∂/∂x` as they are typed. */
function inText(cell: Cell): Told | null {
  const quotient = lettered(/(?:^|[^\p{L}])[d∂]\s?\p{L}?\s?\/\s?[d∂]\s?(\p{L})(?!\p{L})/u, cell);
  if (quotient !== null) return { form: 'partial', order: 1, of: null, by: quotient };
  const primes = /(?:^|[^\p{L}])\p{L}(['’′]{1,2}|″)\s*(?:\(|$|\s)/u.exec(cell.text)?.[1];
  const argument = lettered(/\(\s*(\p{L})\s*\)/u, cell);
  if (primes !== undefined) return { form: 'partial', order: primes === '″' ? 2 : primes.length, of: null, by: argument };
  const nabla = /∇(²|\^2)?/u.exec(cell.text);
  if (nabla === null) return null;
  return { ...(nabla[1] === undefined ? { form: 'gradient', order: 1 } : { form: 'hessian', order: 2 }), of: null, by: argument };
}

/** The letter that an expression finds in the text of a cell. */
function lettered(pattern: RegExp, { text, span }: Cell): Expr | null {
  const found = pattern.exec(text);
  const letter = found?.[1];
  if (found === null || letter === undefined) return null;
  const start = span.start + found.index + found[0].lastIndexOf(letter);
  return { kind: 'name', name: letter, span: { start, end: start + 1 } };
}
