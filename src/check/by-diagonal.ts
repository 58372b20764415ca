import type { Derivation, Equation } from '../derivation/derivation.ts';
import { type Term, walk } from '../ops/term.ts';

/**
 * `∂f/∂Ψ = \operatorname{diag}(W)` of a Ψ that the text calls diagonal: what is varied is its diagonal alone, and of W only that is claimed, as a column or
 * as a matrix. Chainrule varies all entries of Ψ, which says nothing against it.
 */
export function isByDiagonal({ symbols }: Derivation, { sides: [first, ...others] }: Equation): boolean {
  const by = first?.kind === 'derivative' ? first.wrt.map(({ term }) => term) : [];
  const isDiagonal = (term: Term) => term.kind === 'symbol' && symbols.get(term.id)?.properties.includes('diagonal') === true;
  return by.some(isDiagonal) && others.some((side) => [...walk(side)].some(takesDiagonal));
}

function takesDiagonal(term: Term): boolean {
  if (term.kind !== 'apply') return false;
  const isMask = term.op === 'hadamard' && term.args.some((arg) => arg.kind === 'apply' && arg.op === 'identity');
  return term.op === 'diag' || isMask;
}
