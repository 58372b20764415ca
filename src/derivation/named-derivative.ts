import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { baseKey, headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation } from './collected.ts';
import { isConstant } from './elaborate-name.ts';
import { capitalOf, lookUpInAnyStyle } from './other-styles.ts';
import type { Scope } from './scope.ts';

/** `∂L/∂z`, `-∇f`, `(∂y/∂x)'`. */
export function isOfDerivative(expr: Expr): boolean {
  if (expr.kind === 'postfix') return isOfDerivative(expr.base);
  return expr.kind === 'derivative' || (expr.kind === 'apply' && expr.op === 'neg' && expr.args.some(isOfDerivative));
}

/** Where letters are first met, which stand in a first side that is no derivative, and which are that side or the function in it. */
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
    for (const key of equation.statement.sides.flatMap(keysIn)) if (!first.has(key)) first.set(key, equation);
    if (head !== undefined && equation.statement.sides.length > 1 && !isOfDerivative(head))
      for (const key of keysIn(head)) leading.add(key);
  }
  return { first, leading, heads };
}

function keysIn(side: Expr): readonly string[] {
  return withinExpr(side).flatMap((one) => symbolKey(one) ?? []);
}

/**
 * Whether an equation gives a derivative a name at its end, as `\nabla_z R = r` and `∂f/∂x_i = e^{x_i} / S = s_i` do where nothing has
 * spoken of r and no equation says what r is. In a text without statements, whose author would have declared an r that is claimed.
 */
export function namesDerivative(scope: Scope, equation: PlacedEquation, mentions: () => Mentions): boolean {
  const { statement, settings, origin } = equation;
  const { sides, relations, continues } = statement;
  const [first, name] = [sides[0], sides.at(-1)];
  if (first?.kind !== 'derivative' || sides.length < 2 || name === undefined || name.kind === 'call') return false;
  if (!relations.every((relation) => relation === '=') || continues || origin === 'plain' || !settings.broadcast) return false;
  const key = symbolKey(name);
  if (key === null || isConstant(key) || isSized(scope, name) || isKnownIn(scope, equation, name)) return false;
  if (sides.slice(0, -1).some((side) => keysIn(side).includes(key)) || isEntryOfDefined(name, mentions)) return false;
  return mentions().first.get(key) === equation && !mentions().leading.has(key);
}

/** `δ^{(l)}_j` where an equation says what `δ^{(l)}` is. */
function isEntryOfDefined(name: Expr, mentions: () => Mentions): boolean {
  const whole = name.kind === 'postfix' && name.mark.kind === 'sub' ? symbolKey(name.base) : null;
  return whole !== null && mentions().leading.has(whole);
}

/** Whether anything is known of a letter, or of the one that it is an entry of; the entries of A are called `a_{ij}`, too. */
function isKnownIn(scope: Scope, { section, item }: PlacedEquation, name: Expr): boolean {
  const [key, base] = [symbolKey(name), baseKey(name)];
  const keys = [key, base, base === null || base === key ? null : capitalOf(base)];
  return keys.some((key) => key !== null && lookUpInAnyStyle(scope, key, section, item) !== undefined);
}

/** `K_{mn}`, `I_n`, `I_3`: a constant of a size. */
function isSized({ dimensions }: Scope, name: Expr): boolean {
  if (name.kind !== 'postfix' || name.mark.kind !== 'sub') return false;
  const isConstantName = name.base.kind === 'name' && isConstant(name.base.name);
  return name.mark.items.some((item) => (item.kind === 'number' ? isConstantName : item.kind === 'name' && dimensions.has(item.name)));
}
