import type { Derivation, ShapeTable } from '../derivation/derivation.ts';
import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { TooLarge, number, symbol } from '../ops/algebra/leaves.ts';
import { product } from '../ops/algebra/product.ts';
import { difference, sum } from '../ops/algebra/sum.ts';
import { type Value, isZero, sameShape } from '../ops/algebra/value.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { OpName } from '../syntax/notation.ts';
import { loweringFor } from './differentiate.ts';
import { type Lowering, lower } from './lower.ts';
import { Refused } from './refusal.ts';
import { rebuild } from './simplify.ts';

/**
 * Whether two terms are shown to be equal by algebra alone, with their definitions put in and their
 * derivatives found. False says nothing: it may only be that no proof was found.
 */
export function isProvedEqual(derivation: Derivation, shapes: ShapeTable, layout: Layout, a: Term, b: Term): boolean {
  const lowering = loweringFor(derivation, shapes, layout);
  try {
    const [left, right] = [normal(lowering, a), normal(lowering, b)];
    if (isZero(left) || isZero(right)) return isZero(left) && isZero(right);
    return sameShape(left.shape, right.shape) && isZero(difference(left, right));
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return false;
    throw problem;
  }
}

/** The term with everything put in that is known, and multiplied out. */
function normal(lowering: Lowering, term: Term): Value {
  const complete = rebuild(definitionsIn(lowering)(lower(lowering, term)), (part) => (part.kind === 'symbol' ? withProperties(lowering, part) : part));
  return rebuild(complete, multiplyOut);
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
      return overSums([...value.scalars, ...value.factors], (parts) => {
        const count = value.scalars.length;
        return product(number(value.coefficient), ...parts.slice(0, count), product(...parts.slice(count), number(1)));
      }, value);
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
