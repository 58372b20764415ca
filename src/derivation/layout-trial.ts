import { walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Equation } from './derivation.ts';
import { hasDerivative } from './elaborate.ts';
import { inferEquation } from './infer-equation.ts';
import { checkpoint, rollback } from './inference.ts';
import type { Run } from './inference-run.ts';
import { isMistake } from './problem.ts';

export function dependsOnLayout({ sides }: Equation): boolean {
  return sides.some(hasDerivative);
}

/** Whether an equation speaks of a derivative that is another one in each layout, as `∇f` and `∇^2 f` are not. */
export function isLaidOut({ sides }: Equation): boolean {
  return sides.some((side) =>
    walk(side).some((term) => term.kind === 'derivative' && (term.form === 'derivative' || term.form === 'direct')),
  );
}

/** Of layouts without a mistake the one is meant in which fewer sizes that are only counted in words have to be equal to others. */
const OF_A_MISTAKE = 0.001;

/** How many mistakes equations would have in a layout; nothing of what is inferred for it stays. */
export function mistakesUnder(run: Run, equations: readonly Equation[], layout: Layout): number {
  const mark = checkpoint(run.inference);
  const conflicts = run.inference.conflicts.length;
  const { counts } = run.inference.unifier;
  const equal = counts.size;
  for (const equation of equations) inferEquation(run, equation, layout);
  const count = run.inference.problems.slice(mark.problems).filter(isMistake).length + run.inference.conflicts.length - conflicts;
  const taken = (counts.size - equal) * OF_A_MISTAKE;
  rollback(run.inference, mark);
  return count + taken;
}
