import type { Equation } from '../../derivation/derivation.ts';
import type { Inferred } from '../../derivation/infer.ts';
import { CONTEXTUAL } from '../../numeric/dependencies.ts';
import { withChildren } from '../../ops/rewrite.ts';
import { childrenOf, type Term, termNumbers } from '../../ops/term.ts';
import { isFlexible, namesIn } from '../../shape/dimension.ts';
import type { Shape } from '../../shape/shape.ts';
import { isMistaken } from '../findings.ts';

/**
 * Puts into a version of a side the very nodes of the equation wherever it has the same parts: their shapes and all that was
 * looked up for them are known. Other nodes are copied, as no node may stand twice where its surroundings decide its shape.
 */
export function sharedParts(inferred: Inferred, equation: Equation): (version: Term) => Term {
  const numberOf = termNumbers();
  const parts = isMistaken(inferred, equation) ? [] : equation.sides.flatMap((side) => [...settledParts(side, inferred)]);
  const known = new Map(parts.map((part) => [numberOf(part), part]));
  const shared = (version: Term): Term => known.get(numberOf(version)) ?? withChildren(version, childrenOf(version).map(shared));
  return shared;
}

/** The parts of which nothing is left for their surroundings to decide. */
function settledParts(side: Term, { shapes }: Inferred): readonly Term[] {
  const settled: Term[] = [];
  const visit = (term: Term): boolean => {
    const below = childrenOf(term).map(visit);
    const isSettled = below.every(Boolean) && !isOpen(term) && isClosed(shapes.ofTerm(term));
    if (isSettled) settled.push(term);
    return isSettled;
  };
  visit(side);
  return settled;
}

/** What takes its shape from what stands around it. */
function isOpen(term: Term): boolean {
  return term.kind === 'hole' || (term.kind === 'number' && term.value === 0) || (term.kind === 'apply' && CONTEXTUAL.has(term.op));
}

function isClosed(shape: Shape): boolean {
  const dims = shape.kind === 'matrix' ? [shape.rows, shape.cols] : shape.axes.flat();
  return !dims.some((dim) => namesIn(dim).some(isFlexible));
}
