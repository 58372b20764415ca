import type { Span } from '../base/span.ts';
import type { Property } from './ast.ts';
import { isBracketed, type Size, setAt, sizeAt } from './prose-size.ts';
import { anyOf, soleStatement, type Word } from './prose-words.ts';

/** What a phrase is about: "an `$m\times n$` matrix", "a scalar"; null where only a size or a property stands there. */
type Noun = 'matrix' | 'vector' | 'row' | 'scalar';

/** What a phrase says of what it names: "a symmetric `$n\times n$` matrix", "column vector of length `$n$`". */
export interface Phrase {
  readonly noun: Noun | null;
  readonly dims: Size['dims'] | null;
  readonly dimsSpan: Span | null;
  readonly properties: readonly Property[];
  /** The number of the word behind the noun, where names may stand. */
  readonly named: number;
  readonly next: number;
}

const NOUNS: ReadonlyMap<string, Noun> = new Map([
  ['matrix', 'matrix'],
  ['matrices', 'matrix'],
  ['vector', 'vector'],
  ['vectors', 'vector'],
  ['eigenvector', 'vector'],
  ['eigenvectors', 'vector'],
  ['column-vector', 'vector'],
  ['column-vectors', 'vector'],
  ['row-vector', 'row'],
  ['row-vectors', 'row'],
  ['scalar', 'scalar'],
  ['scalars', 'scalar'],
  ['-vector', 'vector'],
  ['-vectors', 'vector'],
  ['constant', 'scalar'],
]);

/** Words that end a phrase: what follows is said of something else. */
const BREAKS: ReadonlySet<string> = new Set(
  (
    'of in to for with by from on at as is are be was were has have had and or nor but where which that who whose then so when while if let suppose assume given denote denotes denoted denoting ' +
    'define defined call called write gives give yields contains holds into onto over under than using via per we i you it its their this these those there here not we’ll such because since thus hence also consider take choose pick fix introduce use'
  ).split(' '),
);

/** Whether no phrase goes on over a word. */
export function endsPhrase(text: string): boolean {
  return BREAKS.has(text);
}

const ARTICLES: ReadonlySet<string> = new Set('a an the its their some any each every our two three four both fixed given'.split(' '));

/** Names of this kind are constants, or follow from something else: declaring them would hide what they are. */
const DERIVED: ReadonlySet<string> = new Set(
  'identity zero null ones jacobian hessian gradient derivative commutation duplication elimination unit basis standard indicator'.split(
    ' ',
  ),
);

interface Reading {
  readonly words: readonly Word[];
  at: number;
  noun: Noun | null;
  size: Size | null;
  row: boolean;
  square: boolean;
  readonly properties: Property[];
}

/** Where these stand a phrase begins, whatever stands before: "to stay positive definite one stores an `$n\\times n$` matrix". */
export const INDEFINITE: ReadonlySet<string> = new Set(['a', 'an']);

/** Longest run of words that only describe. */
const MOST_ADJECTIVES = 6;

/** A noun phrase at a word, with or without its article; null where none is, or where it says nothing of a shape. */
export function phraseAt(words: readonly Word[], at: number): Phrase | null {
  const reading: Reading = { words, at, noun: null, size: null, row: false, square: false, properties: [] };
  while (ARTICLES.has(words[reading.at]?.text ?? '')) reading.at++;
  for (let others = 0; reading.noun === null && others <= MOST_ADJECTIVES; ) {
    const step = describe(reading);
    if (step === 'derived') return null;
    if (step === 'end') break;
    if (step === 'other') others++;
  }
  if (reading.noun === null && reading.size === null && reading.properties.length === 0) return null;
  if (reading.noun !== null) skipContents(reading);
  const named = reading.at;
  if (reading.noun !== null) readAfterNoun(reading);
  return phraseOf(reading, named);
}

