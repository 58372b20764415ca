import { addTo } from '../base/lists-by-key.ts';
import type { SymbolInfo } from '../derivation/derivation.ts';
import { derivativeShape } from '../derivation/layout-shapes.ts';
import { entryExpanded } from '../ops/algebra/entry.ts';
import { symbol, zeros } from '../ops/algebra/leaves.ts';
import { inner } from '../ops/algebra/matrix-functions.ts';
import { product } from '../ops/algebra/product.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { isRow, type Value, type ValueSelector } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';
import { nameOf, ONE } from '../shape/dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import { argumentSlope, hessianAt } from './argument-slope.ts';
import { isEntrywiseCall } from './entrywise-call.ts';
import { closed, entryOf, infoOf, type Lowering, lower, opaqueTerm, rangeTo, reaches, shapeOfSymbol } from './lower.ts';
import { pullBack, type Tape } from './pull-back.ts';
import { Refused } from './refusal.ts';

/** A rule that was applied, to what, and the cotangent that it carried on. */
export interface RuleApplied {
  readonly rule: string;
  readonly value: Value;
  readonly cotangent: Value;
}

/** What is differentiated, by which symbol, and how. */
export interface Question {
  readonly lowering: Lowering;
  readonly wrt: SymbolId;
  readonly wrtShape: MatrixShape;
  /** Only explicit occurrences of the variable move. */
  readonly direct: boolean;
  readonly note: Tape['note'];
  /** Symbols by the key of what they are defined as, of all that was gone through. */
  readonly named: Map<string, Value>;
  /** Which member of a family, where the variable is one. */
  readonly member?: readonly Value[];
  /** Which row or column of the symbol, where the variable is one. */
  readonly part?: Part;
}

/** A row or a column of a matrix. */
export interface Part {
  readonly selectors: readonly ValueSelector[];
  readonly whole: MatrixShape;
}

/**
 * The cotangent of the variable when the value has the given one: everything that the value is made
 * of is gone through from the top of the dependency graph down, each symbol once.
 */
export function cotangentOf(question: Question, value: Value, seed: Value): Value {
  const { lowering, wrt, direct, member } = question;
  const goal = new Set([wrt]);
  const moves = (id: SymbolId) =>
    id === wrt ||
    (!direct &&
      lowering.derivation.symbols.has(id) &&
      lowering.derivation.symbols.get(id)?.role !== 'index' &&
      reaches(lowering, id, goal));
  const moving = memoized(moves);
  const gathered = new Map<SymbolId, Value[]>();
  const tape: Tape = {
    moves: moving,
    add: (id, cotangent) => addTo(gathered, id, cotangent),
    range: (id) => rangeTo(lowering, id),
    numberOf: (value) => numberFixed(lowering, value),
    note: question.note,
    slopeBy: (value, at, shape) => argumentSlope(lowering.derivation, value, at, shape),
    hessianAt: (gradient, shape) => hessianAt(lowering.derivation, gradient, shape),
    isEntrywise: (callee) => callee.kind === 'op' || isEntrywiseCall(infoOf(lowering, callee.id)) || takesNumber(lowering, callee.id),
    moving: new Map(),
    ...(member === undefined ? {} : { member: { of: wrt, index: member[0] as Value } }),
  };
  pullBack(tape, value, seed);
  const done = new Set<SymbolId>();
  for (let id = next(gathered, wrt, lowering); id !== null; id = next(gathered, wrt, lowering)) {
    // What comes up again after all that is made of it was gone through is made of itself.
    if (done.has(id)) throw new Refused(`${infoOf(lowering, id).text} is defined by itself`);
    done.add(id);
    const cotangent = sum(...(gathered.get(id) as readonly Value[]));
    gathered.delete(id);
    pullThroughSymbol(question, tape, id, cotangent);
  }
  const whole = sum(...(gathered.get(wrt) ?? []), zeros(question.wrtShape));
  return question.part === undefined ? whole : partIn(whole, question.part);
}

/** A row or a column, of a product with its row or column further within. */
function partIn(whole: Value, { selectors }: Part): Value {
  const found = entryOf(whole, selectors);
  return found.kind === 'entry' ? entryExpanded(found) : found;
}

