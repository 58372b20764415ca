import { symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, ShapeTable, SymbolInfo } from '../derivation/derivation.ts';
import { apply } from '../ops/algebra/apply.ts';
import { entryOf as entryIn } from '../ops/algebra/entry.ts';
import { blocks, call, dimension, entry, identity, number, ones, opaque, symbol, zeros } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import type { Value, ValueSelector } from '../ops/algebra/value.ts';
import { isSquare, mentions } from '../ops/algebra/value.ts';
import { OPS } from '../ops/table.ts';
import {
  type ApplyTerm,
  type BinderTerm,
  type CallTerm,
  type DerivativeTerm,
  type EntryTerm,
  type MatrixTerm,
  type SymbolId,
  type Term,
  termKey,
} from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { type Dim, isOpen, ONE, plus, variable } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix, SCALAR } from '../shape/shape.ts';
import { isEntrywiseCall } from './entrywise-call.ts';
import { stackedColumn, summed } from './index-form.ts';
import { Refused } from './refusal.ts';

/** What lowering a term to a value needs to know. */
export interface Lowering {
  readonly derivation: Derivation;
  readonly shapes: ShapeTable;
  readonly layout: Layout;
  /** What parameters of functions stand for, while a call is expanded. */
  readonly bound: ReadonlyMap<SymbolId, Value>;
  /** How a derivative within a term is found. */
  readonly derive: (term: DerivativeTerm, lowering: Lowering) => Value;
  /** The change of a value, where it is known what moves. */
  readonly change?: (of: Value) => Value;
  /** How many calls are being expanded. */
  readonly depth: number;
}

/** Calls within calls that are expanded. */
const DEEPEST_CALLS = 20;

/** The value a term stands for, its functions expanded and its defined symbols left as they are. */
export function lower(lowering: Lowering, term: Term): Value {
  switch (term.kind) {
    case 'number':
      return number(term.value);
    case 'symbol':
      return lowerSymbol(lowering, term.id);
    case 'apply':
      return lowerApply(lowering, term);
    case 'call':
      return lowerCall(lowering, term);
    case 'entry':
      return lowerEntry(lowering, term);
    case 'derivative':
      return lowering.derive(term, lowering);
    case 'binder':
      return lowerBinder(lowering, term);
    case 'matrix':
      return lowerMatrix(lowering, term);
    case 'differential':
      if (term.along !== undefined) throw new Refused('a derivative along a direction is left to numbers');
      if (lowering.change === undefined) throw new Refused('a differential has no value of its own');
      return lowering.change(lower(lowering, term.of));
    case 'hole':
      throw new Refused('a part of it was not understood');
  }
}

export function infoOf({ derivation }: Lowering, id: SymbolId): SymbolInfo {
  const info = derivation.symbols.get(id);
  if (info === undefined) throw new Refused(`${id} is not known`);
  return info;
}

/** A shape without unknowns. */
export function closed(lowering: Lowering, shape: ReturnType<ShapeTable['ofSymbol']>, what: string): MatrixShape {
  if (shape.kind === 'tensor') throw new Refused(`${what} has more than two axes`);
  if (isOpen(shape.rows) || isOpen(shape.cols)) throw new Refused(`the shape of ${what} is not known`);
  return matrix(lowering.shapes.resolved(shape.rows), lowering.shapes.resolved(shape.cols));
}

// ---- symbols

function lowerSymbol(lowering: Lowering, id: SymbolId): Value {
  const given = lowering.bound.get(id);
  if (given !== undefined) return given;
  const info = infoOf(lowering, id);
  if (info.role === 'dimension') return dimension(lowering.shapes.resolved(variable(info.text)));
  if (info.role === 'index') return symbol(id, SCALAR);
  if (info.definition !== null && lowering.bound.size > 0 && reaches(lowering, id, new Set(lowering.bound.keys())))
    return lower(lowering, info.definition.body);
  if (info.family !== null && info.definition === null) throw new Refused(`${info.text} stands for a family without saying which member`);
  if (info.role === 'function' && info.definition !== null && lowering.depth < DEEPEST_CALLS)
    return lower({ ...lowering, depth: lowering.depth + 1 }, info.definition.body);
  if (info.role === 'function') throw new Refused(`${info.text} is a function that is not applied`);
  return symbol(id, shapeOfSymbol(lowering, id));
}

export function shapeOfSymbol(lowering: Lowering, id: SymbolId): MatrixShape {
  return closed(lowering, lowering.shapes.ofSymbol(id), infoOf(lowering, id).text);
}

