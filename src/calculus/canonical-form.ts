import { apply } from '../ops/algebra/apply.ts';
import { entryExpanded, entryOf, unitIndex } from '../ops/algebra/entry.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { binder, number, ones, symbol } from '../ops/algebra/leaves.ts';
import { inner, total, trace } from '../ops/algebra/matrix-functions.ts';
import { power, reciprocal, squareRoot } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { rebuild, withParts } from '../ops/algebra/rebuild.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { isApply, isColumn, isConstant, isNumber, isRow, isVector, type Value } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import { type RangeOf, summed } from './index-form.ts';
import { multiplyOut, termsWhenMultipliedOut } from './multiply-out.ts';
import { inPartialFractions, withoutInnerDivisors } from './partial-fractions.ts';

/** Terms of an expression that is multiplied out: more would take longer than a proof is worth. */
export const MOST_TERMS = 400;

/**
 * One way of writing for many: functions that others are made of are written out, brackets are multiplied
 * out, entries are those of symbols. Values that have one form are equal; others may be too. Null where it
 * would have too many terms.
 */
export function canonicalForm(value: Value, range: RangeOf): Value | null {
  let current = value;
  for (let round = 0; round < ROUNDS; round++) {
    const written = rebuild(current, (part) => rewritten(part, range));
    if (termsWhenMultipliedOut(written) > MOST_TERMS) return null;
    const next = rebuild(written, multiplyOut);
    if (next.key === current.key) break;
    current = next;
  }
  return withOwnIndices(current, range, 0);
}

/** What is written out may have to be multiplied out, and what is multiplied out written anew. */
const ROUNDS = 8;

function rewritten(part: Value, range: RangeOf): Value {
  switch (part.kind) {
    case 'apply':
      return WRITTEN_OUT[part.op]?.(part) ?? part;
    case 'entry':
      return entryExpanded(part);
    case 'power':
      return withoutInnerDivisors(part) ?? rewrittenPower(part);
    case 'product':
      return inPartialFractions(part) ?? rewrittenProduct(part);
    case 'hadamard':
      return inPartialFractions(part) ?? part;
    case 'binder':
      return termByTerm(part, range);
    default:
      return part;
  }
}

type Rewriting = (part: Value & { kind: 'apply' }) => Value | null;

const positivePart: Rewriting = ({ args }) => positive(args[0] as Value);

const euclidean: Rewriting = ({ args }) => {
  const [x] = args as readonly [Value];
  return isScalar(x.shape) ? null : squareRoot(inner(x, x));
};

/** Functions that are made of others. */
const WRITTEN_OUT: Partial<Record<OpName, Rewriting>> = {
  exp: (part) => exponential(part),
  softmax: ({ args }) => {
    const e = apply('exp', args);
    return isColumn(e) ? product(reciprocal(total(e)), e) : null;
  },
  logsumexp: ({ args }) => apply('log', [total(apply('exp', args))]),
  sigmoid: ({ args }) => reciprocal(onePlus(apply('exp', [product(number(-1), args[0] as Value)]))),
  softplus: ({ args }) => apply('log', [onePlus(apply('exp', args))]),
  relu: positivePart,
  positivePart,
  max: ({ args: [a, b, ...more] }) => {
    const isWithZero = a !== undefined && b !== undefined && more.length === 0 && (isZeroLike(a) || isZeroLike(b));
    return isWithZero ? positive(isZeroLike(a) ? b : a) : null;
  },
  greater: ({ args: [a, b], shape }) => (a === undefined || b === undefined || isZeroLike(b) ? null : compared('greater', a, b, shape)),
  less: ({ args: [a, b], shape }) => (a === undefined || b === undefined ? null : compared('greater', b, a, shape)),
  greaterEqual: ({ args: [a, b], shape }) =>
    a === undefined || b === undefined || isZeroLike(b) ? null : compared('greaterEqual', a, b, shape),
  lessEqual: ({ args: [a, b], shape }) => (a === undefined || b === undefined ? null : compared('greaterEqual', b, a, shape)),
  cases: ({ args, shape }) => (isScalar(shape) ? byConditions(args) : null),
  total: ({ args }) => sumOfProducts(args[0] as Value),
  norm: euclidean,
  normF: euclidean,
  norm2: (part) => (isVector(part.args[0] as Value) ? euclidean(part) : null),
  pow: ({ args: [base, exponent] }) => (base !== undefined && exponent !== undefined ? repeated(base, exponent) : null),
};