function phraseOf({ noun, size, row, square, properties, at }: Reading, named: number): Phrase | null {
  const kind = noun === 'vector' && row ? 'row' : noun;
  const dims =
    size === null ? (kind === 'scalar' ? [] : null) : dimsFor(kind, size.dims, square || size.isOrder === true || isSquare(properties));
  if (size !== null && dims === null) return null;
  return {
    noun: kind,
    dims,
    dimsSpan: size?.span ?? null,
    properties: properties.length < 2 ? properties : [...new Set(properties)],
    named,
    next: at,
  };
}

/** The dimensions of one or two numbers for what they are said of. */
function dimsFor(noun: Noun | null, dims: Size['dims'], square: boolean): Size['dims'] | null {
  const [first] = dims;
  if (dims.length === 2 || first === undefined) return noun === 'scalar' ? null : dims;
  if (noun === 'row') return [{ kind: 'number', value: 1, span: first.span }, first];
  if (noun === 'vector') return dims;
  return noun === 'matrix' && square ? [first, first] : null;
}

function isSquare(properties: readonly Property[]): boolean {
  return properties.length > 0;
}

// ---- before the noun

/** Takes one word of a phrase: an adjective, a size, a property, the noun. */
function describe(reading: Reading): 'known' | 'other' | 'derived' | 'end' {
  const { words } = reading;
  const word = words[reading.at];
  if (word === undefined || word.kind === 'stop') return 'end';
  if (isBasisVector(words, reading.at)) return 'derived';
  const properties = propertiesAt(words, reading.at);
  if (properties !== null) {
    reading.properties.push(...properties.found);
    reading.at = properties.next;
    return 'known';
  }
  if (word.kind === 'math' || word.kind === 'number') return describeSize(reading);
  if (word.kind === 'sign') return skipSign(reading, word.text);
  return describeWord(reading, word.text);
}

/** "the first unit vector", "the `$k$`-th unit vector", "the standard unit vector": a constant, and no vector that happens to have length one. */
function isBasisVector(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]?.text ?? '';
  return words[at]?.text === 'unit' && (ORDINALS.has(before) || isNumbered(words[at - 1]));
}

const ORDINALS: ReadonlySet<string> = new Set('first second third last th -th ’th standard canonical coordinate cartesian'.split(' '));

/** The "1st" and "k-th" of one word. */
function isNumbered(word: Word | undefined): boolean {
  return word?.kind === 'word' && /^(?:\d+(?:st|nd|rd|th)|\w-th)$/.test(word.text);
}

function describeSize(reading: Reading): 'known' | 'end' {
  const size = reading.size === null ? sizeAt(reading.words, reading.at) : null;
  const after = size === null ? '' : (reading.words[size.next]?.text ?? '');
  const dimensional = /^(?:d|dim|dimensional|vectors?)$/.test(after);
  if (size === null || (size.dims.length === 1 && !dimensional)) return 'end';
  reading.size = size;
  reading.at = size.next + (dimensional && !after.startsWith('v') ? 1 : 0);
  return 'known';
}

/** A comma between adjectives, a size or properties in brackets. */
function skipSign(reading: Reading, sign: string): 'known' | 'end' {
  const { words, at } = reading;
  if (sign === ',' && propertiesAt(words, at + 1) !== null && reading.properties.length > 0) {
    reading.at++;
    return 'known';
  }
  const aside = sign === '(' ? propertiesAt(words, behindGiven(words, at + 1)) : null;
  if (aside !== null && words[aside.next]?.text === ')') {
    reading.properties.push(...aside.found);
    reading.at = aside.next + 1;
    return 'known';
  }
  const size = sign === '(' && reading.size === null ? sizeAt(words, at + 1) : null;
  if (size?.dims.length !== 2 || words[size.next]?.text !== ')') return 'end';
  reading.size = size;
  reading.at = size.next + 1;
  return 'known';
}

