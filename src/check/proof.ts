import { provenEqualTo } from '../calculus/prove.ts';
import type { Derivation, Equation } from '../derivation/derivation.ts';
import type { Inferred } from '../derivation/infer.ts';
import type { Term } from '../ops/term.ts';
import type { CheckedStep } from './checked-document.ts';

/**
 * Notes at every step that numbers verified whether algebra alone shows it too. A proof never takes the
 * place of the numbers, which are found without any rule of differentiation.
 */
export function withProofs(
  derivation: Derivation,
  { shapes }: Inferred,
  equation: Equation,
  steps: readonly CheckedStep[],
): readonly CheckedStep[] {
  const [first, ...sides] = equation.sides;
  if (first === undefined || !steps.some(({ status }) => status === 'verified')) return steps;
  const isProved = provenEqualTo(derivation, shapes, shapes.layoutOf(equation), first);
  return steps.map((step, at) => (step.status === 'verified' && isProved(sides[at] as Term) ? { ...step, proved: true } : step));
}