/** a > b where a - b > 0. */
function compared(op: 'greater' | 'greaterEqual', a: Value, b: Value, shape: MatrixShape): Value {
  const wide = (side: Value) => (isScalar(side.shape) && !isScalar(shape) ? product(side, ones(shape)) : side);
  return apply(op, [sum(wide(a), product(number(-1), wide(b))), number(0)], shape);
}

/** What holds under a condition counts where none before it holds: the values in turn with their conditions, the last one without. */
function byConditions(args: readonly Value[]): Value {
  const [value, condition, ...more] = args as readonly [Value, Value | undefined, ...Value[]];
  if (condition === undefined) return value;
  const holds = apply('indicator', [condition]);
  const fails = sum(number(1), product(number(-1), holds));
  return sum(product(holds, value), ...(more.length === 0 ? [] : [product(fails, byConditions(more))]));
}

/** The sum of the entries of A ⊙ B is tr(A' B), that of a diagonal the trace. */
function sumOfProducts(value: Value): Value | null {
  if (isApply(value, 'diag') && isColumn(value)) return trace(value.args[0] as Value);
  if (value.kind === 'power' && isNumber(value.exponent, 2)) return inner(value.base, value.base);
  const [a, b, ...more] = value.kind === 'hadamard' ? value.factors : [];
  return a === undefined || b === undefined || more.length > 0 ? null : inner(a, b);
}

function onePlus(value: Value): Value {
  return sum(ones(value.shape), value);
}

function positive(value: Value): Value {
  return hadamard(value, apply('indicator', [apply('greater', [value, number(0)], value.shape)]));
}

function isZeroLike(value: Value): boolean {
  return isNumber(value, 0) || isConstant(value, 'zeros');
}

/** X^3 as X X X, and X^-2 as X^-1 X^-1. */
function repeated(base: Value, exponent: Value): Value | null {
  if (!isNumber(exponent) || !Number.isInteger(exponent.value) || Math.abs(exponent.value) > 6) return null;
  const factor = exponent.value < 0 ? apply('inverse', [base]) : base;
  return product(...Array.from({ length: Math.abs(exponent.value) }, () => factor));
}

/** The exponential of a sum is a product, that of -u one divided by that of u. */
const exponential: Rewriting = ({ args }) => {
  const [x] = args as readonly [Value];
  if (x.kind === 'sum') return hadamard(...x.terms.map((term) => apply('exp', [term])));
  if (isApply(x, 'log')) return x.args[0] as Value;
  const alike = x.kind === 'product' && x.factors.length === 1 ? x.factors[0] : undefined;
  if (x.kind === 'product' && alike !== undefined && isConstant(alike, 'ones'))
    return product(apply('exp', [product(number(x.coefficient), ...x.scalars)]), alike);
  const coefficient =
    x.kind === 'product' && Number.isInteger(x.coefficient) ? x.coefficient : x.kind === 'product' && x.coefficient < 0 ? -1 : 1;
  return coefficient === 1 ? null : power(apply('exp', [product(number(1 / coefficient), x)]), number(coefficient));
};

/** Entries that are their own squares: conditions, and those of masks. */
function isOfZerosAndOnes(value: Value): boolean {
  if (isApply(value, 'transpose')) return isOfZerosAndOnes(value.args[0] as Value);
  if (value.kind === 'entry') return isOfZerosAndOnes(value.base);
  return isApply(value, 'indicator') || (value.kind === 'symbol' && value.properties.some((one) => one === 'binary' || one === 'onehot'));
}

/** A condition is its own square, and the power of a product the product of the powers. */
function rewrittenPower({ base, exponent }: Value & { kind: 'power' }): Value {
  if (isOfZerosAndOnes(base) && isNumber(exponent) && exponent.value > 0) return base;
  if (base.kind === 'hadamard' && isNumber(exponent) && Number.isInteger(exponent.value))
    return hadamard(...base.factors.map((factor) => power(factor, exponent)));
  if (base.kind !== 'product' || !isNumber(exponent) || base.coefficient <= 0) return power(base, exponent);
  const [only, ...more] = base.factors;
  if (isScalar(base.shape)) {
    const chain = base.factors.length === 0 ? [] : [power(product(...base.factors), exponent)];
    return product(power(number(base.coefficient), exponent), ...base.scalars.map((one) => power(one, exponent)), ...chain);
  }
  if (only === undefined || more.length > 0) return power(base, exponent);
  return product(power(number(base.coefficient), exponent), ...base.scalars.map((one) => power(one, exponent)), power(only, exponent));
}

