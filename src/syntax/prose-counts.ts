import { lazily } from '../base/lazily.ts';
import type { Span } from '../base/span.ts';
import type { DeclarationStatement, Expr, Statement } from './ast.ts';
import { axesAt, axesOf, axesOfMatrixAt, isOpenAxis, onePerThing } from './prose-axes.ts';
import { type Names, namesAt, namesBefore } from './prose-names.ts';
import { isObject } from './prose-object.ts';
import { ENTRIES, endsPhrase } from './prose-phrase.ts';
import { type Size, sizeAt } from './prose-size.ts';
import { anyOf, type Word } from './prose-words.ts';
import { symbolKey } from './symbol-key.ts';

/**
 * How large things are, as it is said of them in passing: "`$v$` is the teleport column with `$n$` entries", "its mean is `$m$` (`$d$` entries)", "`$y$` is
 * the column of counts, one entry per stop (there are `$n$`)", "`$A$` has one row per ray (`$m$` rays), one column per pixel (`$n$`)", "`$P$` is column
 * stochastic, `$n\times n$`", "(inputs have `$d$` entries each)". What the sentence says plainly is `known`, and counts.
 */
export function countsIn(words: readonly Word[], known: readonly Statement[]): DeclarationStatement[] {
  const declared = lazily(
    () => new Set(known.flatMap((one) => (one.kind === 'declaration' && one.shape !== null ? one.names.map(symbolKey) : []))),
  );
  const found: DeclarationStatement[] = [];
  for (let at = 0; at < words.length; at++) {
    const said = saidAt(words, at);
    if (said === null) continue;
    const { size, lists, span } = said;
    for (const names of lists) {
      const open = names.filter((name) => !declared().has(symbolKey(name)) && (size.dims.length === 2 || !isCapital(name)));
      found.push(...declaredAs(open, size, span));
    }
    at = Math.max(at, said.next - 1);
  }
  return found;
}

/** What is said of names together; each has the axes of its own of which nothing is said. */
function declaredAs(names: readonly Expr[], { dims, span: at }: Size, span: Span): readonly DeclarationStatement[] {
  const declare = (some: readonly Expr[], of: readonly Expr[]): DeclarationStatement => ({
    kind: 'declaration',
    names: some,
    shape: { dims: of, span: at },
    properties: [],
    mild: 'here',
    span,
  });
  if (names.length === 0) return [];
  return dims.some(isOpenAxis) ? names.map((name) => declare([name], axesOf(dims, symbolKey(name) ?? ''))) : [declare(names, dims)];
}

interface Said {
  /** Names as they are listed, `x` by itself, `c_1, …, c_m`. */
  readonly lists: readonly (readonly Expr[])[];
  readonly size: Size;
  readonly span: Span;
  readonly next: number;
}

function saidAt(words: readonly Word[], at: number): Said | null {
  if (words[at]?.kind !== 'math') return saidOfAxes(words, at) ?? saidByNoun(words, at);
  const subject = namesAt(words, at);
  if (subject === null || isBehindMeasure(words, at)) return null;
  const size = sizeBehind(words, subject);
  if (size === null) return null;
  const others = words[subject.next]?.text === 'have' ? namesBefore(words, subject.next, false) : [];
  const lists = [others.length > subject.names.length ? others : subject.names, ...soBehind(words, size)];
  return { lists, size, span: subject.span, next: subject.next };
}

/** "Rows of `$X$` are samples, columns are features". */
function saidOfAxes(words: readonly Word[], at: number): Said | null {
  const said = axesOfMatrixAt(words, at);
  return said === null ? null : { lists: [said.names.names], size: said.size, span: said.names.span, next: said.size.next };
}

/** The names of ", so does `$b$`" behind "`$u$` has one entry per node". */
function soBehind(words: readonly Word[], { next }: Size): readonly (readonly Expr[])[] {
  const so = [next, next + 1, next + 2].find((at) => words[at]?.text === 'so') ?? -1;
  const isJoined = so > 0 && words.slice(next, so).every(({ text }) => /^(?:,|and|;)$/u.test(text));
  const names = isJoined && /^(?:does|do|has|have|is|are)$/u.test(words[so + 1]?.text ?? '') ? namesAt(words, so + 2) : null;
  return names === null ? [] : [names.names];
}

/** A letter with one number of entries is no matrix. */
function isCapital(name: Expr): boolean {
  return /^(?:\w+:)*\p{Lu}(?:_|$)/u.test(symbolKey(name) ?? '');
}

/** Of "with `$n$` entries" and "(`$m$` rays)" the letter counts. */
function isBehindMeasure(words: readonly Word[], at: number): boolean {
  return isMeasuring(words[at - 1]) && countAt(words, at) !== null;
}

// ---- where it is said

