import type { Derivation, Equation } from '../derivation/derivation.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';

/**
 * What moves in a differential: the declared symbols whose `d…` occurs in the chain, and where only
 * defined ones occur, those on its right sides, which are then cut loose from their definitions.
 */
export function moversOf({ symbols }: Derivation, { sides }: Equation): ReadonlySet<SymbolId> {
  const declared = sides.flatMap(changing).filter((id) => isFree(symbols.get(id)));
  return new Set(declared.length > 0 ? declared : sides.slice(1).flatMap(changing));
}

function isFree(info: ReturnType<Derivation['symbols']['get']>): boolean {
  return info !== undefined && info.definition === null && info.open === null;
}

/** The symbols under a `d` in a term; of `dx_i` the whole x. */
function changing(side: Term): readonly SymbolId[] {
  return [...walk(side)].flatMap((term) => {
    if (term.kind !== 'differential') return [];
    const { of } = term;
    if (of.kind === 'symbol') return [of.id];
    return of.kind === 'entry' && of.base.kind === 'symbol' ? [of.base.id] : [];
  });
}
