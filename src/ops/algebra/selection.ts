import { type Dim, plus } from '../../shape/dimension.ts';
import { matrix } from '../../shape/shape.ts';
import { blocks, identity, zeros } from './leaves.ts';
import type { Value } from './value.ts';

/** `[0; I; 0]`: the columns of the identity that belong to one of several sizes; where there is only one size, the identity. */
export function selection(sizes: readonly Dim[], at: number): Value {
  const own = sizes[at] as Dim;
  if (sizes.length === 1) return identity(own);
  const rows = sizes.map((size, place) => [place === at ? identity(own) : zeros(matrix(size, own))]);
  return blocks(rows, matrix(sizes.reduce(plus), own));
}

/** `[0, I, 0]`, the rows of the identity. */
export function rowSelection(sizes: readonly Dim[], at: number): Value {
  const own = sizes[at] as Dim;
  if (sizes.length === 1) return identity(own);
  const row = sizes.map((size, place) => (place === at ? identity(own) : zeros(matrix(own, size))));
  return blocks([row], matrix(own, sizes.reduce(plus)));
}
