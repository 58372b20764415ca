import { type Abstention, type Algebra, lower, newTangents } from './dual.ts';
import type { Compiler, DifferencePlan, Instruction, Meter } from './frame.ts';
import { LONG } from './ticker.ts';

/** Derivatives of what a frame computes, one chosen entry of the input after the other: `jacobian` gets entry i of the output by the k-th chosen input at i·K + k. */
export type LiftedDerivative = (chosen: ArrayLike<number>, jacobian: Float64Array, stepAt: (place: number) => number) => void;

/**
 * Runs a frame with numbers x + x'ε: the tangent of the output by that of an input is the derivative itself
 * with dual numbers, and with complex numbers as far as the step is short. Where a frame cannot be lifted, why.
 */
export function liftedDerivative(
  { meter }: Compiler,
  { child, input, output }: DifferencePlan,
  algebra: Algebra,
): LiftedDerivative | Abstention {
  const tangents = newTangents(algebra, child);
  const code = lower(child, tangents);
  if ('abstains' in code) return code;
  const [
    {
      tangent: { data: seed },
    },
    {
      tangent: { data: column },
    },
  ] = [tangents.dual(input.tensor), tangents.dual(output.tensor)];
  return (chosen, jacobian, stepAt) => {
    for (let k = 0; k < chosen.length; k++) {
      meter.tick(2 * child.work);
      const [place, step] = [chosen[k] as number, stepAt(chosen[k] as number)];
      seed[place] = step;
      if (child.work < LONG) for (const instruction of code) instruction();
      else runAll(code, child.costs, meter);
      for (let i = 0; i < column.length; i++) jacobian[i * chosen.length + k] = (column[i] as number) / step;
      seed[place] = 0;
    }
  };
}

/** What an instruction costs with numbers of two parts: a product of matrices takes four, an inverse one of twice the rows and columns. */
const OF_TWO_PARTS = 4;

/** With a look at the clock before each instruction that takes long. */
function runAll(code: readonly Instruction[], costs: readonly number[], { look, begin }: Meter): void {
  for (let at = 0; at < code.length; at++) {
    const cost = OF_TWO_PARTS * (costs[at] as number);
    if (cost > LONG) begin(cost);
    else look(cost);
    (code[at] as Instruction)();
  }
}