/** Behind the "known," of "the (known, symmetric) relationship matrix". */
function behindGiven(words: readonly Word[], at: number): number {
  if (!isGiven(words[at])) return at;
  return isJoint(words[at + 1]) ? at + 2 : at + 1;
}

function describeWord(reading: Reading, text: string): 'known' | 'other' | 'derived' | 'end' {
  if (ELEMENTS.has(text) && describeElement(reading)) return 'known';
  const noun = NOUNS.get(text) ?? (text === 'number' && isSingle(reading) ? 'scalar' : undefined);
  const quantity = noun === 'scalar' ? quantityAt(reading.words, reading.at + 1) : 0;
  // "constant `$n\times n$` matrices" are no numbers.
  const isOfMatrix = noun === 'scalar' && sizeAt(reading.words, reading.at + 1)?.dims.length === 2;
  if (noun !== undefined && !isOfMatrix && (quantity > 0 || endsNoun(reading.words[reading.at + 1]))) {
    reading.noun = noun;
    reading.at += quantity;
  }
  if (reading.noun === null && DERIVED.has(text)) return 'derived';
  if (reading.noun === null && (BREAKS.has(text) || INDEFINITE.has(text))) return 'end';
  if (text === 'row') reading.row = true;
  if (text === 'square') reading.square = true;
  reading.at++;
  return reading.noun === null ? 'other' : 'known';
}

/** "a real number", "`$w$` is a number", "is one number", and not "a number of rows", "one number per row". */
function isSingle({ words, at }: Reading): boolean {
  const before = words[at - 1]?.text;
  const isOne = /^(?:an?|one|single)$/u.test(before ?? '') && !/^(?:of|per|for)$/u.test(words[at + 1]?.text ?? '');
  return before === 'real' || isOne;
}

/** Of "a scalar bias `$\beta$`" how many words say what the number is for; nothing is said where no formula follows. */
function quantityAt(words: readonly Word[], at: number): number {
  return QUANTITIES.has(words[at]?.text ?? '') && words[at + 1]?.kind === 'math' ? 1 : 0;
}

const QUANTITIES: ReadonlySet<string> = new Set(
  (
    'bias biases gain gains weight weights parameter parameters hyperparameter hyperparameters coefficient coefficients factor factors offset offsets ' +
    'variable variables multiplier multipliers'
  ).split(' '),
);

/** What is in a set: "points in `$\mathbb R^d$`", "i.i.d. samples from `$\mathbb R^d$`"; without a set the words say nothing of a shape. */
const ELEMENTS: ReadonlySet<string> = new Set(
  'point points sample samples observation observations example examples element elements'.split(' '),
);

function describeElement(reading: Reading): boolean {
  const { words, at } = reading;
  const set = isFromSet(words[at + 1]) ? sizeOfSet(words, at + 2) : null;
  if (set === null) return false;
  reading.noun = set.dims.length === 2 ? 'matrix' : 'vector';
  reading.size = set;
  reading.at = set.next;
  return true;
}

/** "scalar function", "vector space": the word is no noun where another one follows. */
function endsNoun(after: Word | undefined): boolean {
  return after === undefined || after.kind !== 'word' || BREAKS.has(after.text) || /ly$/.test(after.text);
}

// ---- properties

const ADJECTIVES: ReadonlyMap<string, Property> = new Map([
  ['symmetric', 'symmetric'],
  ['skew-symmetric', 'skew'],
  ['antisymmetric', 'skew'],
  ['spd', 'spd'],
  ['psd', 'symmetric'],
  ['positive-definite', 'spd'],
  ['positive-semidefinite', 'symmetric'],
  ['orthogonal', 'orthogonal'],
  ['diagonal', 'diagonal'],
  ['orthonormal', 'orthogonal'],
  ['unit-norm', 'orthogonal'],
  ['one-hot', 'onehot'],
  ['binary', 'binary'],
  ['invertible', 'invertible'],
  ['nonsingular', 'invertible'],
  ['non-singular', 'invertible'],
  ['covariance', 'spd'],
  ['covariances', 'spd'],
]);

