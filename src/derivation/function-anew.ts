import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import type { Heads } from './said-again.ts';
import { lookUp, type Scope } from './scope.ts';

/**
 * `q(φ) = (I + [φ]_×) R p + t` after `q = R p + t`: a letter with a definition is defined anew, as a function, where no argument leads
 * to what it was. Where one does, `L(w) = …` after `L = …`, the equation says the same of it in other words.
 */
export function isFunctionAnew({ scope, equations }: Collected, equation: PlacedEquation, key: string, params: readonly Expr[]): boolean {
  const { section, item } = equation;
  if (params.length === 0 || lookUp(scope, key, section, item)?.open != null) return false;
  const before = namesBehind(
    equations.filter((other) => other.item < item && other.section === section),
    key,
  );
  const isNew = (param: Expr) => {
    const name = symbolKey(param);
    return name !== null && !before.has(name) && lookUp(scope, name, section, item)?.declared != null;
  };
  return params.every(isNew);
}

/**
 * `\ell(\Lambda) = …` after `\ell(\mu, \Lambda) = …`, of fewer or more arguments: one letter for the function of all and for what remains
 * where some are held.
 */
export function isOfOtherArguments(
  scope: Scope,
  { statement, section, item, origin }: PlacedEquation,
  key: string,
  heads: () => Heads,
): boolean {
  const [left] = statement.sides;
  const known = lookUp(scope, key, section, item);
  if (origin === 'plain' || left?.kind !== 'call' || known?.definedAt == null) return false;
  const before = heads().equations.get(known.definedAt.start)?.statement.sides[0];
  return before?.kind === 'call' && before.args.length !== left.args.length && left.args.every((arg) => symbolKey(arg) !== null);
}

/** The symbols on the other sides of the equations for a symbol, for those symbols, and so on. */
function namesBehind(equations: readonly PlacedEquation[], key: string): ReadonlySet<string> {
  const names = new Set([key]);
  for (const name of names)
    for (const { statement } of equations) {
      const [left, ...others] = statement.sides as readonly [Expr, ...Expr[]];
      const isAbout = symbolKey(left) === name || (left.kind === 'call' && symbolKey(left.head) === name);
      if (isAbout) for (const found of [left, ...others].flatMap(namesIn)) names.add(found);
    }
  return names;
}

function namesIn(expr: Expr): readonly string[] {
  return withinExpr(expr).flatMap((one) => symbolKey(one) ?? []);
}
