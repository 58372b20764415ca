import { childrenOf, type SymbolId, type SymbolTerm, type Term } from '../ops/term.ts';
import type { Derivation, Equation } from './derivation.ts';
import type { ShapeProblem } from './problem.ts';

/**
 * The first index of an equation that counts on one side only: no sum binds it, and the first side has it not. One that stands twice
 * in a term is an implied sum, and one below `max_i` or `E_i` is bound by that.
 */
export function unboundIndex({ symbols }: Derivation, { sides, free, kind }: Equation): ShapeProblem | null {
  if (sides.length < 2 || kind === 'definition') return null;
  const named = sides[0]?.kind === 'symbol' ? lettersOf(sides[0].id) : [];
  const isLoose = (id: SymbolId) => {
    const info = symbols.get(id);
    return info?.role === 'index' && !free.includes(id) && !named.includes(info.text);
  };
  for (const term of sides.slice(1).flatMap(addendsOf)) {
    const loose = occurrencesIn(term).filter(({ id }) => isLoose(id));
    const single = loose.find(({ id }) => loose.filter((other) => other.id === id).length === 1);
    if (single !== undefined) return { kind: 'freeIndex', span: single.span, index: symbols.get(single.id)?.text ?? single.id };
  }
  return null;
}

/** The letters in the name of a symbol: the l of `h_l` and of `a^(l)`. */
function lettersOf(id: SymbolId): readonly string[] {
  return id.slice(0, id.lastIndexOf('@')).split(/[_^(),+-]/u);
}

function addendsOf(term: Term): readonly Term[] {
  const isSum = term.kind === 'apply' && (term.op === 'add' || term.op === 'sub' || term.op === 'neg');
  return isSum ? term.args.flatMap(addendsOf) : [term];
}

/** The symbols in a term that nothing in it binds. */
function occurrencesIn(term: Term): readonly SymbolTerm[] {
  if (term.kind === 'symbol') return [term];
  if (term.kind !== 'binder') return childrenOf(term).flatMap(occurrencesIn);
  const isCounting = term.binder === 'sum' || term.binder === 'product' || term.binder === 'stack';
  return isCounting
    ? childrenOf(term)
        .flatMap(occurrencesIn)
        .filter(({ id }) => !term.indices.includes(id))
    : [];
}
