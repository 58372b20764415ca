import type { Expr, Property } from '../syntax/ast.ts';
import { symbolKey, unsubscripted } from '../syntax/symbol-key.ts';

/** A property that an equation says a symbol has. */
export interface StatedProperty {
  readonly key: string;
  readonly property: Property;
}

/**
 * What a chain of equal sides says of a symbol besides that they are equal: `A = A^\top` that A is symmetric,
 * `Q^\top Q = I` and `u^\top u = 1` that the columns are orthonormal, `\mathbf 1^\top p = 1` that p is on the simplex.
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
  return isIdentity(right) ? gramOf(left) : null;
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
