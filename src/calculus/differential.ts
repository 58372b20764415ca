import { symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, ShapeTable } from '../derivation/derivation.ts';
import { symbol, TooLarge } from '../ops/algebra/leaves.ts';
import type { Value } from '../ops/algebra/value.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { numberFixed } from './cotangents.ts';
import { loweringFor, type Refusal } from './differentiate.ts';
import { type Lowering, lower, shapeOfSymbol } from './lower.ts';
import { pushForward } from './push-forward.ts';
import { raise } from './raise.ts';
import { Refused } from './refusal.ts';
import { simplify } from './simplify.ts';

/** `df` in the changes of what moves, with the letters of these changes. */
export interface Differential {
  readonly term: Term;
  readonly moving: readonly SymbolId[];
}

/** The symbol that stands for the change of another. */
export function changeOf(id: SymbolId): SymbolId {
  return `$d${id}`;
}

/**
 * The differential of a term when the given symbols move, by the product rule (Magnus and Neudecker, 1999):
 * d(X' X) = dX' X + X' dX. What is defined moves with what it is made of.
 */
export function differentialOf(
  derivation: Derivation,
  shapes: ShapeTable,
  layout: Layout,
  term: Term,
  moving: readonly SymbolId[],
): Differential | Refusal {
  const lowering = loweringFor(derivation, shapes, layout);
  try {
    const change = changesIn(lowering, moving)(lower(lowering, term));
    const simple = simplify(change, { named: new Map(), propertiesOf: (id) => derivation.symbols.get(id)?.properties ?? [] });
    return { term: raise({ derivation }, simple), moving };
  } catch (problem) {
    if (problem instanceof Refused || problem instanceof TooLarge) return { reason: problem.message };
    throw problem;
  }
}

/** The change of a value when the symbols move. Refused where it has no form in matrices. */
export function changesIn(lowering: Lowering, moving: readonly SymbolId[]): (value: Value) => Value {
  const motion = motionIn(lowering, moving);
  return (value) => {
    const change = pushForward(value, { of: motion, ofOpen: () => null, numberOf: (one) => numberFixed(lowering, one) });
    if (change === null) throw new Refused('the differential of a part of it has no form in matrices here');
    return change;
  };
}

function motionIn(lowering: Lowering, moving: readonly SymbolId[]): (id: SymbolId) => Value | null {
  const known = new Map<SymbolId, Value | null>(moving.map((id) => [id, symbol(changeOf(id), shapeOfSymbol(lowering, id))]));
  const underWay = new Set<SymbolId>();
  const motion = (id: SymbolId): Value | null => {
    const found = known.get(id);
    if (found !== undefined) return found;
    if (underWay.has(id)) throw new Refused(`${lowering.derivation.symbols.get(id)?.text} is defined by itself`);
    underWay.add(id);
    const info = lowering.derivation.symbols.get(id);
    if (info?.open?.some((one) => motion(one) !== null)) throw new Refused(`${info.text} is left open`);
    const body = info?.definition?.body;
    const isMoved = body !== undefined && symbolsIn(body).some((one) => motion(one) !== null);
    const change = isMoved ? pushForward(lower(lowering, body), { of: motion, ofOpen: () => null }) : null;
    if (isMoved && change === null) throw new Refused(`the differential of ${info?.text} has no form in matrices here`);
    known.set(id, change);
    return change;
  };
  return motion;
}