const ADVERBS: ReadonlySet<string> = new Set('also again each both all now then always just'.split(' '));
const VERBS: ReadonlySet<string> = new Set(
  'is are be was were holds hold collects collect contains contain gathers gather stores store'.split(' '),
);
const COLUMN = /^(?:column|vector)s?$|^-vectors?$/;

function skipAdverbs(words: readonly Word[], from: number): number {
  let at = from;
  while (ADVERBS.has(words[at]?.text ?? '')) at++;
  return at;
}

function sizeBehind(words: readonly Word[], { names, first, next }: Names): Size | null {
  if (isObject(words, first)) return sizeByWhich(words, next);
  if (words[next]?.text === '(') return sizeInAside(words, next + 1);
  const comma = words[next]?.text === ',' ? next + 1 : next;
  const at = skipAdverbs(words, comma);
  const counted = at > next ? entriesWith(words, at) : null;
  if (counted !== null) return counted;
  const verb = VERBS.has(words[at]?.text ?? '') ? skipAdverbs(words, at + 1) : null;
  const each = words[at]?.text === 'are' && names.every(({ kind }) => kind === 'name') ? onePerBehind(words, at + 1) : null;
  if (each !== null) return each;
  const isApposed = isApposing(words[at]);
  return verb !== null || isApposed ? sizeBehindNoun(words, verb ?? at) : axesAt(words, at);
}

/** "the weights, one per asset": of what counts members, `$w_k$`, each would be one. */
function onePerBehind(words: readonly Word[], from: number): Size | null {
  for (let at = from; at < from + LONGEST_NOUN && words[at]?.kind === 'word'; at++)
    if (/^[,(]$/u.test(words[at + 1]?.text ?? '')) return onePerThing(words, at + 2);
  return null;
}

/** "the rows of `$X$`, which is an `$n\times d$` matrix". */
function sizeByWhich(words: readonly Word[], next: number): Size | null {
  if (words[next]?.text !== ',' || words[next + 1]?.text !== 'which' || words[next + 2]?.text !== 'is') return null;
  const size = sizeAt(words, /^an?$/.test(words[next + 3]?.text ?? '') ? next + 4 : next + 3);
  return size?.dims.length === 2 && /^(?:matrix|,|\))?$/.test(words[size.next]?.text ?? '') ? size : null;
}

/** So many words may say what something is before its size is told. */
const LONGEST_NOUN = 14;

/** "the teleport column with `$n$` entries", "points in the plane (columns, 2 entries)", "the vector of the `$m$` stiffnesses", "column stochastic, `$n\times n$`". */
function sizeBehindNoun(words: readonly Word[], from: number): Size | null {
  if (words[from]?.text === 'not') return null;
  for (let at = from, isColumn = false, isRow = false; at < from + LONGEST_NOUN; at++) {
    const word = words[at];
    const row = isRow ? entriesWith(words, at) : null;
    if (row !== null) return { ...row, dims: [{ kind: 'number', value: 1, span: row.span }, ...row.dims] };
    const it = word === undefined ? null : behindIt(words, at);
    if (it !== null) return axesAt(words, it);
    if (word === undefined || word.kind === 'stop') return null;
    if (word.text === '(') return sizeInAside(words, at + 1);
    if (word.text === ',') return behindComma(words, at + 1, isColumn);
    if (word.text === ':') return axesAt(words, at + 1);
    if (word.text === 'with' || word.text === 'of') {
      const size =
        isColumn || word.text === 'with' ? (entriesWith(words, at) ?? axesAt(words, at) ?? (isColumn ? numberOf(words, at) : null)) : null;
      if (size !== null) return size;
    }
    if (word.kind === 'math' && !isAtTime(words, at)) return sizeOfJacobian(words, at);
    if (word.kind === 'sign' || (word.kind === 'word' && ENDS.has(word.text))) return null;
    isRow ||= /^row(?:s|-vectors?)?$/u.test(word.text);
    isColumn ||= COLUMN.test(word.text);
  }
  return null;
}

/** Behind the "it has" of "the incidence matrix: it has one row per edge", "the data matrix. It has …". */
function behindIt(words: readonly Word[], at: number): number | null {
  const isEnd = words[at]?.kind === 'stop' || words[at]?.text === ':';
  return isEnd && words[at + 1]?.text === 'it' && words[at + 2]?.text === 'has' ? at + 2 : null;
}

/** Words behind which something else is spoken of. */
const ENDS: ReadonlySet<string> = new Set(
  'that which where when whose if so because since but then is are be was were has have'.split(' '),
);

/** "the `$3\times n$` Jacobian at the current pose": a matrix, where no function says what it is. */
function sizeOfJacobian(words: readonly Word[], at: number): Size | null {
  const size = sizeAt(words, at);
  const isNamed = size?.dims.length === 2 && isDerivative(words[size.next]);
  return isNamed && words[size.next + 1]?.text !== 'of' ? size : null;
}

