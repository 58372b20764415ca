import { plus } from '../shape/dimension.ts';
import { matrix } from '../shape/shape.ts';
import { blocks, zeros } from './algebra/leaves.ts';
import { product } from './algebra/product.ts';
import { rowSelection, selection } from './algebra/selection.ts';
import type { Value } from './algebra/value.ts';

/**
 * The change of f(X) as X moves along E, its Fréchet derivative: the block above the diagonal of f([X, E; 0, X]), of every function of
 * matrices that has a power series there (Higham 2008, equation 3.16; of the exponential Van Loan 1978).
 */
export function frechet(f: (x: Value) => Value, x: Value, change: Value): Value {
  const size = x.shape.rows;
  const whole = plus(size, size);
  const inner = blocks(
    [
      [x, change],
      [zeros(x.shape), x],
    ],
    matrix(whole, whole),
  );
  return product(rowSelection([size, size], 0), f(inner), selection([size, size], 1));
}
