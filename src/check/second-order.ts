import type { Equation } from '../derivation/derivation.ts';
import { childrenOf, type Term } from '../ops/term.ts';
import type { OpName } from '../syntax/notation.ts';

/**
 * Itô's rule `df = f' dS + ½ f'' (dS)^2`, and Taylor's: beside terms of first order stand some of second, which no differential has. Whoever forgets a
 * factor `dS` beside them is not told from one who means it.
 */
export function isOfSecondOrder({ sides: [first, ...others] }: Equation): boolean {
  return first?.kind === 'differential' && others.some((side) => goesOn(summandsOf(side).map(degree)));
}

function goesOn(degrees: readonly number[]): boolean {
  return degrees.includes(1) && degrees.some((one) => one > 1);
}

function summandsOf(term: Term): readonly Term[] {
  if (term.kind !== 'apply') return [term];
  if (term.op === 'neg') return summandsOf(term.args[0] as Term);
  return term.op === 'add' || term.op === 'sub' ? term.args.flatMap(summandsOf) : [term];
}

const PRODUCTS: ReadonlySet<OpName> = new Set(['mul', 'dot', 'hadamard', 'kron']);

/** How many differentials are multiplied in a term. */
function degree(term: Term): number {
  if (term.kind === 'differential') return 1;
  const degrees = childrenOf(term).map(degree);
  if (term.kind !== 'apply') return Math.max(0, ...degrees);
  if (PRODUCTS.has(term.op)) return degrees.reduce((sum, one) => sum + one, 0);
  const exponent = term.op === 'pow' || term.op === 'hadamardPow' ? term.args[1] : undefined;
  return exponent?.kind === 'number' ? (degrees[0] ?? 0) * exponent.value : Math.max(0, ...degrees);
}