/** What a letter is defined as, where that is a number; the size of a dimension. */
export function numberFixed({ derivation }: Lowering, value: Value): number | null {
  if (value.kind === 'dimension') {
    const name = nameOf(value.dim);
    return derivation.equations.flatMap(({ settings }) => (name === undefined ? [] : [settings.sizes.get(name) ?? []].flat()))[0] ?? null;
  }
  const body = value.kind === 'symbol' ? derivation.symbols.get(value.id)?.definition?.body : undefined;
  return body?.kind === 'number' ? body.value : null;
}

function takesNumber(lowering: Lowering, id: SymbolId): boolean {
  const params = infoOf(lowering, id).definition?.params;
  return params?.length === 1 && isScalar(lowering.shapes.ofSymbol(params[0] as SymbolId));
}

function memoized(test: (id: SymbolId) => boolean): (id: SymbolId) => boolean {
  const known = new Map<SymbolId, boolean>();
  return (id) => {
    const found = known.get(id) ?? test(id);
    known.set(id, found);
    return found;
  };
}

/** A symbol that waits and that no other waiting one is made of. */
function next(waiting: ReadonlyMap<SymbolId, readonly Value[]>, wrt: SymbolId, lowering: Lowering): SymbolId | null {
  const ids = [...waiting.keys()].filter((id) => id !== wrt);
  return ids.find((id) => !ids.some((other) => other !== id && reaches(lowering, other, new Set([id])))) ?? null;
}

// ---- through one symbol

function pullThroughSymbol({ lowering, named }: Question, tape: Tape, id: SymbolId, cotangent: Value): void {
  const info = infoOf(lowering, id);
  if (info.family !== null) throw new Refused(`${info.text} is a family whose members are made of others`);
  if (info.definition !== null) {
    const body = lower(lowering, info.definition.body);
    if (body.size > 1 && body.kind !== 'binder') named.set(body.key, symbol(id, shapeOfSymbol(lowering, id)));
    return pullBack(tape, body, cotangent);
  }
  if (info.open !== null) return pullThroughOpen(lowering, tape, info, cotangent);
  throw new Refused(`it is not said what ${info.text} is made of`);
}

/** What depends on others in a way that is left open: its derivative by each of them stays a derivative. */
function pullThroughOpen(lowering: Lowering, tape: Tape, info: SymbolInfo, cotangent: Value): void {
  const open = info.open as readonly SymbolId[];
  const moving = open.filter(tape.moves);
  for (const id of moving) {
    if (open.some((other) => other !== id && reaches(lowering, other, new Set([id]))))
      throw new Refused(`${info.text} depends on ${infoOf(lowering, id).text} in two ways that are left open`);
    tape.add(id, throughOpen(lowering, info, id, cotangent));
  }
}

function throughOpen(lowering: Lowering, info: SymbolInfo, id: SymbolId, g: Value): Value {
  const of = shapeOfSymbol(lowering, info.id);
  const by = shapeOfSymbol(lowering, id);
  const slope = openDerivative(lowering, info.id, id, of, by);
  if (isScalar(by)) return isScalar(of) ? product(g, slope) : inner(g, lowering.layout === 'denominator' ? transpose(slope) : slope);
  if (isScalar(of)) return product(g, lowering.layout === 'numerator' && !isRowShape(by) ? transpose(slope) : slope);
  const column = isRow(g) ? transpose(g) : g;
  const pulled = product(lowering.layout === 'denominator' ? slope : transpose(slope), column);
  return isRowShape(by) ? transpose(pulled) : pulled;
}

function isRowShape({ rows, cols }: MatrixShape): boolean {
  return rows.key === ONE.key && cols.key !== ONE.key;
}

/** dy/dx itself, in the layout of the section. */
export function openDerivative(lowering: Lowering, of: SymbolId, by: SymbolId, ofShape: MatrixShape, byShape: MatrixShape): Value {
  const span = { start: 0, end: 0 };
  const shape = closed(lowering, derivativeShape(ofShape, byShape, lowering.layout, false), 'a derivative that is left open');
  return opaqueTerm(
    {
      kind: 'derivative',
      form: 'derivative',
      of: { kind: 'symbol', id: of, span },
      wrt: [{ term: { kind: 'symbol', id: by, span }, transposed: false }],
      span,
    },
    shape,
  );
}

/** A symbol that stands for an arbitrary cotangent. */
export function arbitrary(shape: MatrixShape): Value & { readonly kind: 'symbol' } {
  return symbol('$cotangent', shape) as Value & { readonly kind: 'symbol' };
}
