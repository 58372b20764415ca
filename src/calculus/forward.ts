import type { SymbolInfo } from '../derivation/derivation.ts';
import { number, symbol, zeros } from '../ops/algebra/leaves.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import type { OpaqueValue, Value } from '../ops/algebra/value.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import { isScalar } from '../shape/shape.ts';
import { numberFixed, openDerivative, type Question } from './cotangents.ts';
import { infoOf, type Lowering, lower, opaqueTerm, reaches, shapeOfSymbol } from './lower.ts';
import { pushForward } from './push-forward.ts';
import { Refused } from './refusal.ts';

/**
 * The change of a value when the variable changes, by a number or along one direction, with everything that is defined moving
 * along; null where an operator has a rule only backwards, or a definition is left open.
 */
export function forward(question: Question, value: Value, change: Value = number(1)): Value | null {
  try {
    return pushForward(value, {
      of: motionOf(question, change),
      ofOpen: (open) => nextOpen(question.lowering, open, question.wrt),
      numberOf: (one) => numberFixed(question.lowering, one),
    });
  } catch (problem) {
    if (problem instanceof Refused) return null;
    throw problem;
  }
}

/** How everything moves when the variable changes; refused where a definition is left open. */
function motionOf({ lowering, wrt, named }: Question, change: Value): (id: SymbolId) => Value | null {
  const known = new Map<SymbolId, Value | null>([[wrt, change]]);
  const underWay = new Set<SymbolId>();
  const motion = (id: SymbolId): Value | null => {
    const found = known.get(id);
    if (found !== undefined) return found;
    if (underWay.has(id)) throw new Refused(`${infoOf(lowering, id).text} is defined by itself`);
    underWay.add(id);
    const info = lowering.derivation.symbols.get(id);
    const moves = info !== undefined && info.role === 'variable' && reaches(lowering, id, new Set([wrt]));
    const body = moves && info.definition !== null ? lower(lowering, info.definition.body) : null;
    if (moves && body === null) {
      const slope = openSlope(lowering, info, wrt);
      known.set(id, slope);
      return slope;
    }
    if (body !== null && body.size > 1) named.set(body.key, symbol(id, shapeOfSymbol(lowering, id)));
    const change = body === null ? null : pushForward(body, { of: motion, ofOpen: (open) => nextOpen(lowering, open, wrt) });
    if (body !== null && change === null) throw new Refused(`the derivative of ${info?.text ?? id} has no form in matrices`);
    known.set(id, change);
    return change;
  };
  return motion;
}

/** The derivative by a number of what is left open, of its own shape. */
function openSlope(lowering: Lowering, info: SymbolInfo, wrt: SymbolId): Value {
  const wrtShape = shapeOfSymbol(lowering, wrt);
  const others = info.open?.filter((id) => id !== wrt && reaches(lowering, id, new Set([wrt])));
  if (others === undefined || others.length > 0 || !isScalar(wrtShape)) throw new Refused(`${info.text} is left open`);
  const slope = openDerivative(lowering, info.id, wrt, shapeOfSymbol(lowering, info.id), wrtShape);
  return lowering.layout === 'denominator' ? transpose(slope) : slope;
}

/** The derivative by one more number of a derivative by a number that is left open. */
function nextOpen(lowering: Lowering, { term, shape }: OpaqueValue, wrt: SymbolId): Value | null {
  const of = term.kind === 'derivative' && term.form === 'derivative' && term.of.kind === 'symbol' ? term.of.id : undefined;
  if (term.kind !== 'derivative' || of === undefined) return null;
  const isByNumbers = [...term.wrt.map((one) => one.term), symbolTerm(wrt)].every(
    (one) => one.kind === 'symbol' && isScalar(shapeOfSymbol(lowering, one.id)),
  );
  if (!reaches(lowering, of, new Set([wrt]))) return zeros(shape);
  return isByNumbers ? opaqueTerm({ ...term, wrt: [...term.wrt, { term: symbolTerm(wrt), transposed: false }] }, shape) : null;
}

function symbolTerm(id: SymbolId): Term {
  return { kind: 'symbol', id, span: { start: 0, end: 0 } };
}
