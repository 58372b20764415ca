import { provenEqualTo } from '../calculus/prove.ts';
import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import type { Term } from '../ops/term.ts';
import type { Layout, StepFindings } from '../protocol/report.ts';
import { inAnySize } from './any-size.ts';

/**
 * Notes at every step that numbers verified whether algebra alone shows it too. A proof never takes the
 * place of the numbers, which are found without any rule of differentiation.
 */
export function withProofs<T extends StepFindings>(
  derivation: Derivation,
  shapes: ShapeTable,
  layout: Layout,
  { sides: [first, ...sides] }: Equation,
  steps: readonly T[],
): readonly T[] {
  if (first === undefined || !steps.some(({ status }) => status === 'verified')) return steps;
  const isProved = provenEqualTo(derivation, inAnySize(shapes), layout, first);
  return steps.map((step, at) => (step.status === 'verified' && isProved(sides[at] as Term) ? { ...step, proved: true } : step));
}