/** Whether a symbol's definition leads to one of these. */
export function reaches({ derivation }: Lowering, from: SymbolId, targets: ReadonlySet<SymbolId>): boolean {
  const seen = new Set<SymbolId>([from]);
  const stack = [from];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const info = derivation.symbols.get(id);
    const next = info?.definition ? symbolsIn(info.definition.body) : (info?.open ?? []);
    for (const one of next) {
      if (targets.has(one)) return true;
      if (!seen.has(one)) {
        seen.add(one);
        stack.push(one);
      }
    }
  }
  return false;
}

// ---- operators

const SHAPED = { ones, zeros } as const;

function lowerApply(lowering: Lowering, term: ApplyTerm): Value {
  switch (term.op) {
    case 'identity':
      return identity(closed(lowering, lowering.shapes.ofTerm(term), 'the identity').rows);
    case 'ones':
    case 'zeros':
      return lowerFilled(lowering, term, term.op);
    case 'basis':
      return basis(lowering, term);
  }
  const args = term.args.map((arg) => lower(lowering, arg));
  const { differential } = OPS[term.op];
  if (differential.kind === 'means') return differential.means(args, SCALAR);
  return applied(lowering, term, args);
}

/** Zeros of no known shape are a bare zero, which fits anywhere. */
function lowerFilled(lowering: Lowering, term: ApplyTerm, op: 'ones' | 'zeros'): Value {
  const shape = lowering.shapes.ofTerm(term);
  if (op === 'zeros' && (shape.kind === 'tensor' || isOpen(shape.rows) || isOpen(shape.cols))) return number(0);
  return SHAPED[op](closed(lowering, shape, 'a vector of ones'));
}

function basis(lowering: Lowering, term: ApplyTerm): Value {
  const [index] = term.args;
  const { rows } = closed(lowering, lowering.shapes.ofTerm(term), 'a unit vector');
  if (index === undefined) throw new Refused('a unit vector without an index');
  return entry(identity(rows), [{ kind: 'all' }, { kind: 'at', index: lower(lowering, index) }], matrix(rows, ONE));
}

function applied(lowering: Lowering, term: ApplyTerm, args: readonly Value[]): Value {
  const [first] = args;
  if (term.op === 'pow' && first !== undefined && !isSquare(first)) return power(first, args[1] as Value);
  const isCompared = NOTES_SHAPE.has(term.op);
  const wide = isCompared ? args.find((arg) => !isScalar(arg.shape)) : undefined;
  if (term.op === 'vech') throw new Refused('vech leaves entries out, and what it leaves has no form in matrices: vec(X) has one');
  if (term.op === 'commutation' || term.op === 'duplication')
    return apply(term.op, args, closed(lowering, lowering.shapes.ofTerm(term), 'it'));
  return apply(term.op, args, (term.op === 'max' || term.op === 'min') && args.length === 1 ? SCALAR : wide?.shape);
}

const NOTES_SHAPE: ReadonlySet<string> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'unequal', 'max', 'min']);

// ---- functions of the document

function lowerCall(lowering: Lowering, term: CallTerm): Value {
  const args = term.args.map((arg) => lower(lowering, arg));
  const [arg] = args;
  if (arg === undefined) throw new Refused('a function without an argument');
  if (term.callee.kind === 'op') return higherOfOperator(lowering, term) ?? derivativeOfOperator(term, arg);
  const info = infoOf(lowering, term.callee.id);
  if (info.definition !== null) return expand(lowering, term, info, args);
  if (term.order === 0 && args.length > 1 && isAppliedAsDeclared(info, args)) return symbol(info.id, shapeOfSymbol(lowering, info.id));
  if (isEntrywiseCall(info)) return call(term.callee, term.order, args, arg.shape);
  const value = closed(lowering, lowering.shapes.ofSymbol(info.id), info.text);
  if (term.order === 0) return call(term.callee, 0, args, info.declared ?? value);
  if (term.order > 1) throw new Refused('a higher derivative of a function that is left open');
  return call(term.callee, 1, args, isScalar(info.declared ?? value) ? arg.shape : matrix((info.declared ?? value).rows, arg.shape.rows));
}

/** `f(x, y)` where that is how f was declared is f itself. */
function isAppliedAsDeclared({ open }: SymbolInfo, args: readonly Value[]): boolean {
  return open?.length === args.length && args.every((arg, at) => arg.kind === 'symbol' && arg.id === open[at]);
}

