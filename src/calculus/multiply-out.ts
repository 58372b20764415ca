import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { number } from '../ops/algebra/leaves.ts';
import { product } from '../ops/algebra/product.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { sum } from '../ops/algebra/sum.ts';
import { partsOf, type Value } from '../ops/algebra/value.ts';
import type { OpName } from '../syntax/notation.ts';

/** How many terms an expression has when it is multiplied out. */
export function termsWhenMultipliedOut(value: Value): number {
  switch (value.kind) {
    case 'sum':
      return value.terms.reduce((count, term) => count + termsWhenMultipliedOut(term), 0);
    case 'product':
    case 'hadamard':
      return partsOf(value).reduce((count, part) => count * termsWhenMultipliedOut(part), 1);
    default:
      return partsOf(value).reduce((most, part) => Math.max(most, termsWhenMultipliedOut(part)), 1);
  }
}

/** How many letters there are to read in it: fewer only where something cancels, so that (1 - s) x does not become x - s x. */
export function lettersIn(value: Value): number {
  const isLetter = value.kind === 'symbol' || value.kind === 'opaque';
  return partsOf(value).reduce((count, part) => count + lettersIn(part), isLetter ? 1 : 0);
}

/** Operators that take a sum term by term. */
const ADDITIVE: ReadonlySet<OpName> = new Set<OpName>(['transpose', 'trace', 'total', 'vec', 'diag']);

/** The value as a sum, where it is a product with sums among its factors, or linear in one. */
export function multiplyOut(value: Value): Value {
  switch (value.kind) {
    case 'product':
    case 'hadamard':
      return overSums(value);
    case 'apply': {
      const [arg] = value.args;
      if (!ADDITIVE.has(value.op) || arg?.kind !== 'sum') return value;
      return sum(...arg.terms.map((term) => multiplyOut(apply(value.op, [term], value.shape))));
    }
    default:
      return value;
  }
}

/** The product as a sum, where one of its parts is one. */
function overSums(value: Value): Value {
  const terms = distributed(value);
  return terms.kind === 'sum' && terms !== value ? sum(...terms.terms.map((term) => rebuild(term, multiplyOut))) : terms;
}

/** What a product is made of, and how it is made of other such parts. */
function factorsOf(value: Value): { readonly parts: readonly Value[]; readonly whole: (parts: readonly Value[]) => Value } {
  if (value.kind === 'hadamard') return { parts: value.factors, whole: (parts) => hadamard(...parts) };
  if (value.kind !== 'product') return { parts: [], whole: () => value };
  const count = value.scalars.length;
  return {
    parts: [...value.scalars, ...value.factors],
    whole: (parts) => product(number(value.coefficient), ...parts.slice(0, count), product(...parts.slice(count), number(1))),
  };
}

/** The value with the first bracket in each of its terms multiplied out, and those within that left as they are. */
export function distributed(value: Value): Value {
  if (value.kind === 'sum') return sum(...value.terms.map(distributed));
  return distributions(value)[0] ?? value;
}

/** The product with one of its brackets multiplied out, for each of them. */
export function distributions(value: Value): readonly Value[] {
  const { parts, whole } = factorsOf(value);
  return parts.flatMap((part, at) => {
    const own = part.kind === 'hadamard' && value.kind === 'product' ? distributed(part) : part;
    return own.kind === 'sum' ? [sum(...own.terms.map((term) => whole(parts.map((one, place) => (place === at ? term : one)))))] : [];
  });
}
