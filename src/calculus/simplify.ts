import { number, symbol } from '../ops/algebra/leaves.ts';
import { diagonal } from '../ops/algebra/matrix-functions.ts';
import { reciprocal } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { rebuild, withParts } from '../ops/algebra/rebuild.ts';
import { splitCoefficient, sum } from '../ops/algebra/sum.ts';
import { isApply, isVector, partsOf, type Value } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';
import { ONE } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { Property } from '../syntax/ast.ts';
import { withCommonFactors } from './common-factors.ts';
import { intoDenominators, overDenominators } from './denominators.ts';
import { boundAround } from './index-form.ts';
import { distributed, distributions, lettersIn, multiplyOut, termsWhenMultipliedOut } from './multiply-out.ts';
import { withTermsOrdered } from './order-terms.ts';

/**
 * What a person would write: with the properties that are declared of symbols put to use, and what
 * the terms of a sum have in common taken out. The value stays the same at every point at which the
 * properties hold.
 */
export function simplify(value: Value, { propertiesOf, named }: Known): Value {
  const withNames = named.size === 0 ? value : rebuild(value, (part) => named.get(part.key) ?? part);
  return withTermsOrdered(collected(rebuild(withNames, (part) => withProperties(part, propertiesOf))));
}

function withProperties(part: Value, propertiesOf: Known['propertiesOf']): Value {
  const properties = part.kind === 'symbol' ? propertiesOf(part.id) : [];
  return part.kind === 'symbol' && properties.length > 0 ? symbol(part.id, part.shape, properties) : part;
}

/** What the text says of the symbols in a value. */
export interface Known {
  readonly propertiesOf: (id: SymbolId) => readonly Property[];
  /** Symbols by the key of what they are defined as. */
  readonly named: ReadonlyMap<string, Value>;
}

// ---- common factors

/** Takes out of every sum in the value what its terms have in common, and multiplies out what is shorter then. */
function collected(value: Value): Value {
  const inside = intoDenominators(withParts(value, collected));
  const oneDiagonal = joinDiagonals(inside);
  const joined = oneDiagonal.kind === 'sum' ? collectSum(joinSums(cancelledInTransposes(oneDiagonal))) : oneDiagonal;
  const shorter = shorterMultipliedOut(joined) ?? joined;
  const [over] = overDenominators(shorter).filter((one) => lettersIn(one) < lettersIn(shorter));
  return over === undefined ? shorter : collected(over);
}

/** More terms than a person would multiply out to see what cancels. */
const MOST_TERMS = 12;

/** The value with its brackets multiplied out, all of them or only one, where terms cancel so that it is shorter; null elsewhere. */
function shorterMultipliedOut(value: Value): Value | null {
  if (!hasBrackets(value) || (value.kind === 'product' && !mayCancel(value)) || termsWhenMultipliedOut(value) > MOST_TERMS) return null;
  if (value.kind === 'product' && value.factors.length > 0 && value.scalars.some(({ kind }) => kind === 'sum')) {
    const scale = shorterMultipliedOut(product(number(value.coefficient), ...value.scalars));
    return scale === null ? null : product(scale, ...value.factors);
  }
  const versions = [...(value.kind === 'sum' ? [distributed(value)] : distributions(value)), rebuild(value, multiplyOut)];
  const collectedVersions = versions.map((one) => (one.kind === 'sum' ? collectSum(one) : one));
  return collectedVersions.reduce<Value | null>((best, one) => (lettersIn(one) < lettersIn(best ?? value) ? one : best), null);
}

/** Whether anything in it might be undone by a neighbour once brackets are gone: not so of letters and their transposes alone. */
function mayCancel(value: Value): boolean {
  if (value.kind === 'symbol') return value.properties.length > 0;
  if (value.kind === 'sum' || value.kind === 'product' || isApply(value, 'transpose')) return partsOf(value).some(mayCancel);
  return value.kind !== 'number';
}

/** Whether a sum stands in a product in it. */
function hasBrackets(value: Value): boolean {
  if (value.kind === 'product' || value.kind === 'hadamard') return partsOf(value).some(({ kind }) => kind === 'sum');
  return value.kind === 'sum' && value.terms.some(hasBrackets);
}

/** (a - b)' + (b - c)' is (a - c)': what stands in several brackets that are turned can cancel. */
function cancelledInTransposes(value: Value & { kind: 'sum' }): Value & { kind: 'sum' } {
  if (value.terms.filter(isTurnedBracket).length < 2) return value;
  const opened = sum(...value.terms.map((term) => (isTurnedBracket(term) ? rebuild(term, multiplyOut) : term)));
  return opened.kind === 'sum' && lettersIn(opened) < lettersIn(value) ? opened : value;
}

