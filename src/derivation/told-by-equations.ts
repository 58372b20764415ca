import { addTo } from '../base/lists-by-key.ts';
import { headKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation } from './collected.ts';

/** The equations that say what a letter is, `γ = \det F`, by that letter, in the order of the document. `B = 0` tells of one moment. */
export function toldByEquations(equations: readonly PlacedEquation[]): ReadonlyMap<string, readonly PlacedEquation[]> {
  const told = new Map<string, PlacedEquation[]>();
  for (const equation of equations) {
    const { sides, relations } = equation.statement;
    const [left, right] = sides;
    const key = relations[0] === '=' && left !== undefined && right?.kind !== 'number' ? headKey(left) : null;
    if (key !== null) addTo(told, key, equation);
  }
  return told;
}
