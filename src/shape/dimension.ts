/**
 * Dimensions: polynomials with integer coefficients over dimension names, in normal form. Two
 * dimensions are equal when their normal forms are.
 */

import { isCount } from '../syntax/count-names.ts';

/** A product of names, as `m*n` with the names sorted; the empty string is the constant's. */
type Monomial = string;

export interface Dim {
  /** Coefficients, none of them zero, by monomial; keys are in sorted order. */
  readonly terms: ReadonlyMap<Monomial, number>;
  /** The normal form as a string; equal dimensions have equal keys. */
  readonly key: string;
  /** The names in it, each once. */
  readonly names: readonly string[];
  /** The number of the unknown that it is, where it is one and nothing else. */
  readonly unknown?: number;
}

/** An unknown that inference may still solve is written with this first character, which no text can. */
const FLEXIBLE = '?';

export function constant(value: number): Dim {
  return normal(new Map(value === 0 ? [] : [['', value]]));
}

export function variable(name: string): Dim {
  return { terms: new Map([[name, 1]]), key: `1*${name}`, names: [name] };
}

/** The unknown of that number. */
export function unknown(id: number): Dim {
  return { ...variable(nameOfUnknown(id)), unknown: id };
}

/** What the unknown of that number is called. */
export function nameOfUnknown(id: number): string {
  return FLEXIBLE + id;
}

/** The number of the unknown that a name stands for; undefined where the text wrote the name. */
export function numberOf(name: string): number | undefined {
  return isFlexible(name) ? Number(name.slice(FLEXIBLE.length)) : undefined;
}

/** The numbers of the unknowns in it, each once. */
export function unknownsIn(dim: Dim): readonly number[] {
  if (dim.unknown !== undefined) return [dim.unknown];
  return dim.names.length === 0 ? NONE : dim.names.map(numberOf).filter((number) => number !== undefined);
}

const NONE: readonly number[] = [];

export const ONE: Dim = constant(1);

export function plus(a: Dim, b: Dim): Dim {
  if (a.terms.size === 0) return b;
  const terms = new Map(a.terms);
  for (const [monomial, coefficient] of b.terms) terms.set(monomial, (terms.get(monomial) ?? 0) + coefficient);
  return normal(terms);
}

export function scale(a: Dim, factor: number): Dim {
  return normal(new Map([...a.terms].map(([monomial, coefficient]) => [monomial, coefficient * factor])));
}

export function minus(a: Dim, b: Dim): Dim {
  return plus(a, scale(b, -1));
}

export function times(a: Dim, b: Dim): Dim {
  if (a.key === ONE.key) return b;
  if (b.key === ONE.key) return a;
  const terms = new Map<Monomial, number>();
  for (const [left, p] of a.terms) {
    for (const [right, q] of b.terms) {
      const monomial = [...factors(left), ...factors(right)].sort().join('*');
      terms.set(monomial, (terms.get(monomial) ?? 0) + p * q);
    }
  }
  return normal(terms);
}

export function equal(a: Dim, b: Dim): boolean {
  return a.key === b.key;
}

/** The integer it is, or undefined where a name occurs in it. */
export function constantOf(dim: Dim): number | undefined {
  if (dim.names.length > 0) return undefined;
  return dim.key === '1*' ? 1 : (dim.terms.get('') ?? 0);
}

/** The single name it is, with coefficient one. */
export function nameOf(dim: Dim): string | undefined {
  const [name] = dim.names;
  return name !== undefined && dim.names.length === 1 && dim.terms.size === 1 && dim.terms.get(name) === 1 ? name : undefined;
}

export function isFlexible(name: string): boolean {
  return name.startsWith(FLEXIBLE);
}

/** Whether an unknown occurs in it. */
export function isOpen(dim: Dim): boolean {
  return dim.key.includes(FLEXIBLE);
}

/** Begins the name of a size that nothing settles, in place of the sign of an unknown. */
const ANY = '·';

/** Whether a size that is only counted in words occurs in it. */
export function hasCount({ names }: Dim): boolean {
  return names.some(isCount);
}

/** The dimension with a name of its own for each unknown, so that it gets a size like any other. */
export function withAnySizes(dim: Dim): Dim {
  return dim.names.filter(isFlexible).reduce((one, name) => substitute(one, name, variable(ANY + name.slice(FLEXIBLE.length))), dim);
}