function isTurnedBracket(term: Value): boolean {
  const only = term.kind === 'product' && term.factors.length === 1 ? term.factors[0] : term;
  return only !== undefined && isApply(only, 'transpose') && only.args[0]?.kind === 'sum';
}

/** diag(u) + diag(v) is diag(u + v). */
function joinDiagonals(value: Value): Value {
  if (value.kind !== 'sum') return value;
  const columns = value.terms.map(columnOfDiagonal);
  const found = columns.filter((column) => column !== null);
  if (found.length < 2) return value;
  const first = columns.findIndex((column) => column !== null);
  const joined = diagonal(collected(sum(...found)));
  return sum(...value.terms.flatMap((term, at) => (at === first ? [joined] : columns[at] === null ? [term] : [])));
}

/** s v of s diag(v). */
function columnOfDiagonal(term: Value): Value | null {
  const { coefficient, scalarValues, factors } = chainOf(term);
  const [only, ...more] = factors;
  const column = only?.kind === 'apply' && only.op === 'diag' && more.length === 0 ? only.args[0] : undefined;
  return column === undefined || isVector(only as Value) ? null : product(number(coefficient), ...scalarValues, column);
}

/** Sums over the same index as one. */
function joinSums(value: Value & { kind: 'sum' }): Value {
  const ranges = value.terms.map((term) => rangeKey(splitCoefficient(term)[1]));
  const isFirst = (at: number) => ranges[at] === null || ranges.indexOf(ranges[at] as string) === at;
  if (ranges.every((_, at) => isFirst(at))) return value;
  const alike = (at: number) => value.terms.filter((_, other) => other === at || (ranges[at] !== null && ranges[other] === ranges[at]));
  return sum(...value.terms.flatMap((_, at) => (isFirst(at) ? [oneSum(alike(at))] : [])));
}

function rangeKey(value: Value): string | null {
  if (value.kind !== 'binder' || value.binder !== 'sum') return null;
  return `${value.indices.join()} ${value.distinct} ${value.from?.key} ${value.to?.key}`;
}

function oneSum(terms: readonly Value[]): Value {
  if (terms.length === 1) return terms[0] as Value;
  const [first] = terms.map((term) => splitCoefficient(term)[1]) as [Value & { kind: 'binder' }];
  const bodies = terms.map((term) => {
    const [coefficient, rest] = splitCoefficient(term) as readonly [number, typeof first];
    return product(number(coefficient), rest.body);
  });
  return boundAround({ ...first, body: collected(sum(...bodies)) });
}

/** A x + A' x is (A + A') x, A b + A c is A (b + c), where that is shorter; numbers and scalars that all terms have come out first. */
function collectSum(value: Value): Value {
  if (value.kind !== 'sum') return value;
  const factored = isScalar(value.shape) ? null : withCommonFactors(value);
  if (factored !== null) return withParts(factored, collectSum);
  const shared = commonCoefficient(value.terms);
  const scalars = commonScalars(value.terms);
  if (shared === 1 && scalars.length === 0) return collectPairs(value.terms, value);
  const terms = value.terms.map((term) => product(number(1 / shared), ...scalars.map(reciprocal), term));
  const inside = sum(...terms);
  const outside = product(number(shared), ...scalars, inside.kind === 'sum' ? collectPairs(inside.terms, inside) : inside);
  return scalars.length === 0 || !isScalar(value.shape) || lettersIn(outside) < lettersIn(value)
    ? outside
    : collectPairs(value.terms, value);
}

/** Scalars that every term has as they are. */
function commonScalars(terms: readonly Value[]): readonly Value[] {
  const lists = terms.map((term) => (term.kind === 'product' ? term.scalars : isScalar(term.shape) ? [term] : []));
  const [first, ...rest] = lists;
  return (first ?? []).filter((one) => rest.every((list) => list.some(({ key }) => key === one.key)));
}

