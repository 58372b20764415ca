import { equal, times, variable } from '../shape/dimension.ts';
import type { MatrixShape } from '../shape/shape.ts';
import type { Expr } from '../syntax/ast.ts';

/** How the letter of the commutation matrix is written. */
export const COMMUTATION: ReadonlySet<string> = new Set(['K', 'bold:K', 'rm:K']);

/** "`$K_{mn}$`, the `$mn \times mn$` permutation matrix": of the commutation matrix a text says what it is, and declares no variable. */
export function isCommutation(name: Expr, shape: MatrixShape | null): boolean {
  if (shape === null || name.kind !== 'postfix' || name.mark.kind !== 'sub' || name.base.kind !== 'name') return false;
  const [rows, cols, ...more] = name.mark.items;
  if (rows?.kind !== 'name' || cols?.kind !== 'name' || more.length > 0 || !COMMUTATION.has(name.base.name)) return false;
  const size = times(variable(rows.name), variable(cols.name));
  return equal(shape.rows, size) && equal(shape.cols, size);
}