/** 1' x is the sum of x; a row times a diagonal matrix is an entrywise product. */
function rewrittenProduct(part: Value & { kind: 'product' }): Value {
  const { coefficient, scalars, factors } = part;
  const [first, ...rest] = factors;
  const last = factors.at(-1);
  if (first === undefined || last === undefined || rest.length === 0) return part;
  const scale = [number(coefficient), ...scalars];
  if (isScalar(part.shape) && isConstant(first, 'ones')) return product(...scale, total(product(...rest)));
  if (isScalar(part.shape) && isConstant(last, 'ones')) return product(...scale, total(transpose(product(...factors.slice(0, -1)))));
  const entrywise = isScalar(part.shape) ? entrywiseInner(factors) : null;
  if (entrywise !== null) return product(...scale, entrywise);
  const picked = partPicked(factors);
  if (picked !== null) return product(...scale, picked);
  const seam = factors.findIndex((factor, place) => isOnes(factor, isColumn) && isOnes(factors[place + 1], isRow));
  if (seam >= 0) {
    const whole = ones(product(...factors.slice(seam, seam + 2)).shape);
    return product(...scale, ...factors.slice(0, seam), whole, ...factors.slice(seam + 2));
  }
  const at = factors.findIndex((factor, place) => place > 0 && isApply(factor, 'diag') && isRow(product(...factors.slice(0, place))));
  const own = factors[at];
  if (at < 0 || own === undefined || !isApply(own, 'diag')) return part;
  const row = transpose(hadamard(own.args[0] as Value, transpose(product(...factors.slice(0, at)))));
  return product(...scale, row, ...factors.slice(at + 1));
}

/** A e_k is column k of A, and e_k' A its row; null where no unit vector stands beside a matrix. */
function partPicked(factors: readonly Value[]): Value | null {
  const pairs = factors.slice(1).map((right, at) => pickedBetween(factors[at] as Value, right));
  const at = pairs.findIndex((pair) => pair !== null);
  return at < 0 ? null : product(...factors.slice(0, at), pairs[at] as Value, ...factors.slice(at + 2), number(1));
}

function pickedBetween(left: Value, right: Value): Value | null {
  const column = isMatrixSymbol(left) ? unitIndex(right) : null;
  if (column !== null) return entryOf(left, [{ kind: 'all' }, { kind: 'at', index: column }]);
  const row = isMatrixSymbol(right) ? unitIndex(transpose(left)) : null;
  return row === null ? null : entryOf(right, [{ kind: 'at', index: row }, { kind: 'all' }]);
}

function isMatrixSymbol(value: Value): boolean {
  const bare = isApply(value, 'transpose') ? (value.args[0] as Value) : value;
  return bare.kind === 'symbol' && !isVector(bare);
}

/** (u ⊙ v)' w, and u' (v ⊙ w), which are one number, in one order. */
function entrywiseInner(factors: readonly Value[]): Value | null {
  const [first, last] = [transpose(factors[0] as Value), factors.at(-1) as Value];
  if (last.kind === 'hadamard') return inOneOrder(hadamard(transpose(product(...factors.slice(0, -1))), last));
  return first.kind === 'hadamard' ? inOneOrder(hadamard(first, product(...factors.slice(1)))) : null;
}

/** The sum of the entries. */
function inOneOrder(entries: Value): Value {
  if (entries.kind === 'product' && entries.factors.length === 1)
    return product(number(entries.coefficient), ...entries.scalars, inOneOrder(entries.factors[0] as Value));
  if (entries.kind !== 'hadamard') return total(entries);
  const [first, ...others] = entries.factors.toSorted((a, b) => (a.key < b.key ? -1 : 1)) as [Value, ...Value[]];
  return product(transpose(first), hadamard(...others));
}

function isOnes(value: Value | undefined, test: (value: Value) => boolean): boolean {
  return value !== undefined && isConstant(value, 'ones') && test(value);
}

/** Σ (a + b) is Σ a + Σ b, in matrices where each has a form in matrices. */
function termByTerm(part: Value & { kind: 'binder' }, range: RangeOf): Value {
  if (part.binder !== 'sum') return part;
  const terms = part.body.kind === 'sum' ? part.body.terms : [part.body];
  return sum(...terms.map((body) => summed({ ...part, body }, range)));
}

/** Indices named after how deep they are bound and how far they run, so that the letter does not matter. */
function withOwnIndices(value: Value, range: RangeOf, depth: number): Value {
  if (value.kind !== 'binder') return withParts(value, (part) => withOwnIndices(part, range, depth));
  const names = new Map(value.indices.map((id, at) => [id, `$${depth + at}:${range(id)?.key ?? '?'}`]));
  const body = withOwnIndices(renamed(value.body, names), range, depth + value.indices.length);
  const isWhole = value.indices.every((id) => range(id) !== null);
  const ends = isWhole ? { from: null, to: null } : { from: value.from, to: value.to };
  return binder({ ...value, ...ends, indices: value.indices.map((id) => names.get(id) as SymbolId), body }, value.shape);
}