function collectPairs(terms: readonly Value[], original: Value): Value {
  const whole = joinAll(terms);
  if (whole !== null) return whole;
  for (let i = 0; i < terms.length; i++) {
    for (let j = i + 1; j < terms.length; j++) {
      const joined = join(terms[i] as Value, terms[j] as Value, terms.length === 2);
      if (joined === null) continue;
      const rest = terms.filter((_, at) => at !== i && at !== j);
      const smaller = sum(...rest.slice(0, i), joined, ...rest.slice(i));
      return smaller.kind === 'sum' ? collectSum(smaller) : smaller;
    }
  }
  return terms === (original as Value & { kind: 'sum' }).terms ? original : sum(...terms);
}

/** The number that every term has in front, up to its sign; negative where all are. */
function commonCoefficient(terms: readonly Value[]): number {
  const numbers = terms.map((term) => splitCoefficient(term)[0]);
  const [first] = numbers as unknown as readonly [number];
  const isCommon = numbers.every((one) => Math.abs(one) === Math.abs(first));
  return isCommon ? (numbers.every((one) => one < 0) ? first : Math.abs(first)) : 1;
}

/** Two products with the same scalars and the same first or last factors, as one. */
function join(a: Value, b: Value, isWhole: boolean): Value | null {
  const [p, q] = [chainOf(a), chainOf(b)];
  if (!isScalar(a.shape) && commonHead(p.factors, q.factors) === Math.max(p.factors.length, q.factors.length))
    return product(collected(sum(scaleOf(p), scaleOf(q))), ...p.factors);
  const most = Math.min(p.factors.length, q.factors.length) - 1;
  if (p.scalars !== q.scalars || most < 1) return null;
  const tail = Math.min(most, commonTail(p.factors, q.factors));
  const head = Math.min(most - tail, commonHead(p.factors, q.factors));
  if (head + tail === 0 || (isScalar(a.shape) && (head === 0 || tail === 0))) return null;
  if (!isWhole && ![p, q].every(({ factors }) => isShort(factors.slice(head, factors.length - tail)))) return null;
  return between(head, tail, [p, q]);
}

/** The number that stands in front of a chain of matrices. */
function scaleOf({ coefficient, scalarValues }: Parts): Value {
  return product(number(coefficient), ...scalarValues);
}

/** What several chains with the same ends have between them, as a sum within these ends. */
function between(head: number, tail: number, parts: readonly Parts[]): Value {
  const own = ({ coefficient, factors }: Parts) => product(number(coefficient), ...factors.slice(head, factors.length - tail));
  const { coefficient, scalarValues, factors } = parts[0] as Parts;
  // The first term stands first in the brackets, and so without a sign.
  const sign = number(coefficient < 0 ? -1 : 1);
  const inside = collected(sum(...parts.map((part) => product(sign, own(part)))));
  return product(sign, ...scalarValues, product(...factors.slice(0, head), inside, ...factors.slice(factors.length - tail)));
}

/** One factor, or a column times a row. */
function isShort(factors: readonly Value[]): boolean {
  return factors.length < 2 || (factors.length === 2 && (factors[0] as Value).shape.cols.key === ONE.key);
}

/** The ends that all terms of a matrix have in common, taken out. */
function joinAll(terms: readonly Value[]): Value | null {
  const parts = terms.map(chainOf);
  const [first, ...rest] = parts as unknown as readonly [Parts, ...Parts[]];
  const most = Math.min(...parts.map(({ factors }) => factors.length)) - 1;
  if (terms.length < 3 || most < 1 || rest.some(({ scalars }) => scalars !== first.scalars) || isScalar((terms[0] as Value).shape))
    return null;
  const tail = Math.min(most, ...rest.map(({ factors }) => commonTail(first.factors, factors)));
  const head = Math.min(most - tail, ...rest.map(({ factors }) => commonHead(first.factors, factors)));
  return head + tail === 0 ? null : between(head, tail, parts);
}

interface Parts {
  readonly coefficient: number;
  readonly scalarValues: readonly Value[];
  readonly scalars: string;
  readonly factors: readonly Value[];
}

function chainOf(value: Value): Parts {
  if (value.kind !== 'product') return { coefficient: 1, scalarValues: [], scalars: '', factors: [value] };
  const { coefficient, scalars, factors } = value;
  return {
    coefficient,
    scalarValues: scalars,
    scalars: scalars
      .map(({ key }) => key)
      .sort()
      .join('·'),
    factors,
  };
}

function commonTail(a: readonly Value[], b: readonly Value[]): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length)?.key === b.at(-1 - length)?.key) length++;
  return length;
}

function commonHead(a: readonly Value[], b: readonly Value[]): number {
  let length = 0;
  while (a[length] !== undefined && a[length]?.key === b[length]?.key) length++;
  return length;
}