/** "Covariance" tells a property before "matrix" and before a capital letter. */
function isCapital(word: Word | undefined): boolean {
  const statement = soleStatement(word);
  const [name] = statement?.kind === 'equation' ? statement.sides : statement?.kind === 'declaration' ? statement.names : [];
  return name?.kind === 'name' && /\p{Lu}$/u.test(name.name);
}

const TRIANGLES: ReadonlySet<string> = new Set(['lower', 'upper']);

/** Words of which no property is told without one: most words are told from these by one look. */
const TELLING: ReadonlySet<string> = new Set([
  ...ADJECTIVES.keys(),
  ...TRIANGLES,
  ...'positive skew rotation unit probability normalised normalized'.split(' '),
]);

/** "symmetric and positive definite", "lower triangular", "positive"; null where no property is named. */
export function propertiesAt(words: readonly Word[], at: number): { readonly found: readonly Property[]; readonly next: number } | null {
  let one = propertyAt(words, at);
  if (one === null) return null;
  const found: Property[] = [];
  let next = at;
  for (; one !== null; one = propertyAt(words, isJoint(words[next]) ? next + 1 : next)) {
    found.push(one.property);
    next = one.next;
  }
  return { found, next };
}

function propertyAt(words: readonly Word[], at: number): { readonly property: Property; readonly next: number } | null {
  const text = words[at]?.text ?? '';
  if (!TELLING.has(text)) return null;
  const after = words[at + 1]?.text ?? '';
  if (TRIANGLES.has(text)) return /^triang(?:ular|le)$/.test(after) ? { property: text as Property, next: at + 2 } : null;
  if (text === 'positive') return positiveAt(words, at, after);
  if (text === 'skew') return after === 'symmetric' ? { property: 'skew', next: at + 2 } : null;
  if (text === 'orthogonal' && /^project(?:ion|or)s?$/.test(after)) return { property: 'projection', next: at + 2 };
  if (text === 'rotation') return /^matri(?:x|ces)$/.test(after) ? { property: 'orthogonal', next: at + 1 } : null;
  if (text === 'unit' || text === 'probability')
    return /^(?:eigen)?vectors?$/.test(after) ? { property: text === 'unit' ? 'orthogonal' : 'simplex', next: at + 1 } : null;
  if (text === 'normalised' || text === 'normalized')
    return /^(?:eigen)?vectors?$/.test(after) ? { property: 'orthogonal', next: at + 1 } : null;
  if ((text === 'covariance' || text === 'covariances') && after !== 'matrix' && after !== 'matrices' && !isCapital(words[at + 1]))
    return null;
  const property = ADJECTIVES.get(text);
  return property === undefined ? null : { property, next: at + 1 };
}

function positiveAt(words: readonly Word[], at: number, after: string): { readonly property: Property; readonly next: number } | null {
  if (after === 'definite') return { property: 'spd', next: at + 2 };
  if (after === 'semidefinite' || after === 'semi-definite') return { property: 'symmetric', next: at + 2 };
  if (after === 'semi' && words[at + 2]?.text === 'definite') return { property: 'symmetric', next: at + 3 };
  return { property: 'positive', next: at + 1 };
}

// ---- after the noun

/** "the vector of class scores `$s$`": what it holds. */
function skipContents(reading: Reading): void {
  const { words } = reading;
  if (words[reading.at]?.text !== 'of') return;
  let next = reading.at + 1;
  while (ARTICLES.has(words[next]?.text ?? '')) next++;
  const first = next;
  const isContent = ({ kind, text }: Word) => kind === 'word' && !BREAKS.has(text) && !MEASURES.has(text) && !NUMBERED.has(text);
  for (let word = words[next]; word !== undefined && isContent(word); word = words[next]) next++;
  const isMeasured = words[next]?.text === '(' && measureAt(words, next) !== null;
  if (next > first && next - first <= 3 && (isMeasured || words[next]?.kind === 'math')) reading.at = next;
}

