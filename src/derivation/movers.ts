import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Derivation } from './derivation.ts';

/**
 * What moves in a differential: the declared symbols whose `d…` occurs in the chain, and where only
 * defined ones occur, those on its right sides, which are then cut loose from their definitions.
 */
export function moversOf({ symbols }: Derivation, sides: readonly Term[]): ReadonlySet<SymbolId> {
  const declared = sides.flatMap(changing).filter((id) => isFree(symbols.get(id)));
  return new Set(declared.length > 0 ? declared : sides.slice(1).flatMap(changing));
}

/** Whether nothing else says what a symbol is. */
export function isFree(info: ReturnType<Derivation['symbols']['get']>): boolean {
  return info !== undefined && info.definition === null && info.open === null;
}

/** The symbols under a `d` in a term. */
function changing(side: Term): readonly SymbolId[] {
  return [...walk(side)].flatMap((term) => (term.kind === 'differential' ? (symbolUnder(term.of) ?? []) : []));
}

/** Of `dx_i` and of `dx'` the whole x. */
function symbolUnder(of: Term): SymbolId | null {
  if (of.kind === 'symbol') return of.id;
  if (of.kind === 'entry') return symbolUnder(of.base);
  return of.kind === 'apply' && (of.op === 'transpose' || of.op === 'vec') ? symbolUnder(of.args[0] as Term) : null;
}