/** σ''(z) of a number with a name: the second derivative by that name. */
function higherOfOperator(lowering: Lowering, { callee, order, args, span }: CallTerm): Value | null {
  const [arg] = args;
  if (callee.kind !== 'op' || order !== 2 || arg?.kind !== 'symbol' || !isScalar(lowering.shapes.ofTerm(arg))) return null;
  const by = { term: arg, transposed: false };
  return lowering.derive(
    { kind: 'derivative', form: 'derivative', of: { kind: 'apply', op: callee.op, args, span }, wrt: [by, by], span },
    lowering,
  );
}

function derivativeOfOperator(term: CallTerm, arg: Value): Value {
  const op = (term.callee as { readonly op: keyof typeof OPS }).op;
  const { differential } = OPS[op];
  if (term.order === 0) return apply(op, [arg]);
  if (differential.kind !== 'entrywise' || term.order > 1) throw new Refused(`a derivative of ${op} is written without its argument`);
  return differential.derivative(arg, apply(op, [arg]));
}

/** The body of a function, with its parameters standing for the arguments. */
function expand(lowering: Lowering, term: CallTerm, info: SymbolInfo, args: readonly Value[]): Value {
  const { params, body } = info.definition as NonNullable<SymbolInfo['definition']>;
  if (params.length !== args.length) throw new Refused(`${info.text} has another number of parameters`);
  if (lowering.depth >= DEEPEST_CALLS) throw new Refused(`${info.text} calls itself`);
  const takesNumber =
    params.length === 1 && isScalar(lowering.shapes.ofSymbol(params[0] as SymbolId)) && !isScalar((args[0] as Value).shape);
  if (takesNumber) return call(term.callee, term.order, args, (args[0] as Value).shape);
  if (term.order > 0) return slopeOfDefined(lowering, term, info, args);
  return lower({ ...lowering, bound: new Map(params.map((param, at) => [param, args[at] as Value])), depth: lowering.depth + 1 }, body);
}

/** `f'(u)` and `f''(u)` of a function of one letter: the derivative of its body by the letter, with the argument put in. */
function slopeOfDefined(lowering: Lowering, { order }: CallTerm, info: SymbolInfo, [arg]: readonly Value[]): Value {
  const { params, body } = info.definition as NonNullable<SymbolInfo['definition']>;
  const [param] = params;
  if (param === undefined || arg === undefined || params.length > 1) throw new Refused(`the derivative of ${info.text} stands in it`);
  const isOfNumber = isScalar(lowering.shapes.ofTerm(body));
  const by = { term: { kind: 'symbol', id: param, span: body.span } as const, transposed: false };
  const form = isScalar(shapeOfSymbol(lowering, param)) ? 'derivative' : isOfNumber ? 'gradient' : 'jacobian';
  if (order > 2 || (order > 1 && form !== 'derivative')) throw new Refused(`a higher derivative of ${info.text} stands in it`);
  const wrt = Array.from({ length: order }, () => by);
  const slope = lowering.derive({ kind: 'derivative', form, of: body, wrt, span: body.span }, { ...lowering, depth: lowering.depth + 1 });
  return rebuild(slope, (part) => (part.kind === 'symbol' && part.id === param ? arg : part));
}

// ---- entries, sums, matrices

function lowerEntry(lowering: Lowering, term: EntryTerm): Value {
  const selectors = term.selectors.map(
    (selector): ValueSelector => (selector.kind === 'all' ? selector : { kind: 'at', index: lower(lowering, selector.index) }),
  );
  const info = term.base.kind === 'symbol' ? lowering.derivation.symbols.get(term.base.id) : undefined;
  const member = info === undefined ? null : definedMember(lowering, info, selectors);
  if (member !== null) return member;
  if (info?.family != null && info.declared !== null) {
    return entry(symbol(info.id, info.declared), selectors, selectors.length > 1 ? SCALAR : info.declared);
  }
  return entryOf(lower(lowering, term.base), selectors);
}

/** A member of a family that is defined by its members is that definition at the index; a vector stays one. */
function definedMember(lowering: Lowering, info: SymbolInfo, selectors: readonly ValueSelector[]): Value | null {
  const body = info.definition?.body;
  const indices = selectors.flatMap((selector) => (selector.kind === 'at' ? [selector.index] : []));
  if (
    info.family === null ||
    body?.kind !== 'binder' ||
    body.binder !== 'stack' ||
    indices.length !== body.indices.length ||
    selectors.length !== indices.length
  )
    return null;
  if (lowering.depth >= DEEPEST_CALLS) throw new Refused(`${info.text} is defined by itself`);
  const bound = new Map([...lowering.bound, ...body.indices.map((id, at) => [id, indices[at] as Value] as const)]);
  return lower({ ...lowering, bound, depth: lowering.depth + 1 }, body.body);
}

