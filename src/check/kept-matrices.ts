import type { Equation } from '../derivation/derivation.ts';
import { NO_READINGS, type Readings } from '../derivation/inference-run.ts';
import { formOf } from '../derivation/layout-shapes.ts';
import type { Reading } from './customary-layouts.ts';

/**
 * In a section whose gradients are rows those by square matrices fit either way: where numbers refute some as they were read, and bear all of them out in the shape of
 * the matrix, that is how they are meant. Null where there is no such section.
 */
export function keepingMatrices(first: Reading, readings: Readings | null, read: (readings: Readings) => Reading): Readings | null {
  const refuted = first.examined.filter(({ claim, equation }) => claim.status === 'refuted' && isByMatrixInRows(first, equation));
  if (refuted.length === 0) return null;
  const sections = new Set(refuted.map(({ equation }) => equation.section));
  const then = read({ ...(readings ?? NO_READINGS), keepingMatrices: sections });
  const holds = (section: number) =>
    first.examined.every(({ equation, claim }) => {
      if (equation.section !== section) return true;
      const status = then.examined.find((one) => one.equation === equation)?.claim.status;
      return isByMatrixInRows(first, equation) ? status === 'verified' : status === claim.status;
    });
  const kept = new Set([...sections].filter(holds));
  return kept.size === 0 ? null : { ...(readings ?? NO_READINGS), keepingMatrices: kept };
}

function isByMatrixInRows({ context: { inferred } }: Reading, equation: Equation): boolean {
  const [first] = equation.sides;
  if (first?.kind !== 'derivative' || first.wrt.length !== 1 || inferred.layouts.get(equation)?.layout !== 'numerator') return false;
  const by = inferred.shapes.ofTerm((first.wrt[0] as (typeof first.wrt)[0]).term);
  return by.kind === 'matrix' && formOf(by) === 'matrix';
}
