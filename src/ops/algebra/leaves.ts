import { constantOf, type Dim, ONE } from '../../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix, SCALAR } from '../../shape/shape.ts';
import type { Property } from '../../syntax/ast.ts';
import type { OpName } from '../../syntax/notation.ts';
import type { Callee, SymbolId, Term } from '../term.ts';
import type { ApplyValue, BinderValue, BlocksValue, CallValue, ConstantValue, OpaqueValue, Value, ValueSelector } from './value.ts';

/** A value would have more nodes than anyone would read. */
export class TooLarge extends Error {}

/** The most nodes of one value. */
const MOST_NODES = 4000;

/** How many nodes a value of these parts has. Throws `TooLarge` where these are too many. */
export function sizeOf(parts: readonly Value[]): number {
  const size = parts.reduce((sum, part) => sum + part.size, 1);
  if (size > MOST_NODES) throw new TooLarge('it has too many terms');
  return size;
}

export function number(value: number): Value {
  return { kind: 'number', value, shape: SCALAR, key: String(value), size: 1 };
}

export function symbol(id: SymbolId, shape: MatrixShape, properties: readonly Property[] = []): Value {
  return { kind: 'symbol', id, shape, properties, key: id, size: 1 };
}

export function dimension(dim: Dim): Value {
  const value = constantOf(dim);
  return value === undefined ? { kind: 'dimension', dim, shape: SCALAR, key: `#${dim.key}`, size: 1 } : number(value);
}

function constant(op: ConstantValue['op'], shape: MatrixShape, scalar: number): Value {
  if (isScalar(shape)) return number(scalar);
  return { kind: 'constant', op, shape, key: `${op}<${shape.rows.key},${shape.cols.key}>`, size: 1 };
}

export function zeros(shape: MatrixShape): Value {
  return constant('zeros', shape, 0);
}

export function ones(shape: MatrixShape): Value {
  return constant('ones', shape, 1);
}

export function identity(size: Dim): Value {
  return constant('identity', matrix(size, size), 1);
}

/** The column of ones. */
export function onesColumn(size: Dim): Value {
  return ones(matrix(size, ONE));
}

export function opaque(term: Term, key: string, shape: MatrixShape): OpaqueValue {
  return { kind: 'opaque', term, shape, key, size: 1 };
}

// ---- values that stay as they are

/** The operator applied, without any simplification. */
export function rawApply(op: OpName, args: readonly Value[], shape: MatrixShape): ApplyValue {
  return { kind: 'apply', op, args, shape, key: `${op}(${args.map(({ key }) => key).join(',')})`, size: sizeOf(args) };
}

export function call(callee: Callee, order: number, args: readonly Value[], shape: MatrixShape): CallValue {
  const name = callee.kind === 'op' ? callee.op : callee.id;
  return {
    kind: 'call',
    callee,
    order,
    args,
    shape,
    key: `${name}${"'".repeat(order)}(${args.map(({ key }) => key).join(',')})`,
    size: sizeOf(args),
  };
}

export function entry(base: Value, selectors: readonly ValueSelector[], shape: MatrixShape): Value {
  const marks = selectors.map((selector) => (selector.kind === 'at' ? selector.index.key : ':'));
  const indices = selectors.flatMap((selector) => (selector.kind === 'at' ? [selector.index] : []));
  return { kind: 'entry', base, selectors, shape, key: `${base.key}[${marks.join(',')}]`, size: sizeOf([base, ...indices]) };
}

export function blocks(rows: readonly (readonly Value[])[], shape: MatrixShape): BlocksValue {
  return {
    kind: 'blocks',
    rows,
    shape,
    key: `[${rows.map((row) => row.map(({ key }) => key).join(',')).join(';')}]`,
    size: sizeOf(rows.flat()),
  };
}

export function binder(
  parts: Pick<BinderValue, 'binder' | 'indices' | 'from' | 'to' | 'distinct' | 'body'>,
  shape: MatrixShape,
): BinderValue {
  const { from, to, body } = parts;
  const key = `${parts.binder}{${parts.indices.join()}${parts.distinct ? '≠' : ''};${from?.key ?? ''};${to?.key ?? ''}}(${body.key})`;
  return { ...parts, kind: 'binder', shape, key, size: sizeOf([body]) };
}
