import type { Expr, ShapeExpr } from '../syntax/ast.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { constant, constantOf, type Dim, minus, ONE, plus, scale, times, variable } from './dimension.ts';
import { type MatrixShape, matrix, SCALAR } from './shape.ts';

/** What `dimensionOf` could not make a dimension of. */
export interface NoDimension {
  readonly expr: Expr;
  readonly why: string;
}

/** The dimension an expression states, or why it states none: a name, a number, a polynomial of them. */
export function dimensionOf(expr: Expr): Dim | NoDimension {
  switch (expr.kind) {
    case 'number':
      return Number.isInteger(expr.value) && expr.value >= 0 ? constant(expr.value) : { expr, why: 'a dimension is a whole number' };
    case 'name':
      return variable(expr.name);
    case 'postfix':
      return ofPostfix(expr);
    case 'apply':
      return ofOperator(expr);
    default:
      return { expr, why: 'a dimension is made of names, whole numbers, +, − and products' };
  }
}

export function isDimension(found: Dim | NoDimension): found is Dim {
  return 'terms' in found;
}

function ofPostfix(expr: Expr & { kind: 'postfix' }): Dim | NoDimension {
  const { mark } = expr;
  if (mark.kind === 'power' && mark.exponent.kind === 'number') {
    const base = dimensionOf(expr.base);
    if (!isDimension(base) || mark.exponent.value > 8) return { expr, why: 'a dimension is a polynomial of names' };
    return Array.from({ length: mark.exponent.value }, () => base).reduce(times, ONE);
  }
  const key = symbolKey(expr);
  return key === null ? { expr, why: 'a dimension is a polynomial of names' } : variable(key);
}

function ofOperator(expr: Expr & { kind: 'apply' }): Dim | NoDimension {
  const args = expr.args.map(dimensionOf);
  const wrong = args.find((arg): arg is NoDimension => !isDimension(arg));
  if (wrong !== undefined) return wrong;
  const dims = args as readonly Dim[];
  const [a, b] = dims as readonly [Dim, Dim];
  switch (expr.op) {
    case 'add':
      return plus(a, b);
    case 'sub':
      return minus(a, b);
    case 'mul':
    case 'dot':
    case 'times':
      return dims.reduce(times);
    case 'div':
      return ofQuotient(expr, a, b);
    default:
      return { expr, why: 'a dimension is made of names, whole numbers, +, − and products' };
  }
}

function ofQuotient(expr: Expr, a: Dim, b: Dim): Dim | NoDimension {
  const divisor = constantOf(b);
  if (divisor === 0) return { expr, why: 'a dimension cannot be divided by zero' };
  const exact = divisor !== undefined && [...a.terms.values()].every((coefficient) => coefficient % divisor === 0);
  return exact ? scale(a, 1 / divisor) : { expr, why: 'a quotient is no dimension, as it need not be a whole number' };
}

/** The shape a shape note states: none is a scalar, one a column, two a matrix. */
export function shapeOf(note: ShapeExpr): MatrixShape | NoDimension {
  const dims = note.dims.map(dimensionOf);
  const wrong = dims.find((dim): dim is NoDimension => !isDimension(dim));
  if (wrong !== undefined) return wrong;
  const [rows, cols] = dims as readonly Dim[];
  if (rows === undefined) return SCALAR;
  return matrix(rows, cols ?? ONE);
}
