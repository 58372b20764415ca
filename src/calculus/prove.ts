import type { Derivation, ShapeTable } from '../derivation/derivation.ts';
import { isFree, moversOf } from '../derivation/movers.ts';
import { symbol, TooLarge } from '../ops/algebra/leaves.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { difference } from '../ops/algebra/sum.ts';
import { isZero, sameShape, type Value } from '../ops/algebra/value.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { canonicalForm, withoutDenominators } from './canonical-form.ts';
import { changesIn } from './differential.ts';
import { loweringFor } from './differentiate.ts';
import { type Lowering, lower, rangeTo } from './lower.ts';
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
    const moving = [...moversOf(derivation, [a, b])];
    if (moving.length > 0) return areEqualChanges(lowering, moving, a, b);
    const right = left === null ? null : normalOrNull(lowering, b);
    return left !== null && right !== null && areEqual(left, right);
  };
}

/** Equations between differentials hold for every change of what moves; what moves must move by itself. */
function areEqualChanges(lowering: Lowering, moving: readonly SymbolId[], a: Term, b: Term): boolean {
  if (!moving.every((id) => isFree(lowering.derivation.symbols.get(id)))) return false;
  const changing: Lowering = { ...lowering, change: changesIn(lowering, moving) };
  const [left, right] = [normalOrNull(changing, a), normalOrNull(changing, b)];
  return left !== null && right !== null && areEqual(left, right);
}

function areEqual(left: Value, right: Value): boolean {
  if (isZero(left) || isZero(right)) return isZero(left) && isZero(right);
  return sameShape(left.shape, right.shape) && attempt(() => vanishes(difference(left, right))) === true;
}

/** Whether nothing is left, or nothing once the denominators are gone. */
function vanishes(value: Value): boolean {
  let rest: Value | null = value;
  // Denominators may stand within denominators.
  for (let depth = 0; depth < 3 && rest !== null && !isZero(rest); depth++) rest = withoutDenominators(rest);
  return rest !== null && isZero(rest);
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
  return canonicalForm(complete, (id) => rangeTo(lowering, id)) ?? tooLarge();
}

function tooLarge(): never {
  throw new TooLarge('it has too many terms');
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
    if (definition == null) return part;
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
