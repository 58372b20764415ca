import type { Span } from '../base/span.ts';
import type { Expr, NameExpr } from './ast.ts';
import { nameOfCount } from './count-names.ts';
import { type Names, namesAt } from './prose-names.ts';
import { endsPhrase } from './prose-phrase.ts';
import { type Size, sizeAt } from './prose-size.ts';
import { anyOf, type Word } from './prose-words.ts';

/**
 * "One entry per stop (there are `$n$`)", "one row per ray (`$m$` rays), one column per pixel", "rows are sensors", "one difference vector per row (`$N$`
 * of them)": how long things are, by what their rows, columns and entries stand for. What no letter counts is as many as there are, and an axis of which
 * nothing is said as many as that axis has, whatever it is of.
 */
export function axesAt(words: readonly Word[], from: number): Size | null {
  const at = isOwning(words[from]) ? from + 1 : from;
  return axesFrom(words, axisAt(words, at));
}

/** "Rows of `$X$` are samples (`$n$` of them), columns are the `$p$` covariates": the axes of a matrix that is named with the first of them. */
export function axesOfMatrixAt(words: readonly Word[], at: number): { readonly names: Names; readonly size: Size } | null {
  const axis = AXES_IN_PLURAL.get(words[at]?.text ?? '');
  const names = axis !== undefined && words[at + 1]?.text === 'of' ? namesAt(words, at + 2) : null;
  if (axis === undefined || names === null || words[names.next]?.text !== 'are') return null;
  const things = thingsAt(words, names.next + 1, axis);
  const size = axesFrom(words, things === null ? null : countedAxis(words, at, things));
  return size === null ? null : { names, size };
}

function axesFrom(words: readonly Word[], first: Axis | null): Size | null {
  if (first === null) return null;
  const { axis, span, next } = first;
  if (axis === 'entry') return { dims: [first.dim], span, next };
  const second = axisAt(words, behindJoint(words, next));
  const other = second === null || second.axis === 'entry' || second.axis === axis ? null : second;
  const [one, two] = other === null ? [first.dim, openAxis(axis === 'row' ? 'columns' : 'rows', span)] : apart(first, other);
  return { dims: axis === 'row' ? [one, two] : [two, one], span, next: other?.next ?? next };
}

/** An axis of which nothing is said. */
export function openAxis(name: 'rows' | 'columns', span: Span): Expr {
  return { kind: 'name', name: nameOfCount(name), span };
}

/** Sizes with the axes that are left open as those of a name. */
export function axesOf(dims: readonly Expr[], key: string): readonly Expr[] {
  return dims.map((dim) => (isOpenAxis(dim) ? { ...dim, name: `${dim.name} of ${key}` } : dim));
}

/** Whether nothing is said of an axis but that there is one. */
export function isOpenAxis(dim: Expr): dim is NameExpr {
  return dim.kind === 'name' && (dim.name === nameOfCount('rows') || dim.name === nameOfCount('columns'));
}

/** A row per training image and a column per test image are as many as there are of each, a row and a column per image equally many. */
function apart(first: Axis, second: Axis): readonly [Expr, Expr] {
  const isMixed =
    first.dim.kind === 'name' && second.dim.kind === 'name' && first.dim.name === second.dim.name && first.full !== second.full;
  const named = ({ full, span }: Axis): Expr => ({ kind: 'name', name: nameOfCount(full), span });
  return isMixed ? [named(first), named(second)] : [first.dim, second.dim];
}

interface Axis {
  readonly axis: 'entry' | 'row' | 'column';
  readonly dim: Expr;
  /** What it counts, with all that describes it. */
  readonly full: string;
  readonly span: Span;
  readonly next: number;
}

const AXES: ReadonlyMap<string, Axis['axis']> = new Map([
  ['entry', 'entry'],
  ['component', 'entry'],
  ['coefficient', 'entry'],
  ['row', 'row'],
  ['column', 'column'],
]);

