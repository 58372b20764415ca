import {
  constant,
  constantOf,
  type Dim,
  equal,
  evaluate,
  factors,
  minus,
  nameOf,
  namesIn,
  ONE,
  plus,
  scale,
  substitute,
  times,
  variable,
} from './dimension.ts';

/** What a text says of its dimensions, solved for one name each: `m = n`, `k = n + 1`, `n = 3` from `2n = 6`. */
export type Facts = ReadonlyMap<string, Dim>;

/** What an equation between dimensions says. `open` is one that no name can be isolated from, such as `m n = p q`. */
export type Statement =
  | { readonly kind: 'fact'; readonly name: string; readonly value: Dim }
  | { readonly kind: 'known' }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'open' };

/** Solves `left = right` for a name, rather for one that is a whole side. Both sides have the known facts put in. */
export function solveEquation(left: Dim, right: Dim): Statement {
  if (equal(left, right)) return { kind: 'known' };
  const difference = minus(left, right);
  const names = namesIn(difference);
  const whole = [nameOf(left), nameOf(right)].filter((name) => name !== undefined);
  for (const name of [...whole, ...names]) {
    const value = isolate(difference, name);
    if (value === null) continue;
    const size = constantOf(value);
    return size !== undefined && size < 1 ? { kind: 'impossible' } : { kind: 'fact', name, value };
  }
  return { kind: isImpossible(difference) ? 'impossible' : 'open' };
}

/** `0 = 1`, or `2n = 7`: linear in one name or none, and no whole number solves it. */
function isImpossible(difference: Dim): boolean {
  const [name, ...others] = namesIn(difference);
  return (
    name === undefined || (others.length === 0 && [...difference.terms.keys()].every((monomial) => monomial === '' || monomial === name))
  );
}

/** `x` from `c m x + rest = 0`, where it occurs once and `rest` is a multiple of `c m`; m are other names, as in `n x = n^2`. */
export function isolate(difference: Dim, name: string): Dim | null {
  const terms = [...difference.terms].map(([monomial, coefficient]) => ({ names: factors(monomial), coefficient }));
  const [term, ...more] = terms.filter(({ names }) => names.includes(name));
  const beside = term === undefined ? null : without(term.names, [name]);
  if (term === undefined || beside === null || more.length > 0 || beside.includes(name)) return null;
  let value = constant(0);
  for (const { names, coefficient } of terms) {
    if (names.includes(name)) continue;
    const quotient = without(names, beside);
    if (quotient === null || coefficient % term.coefficient !== 0) return null;
    value = plus(value, scale(quotient.map(variable).reduce(times, ONE), -coefficient / term.coefficient));
  }
  return beside.length > 0 && value.terms.size === 0 ? null : value;
}

/** What is left of some names when others are taken from them; null where they are not all there. */
function without(names: readonly string[], others: readonly string[]): readonly string[] | null {
  const left = [...names];
  for (const other of others) {
    const at = left.indexOf(other);
    if (at < 0) return null;
    left.splice(at, 1);
  }
  return left;
}

/** The dimension with everything that is known put in, again and again: at most fifty times, so that a circle ends. */
export function putIn(dim: Dim, valueOf: (name: string) => Dim | undefined): Dim {
  let result = dim;
  for (let round = 0; round < 50; round++) {
    const [name, value] = firstKnown(result, valueOf);
    if (name === undefined || value === undefined || namesIn(value).includes(name)) return result;
    result = nameOf(result) === name ? value : substitute(result, name, value);
  }
  return result;
}

/** The first name in it of which something is known, and what. */
function firstKnown({ names }: Dim, valueOf: (name: string) => Dim | undefined): readonly [name?: string, value?: Dim] {
  for (const name of names) {
    const value = valueOf(name);
    if (value !== undefined) return [name, value];
  }
  return NOTHING;
}

const NOTHING: readonly [] = [];

/** Whether one of them is a number and the other has that size: `x : 3` is as long as `n`, where a statement says `n = 3`. */
export function sameSize(a: Dim, b: Dim, sizes: ReadonlyMap<string, number>): boolean {
  const number = constantOf(a) ?? constantOf(b);
  return number !== undefined && sizes.size > 0 && evaluate(a, sizes) === number && evaluate(b, sizes) === number;
}
