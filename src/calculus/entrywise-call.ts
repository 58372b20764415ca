import type { SymbolInfo } from '../derivation/derivation.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';

/** `sigma : R -> R` works entry by entry. */
export function isEntrywiseCall({ from, declared }: SymbolInfo): boolean {
  return from !== null && from.length === 1 && isScalar(from[0] as MatrixShape) && declared !== null && isScalar(declared);
}