/** "at time `$t$`", "in state `$k$`". */
function isAtTime(words: readonly Word[], at: number): boolean {
  return isTime(words[at - 1]);
}

function behindComma(words: readonly Word[], from: number, isColumn: boolean): Size | null {
  const at = skipAdverbs(words, from);
  const size = sizeAt(words, at);
  if (size?.dims.length === 2) return endsThere(words[size.next]) ? size : null;
  return axesAt(words, at) ?? entriesWith(words, at) ?? (isColumn ? countAt(words, at) : null);
}

function endsThere(word: Word | undefined): boolean {
  return word === undefined || word.kind === 'stop' || word.kind === 'sign' || word.text === 'and';
}

/** "(`$d$` entries)", "(column, `$K$` entries)", "(also `$K$` entries)", "(a tall `$m\times n$` matrix)", "(a column with `$h$` entries)", "(a number between 0 and 1)". */
function sizeInAside(words: readonly Word[], from: number): Size | null {
  for (let at = from; at < from + LONGEST_NOUN; at++) {
    const word = words[at];
    if (word === undefined || word.kind === 'stop' || word.text === ')' || word.text === '(') return null;
    const axes = axesAt(words, at);
    if (axes !== null) return axes;
    const size = sizeAt(words, at);
    if (/^(?:number|scalar)$/.test(word.text)) return endsNumber(words[at + 1]) ? { dims: [], span: word.span, next: at + 1 } : null;
    if (size?.dims.length === 2) return endsMatrix(words[size.next]) ? size : null;
    const counted = countAt(words, at) ?? entriesWith(words, at);
    if (counted !== null) return counted;
    if (word.kind === 'math' || (word.kind === 'word' && endsPhrase(word.text) && !ADVERBS.has(word.text))) return null;
  }
  return null;
}

// ---- how it is said

/** "with `$n$` entries", "has 2 components". */
function entriesWith(words: readonly Word[], at: number): Size | null {
  return isHaving(words[at]) ? countAt(words, skipAdverbs(words, at + 1)) : null;
}

/** "`$n$` entries". */
function countAt(words: readonly Word[], at: number): Size | null {
  const size = sizeAt(words, at);
  if (size?.dims.length !== 1) return null;
  const noun = words[size.next]?.text ?? '';
  return ENTRIES.has(noun) && !/^(?:rows|ones|entry)$/.test(noun) ? size : null;
}

/** "the vector of the `$m$` stiffnesses", and not "of the `$i$`-th". */
function numberOf(words: readonly Word[], of: number): Size | null {
  const at = isOfAll(words[of + 1]) ? of + 2 : of + 1;
  const size = sizeAt(words, at);
  return size?.dims.length === 1 && /^(?!ones$|zeros$)\p{L}{3,}s$/u.test(words[size.next]?.text ?? '') ? size : null;
}

const LONGEST_SUBJECT = 10;

/** "centres `$c_j$`, an input `$x$` (centres and input have `$d$` entries each)": what is said of things by their nouns. */
function saidByNoun(words: readonly Word[], at: number): Said | null {
  const size = sizeBehindVerb(words, at);
  if (size === null) return null;
  const nouns: string[] = [];
  for (let before = at - 1; before >= Math.max(0, at - LONGEST_SUBJECT); before--) {
    const { kind, text } = words[before] as Word;
    if (kind === 'math') return null;
    if (kind === 'stop' || text === '(') break;
    if (!ADVERBS.has(text) && !/^(?:and|the|,|all)$/.test(text)) nouns.push(singular(text));
  }
  const lists = words.flatMap(({ kind, text }, noun) => {
    if (kind !== 'word' || !nouns.includes(singular(text))) return [];
    const names = namesAt(words, noun + 1)?.names;
    return names === undefined ? [] : [names];
  });
  return lists.length === 0 ? null : { lists, size, span: size.span, next: size.next };
}

/** "have `$d$` entries each", "has one entry per node", "are columns with one entry per node". */
function sizeBehindVerb(words: readonly Word[], at: number): Size | null {
  const verb = words[at]?.text ?? '';
  if (/^(?:has|have)$/.test(verb)) return entriesWith(words, at) ?? axesAt(words, at);
  const noun = skipAdverbs(words, at + 1);
  return /^(?:is|are)$/.test(verb) && COLUMN.test(words[noun]?.text ?? '')
    ? (entriesWith(words, noun + 1) ?? axesAt(words, noun + 1))
    : null;
}

function singular(noun: string): string {
  return noun.replace(/s$/u, '');
}

// ---- words

const isMeasuring = anyOf('with have has the of are');
const isApposing = anyOf('a an the all some');
const isDerivative = anyOf('jacobian hessian');
const isTime = anyOf('time times step steps state layer node iteration');
const endsNumber = anyOf(') , between in');
const endsMatrix = anyOf(') , matrix matrices');
const isHaving = anyOf('with has have having');
const isOfAll = anyOf('the all our');
