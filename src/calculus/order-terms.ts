import { withParts } from '../ops/algebra/rebuild.ts';
import { splitCoefficient, sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { isApply, partsOf, type Value } from '../ops/algebra/value.ts';
import { isScalar } from '../shape/shape.ts';

/**
 * The same value with the terms of its sums in an order that does not depend on how it was found: of terms that
 * differ by transposes only the one with fewer of them comes first, and what is the transpose of another one
 * stands behind it, as in A + A'.
 */
export function withTermsOrdered(value: Value): Value {
  const inside = withParts(value, withTermsOrdered);
  if (inside.kind === 'sum') return ordered(inside);
  return inside.kind === 'product' && isScalar(inside.shape) ? turned(inside) : inside;
}

function ordered(value: Value & { kind: 'sum' }): Value {
  const terms = besideTransposes(fewestTransposesFirst(value.terms));
  return terms.every((term, at) => term === value.terms[at]) ? value : sum(...terms);
}

/** Terms that differ by transposes only share their places in another order. */
function fewestTransposesFirst(terms: readonly Value[]): readonly Value[] {
  const bare = terms.map((term) => bareKey(splitCoefficient(term)[1]));
  return terms.map((_, at) => {
    const places = bare.flatMap((key, place) => (key === bare[at] ? [place] : []));
    const alike = places.map((place) => terms[place] as Value).toSorted((a, b) => transposesIn(a) - transposesIn(b));
    return alike[places.indexOf(at)] as Value;
  });
}

/** Each term that is the transpose of an earlier one moved behind it. */
function besideTransposes(terms: readonly Value[]): readonly Value[] {
  const done = new Set<Value>();
  return terms.flatMap((term) => {
    if (done.has(term)) return [];
    const mirrored = transpose(term).key;
    const other = terms.find((one) => one !== term && one.key === mirrored && !done.has(one));
    for (const one of other === undefined ? [term] : [term, other]) done.add(one);
    return other === undefined ? [term] : pair(term, other);
  });
}

/** The one with fewer transposes first, then the one that begins shorter. */
function pair(a: Value, b: Value): readonly [Value, Value] {
  const difference = transposesIn(a) - transposesIn(b) || sizeOfFirst(a) - sizeOfFirst(b) || (a.key < b.key ? -1 : 1);
  return difference < 0 ? [a, b] : [b, a];
}

function sizeOfFirst(value: Value): number {
  return ((value.kind === 'product' ? value.factors[0] : undefined) ?? value).size;
}

/** A number is written from the end from which it has fewer transposes: y' A x for x' A' y. */
function turned(value: Value & { kind: 'product' }): Value {
  const factors = [...value.factors].reverse().map(transpose);
  const count = (list: readonly Value[]) => list.reduce((total, factor) => total + transposesIn(factor), 0);
  return count(factors) < count(value.factors) ? { ...value, factors } : value;
}

/** What tells two values apart in which no transpose counts. */
function bareKey(value: Value): string {
  if (isApply(value, 'transpose')) return bareKey(value.args[0] as Value);
  const parts = partsOf(value).map(bareKey);
  if (parts.length === 0) return value.key;
  return `${value.kind === 'apply' ? value.op : value.kind}(${(value.kind === 'sum' ? parts.sort() : parts).join()})`;
}

function transposesIn(value: Value): number {
  return partsOf(value).reduce((count, part) => count + transposesIn(part), isApply(value, 'transpose') ? 1 : 0);
}
