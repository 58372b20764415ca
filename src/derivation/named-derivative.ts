import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation } from './collected.ts';
import { isConstant } from './elaborate-name.ts';
import { lookUp, type Scope } from './scope.ts';

/** Where letters are first met, which stand somewhere in the first side of an equation, and which are that side or the function in it. */
export interface Mentions {
  readonly first: ReadonlyMap<string, PlacedEquation>;
  readonly leading: ReadonlySet<string>;
  readonly heads: ReadonlySet<string>;
}

export function mentionsIn(equations: readonly PlacedEquation[]): Mentions {
  const first = new Map<string, PlacedEquation>();
  const leading = new Set<string>();
  const heads = new Set<string>();
  for (const equation of equations) {
    const [head] = equation.statement.sides;
    const key = head === undefined ? null : headKey(head);
    if (key !== null) heads.add(key);
    equation.statement.sides.forEach((side, at) => {
      for (const key of keysIn(side)) {
        if (!first.has(key)) first.set(key, equation);
        if (at === 0) leading.add(key);
      }
    });
  }
  return { first, leading, heads };
}

function keysIn(side: Expr): readonly string[] {
  return [...withinExpr(side)].flatMap((one) => symbolKey(one) ?? []);
}

/**
 * Whether an equation only gives a derivative a name, as `\nabla_z R = r` does where nothing has spoken of r and no
 * equation says what r is. In a text without statements, whose author would have declared an r that is claimed.
 */
export function namesDerivative(scope: Scope, equation: PlacedEquation, mentions: () => Mentions): boolean {
  const { statement, section, item, settings, origin } = equation;
  const [first, name, ...more] = statement.sides;
  if (first?.kind !== 'derivative' || name === undefined || more.length > 0 || name.kind === 'call') return false;
  if (statement.relations[0] !== '=' || statement.continues || origin === 'plain' || !settings.broadcast) return false;
  const key = symbolKey(name);
  if (isSized(scope, name)) return false;
  if (key === null || isConstant(key) || lookUp(scope, key, section, item) !== undefined) return false;
  return mentions().first.get(key) === equation && !mentions().leading.has(key);
}

/** `K_{mn}`, `I_n`: a constant of a size. */
function isSized({ dimensions }: Scope, name: Expr): boolean {
  if (name.kind !== 'postfix' || name.mark.kind !== 'sub') return false;
  return name.mark.items.some((item) => item.kind === 'name' && dimensions.has(item.name));
}
