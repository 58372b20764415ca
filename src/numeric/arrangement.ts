import type { DerivativeTerm } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Size } from '../tensor/product-plan.ts';

/** How the derivatives of the entries of y by the entries of x are laid out (docs/language.md, §3). */
export interface Arrangement extends Size {
  readonly groups: readonly [readonly number[], readonly number[]] | null;
  /** The place, row by row, of the derivative of entry i of y by entry j of x, each counted row by row. */
  readonly place: (i: number, j: number) => number;
}

/**
 * The table of §3 as one function: a scalar by a vector or matrix has its shape, in numerator layout
 * transposed; a vector by a scalar likewise; a vector by a vector is n×m, in numerator and mixed layout
 * m×n; anything wider is a tensor, flattened to entries of x by entries of y, or the other way round.
 */
export function arrange(y: Size, x: Size, layout: Layout, transposed: boolean): Arrangement {
  if (transposed) return byTransposed(y, x, layout);
  if (isScalar(x)) return layout === 'denominator' ? transposedOf(y, (i) => i) : asIs(y, (i) => i);
  if (isScalar(y)) return layout === 'numerator' && x.rows > 1 ? transposedOf(x, (_, j) => j) : asIs(x, (_, j) => j);
  return layout === 'denominator' ? gradientOf(y, x) : jacobianOf(y, x);
}

function byTransposed(y: Size, x: Size, layout: Layout): Arrangement {
  const isNumberByMatrix = isScalar(y) && x.rows > 1 && x.cols > 1;
  if (!isNumberByMatrix) return jacobianOf(y, x);
  return layout === 'numerator' ? asIs(x, (_, j) => j) : transposedOf(x, (_, j) => j);
}

/** The arrangement that the form of a derivative fixes whatever the layout, or else that of the layout. */
export function arrangeForm(form: DerivativeTerm['form'], y: Size, x: Size, layout: Layout, transposed: boolean): Arrangement {
  if (form === 'gradient') return arrange(y, x, 'denominator', transposed);
  return form === 'jacobian' ? jacobianOfVec(y, x) : arrange(y, x, layout, transposed);
}

/** d vec Y / d vec' X, whatever the shapes (Magnus and Neudecker 1999, ch. 9): columns lie below one another. */
function jacobianOfVec(y: Size, x: Size): Arrangement {
  const [m, n] = [count(y), count(x)];
  return { rows: m, cols: n, groups: null, place: (i, j) => inVec(y, i) * n + inVec(x, j) };
}

/** Where an entry counted row by row stands in the vec of its matrix. */
function inVec({ rows, cols }: Size, at: number): number {
  return (at % cols) * rows + Math.floor(at / cols);
}

function asIs({ rows, cols }: Size, entry: (i: number, j: number) => number): Arrangement {
  return { rows, cols, groups: null, place: entry };
}

function transposedOf({ rows, cols }: Size, entry: (i: number, j: number) => number): Arrangement {
  return {
    rows: cols,
    cols: rows,
    groups: null,
    place: (i, j) => {
      const at = entry(i, j);
      return (at % cols) * rows + Math.floor(at / cols);
    },
  };
}

/** Rows by y, columns by x. */
function jacobianOf(y: Size, x: Size): Arrangement {
  const [m, n] = [count(y), count(x)];
  return { rows: m, cols: n, groups: isTensor(y, x) ? [axesOf(y), axesOf(x)] : null, place: (i, j) => i * n + j };
}

/** Rows by x, columns by y. */
function gradientOf(y: Size, x: Size): Arrangement {
  const [m, n] = [count(y), count(x)];
  return { rows: n, cols: m, groups: isTensor(y, x) ? [axesOf(x), axesOf(y)] : null, place: (i, j) => j * m + i };
}

function count({ rows, cols }: Size): number {
  return rows * cols;
}

function isScalar({ rows, cols }: Size): boolean {
  return rows === 1 && cols === 1;
}

function isVector({ rows, cols }: Size): boolean {
  return rows === 1 || cols === 1;
}

function isTensor(y: Size, x: Size): boolean {
  return !isVector(y) || !isVector(x);
}

export function axesOf(size: Size): readonly number[] {
  return isVector(size) ? [count(size)] : [size.rows, size.cols];
}
