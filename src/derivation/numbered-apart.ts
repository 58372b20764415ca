import type { Expr, NameExpr, PostfixExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { familyKey, lookUp } from './scope.ts';

/** What is counted under another letter than the one that a text uses for something else. */
const APART = '⁑';

/**
 * "The principal point `(c_1, c_2)`" beside "the cost `c = \frac12 e^\top e`" that is made of them: names that are told apart by numbers,
 * and no entries of a c that could not be before them.
 */
export function takeNumberedApart(collected: Collected): Collected {
  const numbered = new Set(collected.equations.flatMap(({ statement }) => statement.sides.flatMap(withinExpr).flatMap(numberedLetter)));
  if (numbered.size === 0) return collected;
  const bodies = new Map(collected.equations.flatMap((equation) => definedIn(collected, equation)));
  const apart = new Set([...numbered].filter((letter) => bodies.has(letter) && isMadeOfNumbered(letter, bodies)));
  return apart.size === 0 ? collected : { ...collected, equations: collected.equations.map((equation) => renamed(equation, apart)) };
}

function isNumbered(expr: Expr): expr is PostfixExpr & { readonly base: NameExpr } {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub' || expr.base.kind !== 'name') return false;
  return expr.mark.items.length === 1 && expr.mark.items[0]?.kind === 'number';
}

function numberedLetter(expr: Expr): readonly string[] {
  return isNumbered(expr) ? [expr.base.name] : [];
}

/** What an equation says a letter is of which nothing is declared, and whose numbered members nothing else defines. */
function definedIn({ scope }: Collected, { statement: { sides, relations }, section, item }: PlacedEquation): readonly [string, Expr][] {
  const [left, body] = sides;
  if (left?.kind !== 'name' || body === undefined || !/^(?:=|:=|≡)$/.test(relations[0] ?? '')) return [];
  const isDeclared = lookUp(scope, left.name, section, item)?.declared != null;
  return isDeclared || lookUp(scope, familyKey(left.name), section, item) !== undefined ? [] : [[left.name, body]];
}

/** Whether a letter is made of others, by their definitions, that are made of its numbered members. */
function isMadeOfNumbered(letter: string, bodies: ReadonlyMap<string, Expr>): boolean {
  const own = withinExpr(bodies.get(letter) as Expr);
  if (own.some((one) => numberedLetter(one).includes(letter))) return false;
  const seen = new Set([letter]);
  const waiting = own.flatMap((one) => symbolKey(one) ?? []);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const body = seen.has(key) ? undefined : bodies.get(key);
    seen.add(key);
    const parts = body === undefined ? [] : withinExpr(body);
    if (parts.some((one) => numberedLetter(one).includes(letter))) return true;
    waiting.push(...parts.flatMap((one) => symbolKey(one) ?? []));
  }
  return false;
}

function renamed(equation: PlacedEquation, apart: ReadonlySet<string>): PlacedEquation {
  const change = (expr: Expr): Expr =>
    isNumbered(expr) && apart.has(expr.base.name)
      ? { ...expr, base: { ...expr.base, name: expr.base.name + APART } }
      : mapParts(expr, change);
  return { ...equation, statement: { ...equation.statement, sides: equation.statement.sides.map(change) } };
}
