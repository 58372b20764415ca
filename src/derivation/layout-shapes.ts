import type { Layout } from '../protocol/report.ts';
import { type Dim, ONE, times } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix, type Shape } from '../shape/shape.ts';

/** How an operand looks to a derivative. */
export type Form = 'scalar' | 'column' | 'row' | 'matrix' | 'open';

/**
 * The shape of the derivative of something of shape `of` by a variable of shape `wrt` (docs/language.md,
 * §3). Both must be decided: none of them of form `open`.
 */
export function derivativeShape(of: MatrixShape, wrt: MatrixShape, layout: Layout, wrtTransposed: boolean): Shape {
  if (wrtTransposed) return byTransposed(of, wrt, layout);
  if (isScalar(wrt)) return byScalar(of, layout);
  if (isScalar(of)) return ofScalar(wrt, layout);
  const m = lengthOf(of);
  const n = lengthOf(wrt);
  if (m === null || n === null) return tensor(of, wrt, layout);
  return layout === 'denominator' ? matrix(n, m) : matrix(m, n);
}

/** dy/dx' of Magnus and Neudecker (1999, ch. 9): m×n whatever the layout; a number by a matrix X' has the shape of X' where by X it has that of X. */
function byTransposed(of: MatrixShape, wrt: MatrixShape, layout: Layout): Shape {
  if (isScalar(of) && formOf(wrt) === 'matrix') return ofScalar(matrix(wrt.cols, wrt.rows), layout);
  const m = lengthOf(of);
  const n = lengthOf(wrt);
  if (m === null || n === null) return tensor(of, wrt, 'numerator');
  return matrix(m, n);
}

/** dy/ds is 1×m in denominator layout, otherwise of the shape of y; dX/ds likewise. */
function byScalar(of: MatrixShape, layout: Layout): MatrixShape {
  return layout === 'denominator' ? matrix(of.cols, of.rows) : of;
}

/** ds/dx: of the shape of the variable, in numerator layout of its transpose; of a row always its own. */
function ofScalar(wrt: MatrixShape, layout: Layout): MatrixShape {
  const ownShape = layout !== 'numerator' || formOf(wrt) === 'row';
  return ownShape ? wrt : matrix(wrt.cols, wrt.rows);
}

function tensor(of: MatrixShape, wrt: MatrixShape, layout: Layout): Shape {
  const axes = [axesOf(wrt), axesOf(of)];
  return { kind: 'tensor', axes: layout === 'denominator' ? axes : axes.reverse() };
}

export function axesOf(shape: MatrixShape): readonly Dim[] {
  const length = lengthOf(shape);
  return length === null ? [shape.rows, shape.cols] : [length];
}

/** The length of a scalar, a column or a row; null for a matrix. */
function lengthOf(shape: MatrixShape): Dim | null {
  switch (formOf(shape)) {
    case 'scalar':
      return ONE;
    case 'column':
      return shape.rows;
    case 'row':
      return shape.cols;
    default:
      return null;
  }
}

/** The form of a resolved shape; `open` where an unknown leaves it undecided. */
export function formOf(shape: MatrixShape): Form {
  const rows = width(shape.rows);
  const cols = width(shape.cols);
  if (rows === 'open' || cols === 'open') return rows === 'wide' && cols === 'wide' ? 'matrix' : 'open';
  if (rows === 'one') return cols === 'one' ? 'scalar' : 'row';
  return cols === 'one' ? 'column' : 'matrix';
}

function width(dim: Dim): 'one' | 'wide' | 'open' {
  if (dim.key === ONE.key) return 'one';
  return dim.key.includes('?') ? 'open' : 'wide';
}

/** The gradient has the shape of its variable, also of `x'`; of a vector function it is the transposed Jacobian. */
export function gradientShape(of: MatrixShape, wrt: MatrixShape, wrtTransposed: boolean): Shape {
  return isScalar(of) && !wrtTransposed ? wrt : derivativeShape(of, wrt, 'denominator', wrtTransposed);
}

/** The Jacobian is m×n in any layout; of a matrix by a matrix it is d vec F / d vec' X. */
export function jacobianShape(of: MatrixShape, wrt: MatrixShape): Shape {
  return matrix(times(of.rows, of.cols), times(wrt.rows, wrt.cols));
}

/** The second derivative of a scalar by u (k×1) and x (n×1): k×n in any layout. */
export function hessianShape(u: MatrixShape, x: MatrixShape): Shape {
  const k = lengthOf(u);
  const n = lengthOf(x);
  if (k === null || n === null) return { kind: 'tensor', axes: [axesOf(u), axesOf(x)] };
  return matrix(k, n);
}