/** An entry, a row or a column. */
export function entryOf(base: Value, selectors: readonly ValueSelector[]): Value {
  const found = entryIn(base, selectors);
  if (found === null) throw new Refused('an entry without an index');
  return found;
}

function lowerBinder(lowering: Lowering, term: BinderTerm): Value {
  const { binder } = term;
  if (binder !== 'sum' && binder !== 'product' && binder !== 'stack')
    throw new Refused(`${WORDS[binder]} has no derivative that follows from its text`);
  if (term.indices.length === 0) throw new Refused('a sum that does not say over which index it runs has no derivative');
  if (term.among !== undefined || !isOfOwn(term)) throw new Refused('a sum over some of the values has no form in matrices');
  const body = lower(lowering, term.body);
  const [from, to] = [term.from, term.to].map((bound) => (bound === null ? null : lower(lowering, bound))) as [Value | null, Value | null];
  const range = (id: SymbolId): Dim | null => rangeTo(lowering, id);
  if (binder === 'stack')
    return (
      (term.indices.length === 1 ? stackedColumn(body, term.indices[0] as SymbolId, range) : stackedMatrix(body, term.indices, range)) ??
      refuse('what is written by its entries')
    );
  return summed({ binder, indices: term.indices, from, to, distinct: term.comparison !== null, body }, range);
}

/** Whether a sum compares at most its own two indices, for being unlike. */
function isOfOwn({ indices, comparison }: BinderTerm): boolean {
  if (comparison === null) return true;
  const { left, relation, right } = comparison;
  return relation === '≠' && [left, right].every((side) => side.kind === 'symbol' && indices.includes(side.id));
}

/** The matrix of its entries, as the sum of each of them in its place. */
function stackedMatrix(body: Value, indices: readonly SymbolId[], range: (id: SymbolId) => Dim | null): Value | null {
  const [row, column] = indices as readonly [SymbolId, SymbolId];
  const [rows, cols] = [range(row), range(column)];
  if (rows === null || cols === null || !isScalar(body.shape)) return null;
  const inPlace = product(unitVector(row, rows), body, transpose(unitVector(column, cols)));
  const whole = summed({ binder: 'sum', indices, from: null, to: null, distinct: false, body: inPlace }, range);
  return indices.some((id) => mentions(whole, id)) ? null : whole;
}

function unitVector(index: SymbolId, size: Dim): Value {
  return entry(identity(size), [{ kind: 'all' }, { kind: 'at', index: symbol(index, SCALAR) }], matrix(size, ONE));
}

const WORDS = {
  expectation: 'an expectation',
  minimum: 'a minimum',
  argmin: 'an argmin',
  integral: 'an integral',
  limit: 'a limit',
} as const;

function refuse(what: string): never {
  throw new Refused(`${what} has no form in matrices`);
}

/** N where an index runs from 1 to N. */
export function rangeTo({ shapes }: Pick<Lowering, 'shapes'>, id: SymbolId): Dim | null {
  const range = shapes.rangeOf(id);
  return range === null || range.from.key !== ONE.key ? null : shapes.resolved(range.to);
}

function lowerMatrix(lowering: Lowering, { rows }: MatrixTerm): Value {
  const parts = rows.map((row) => row.map((one) => lowerBlock(lowering, one)));
  if (parts.length === 1 && parts[0]?.length === 1) return parts[0][0] as Value;
  const height = parts.map((row) => (row[0] as Value).shape.rows).reduce(plus);
  const width = (parts[0] as readonly Value[]).map((part) => part.shape.cols).reduce(plus);
  return blocks(parts, matrix(height, width));
}

/** A literal zero has the size of its place. */
function lowerBlock(lowering: Lowering, term: Term): Value {
  const value = lower(lowering, term);
  const shape = value.kind === 'number' && value.value === 0 ? lowering.shapes.ofTerm(term) : null;
  return shape?.kind === 'matrix' && !isOpen(shape.rows) && !isOpen(shape.cols) ? zeros(closed(lowering, shape, 'a block')) : value;
}

/** A derivative that stays as it is, because a definition is left open. */
export function opaqueTerm(term: Term, shape: MatrixShape): Value {
  return opaque(term, termKey(term), shape);
}
