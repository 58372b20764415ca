import type { Derivation, ShapeTable } from '../derivation/derivation.ts';
import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { TooLarge, number, symbol } from '../ops/algebra/leaves.ts';
import { product } from '../ops/algebra/product.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { difference, sum } from '../ops/algebra/sum.ts';
import { type Value, isZero, partsOf, sameShape } from '../ops/algebra/value.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { OpName } from '../syntax/notation.ts';
import { loweringFor } from './differentiate.ts';
import { type Lowering, lower } from './lower.ts';
import { Refused } from './refusal.ts';

/**
 * Whether two terms are shown to be equal by algebra alone, with their definitions put in and their
 * derivatives found. False says nothing: it may only be that no proof was found.
 */
export function isProvedEqual(derivation: Derivation, shapes: ShapeTable, layout: Layout, a: Term, b: Term): boolean {
  return provenEqualTo(derivation, shapes, layout, a)(b);
}

/** The same of one term beside several: what can be done once is done once. */
export function provenEqualTo(derivation: Derivation, shapes: ShapeTable, layout: Layout, a: Term): (b: Term) => boolean {
  const lowering = loweringFor(derivation, shapes, layout);
  const left = normalOrNull(lowering, a);
  return (b) => {
    const right = left === null ? null : normalOrNull(lowering, b);
    return left !== null && right !== null && areEqual(left, right);
  };
}

function areEqual(left: Value, right: Value): boolean {
  if (isZero(left) || isZero(right)) return isZero(left) && isZero(right);
  return sameShape(left.shape, right.shape) && attempt(() => isZero(difference(left, right))) === true;
}

function normalOrNull(lowering: Lowering, term: Term): Value | null {
  return attempt(() => normal(lowering, term));
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return null;
    throw problem;
  }
}

/** The term with everything put in that is known, and multiplied out. */
function normal(lowering: Lowering, term: Term): Value {
  const complete = rebuild(definitionsIn(lowering)(lower(lowering, term)), (part) =>
    part.kind === 'symbol' ? withProperties(lowering, part) : part,
  );
  if (termsWhenMultipliedOut(complete) > MOST_TERMS) throw new TooLarge('it has too many terms');
  return rebuild(complete, multiplyOut);
}

/** Terms of an expression that is multiplied out: more would take longer than a proof is worth. */
const MOST_TERMS = 400;

function termsWhenMultipliedOut(value: Value): number {
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

function withProperties({ derivation }: Lowering, part: Value & { kind: 'symbol' }): Value {
  return symbol(part.id, part.shape, derivation.symbols.get(part.id)?.properties ?? []);
}

/** Puts definitions in the place of what they define, all the way down. */
function definitionsIn(lowering: Lowering): (value: Value) => Value {
  const known = new Map<SymbolId, Value>();
  const replace = (part: Value): Value => {
    if (part.kind !== 'symbol') return part;
    const definition = lowering.derivation.symbols.get(part.id)?.definition;
    if (definition == null || definition.params.length > 0) return part;
    const found = known.get(part.id);
    if (found !== undefined) return found;
    // A definition that leads back to itself stays a symbol.
    known.set(part.id, part);
    const body = rebuild(lower(lowering, definition.body), replace);
    known.set(part.id, body);
    return body;
  };
  return (value) => rebuild(value, replace);
}

// ---- multiplying out

/** Operators that take a sum term by term. */
const ADDITIVE: ReadonlySet<OpName> = new Set<OpName>(['transpose', 'trace', 'total', 'vec', 'diag']);

function multiplyOut(value: Value): Value {
  switch (value.kind) {
    case 'product':
      return overSums(
        [...value.scalars, ...value.factors],
        (parts) => {
          const count = value.scalars.length;
          return product(number(value.coefficient), ...parts.slice(0, count), product(...parts.slice(count), number(1)));
        },
        value,
      );
    case 'hadamard':
      return overSums(value.factors, (parts) => hadamard(...parts), value);
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
function overSums(parts: readonly Value[], whole: (parts: readonly Value[]) => Value, value: Value): Value {
  const at = parts.findIndex(({ kind }) => kind === 'sum');
  const own = parts[at];
  if (own?.kind !== 'sum') return value;
  return sum(...own.terms.map((term) => multiplyOut(whole(parts.map((part, place) => (place === at ? term : part))))));
}