/** Whether a text wrote the name, and no one else. */
export function isWritten(name: string): boolean {
  return !name.startsWith(FLEXIBLE) && !name.startsWith(ANY);
}

/** The names in it, each once. */
export function namesIn(dim: Dim): readonly string[] {
  return dim.names;
}

export function substitute(dim: Dim, name: string, value: Dim): Dim {
  if (!dim.names.includes(name)) return dim;
  if (nameOf(dim) === name) return value;
  let sum = constant(0);
  for (const [monomial, coefficient] of dim.terms) {
    const product = factors(monomial).map((factor) => (factor === name ? value : variable(factor)));
    sum = plus(sum, product.reduce(times, constant(coefficient)));
  }
  return sum;
}

/** The integer it takes where `sizes` gives each name in it, or undefined. */
export function evaluate(dim: Dim, sizes: ReadonlyMap<string, number>): number | undefined {
  const name = dim.names[0];
  if (name === undefined) return constantOf(dim);
  if (dim.terms.size === 1 && dim.terms.get(name) === 1) return sizes.get(name);
  let sum = 0;
  for (const [monomial, coefficient] of dim.terms) {
    let product = coefficient;
    for (const factor of factors(monomial)) {
      const size = sizes.get(factor);
      if (size === undefined) return undefined;
      product *= size;
    }
    sum += product;
  }
  return sum;
}

/** As a person writes it: `2n`, `m n`, `n - 1`, `n^2`; unknowns as `?`. */
export function showDim(dim: Dim): string {
  if (dim.terms.size === 0) return '0';
  if (isOpen(dim)) return '?';
  if (dim.key === `1*${dim.names[0]}`) return showName(dim.names[0] as string);
  return [...dim.terms].sort(byDegree).map(showTerm).join('');
}

function byDegree([a]: [Monomial, number], [b]: [Monomial, number]): number {
  return factors(b).length - factors(a).length || (a < b ? -1 : 1);
}

function showTerm([monomial, coefficient]: [Monomial, number], position: number): string {
  const sign = coefficient < 0 ? '-' : position === 0 ? '' : '+';
  const size = Math.abs(coefficient);
  const names = showMonomial(monomial);
  return sign + (names === '' ? String(size) : size === 1 ? names : `${size}${names}`);
}

function showMonomial(monomial: Monomial): string {
  if (!monomial.includes('*')) return showName(monomial);
  const powers = new Map<string, number>();
  for (const factor of factors(monomial)) powers.set(factor, (powers.get(factor) ?? 0) + 1);
  return [...powers].map(([name, power]) => (power === 1 ? showName(name) : `${showName(name)}^${power}`)).join(' ');
}

/** The size of the next layer is `n_{l+1}`, and not one more than that of this one. */
function showName(name: string): string {
  if (!name.includes('_')) return name;
  return name.replace(/_([^_{}]*[+-][^_{}]*)$/u, '_{$1}');
}

/** The names in a monomial, each as often as it stands there. */
export function factors(monomial: Monomial): string[] {
  return monomial === '' ? [] : monomial.split('*');
}

function normal(terms: Map<Monomial, number>): Dim {
  if (terms.size === 1) return single(terms);
  const kept = [...terms].filter(([, coefficient]) => coefficient !== 0);
  if (kept.length > 1) kept.sort(([a], [b]) => (a < b ? -1 : 1));
  const key = kept.map(([monomial, coefficient]) => `${coefficient}*${monomial}`).join('+');
  return { terms: new Map(kept), key, names: namesOf(kept.map(([monomial]) => monomial)) };
}

/** Of one term, as almost all dimensions are: nothing to sort and nothing to join. */
function single(terms: Map<Monomial, number>): Dim {
  const [[monomial, coefficient]] = terms as unknown as [[Monomial, number]];
  return coefficient === 0
    ? { terms: new Map(), key: '', names: [] }
    : { terms, key: `${coefficient}*${monomial}`, names: namesOf([monomial]) };
}

function namesOf(monomials: readonly Monomial[]): readonly string[] {
  const [only] = monomials;
  if (only === undefined) return [];
  const simple = monomials.length === 1 && !only.includes('*');
  return simple ? (only === '' ? [] : [only]) : [...new Set(monomials.flatMap(factors))];
}
