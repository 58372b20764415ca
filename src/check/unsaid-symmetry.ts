import type { Built } from '../derivation/build.ts';
import { reachOfSides } from '../derivation/dependencies.ts';
import type { Derivation, Equation, ShapeTable, SymbolInfo } from '../derivation/derivation.ts';
import { verifyClaim } from '../numeric/verify-claim.ts';
import type { VerifyOptions } from '../numeric/verify-options.ts';
import type { SymbolId } from '../ops/term.ts';
import { isWide } from '../shape/shape.ts';

/**
 * Square matrices that nothing declares, where a claim holds if they are symmetric: that may well stand in words that were not read. Empty where it does
 * not hold then either.
 */
export function unsaidSymmetry(
  { implicit }: Built,
  judged: Derivation,
  shapes: ShapeTable,
  equation: Equation,
  options: VerifyOptions,
): readonly SymbolInfo[] {
  const isSquare = (id: SymbolId) => {
    const shape = shapes.ofSymbol(id);
    return shape.kind === 'matrix' && isWide(shape.rows) && shape.rows.key === shape.cols.key;
  };
  const isLeftOpen = (id: SymbolId) => {
    const info = judged.symbols.get(id);
    return info?.open != null && info.declared === null && info.definition === null;
  };
  const square = [...reachOfSides(judged, equation)].filter((id) => (implicit.has(id) || isLeftOpen(id)) && isSquare(id));
  const found = square.flatMap((id) => judged.symbols.get(id) ?? []);
  if (found.length === 0) return [];
  const symmetric = found.map((info): readonly [SymbolId, SymbolInfo] => [info.id, { ...info, properties: ['symmetric'] }]);
  const assumed: Derivation = { ...judged, symbols: new Map([...judged.symbols, ...symmetric]) };
  return verifyClaim(assumed, shapes, equation, options).status === 'verified' ? found : [];
}