export const MEASURES: ReadonlySet<string> = new Set('size sizes dimension dimensions length shape order dim'.split(' '));
/** "a matrix of rank `$n$`": what is a number, and no content. */
const NUMBERED: ReadonlySet<string> = new Set('rank degree norm trace determinant'.split(' '));
export const ENTRIES: ReadonlySet<string> = new Set('entries components elements coordinates features rows ones entry'.split(' '));

/** "of size `$m\times n$`", "with `$n$` entries", "in `$\mathbb R^n$`", also behind the names. */
function readAfterNoun(reading: Reading): void {
  const { words } = reading;
  let at = behindOwner(reading);
  while (isListed(words[at])) at++;
  const size = reading.size === null && reading.noun !== 'scalar' ? measureAt(words, at) : null;
  if (size !== null) {
    reading.size = size;
    reading.at = size.next;
    reading.properties.push(...(words[at]?.text === '(' ? (propertiesAt(words, at + 1)?.found ?? []) : []));
  }
  readPropertiesBeside(reading);
  readPropertiesAfter(reading);
}

/** Behind the "of `$u$`" of "the covariance matrix of `$u$` (symmetric, `$q\times q$`)", where a size follows that no vector has. */
function behindOwner({ words, at, noun }: Reading): number {
  const isOwned = noun === 'matrix' && words[at]?.text === 'of' && words[at + 1]?.kind === 'math';
  return isOwned && words[at + 2]?.text === '(' && enclosedSize(words, at + 2)?.dims.length === 2 ? at + 2 : at;
}

/** "(`$n\times n$`, symmetric)": what stands behind a size in its brackets. */
function readPropertiesBeside(reading: Reading): void {
  const { words, at } = reading;
  const properties = words[at - 1]?.text === ',' ? propertiesAt(words, at) : null;
  if (properties === null || words[properties.next]?.text !== ')') return;
  reading.properties.push(...properties.found);
  reading.at = properties.next + 1;
}

const LINKING: ReadonlySet<string> = new Set('which that is are assumed to be also always'.split(' '));

/** "the Fisher matrix, symmetric positive definite", "the Gram matrix, which is symmetric", "the mass matrix (symmetric)". */
function readPropertiesAfter(reading: Reading): void {
  const { words } = reading;
  const from = contentsEnd(words, reading.at);
  const sign = words[from]?.text ?? '';
  let at = sign === ',' || sign === '(' ? from + 1 : from;
  while (LINKING.has(words[at]?.text ?? '')) at++;
  const properties = at === from ? null : propertiesAt(words, at);
  const after = properties === null ? undefined : words[properties.next];
  const isWhole = after === undefined || after.kind === 'stop' || isEnding(after);
  if (properties === null || !isWhole) return;
  reading.properties.push(...properties.found);
  reading.at = properties.next;
}

/** Words that say what a matrix is made of. */
const LONGEST_CONTENTS = 12;

/** "the matrix of inner products of their derivatives (symmetric)", ", which is symmetric": where what is said begins; the same place where nothing is. */
function contentsEnd(words: readonly Word[], from: number): number {
  if (words[from]?.text !== 'of') return from;
  const end = words.findIndex((word, at) => at > from && word.kind !== 'word');
  const isSaidBehind = words[end]?.text === '(' || (words[end]?.text === ',' && isRelative(words[end + 1]));
  return isSaidBehind && end - from <= LONGEST_CONTENTS ? end : from;
}

/** Names that stand between a noun and its size: "vectors `$x$` and `$y$` of length `$n$`". */
function isListed(word: Word | undefined): boolean {
  return (word?.kind === 'math' && !isBracketed(word.math)) || word?.text === ',' || word?.text === 'and';
}

