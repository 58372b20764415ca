import { type SymbolId, walk } from '../ops/term.ts';
import { reachOfSides, termsBelow } from './dependencies.ts';
import type { Derivation, Equation } from './derivation.ts';

/**
 * Whether a claim rests on a sum over some of the values of an index, of which only the text may know which: `Σ_{i∈S}`. `Σ_{j≠y}` leaves out one, but a claim about any member
 * may be meant for the others alone.
 */
export function hasPartialSum(derivation: Derivation, claim: Equation): boolean {
  const meant = new Set((claim.among ?? []).map(({ index }) => index));
  const isForEach = claim.free.some((id) => !meant.has(id));
  return termsBelow(derivation, claim).some((side) =>
    [...walk(side)].some(
      (term) =>
        term.kind === 'binder' && term.among !== undefined && (isForEach || term.indices.length > 1 || !isAllButOne(term.among.condition)),
    ),
  );
}

/** `≠ y`, a condition that one value of an index alone does not meet. */
export function isAllButOne(condition: string): boolean {
  return /^≠ \p{L}/u.test(condition);
}

/** A symbol that a claim rests on and that is left open, and of which an equation says how it moves: `\dot x = A x`. Null where there is none. */
export function movedByEquation(derivation: Derivation, claim: Equation): SymbolId | null {
  const moved = derivation.equations.flatMap(({ kind, sides: [first, ...others] }) =>
    kind === 'equation' && others.length > 0 && first?.kind === 'derivative' && first.of.kind === 'symbol' ? [first.of.id] : [],
  );
  const reached = reachOfSides(derivation, claim);
  const isOpen = (id: SymbolId) => derivation.symbols.get(id)?.open != null && derivation.symbols.get(id)?.definition === null;
  return moved.find((id) => reached.has(id) && isOpen(id)) ?? null;
}