const AXES_AND_PLURALS: ReadonlyMap<string, Axis['axis']> = new Map(
  [...AXES].flatMap(([word, axis]) => [word, `${word}s`].map((one) => [one, axis])),
);

/** The axes of matrices alone. */
const AXES_IN_PLURAL: ReadonlyMap<string, Axis['axis']> = new Map([
  ['rows', 'row'],
  ['columns', 'column'],
]);

function behindJoint(words: readonly Word[], at: number): number {
  const comma = words[at]?.text === ',' ? at + 1 : at;
  return words[comma]?.text === 'and' ? comma + 1 : comma;
}

function axisAt(words: readonly Word[], at: number): Axis | null {
  const told = isOne(words[at]) ? (perThing(words, at) ?? perAxis(words, at)) : thingsOf(words, at);
  return told === null ? null : countedAxis(words, at, told);
}

function countedAxis(words: readonly Word[], at: number, { axis, noun, number }: Counted): Axis {
  const { span } = words[at] as Word;
  const { full } = noun;
  if (number !== null) return { axis, dim: number, full, span, next: noun.next };
  const counted = countedBehind(words, noun);
  if (counted !== null) return { axis, dim: counted.dim, full, span, next: counted.next };
  return { axis, dim: numberOf(words, noun) ?? { kind: 'name', name: nameOfCount(noun.name), span }, full, span, next: noun.next };
}

/** What an axis counts. */
interface Counted {
  readonly axis: Axis['axis'];
  readonly noun: Noun;
  /** The `$p$` of "the `$p$` covariates". */
  readonly number: Expr | null;
}

interface Noun {
  readonly name: string;
  readonly full: string;
  readonly next: number;
}

/** The `#asset` entries of "one per asset". */
export function onePerThing(words: readonly Word[], at: number): Size | null {
  const noun = words[at]?.text === 'one' && words[at + 1]?.text === 'per' ? nounAt(words, at + 2) : null;
  if (noun === null) return null;
  const { dim, span, next } = countedAxis(words, at, { axis: 'entry', noun, number: null });
  return { dims: [dim], span, next };
}

/** "one row per bar", "one number per bar", "a column for each degree of freedom". */
function perThing(words: readonly Word[], at: number): Counted | null {
  const axis = words[at + 1]?.text === 'number' ? 'entry' : AXES.get(words[at + 1]?.text ?? '');
  const noun = axis !== undefined && isPer(words[at + 2]) ? nounAt(words, at + 3) : null;
  return axis === undefined || noun === null || (words[at + 2]?.text === 'for' && !isEvery(words[at + 3]))
    ? null
    : { axis, noun, number: null };
}

/** "one difference vector per row". */
function perAxis(words: readonly Word[], at: number): Counted | null {
  const noun = nounAt(words, at + 1);
  const axis = noun !== null && words[noun.next]?.text === 'per' ? AXES.get(words[noun.next + 1]?.text ?? '') : undefined;
  return axis === undefined || axis === 'entry' || noun === null ? null : { axis, noun: { ...noun, next: noun.next + 2 }, number: null };
}

/** "rows are sensors", and not "rows are orthonormal". */
function thingsOf(words: readonly Word[], at: number): Counted | null {
  const axis = AXES_AND_PLURALS.get(words[at]?.text ?? '');
  return axis !== undefined && words[at + 1]?.text === 'are' ? thingsAt(words, at + 2, axis) : null;
}

/** "sensors", "the `$p$` covariates", and nothing more said of them. */
function thingsAt(words: readonly Word[], at: number, axis: Axis['axis']): Counted | null {
  const article = isOfAll(words[at]) ? at + 1 : at;
  const number = axis === 'entry' ? null : dimAt(words, article);
  const noun = nounAt(words, number === null ? at : article + 1);
  const after = noun === null ? undefined : words[noun.next];
  const isWhole = after === undefined || after.kind === 'stop' || /^(?:,|\)|\(|and)$/.test(after.text);
  return noun === null || !noun.isPlural || !isWhole ? null : { axis, noun, number };
}

const LONGEST_NOUN = 4;

