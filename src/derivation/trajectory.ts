import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { at, horizonOf, withPowers } from './horizon.ts';
import { type Member, membersIn, nameMembers, stepsOfRecursion } from './unroll.ts';

/**
 * States `x_0, …, x_N` that no recursion tells, and a sum `\sum_{k=0}^{N-1}` over what is between each and the next: their number is chosen in the same
 * way, and each is a symbol of its own.
 */
export function takeTrajectory(collected: Collected, text: string): Collected {
  const { equations, scope } = collected;
  if (stepsOfRecursion(equations, scope).size > 0) return collected;
  const found = neighboursIn(equations);
  const horizon = found === null ? null : horizonOf(equations, scope, found.letter, found.families);
  if (found === null || horizon === null) return collected;
  scope.horizon = horizon;
  const raised = equations.map((equation) => at(withPowers(equation, horizon, text), horizon, found.families));
  nameMembers(raised, scope, found.families);
  return { ...collected, equations: raised };
}

/** The letter that counts states beside their neighbours in sums, and the families that it counts there. */
function neighboursIn(equations: readonly PlacedEquation[]): { readonly letter: string; readonly families: ReadonlySet<string> } | null {
  const sums = equations.flatMap(({ statement: { sides } }) => sides.flatMap(withinExpr).flatMap(countedMembers));
  const [first, ...others] = sums.filter(({ members }) => members.some((one) => members.some((other) => isNeighbour(one, other))));
  if (first === undefined || others.some(({ letter }) => letter !== first.letter)) return null;
  const members = sums.filter(({ letter }) => letter === first.letter).flatMap((one) => one.members);
  return { letter: first.letter, families: new Set(members.map(({ family }) => family)) };
}

function isNeighbour(one: Member, other: Member): boolean {
  return one.family === other.family && one.offset !== other.offset;
}

/** The members in a sum that have its letter. */
function countedMembers(expr: Expr): readonly { readonly letter: string; readonly members: readonly Member[] }[] {
  const [name, ...more] = expr.kind === 'binder' && expr.binder === 'sum' && expr.to !== null ? expr.names : [];
  if (expr.kind !== 'binder' || name === undefined || more.length > 0) return [];
  return [{ letter: name.name, members: membersIn(expr.body).filter(({ letter }) => letter === name.name) }];
}
