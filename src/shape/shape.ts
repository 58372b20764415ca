import { constantOf, type Dim, hasCount, isOpen, ONE, showDim } from './dimension.ts';

/**
 * The shape of an expression. A vector is a matrix with one column, a scalar is 1×1. A tensor is a
 * derivative with more than two axes: the axes of the variable, then those of the function in
 * denominator layout, and the other way round in numerator layout.
 */
export type Shape = MatrixShape | TensorShape;

export interface MatrixShape {
  readonly kind: 'matrix';
  readonly rows: Dim;
  readonly cols: Dim;
}

export interface TensorShape {
  readonly kind: 'tensor';
  readonly axes: readonly (readonly Dim[])[];
}

export function matrix(rows: Dim, cols: Dim): MatrixShape {
  return { kind: 'matrix', rows, cols };
}

export const SCALAR: MatrixShape = matrix(ONE, ONE);

/** `n×1`, `1×1`, `n×m | k`, or `?` where any of it is open. */
export function showShape(shape: Shape): string {
  if (shape.kind === 'tensor') return shape.axes.map((group) => group.map(showDim).join('×')).join(' | ');
  if (isOpen(shape.rows) && isOpen(shape.cols)) return '?';
  return `${showFactor(shape.rows)}×${showFactor(shape.cols)}`;
}

/** As it can be written into a text: `?` also for a size that words only count, which has no letter. */
export function showWritable(shape: Shape): string {
  if (shape.kind === 'tensor' || !(hasCount(shape.rows) || hasCount(shape.cols))) return showShape(shape);
  const [rows, cols] = [shape.rows, shape.cols].map((dim) => (hasCount(dim) ? '?' : showFactor(dim)));
  return rows === '?' && cols === '?' ? '?' : `${rows}×${cols}`;
}

/** A sum or a product is bracketed beside ×, so that `(n-1)×m` cannot be misread; what stands below a name is within braces. */
function showFactor(dim: Dim): string {
  const text = showDim(dim);
  return /[+\- ]/.test(text.replace(/\{[^{}]*\}/g, '')) ? `(${text})` : text;
}

export function isScalar(shape: Shape): boolean {
  return shape.kind === 'matrix' && constantOf(shape.rows) === 1 && constantOf(shape.cols) === 1;
}

/** Known not to be 1: a name, or another number. Rigid names are not 1, as different names are not equal; sizes that add up are more than one. */
export function isWide(dim: Dim): boolean {
  const value = constantOf(dim);
  return value === undefined ? !isOpen(dim) || isSum(dim) : value !== 1;
}

/** Whether it is more than one whatever its unknowns are, of which none is below 1: `? + 1`, `2?`. */
function isSum({ terms }: Dim): boolean {
  const coefficients = [...terms.values()];
  return coefficients.every((one) => one > 0) && coefficients.reduce((sum, one) => sum + one, 0) > 1;
}
