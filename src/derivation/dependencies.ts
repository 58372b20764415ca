import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';

/** The symbols a symbol's value is made of: those in its definition, or those it is declared to depend on. */
export function dependenciesOf(derivation: Derivation, id: SymbolId): readonly SymbolId[] {
  const info = derivation.symbols.get(id);
  if (info === undefined) return [];
  if (info.definition !== null) return symbolsIn(info.definition.body);
  return info.open ?? [];
}

/** Everything that some symbols are made of, down to the bottom, themselves included. */
export function reachOf(derivation: Derivation, from: readonly SymbolId[]): ReadonlySet<SymbolId> {
  const found = new Set(from);
  for (const id of found) for (const next of dependenciesOf(derivation, id)) found.add(next);
  return found;
}

/** Everything the values of an equation are made of. */
export function reachOfSides(derivation: Derivation, { sides }: Pick<Equation, 'sides'>): ReadonlySet<SymbolId> {
  return reachOf(derivation, sides.flatMap(symbolsIn));
}

/** The terms of an equation, and of the definitions that its values come from. */
export function termsBelow(derivation: Derivation, equation: Pick<Equation, 'sides'>): readonly Term[] {
  const bodies = [...reachOfSides(derivation, equation)].flatMap((id) => derivation.symbols.get(id)?.definition?.body ?? []);
  return [...equation.sides, ...bodies];
}

/** Whether a symbol is a variable of which nothing says what it is, nor how it depends on others. */
export function isOpenEnd({ role, definition, open, family }: SymbolInfo): boolean {
  return role === 'variable' && definition === null && open === null && family === null;
}

/** The symbols in a term, those that only name a function included. */
export function symbolsIn(term: Term): readonly SymbolId[] {
  const found = new Set<SymbolId>();
  for (const at of walk(term)) {
    if (at.kind === 'symbol') found.add(at.id);
    if (at.kind === 'call' && at.callee.kind === 'symbol') found.add(at.callee.id);
  }
  return [...found];
}

/** What a search through the dependencies may pass and where it stops. */
export interface Search {
  readonly without: ReadonlySet<SymbolId>;
}

/**
 * A path of dependencies from `from` down to `to` that passes none of the symbols in `without`: the
 * symbols on it, both ends included. Null where there is none.
 */
export function pathBetween(derivation: Derivation, from: SymbolId, to: SymbolId, { without }: Search): readonly SymbolId[] | null {
  const seen = new Set<SymbolId>([from]);
  const stack: { readonly id: SymbolId; readonly path: readonly SymbolId[] }[] = [{ id: from, path: [from] }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    for (const next of dependenciesOf(derivation, top.id)) {
      if (next === to) return [...top.path, next];
      if (seen.has(next) || without.has(next)) continue;
      seen.add(next);
      stack.push({ id: next, path: [...top.path, next] });
    }
  }
  return null;
}

/** Whether everything a symbol is made of was declared or read in full, down to the bottom. */
export function isReadInFull(derivation: Derivation, implicit: ReadonlySet<SymbolId>, from: readonly SymbolId[]): boolean {
  const seen = new Set<SymbolId>();
  const stack = [...from];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (implicit.has(id)) return false;
    const body = derivation.symbols.get(id)?.definition?.body;
    if (body !== undefined && [...walk(body)].some((term) => term.kind === 'hole')) return false;
    stack.push(...dependenciesOf(derivation, id));
  }
  return true;
}