/** "bar", "free degree of freedom", "each observation": by its head, which other places may have without its adjectives. */
function nounAt(words: readonly Word[], from: number): (Noun & { readonly isPlural: boolean }) | null {
  let at = /^(?:each|every|the|our)$/.test(words[from]?.text ?? '') ? from + 1 : from;
  const first = at;
  while (at - first < LONGEST_NOUN && words[at]?.kind === 'word' && !endsPhrase((words[at] as Word).text)) at++;
  const head = words[at - 1]?.text ?? '';
  if (at === first || AXES.has(head) || !/^\p{L}{3,}$/u.test(head)) return null;
  const isOf =
    words[at]?.text === 'of' &&
    words[at + 1]?.kind === 'word' &&
    !/^(?:the|an?|our)$/.test((words[at + 1] as Word).text) &&
    !endsPhrase((words[at + 1] as Word).text);
  const full = words
    .slice(first, at)
    .map(({ text }) => singular(text))
    .join(' ');
  return { name: singular(head), full, isPlural: /[^s]s$/u.test(head), next: isOf ? at + 2 : at };
}

function singular(noun: string): string {
  return noun.replace(/ies$/u, 'y').replace(/(?<=[^s])s$/u, '');
}

const LONGEST_ASIDE = 5;

/** "(`$n$` nodes)", "(there are `$n$`)", "(`$k$` of them)" behind what is counted. */
function countedBehind(words: readonly Word[], { next: open }: Noun): { readonly dim: Expr; readonly next: number } | null {
  if (words[open]?.text !== '(') return null;
  for (let at = open + 1; at <= open + LONGEST_ASIDE && words[at]?.text !== ')'; at++) {
    const size = sizeAt(words, at);
    const close = size === null ? -1 : words.findIndex((word, end) => end >= size.next && word.kind !== 'word');
    if (size?.dims.length === 1 && words[close]?.text === ')') return { dim: size.dims[0] as Expr, next: close + 1 };
  }
  return null;
}

/** The letter for as many as there are: "`$n$` is the number of observations", "the number of bars `$m$`", "`$N$` stored patterns". */
function numberOf(words: readonly Word[], { name }: Noun): Expr | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (word.kind !== 'word' || singular(word.text) !== name) continue;
    const dim = isNumbered(words, at)
      ? (dimAt(words, at + 1) ?? namedNumber(words, at))
      : /s$/u.test(word.text)
        ? dimBefore(words, at)
        : null;
    if (dim !== null) return dim;
  }
  return null;
}

/** "number of", "number of free", before a noun. */
function isNumbered(words: readonly Word[], noun: number): boolean {
  return [noun - 1, noun - 2].some((of) => words[of]?.text === 'of' && words[of - 1]?.text === 'number');
}

/** "`$n$` is the number of observations". */
function namedNumber(words: readonly Word[], noun: number): Expr | null {
  const number = words.findLastIndex(({ text }, at) => at < noun && text === 'number');
  const verb = words[number - 1]?.text === 'the' ? number - 2 : number - 1;
  return /^(?:is|denotes|for)$/.test(words[verb]?.text ?? '') ? dimAt(words, verb - 1) : null;
}

/** "`$N$` stored patterns". */
function dimBefore(words: readonly Word[], noun: number): Expr | null {
  return (
    dimAt(words, noun - 1) ??
    (words[noun - 1]?.kind === 'word' && !endsPhrase((words[noun - 1] as Word).text) ? dimAt(words, noun - 2) : null)
  );
}

function dimAt(words: readonly Word[], at: number): Expr | null {
  const size = words[at]?.kind === 'math' ? sizeAt(words, at) : null;
  const [dim, ...more] = size?.dims ?? [];
  return dim !== undefined && more.length === 0 ? dim : null;
}

// ---- words

const isOwning = anyOf('with has have having whose its');
const isOne = anyOf('one a an');
const isPer = anyOf('per for');
const isEvery = anyOf('each every');
const isOfAll = anyOf('the our all');