/** "of size `$m\times n$`", "of shape `$(N, D)$`", "with `$n$` entries", "(`$m\times n$`)", "in `$\mathbb R^n$`". */
export function measureAt(words: readonly Word[], at: number): Size | null {
  const first = words[at]?.text ?? '';
  if (first === '(') return enclosedSize(words, at);
  if (first === 'in' || first === 'from') return sizeOfSet(words, at + 1);
  if (first === 'which' && words[at + 1]?.text === 'has') return measureAt(words, at + 1);
  if (!isMeasuring(words[at])) return null;
  const set = first === 'of' ? sizeOfSet(words, at + 1) : null;
  if (set !== null) return set;
  let next = at + 1;
  while (isDescribing(words[next])) next++;
  if (MEASURES.has(words[next]?.text ?? '')) return measuredBy(words, next);
  const count = sizeAt(words, next);
  if (count === null) return null;
  const described = propertiesAt(words, count.next);
  if (described !== null && count.dims.length === 1 && ENTRIES.has(words[described.next]?.text ?? ''))
    return { ...count, next: described.next + 1, properties: described.found };
  const counted = words[count.next]?.text ?? '';
  if (counted === 'rows' && words[count.next + 1]?.text === 'and') return rowsAndColumns(words, count);
  return count.dims.length === 1 && ENTRIES.has(counted) && counted !== 'rows' ? { ...count, next: count.next + 1 } : null;
}

/** "length `$n$`", "order `$n$`": only what is square has an order. */
function measuredBy(words: readonly Word[], at: number): Size | null {
  const size = sizeAt(words, at + 1);
  return size !== null && words[at]?.text === 'order' ? { ...size, isOrder: true } : size;
}

/** "(`$m$` rows, `$n$` columns)", "(`$m\times n$`)", "(of length `$n$`)", "(length `$n$`)", "(positive, length `$n$`)". */
function enclosedSize(words: readonly Word[], open: number): Size | null {
  const properties = propertiesAt(words, open + 1);
  const at = properties !== null && words[properties.next]?.text === ',' ? properties.next : open;
  const measured = MEASURES.has(words[at + 1]?.text ?? '')
    ? measuredBy(words, at + 1)
    : (measureAt(words, at + 1) ?? countedAxes(words, at + 1));
  const size = measured ?? sizeAt(words, at + 1);
  const closes = size !== null && (words[size.next]?.text === ')' || words[size.next]?.text === ',');
  return closes && (measured !== null || size.dims.length === 2) ? { ...size, next: size.next + 1 } : null;
}

function sizeOfSet(words: readonly Word[], at: number): Size | null {
  const shape = setAt(words, at);
  return shape === null || shape.dims.length === 0 ? null : { dims: shape.dims, span: (words[at] as Word).span, next: at + 1 };
}

/** "`$m$` rows, `$n$` columns". */
function countedAxes(words: readonly Word[], at: number): Size | null {
  const rows = sizeAt(words, at);
  const isListed = rows !== null && words[rows.next]?.text === 'rows' && /^(?:,|and)$/.test(words[rows.next + 1]?.text ?? '');
  return isListed ? rowsAndColumns(words, rows) : null;
}

function rowsAndColumns(words: readonly Word[], rows: Size): Size | null {
  const cols = sizeAt(words, rows.next + 2);
  if (cols === null || rows.dims.length !== 1 || cols.dims.length !== 1 || !/^columns?$/.test(words[cols.next]?.text ?? '')) return null;
  return { dims: [...rows.dims, ...cols.dims], span: rows.span, next: cols.next + 1 };
}

// ---- words

const isGiven = anyOf('known given fixed constant real square');
const isJoint = anyOf('and ,');
const isMeasuring = anyOf('of with has have having');
const isFromSet = anyOf('in from of');
const isEnding = anyOf(', ) and with');
const isRelative = anyOf('which that');
const isDescribing = anyOf('a an the its common same total exactly');
