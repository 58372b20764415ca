import { overlaid } from '../base/overlaid.ts';
import type { SymbolId } from '../ops/term.ts';
import { equal } from '../shape/dimension.ts';
import { isOpenEnd, reachOfSides, symbolsIn } from './dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';
import { letterOf } from './sayings.ts';

/**
 * "For `x ∈ R^n` we have" in a section of its own, of the `f = \|A x - b\|^2` of another: the x of f is the one of the claim, where both
 * are declared alike and nothing else says what either is. What each section says of it holds of both.
 */
export function withLettersDeclaredAgain(derivation: Derivation, claim: Equation): Derivation {
  const own = new Map(claim.sides.flatMap(symbolsIn).map((id) => [letterOf(id), id]));
  const pairs = [...reachOfSides(derivation, claim)].flatMap((id): readonly Pair[] => {
    const again = own.get(letterOf(id));
    return again !== undefined && again !== id && areAlike(derivation, id, again) ? [{ id, again }] : [];
  });
  if (pairs.length === 0) return derivation;
  return { ...derivation, symbols: overlaid(derivation.symbols, new Map(pairs.flatMap((pair) => joined(derivation, pair)))) };
}

/** A symbol and another one by the same letter. */
interface Pair {
  readonly id: SymbolId;
  readonly again: SymbolId;
}

function areAlike({ symbols }: Derivation, one: SymbolId, other: SymbolId): boolean {
  const [a, b] = [symbols.get(one), symbols.get(other)];
  return a !== undefined && b !== undefined && isOpenEnd(a) && isOpenEnd(b) && isDeclaredAs(a, b);
}

function isDeclaredAs({ declared: a }: SymbolInfo, { declared: b }: SymbolInfo): boolean {
  return a !== null && b !== null && equal(a.rows, b.rows) && equal(a.cols, b.cols);
}

function joined({ symbols }: Derivation, { id, again }: Pair): readonly (readonly [SymbolId, SymbolInfo])[] {
  const [before, now] = [symbols.get(id) as SymbolInfo, symbols.get(again) as SymbolInfo];
  const body = { kind: 'symbol', id: again, span: now.span } as const;
  return [
    [id, { ...before, definition: { params: [], body, span: now.span } }],
    [again, { ...now, properties: [...new Set([...now.properties, ...before.properties])] }],
  ];
}
