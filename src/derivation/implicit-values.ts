import { overlaid } from '../base/overlaid.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { isOpenEnd, reachOfSides, symbolsIn } from './dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';
import { isToldInFull, valuesOf } from './eigenpairs.ts';
import { termsOf } from './shape-line.ts';

/**
 * The derivation in which z is what solves `z = \tanh(W z + U x)`, where a claim rests on a z of which nothing else is said. `x = x - \eta g` tells the
 * next x, and solves nothing. λ and v are what `A v = \lambda v` says.
 */
export function withImplicitValues(derivation: Derivation, claim: Equation): Derivation {
  if (impliedIn(derivation, claim) === null) return derivation;
  const { byThemselves, eigenpairs } = derivation.sayings();
  const solved = [...byThemselves].flatMap(([id, equation]) => solution(derivation, id, equation));
  const pairs = eigenpairs.flatMap((pair) => valuesOf(derivation, pair));
  return { ...derivation, symbols: overlaid(derivation.symbols, new Map([...solved, ...pairs])) };
}

/** The equation that tells a symbol below a claim by itself; null where there is none. */
export function impliedIn(derivation: Derivation, claim: Equation): Equation | null {
  const { byThemselves, eigenpairs } = derivation.sayings();
  if (byThemselves.size === 0 && eigenpairs.length === 0) return null;
  for (const id of reachOfSides(derivation, claim)) {
    const found = impliedBy(derivation, id);
    if (found !== null) return found;
  }
  return null;
}

/** The equation that tells a symbol by itself or beside others, where nothing else does; else null. */
function impliedBy(derivation: Derivation, id: SymbolId): Equation | null {
  const { byThemselves, eigenpairs } = derivation.sayings();
  const own = byThemselves.get(id);
  if (own !== undefined && solution(derivation, id, own).length > 0) return own;
  const pair = eigenpairs.find((one) => one.vector === id || one.value === id);
  return pair !== undefined && valuesOf(derivation, pair).length > 0 ? pair.equation : null;
}

/** Whether an equation has yet to be solved for a symbol, and nothing else tells it. */
export function isImplied(derivation: Derivation, id: SymbolId): boolean {
  return impliedBy(derivation, id) !== null;
}

function solution({ symbols }: Derivation, id: SymbolId, { sides }: Equation): readonly (readonly [SymbolId, SymbolInfo])[] {
  const info = symbols.get(id);
  const body = sides[1];
  if (info === undefined || body === undefined || !isOpenEnd(info) || isStep(body, id) || isVaried(body, id) || !isOfOthers(body, id))
    return [];
  return [[id, { ...info, definition: { params: [], body, span: body.span, isImplicit: true } }]];
}

/** `x - \eta g`. */
function isStep(body: Term, id: SymbolId): boolean {
  return termsOf(body).some((term) => term.kind === 'symbol' && term.id === id);
}

/** `u = -\frac{\partial Q}{\partial u}` tells where to go, of a u by which the text differentiates. */
function isVaried(body: Term, id: SymbolId): boolean {
  return [...walk(body)].some((term) => term.kind === 'derivative' && term.wrt.some((by) => symbolsIn(by.term).includes(id)));
}

/** `G = -G^\top` and `P = P^2` say of what kind something is. */
function isOfOthers(body: Term, id: SymbolId): boolean {
  return symbolsIn(body).some((one) => one !== id);
}

/** Words about equations whose unknown stands on both sides. */
const SOLVING =
  /\bfixed[- ]point|\bequilibri|\bimplicit|\bself-consisten|\bsolution (?:of|to)\b|\bsolves?\b|\bsatisf(?:y|ies)\b|\bsteady[- ]state|\bstationary state/iu;

/** Whether a text says enough of what solves an equation for claims about it to be wrong: that it is solved at all, and no step after another is taken. */
export function isToldAsSolved(derivation: Derivation, implied: Equation, text: string): boolean {
  const pair = derivation.sayings().eigenpairs.find(({ equation }) => equation === implied);
  return pair === undefined ? SOLVING.test(text) : isToldInFull(derivation, pair);
}
