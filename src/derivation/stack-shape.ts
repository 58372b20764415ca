import { type Dim, equal, ONE } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix, SCALAR } from '../shape/shape.ts';
import type { StackStatement } from '../syntax/ast.ts';
import type { PlacedStack } from './collected.ts';
import { formOf } from './layout-shapes.ts';

/** The shape that a matrix gives its members; of rows that are written as `x_i` nobody knows which way they stand. */
export function memberIn({ axis, members, upright }: PlacedStack, whole: MatrixShape | null): MatrixShape | null {
  if (whole === null) return null;
  const isWide = whole.rows.key !== ONE.key && whole.cols.key !== ONE.key;
  if (!isWide) return isScalar(whole) || members.transposed ? null : SCALAR;
  if (axis === 'entries' || upright === null) return null;
  if (axis === 'columns') return upright ? matrix(whole.rows, ONE) : matrix(ONE, whole.rows);
  return upright ? matrix(whole.cols, ONE) : matrix(ONE, whole.cols);
}

export function lengthAlong({ rows, cols }: MatrixShape, axis: StackStatement['axis']): Dim {
  return axis === 'columns' || rows.key === ONE.key ? cols : rows;
}

export function wholeShape(axis: StackStatement['axis'], member: MatrixShape, count: Dim): MatrixShape | null {
  if (axis === 'entries') return isScalar(member) ? matrix(count, ONE) : null;
  const form = formOf(member);
  if (form !== 'column' && form !== 'row') return null;
  const length = form === 'column' ? member.rows : member.cols;
  return axis === 'columns' ? matrix(length, count) : matrix(count, length);
}

export function fits(declared: MatrixShape, shape: MatrixShape): boolean {
  const isTurned = declared.rows.key === ONE.key && shape.cols.key === ONE.key && equal(declared.cols, shape.rows);
  return isTurned || (equal(declared.rows, shape.rows) && equal(declared.cols, shape.cols));
}