function renamed(value: Value, names: ReadonlyMap<SymbolId, string>): Value {
  // A sum within that binds the same letter means its own.
  if (value.kind === 'binder' && value.indices.some((id) => names.has(id))) {
    const others = new Map([...names].filter(([id]) => !value.indices.includes(id)));
    return others.size === 0 ? value : withParts(value, (part) => renamed(part, others));
  }
  const name = value.kind === 'symbol' ? names.get(value.id) : undefined;
  if (name !== undefined) return symbol(name, value.shape);
  return withParts(value, (part) => renamed(part, names));
}

/**
 * The value without its denominators: times the highest power of every sum that it is divided by, entry by entry
 * where it is a vector. It is zero where the value is. Null where nothing is divided.
 */
export function withoutDenominators(value: Value): Value | null {
  const terms = betweenCommonEnds(value.kind === 'sum' ? value.terms : [value]);
  const found = new Map<string, { base: Value; exponent: number }>();
  for (const factor of terms.flatMap(factorsOf)) {
    if (factor.kind !== 'power' || !isNumber(factor.exponent) || factor.exponent.value >= 0) continue;
    const exponent = Math.ceil(-factor.exponent.value);
    const known = found.get(factor.base.key);
    if (known === undefined || known.exponent < exponent) found.set(factor.base.key, { base: factor.base, exponent });
  }
  if (found.size === 0) return null;
  const denominators = [...found.values()].map(({ base, exponent }) => power(base, number(exponent)));
  const cleared = sum(...terms.map((term) => times(term, denominators)));
  const opened = rebuild(cleared, (part) => (part.kind === 'power' && part.base.kind === 'sum' ? openedPower(part) : part));
  return termsWhenMultipliedOut(opened) > MOST_TERMS ? null : rebuild(opened, multiplyOut);
}

/** Entry by entry where both are vectors or matrices; a number scales. */
function times(term: Value, denominators: readonly Value[]): Value {
  const scalars = denominators.filter(({ shape }) => isScalar(shape));
  const wide = denominators.filter(({ shape }) => !isScalar(shape));
  return product(...scalars, wide.length === 0 ? term : hadamard(term, ...wide));
}

/** The factors that a term is a product of, entry by entry where it is no chain. */
function factorsOf(term: Value): readonly Value[] {
  if (term.kind === 'hadamard') return term.factors;
  if (term.kind !== 'product') return [term];
  const [only, ...more] = term.factors;
  return [...term.scalars, ...(only !== undefined && more.length === 0 ? factorsOf(only) : [])];
}

/** What the terms have between the factors that all of them begin and end with, and within a diagonal matrix: it is zero in sum where they are. */
function betweenCommonEnds(terms: readonly Value[]): readonly Value[] {
  const chains = terms.map((term) => (term.kind === 'product' ? term.factors : [term]));
  const [first = []] = chains;
  const isShared = (at: number) => chains.every((chain) => chain.at(at)?.key === first.at(at)?.key);
  const shortest = Math.min(...chains.map(({ length }) => length)) - 1;
  let head = 0;
  while (head < shortest && isShared(head)) head++;
  let tail = 0;
  while (tail < shortest - head && isShared(-1 - tail)) tail++;
  const inner = chains.map((chain) => product(...chain.slice(head, chain.length - tail), number(1)));
  const areDiagonal = inner.every((one) => isApply(one, 'diag') && isColumn((one as Value & { kind: 'apply' }).args[0] as Value));
  const parts = areDiagonal ? inner.map((one) => (one as Value & { kind: 'apply' }).args[0] as Value) : inner;
  return parts.map((part, at) => {
    const term = terms[at] as Value;
    return term.kind === 'product' ? product(number(term.coefficient), ...term.scalars, part) : part;
  });
}

/** (a + b)^2 as factors that can be multiplied out, entry by entry. */
function openedPower({ base, exponent }: Value & { kind: 'power' }): Value {
  if (!isNumber(exponent) || !Number.isInteger(exponent.value) || exponent.value < 2 || exponent.value > 4) return power(base, exponent);
  const terms = base.kind === 'sum' ? base.terms : [base];
  let result: readonly Value[] = terms;
  for (let at = 1; at < exponent.value; at++) result = result.flatMap((one) => terms.map((term) => hadamard(one, term)));
  return sum(...result);
}
