import type { DerivativeExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { PlacedEquation } from './collected.ts';

/** The derivatives that equations are written with, wherever in them. */
export function derivativesIn(equations: readonly PlacedEquation[]): readonly DerivativeExpr[] {
  const parts = equations.flatMap(({ statement }) => statement.sides.flatMap((side) => withinExpr(side)));
  return parts.filter((part) => part.kind === 'derivative');
}
