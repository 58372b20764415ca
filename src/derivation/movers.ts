import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { reachOf } from './dependencies.ts';
import type { Derivation } from './derivation.ts';

/**
 * What moves in a differential: the declared symbols whose `d…` occurs in the chain; where only defined ones occur, those
 * on its right sides, as far as none is made of another one, which are then cut loose from their definitions, or, where the left side is not made of them but of what they are
 * made of, as in `dh = tr(S^{-1} dS)` with `h = ln det Y'Y` and `S = Y'Y`, that; and where none occurs there, all that the first side is made of.
 */
export function moversOf(derivation: Derivation, sides: readonly Term[]): ReadonlySet<SymbolId> {
  const { symbols } = derivation;
  const declared = sides.flatMap(changing).filter((id) => isFree(symbols.get(id)));
  if (declared.length > 0) return new Set(declared);
  const below = reachOf(derivation, sides.slice(0, 1).flatMap(changing));
  const variables = [...below].filter((id) => isVariable(symbols.get(id)));
  const claimed = innermost(derivation, sides.slice(1).flatMap(changing));
  if (claimed.length === 0) return new Set(variables);
  const claimedReach = reachOf(derivation, claimed);
  const shared = claimed.some((id) => below.has(id)) ? [] : variables.filter((id) => claimedReach.has(id));
  return new Set(shared.length > 0 ? shared : claimed);
}

/** Of `dg = c^\top dx = -c^\top A^{-1}\, dA\, x`, where x is made of A, the A: how x moves follows from that. */
function innermost(derivation: Derivation, changed: readonly SymbolId[]): readonly SymbolId[] {
  const ids = [...new Set(changed)];
  const isMadeOf = (id: SymbolId, others: readonly SymbolId[]) => {
    const reach = reachOf(derivation, [id]);
    return others.some((other) => other !== id && reach.has(other));
  };
  return ids.length < 2 ? ids : ids.filter((id) => !isMadeOf(id, ids));
}

function isVariable(info: ReturnType<Derivation['symbols']['get']>): boolean {
  return isFree(info) && info?.role === 'variable';
}

/** Whether nothing else says what a symbol is. */
export function isFree(info: ReturnType<Derivation['symbols']['get']>): boolean {
  return info !== undefined && info.definition === null && info.open === null;
}

/** The symbols under a `d` in a term. */
function changing(side: Term): readonly SymbolId[] {
  return [...walk(side)].flatMap((term) => (term.kind === 'differential' && term.along === undefined ? (symbolUnder(term.of) ?? []) : []));
}

/** Of `dx_i` and of `dx'` the whole x. */
function symbolUnder(of: Term): SymbolId | null {
  if (of.kind === 'symbol') return of.id;
  if (of.kind === 'entry') return symbolUnder(of.base);
  return of.kind === 'apply' && (of.op === 'transpose' || of.op === 'vec') ? symbolUnder(of.args[0] as Term) : null;
}
