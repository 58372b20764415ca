import type { Derivation } from '../derivation/derivation.ts';
import { childrenOf, type SymbolId, type Term, termNumbers, walk } from '../ops/term.ts';
import type { OpName } from '../syntax/notation.ts';

/** Which symbols a term's value depends on, through all definitions; answers are kept. */
export interface Dependencies {
  readonly ofSymbol: (id: SymbolId) => ReadonlySet<SymbolId>;
  readonly ofTerm: (term: Term) => ReadonlySet<SymbolId>;
  /** The constants in a term whose size their operands state or the context decides. */
  readonly constantsIn: (term: Term) => readonly Term[];
  /** The same number for terms that are alike. */
  readonly numberOf: (term: Term) => number;
}

/** Constants whose size their operands state or the context decides. */
export const CONTEXTUAL: ReadonlySet<OpName> = new Set(['identity', 'ones', 'zeros', 'basis', 'commutation', 'duplication']);

export function dependencies({ symbols }: Derivation): Dependencies {
  const bySymbol = new Map<SymbolId, ReadonlySet<SymbolId>>();
  const byTerm = new WeakMap<Term, ReadonlySet<SymbolId>>();
  const named = new Map<SymbolId, readonly SymbolId[]>();

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

  /** What its definition names; asked again and again on the way to what stands further on. */

  function directly(id: SymbolId): readonly SymbolId[] {
    const known = named.get(id);
    if (known !== undefined) return known;
    const info = symbols.get(id);
    const found = [...(info?.open ?? []), ...(info?.definition ? symbolsIn(info.definition.body) : [])];
    named.set(id, found);
    return found;
  }

  function ofTerm(term: Term): ReadonlySet<SymbolId> {
    const known = byTerm.get(term);
    if (known !== undefined) return known;
    const found = union([...namesAt(term).map(ofSymbol), ...childrenOf(term).map(ofTerm)]);
    byTerm.set(term, found);
    return found;
  }

  const constants = new WeakMap<Term, readonly Term[]>();

  function constantsIn(term: Term): readonly Term[] {
    const known = constants.get(term);
    if (known !== undefined) return known;
    const own =
      term.kind === 'matrix' ? term.rows.flat().filter(isZeroBlock) : term.kind === 'apply' && CONTEXTUAL.has(term.op) ? [term] : [];
    const found = [...own, ...childrenOf(term).flatMap(constantsIn)];
    constants.set(term, found);
    return found;
  }

  return { ofSymbol, ofTerm, constantsIn, numberOf: termNumbers() };
}

/** A literal zero, which fills its place in a matrix of blocks. */
function isZeroBlock(term: Term): boolean {
  return term.kind === 'number' && term.value === 0;
}

/** Every symbol that a term names, those it calls included. */
export function symbolsIn(term: Term): readonly SymbolId[] {
  return [...walk(term)].flatMap(namesAt);
}

/** The symbols that a term names itself, without the terms below it. */
function namesAt(term: Term): readonly SymbolId[] {
  if (term.kind === 'symbol') return [term.id];
  if (term.kind === 'call' && term.callee.kind === 'symbol') return [term.callee.id];
  return term.kind === 'binder' ? term.indices : [];
}

function union(sets: readonly ReadonlySet<SymbolId>[]): ReadonlySet<SymbolId> {
  const [first, ...others] = sets;
  if (first !== undefined && others.every((other) => other === first)) return first;
  const all = new Set<SymbolId>();
  for (const set of sets) for (const id of set) all.add(id);
  return all;
}
