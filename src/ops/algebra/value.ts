import { type Dim, equal } from '../../shape/dimension.ts';
import { isScalar, type MatrixShape, SCALAR } from '../../shape/shape.ts';
import type { Property } from '../../syntax/ast.ts';
import type { OpName } from '../../syntax/notation.ts';
import { type Callee, type SymbolId, type Term, walk } from '../term.ts';

/**
 * An expression in normal form that carries its shape: sums have their like terms collected, products
 * their scalars in front, transposes stand on single factors. Values are made by the functions of this
 * folder only, which keep them so; the `key` of two values is the same when they are alike.
 */
export type Value =
  | NumberValue
  | SymbolValue
  | DimensionValue
  | ConstantValue
  | SumValue
  | ProductValue
  | HadamardValue
  | PowerValue
  | ApplyValue
  | CallValue
  | EntryValue
  | BinderValue
  | BlocksValue
  | OpaqueValue;

interface Base {
  readonly shape: MatrixShape;
  readonly key: string;
  /** How many nodes it has. */
  readonly size: number;
}

export interface NumberValue extends Base {
  readonly kind: 'number';
  readonly value: number;
}

export interface SymbolValue extends Base {
  readonly kind: 'symbol';
  readonly id: SymbolId;
  readonly properties: readonly Property[];
}

/** A dimension as a number: the n in 1/n. */
export interface DimensionValue extends Base {
  readonly kind: 'dimension';
  readonly dim: Dim;
}

/** Zeros, ones or the identity, larger than 1×1. */
export interface ConstantValue extends Base {
  readonly kind: 'constant';
  readonly op: 'zeros' | 'ones' | 'identity';
}

export interface SumValue extends Base {
  readonly kind: 'sum';
  readonly terms: readonly Value[];
}

/** A number times scalars times a chain of matrices. */
export interface ProductValue extends Base {
  readonly kind: 'product';
  readonly coefficient: number;
  readonly scalars: readonly Value[];
  readonly factors: readonly Value[];
}

/** The entrywise product of values that are no scalars. */
export interface HadamardValue extends Base {
  readonly kind: 'hadamard';
  readonly factors: readonly Value[];
}

/** A power entry by entry; of a scalar its power. */
export interface PowerValue extends Base {
  readonly kind: 'power';
  readonly base: Value;
  readonly exponent: Value;
}

/** Any other operator of the table, the transpose and the inverse among them. */
export interface ApplyValue extends Base {
  readonly kind: 'apply';
  readonly op: OpName;
  readonly args: readonly Value[];
}

export interface CallValue extends Base {
  readonly kind: 'call';
  readonly callee: Callee;
  readonly order: number;
  readonly args: readonly Value[];
}

export type ValueSelector = { readonly kind: 'at'; readonly index: Value } | { readonly kind: 'all' };

export interface EntryValue extends Base {
  readonly kind: 'entry';
  readonly base: Value;
  readonly selectors: readonly ValueSelector[];
}

export interface BinderValue extends Base {
  readonly kind: 'binder';
  readonly binder: 'sum' | 'product' | 'stack';
  readonly indices: readonly SymbolId[];
  readonly from: Value | null;
  readonly to: Value | null;
  readonly distinct: boolean;
  readonly body: Value;
}

export interface BlocksValue extends Base {
  readonly kind: 'blocks';
  readonly rows: readonly (readonly Value[])[];
}

/** A term that is kept as it is: the derivative of something whose definition is left open. */
export interface OpaqueValue extends Base {
  readonly kind: 'opaque';
  readonly term: Term;
}

export function sameShape(a: MatrixShape, b: MatrixShape): boolean {
  return equal(a.rows, b.rows) && equal(a.cols, b.cols);
}

export function isColumn({ shape }: Value): boolean {
  return shape.cols.key === SCALAR.cols.key && !isScalar(shape);
}

export function isRow({ shape }: Value): boolean {
  return shape.rows.key === SCALAR.rows.key && !isScalar(shape);
}

export function isVector(value: Value): boolean {
  return isColumn(value) || isRow(value);
}

export function isSquare({ shape }: Value): boolean {
  return equal(shape.rows, shape.cols);
}

export function isNumber(value: Value): value is NumberValue;
export function isNumber(value: Value, wanted: number): boolean;
export function isNumber(value: Value, wanted?: number): boolean {
  return value.kind === 'number' && (wanted === undefined || value.value === wanted);
}

export function isConstant(value: Value, op: ConstantValue['op']): boolean {
  return value.kind === 'constant' && value.op === op;
}

export function isApply<O extends OpName>(value: Value, op: O): value is ApplyValue & { readonly op: O } {
  return value.kind === 'apply' && value.op === op;
}

/** Whether it is nothing but zeros. */
export function isZero(value: Value): boolean {
  return isNumber(value, 0) || isConstant(value, 'zeros');
}

/** The values directly below a value. */
export function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'sum':
      return value.terms;
    case 'product':
      return [...value.scalars, ...value.factors];
    case 'hadamard':
      return value.factors;
    case 'power':
      return [value.base, value.exponent];
    case 'apply':
    case 'call':
      return value.args;
    case 'entry':
      return [value.base, ...value.selectors.flatMap((selector) => (selector.kind === 'at' ? [selector.index] : []))];
    case 'binder':
      return [...(value.from ? [value.from] : []), ...(value.to ? [value.to] : []), value.body];
    case 'blocks':
      return value.rows.flat();
    default:
      return [];
  }
}

/** Whether anything in it is as `test` says. */
export function contains(value: Value, test: (part: Value) => boolean): boolean {
  return test(value) || partsOf(value).some((part) => contains(part, test));
}

/** Whether a symbol occurs in it. */
export function mentions(value: Value, id: SymbolId): boolean {
  return contains(value, (part) => (part.kind === 'opaque' ? symbolsKept(part).includes(id) : part.kind === 'symbol' && part.id === id));
}

/** Whether a symbol occurs where no sum within binds it. */
export function mentionsFree(value: Value, id: SymbolId): boolean {
  if (value.kind === 'binder' && value.indices.includes(id)) return false;
  const parts = partsOf(value);
  return parts.length === 0 ? mentions(value, id) : parts.some((part) => mentionsFree(part, id));
}

/** The symbols in a term that is kept as it is. */
export function symbolsKept({ term }: OpaqueValue): readonly SymbolId[] {
  return [...walk(term)].flatMap((part) => (part.kind === 'symbol' ? [part.id] : []));
}

/** The indices that no sum in the value binds. */
export function freeIndices(value: Value, isIndex: (id: SymbolId) => boolean): readonly SymbolId[] {
  if (value.kind === 'symbol') return isIndex(value.id) ? [value.id] : [];
  if (value.kind === 'opaque') return symbolsKept(value).filter(isIndex);
  const below = partsOf(value).flatMap((part) => freeIndices(part, isIndex));
  return value.kind === 'binder' ? below.filter((id) => !value.indices.includes(id)) : below;
}
