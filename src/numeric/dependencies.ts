import type { Derivation } from '../derivation/derivation.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';

/** Which symbols a term's value depends on, through all definitions; answers are kept. */
export interface Dependencies {
  readonly ofSymbol: (id: SymbolId) => ReadonlySet<SymbolId>;
  readonly ofTerm: (term: Term) => ReadonlySet<SymbolId>;
}

export function dependencies({ symbols }: Derivation): Dependencies {
  const bySymbol = new Map<SymbolId, ReadonlySet<SymbolId>>();
  const byTerm = new WeakMap<Term, ReadonlySet<SymbolId>>();

  function ofSymbol(id: SymbolId): ReadonlySet<SymbolId> {
    const known = bySymbol.get(id);
    if (known !== undefined) return known;
    const found = reach(id);
    bySymbol.set(id, found);
    return found;
  }

  function reach(start: SymbolId): ReadonlySet<SymbolId> {
    const found = new Set([start]);
    for (const id of found) for (const next of directly(id)) found.add(next);
    return found;
  }

  function directly(id: SymbolId): readonly SymbolId[] {
    const info = symbols.get(id);
    return [...(info?.open ?? []), ...(info?.definition ? symbolsIn(info.definition.body) : [])];
  }

  function ofTerm(term: Term): ReadonlySet<SymbolId> {
    const known = byTerm.get(term);
    if (known !== undefined) return known;
    const found = new Set(symbolsIn(term).flatMap((id) => [...ofSymbol(id)]));
    byTerm.set(term, found);
    return found;
  }

  return { ofSymbol, ofTerm };
}

/** Every symbol that a term names, those it calls included. */
export function symbolsIn(term: Term): readonly SymbolId[] {
  return [...walk(term)].flatMap((one) => {
    if (one.kind === 'symbol') return [one.id];
    if (one.kind === 'call' && one.callee.kind === 'symbol') return [one.callee.id];
    return one.kind === 'binder' ? one.indices : [];
  });
}
