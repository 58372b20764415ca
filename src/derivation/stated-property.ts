import type { Expr, Property } from '../syntax/ast.ts';
import { symbolKey, unsubscripted } from '../syntax/symbol-key.ts';

/** A property that an equation says a symbol has. */
export interface StatedProperty {
  readonly key: string;
  readonly property: Property;
  /** Whether it is said of the rows of a matrix. */
  readonly of?: 'rows';
}

/**
 * What a chain of equal sides says of a symbol besides that they are equal: `A = A^\top` that A is symmetric,
 * `Q^\top Q = I` and `u^\top u = 1` that the columns are orthonormal, `\mathbf 1^\top p = 1` that p is on the simplex,
 * `Y \mathbf 1 = \mathbf 1` and `\sum_k Y_{ik} = 1` that the rows of Y are.
 */
export function statedProperties(sides: readonly Expr[]): readonly StatedProperty[] {
  return sides.slice(1).flatMap((right, at) => {
    const left = sides[at] as Expr;
    return stated(left, right) ?? stated(right, left) ?? [];
  });
}

function stated(left: Expr, right: Expr): StatedProperty | null {
  if (isNumber(right, 1)) return ofOne(left);
  const transposed = transposedKey(left);
  if (transposed !== null && transposed === symbolKey(right)) return { key: transposed, property: 'symmetric' };
  if (isOnes(right)) return rowsOf(left);
  const square = entrywiseSquareKey(left);
  if (square !== null && square === symbolKey(right)) return { key: square, property: 'binary' };
  if (isChoiceOfBits(right)) return entryOf(left);
  return isIdentity(right) ? gramOf(left) : null;
}

/** 1 under a condition that is not understood, as `(i, j) ∈ S`, and 0 otherwise. */
function isChoiceOfBits(expr: Expr): boolean {
  if (expr.kind !== 'apply' || expr.op !== 'cases') return false;
  const isGuard = (at: number) => at % 2 === 1;
  const values = expr.args.filter((_, at) => !isGuard(at));
  return (
    values.every((value) => isNumber(value, 0) || isNumber(value, 1)) && expr.args.some((guard, at) => isGuard(at) && guard.kind === 'hole')
  );
}

function entryOf(expr: Expr): StatedProperty | null {
  const key = expr.kind === 'postfix' && expr.mark.kind === 'sub' ? symbolKey(expr.base) : null;
  return key === null ? null : { key, property: 'binary' };
}

/** The Ω of `Ω ⊙ Ω`, which is Ω where it holds zeros and ones. */
function entrywiseSquareKey(expr: Expr): string | null {
  const [left, right, ...others] = expr.kind === 'apply' && expr.op === 'hadamard' ? expr.args : [];
  const key = left === undefined || right === undefined || others.length > 0 ? null : symbolKey(left);
  return key !== null && key === symbolKey(right as Expr) ? key : null;
}

/** `Y \mathbf 1 = \mathbf 1`: each row of Y is on the simplex. */
function rowsOf(expr: Expr): StatedProperty | null {
  const [left, right, ...others] = expr.kind === 'apply' && expr.op === 'mul' ? expr.args : [];
  const key = left === undefined || right === undefined || others.length > 0 || !isOnes(right) ? null : symbolKey(left);
  return key === null ? null : { key, property: 'simplex', of: 'rows' };
}

/** What is said of a symbol by a scalar of it that is 1. */
function ofOne(expr: Expr): StatedProperty | null {
  return gramOf(expr) ?? unitNorm(expr) ?? totalOf(expr);
}

/** `Q^\top Q`. */
function gramOf(expr: Expr): StatedProperty | null {
  const [left, right, ...others] = expr.kind === 'apply' && expr.op === 'mul' ? expr.args : [];
  if (left === undefined || right === undefined || others.length > 0) return null;
  const key = symbolKey(right);
  return key !== null && key === transposedKey(left) ? { key, property: 'orthogonal' } : null;
}

/** `\|u\|`, `\|u\|_2^2`. */
function unitNorm(expr: Expr): StatedProperty | null {
  if (expr.kind === 'postfix' && expr.mark.kind === 'power' && isNumber(expr.mark.exponent, 2)) return unitNorm(expr.base);
  if (expr.kind !== 'apply' || (expr.op !== 'norm' && expr.op !== 'norm2')) return null;
  const key = symbolKey(expr.args[0] as Expr);
  return key === null ? null : { key, property: 'orthogonal' };
}

/** `\mathbf 1^\top p`, `p^\top \mathbf 1`, `Σ_k p_k`. */
function totalOf(expr: Expr): StatedProperty | null {
  const rows = expr.kind === 'binder' ? summedRows(expr) : null;
  if (rows !== null) return { key: rows, property: 'simplex', of: 'rows' };
  const key =
    expr.kind === 'binder'
      ? summedKey(expr)
      : expr.kind === 'apply' && expr.op === 'mul' && expr.args.length === 2
        ? totalledKey(expr.args)
        : null;
  return key === null ? null : { key, property: 'simplex' };
}

function summedKey({ binder, names, body }: Expr & { kind: 'binder' }): string | null {
  if (binder !== 'sum' || names.length !== 1) return null;
  return unsubscripted(body, (names[0] as { name: string }).name);
}

/** The `Y` of `\sum_k Y_{ik}`. */
function summedRows({ binder, names, body }: Expr & { kind: 'binder' }): string | null {
  if (binder !== 'sum' || names.length !== 1 || body.kind !== 'postfix' || body.mark.kind !== 'sub') return null;
  const [row, column, ...more] = body.mark.items;
  const isLast = row?.kind === 'name' && column?.kind === 'name' && column.name === names[0]?.name && row.name !== column.name;
  return isLast && more.length === 0 ? symbolKey(body.base) : null;
}

function totalledKey([left, right]: readonly Expr[]): string | null {
  if (left === undefined || right === undefined) return null;
  if (left.kind === 'postfix' && isTranspose(left) && isOnes(left.base)) return symbolKey(right);
  return isOnes(right) ? transposedKey(left) : null;
}

function transposedKey(expr: Expr): string | null {
  return expr.kind === 'postfix' && isTranspose(expr) ? symbolKey(expr.base) : null;
}

function isTranspose({ mark }: Expr & { kind: 'postfix' }): boolean {
  return mark.kind === 'transpose' || (mark.kind === 'prime' && mark.count === 1);
}

function isNumber(expr: Expr, value: number): boolean {
  return expr.kind === 'number' && expr.value === value;
}

function isOnes(expr: Expr): boolean {
  return /^(?:bold|bb|vec):1(?:_|$)/u.test(symbolKey(expr) ?? '');
}

function isIdentity(expr: Expr): boolean {
  return /^(?:(?:bold|bb|rm):)?I(?:_|$)/u.test(symbolKey(expr) ?? '');
}
