import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { exprKey } from '../syntax/map-expr.ts';
import { headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation } from './collected.ts';
import { lookUp, lookUpHere, type Scope } from './scope.ts';

/** The equations by where the first letter of their left side stands, and what those of each section are about. */
export interface Heads {
  readonly equations: ReadonlyMap<number, PlacedEquation>;
  readonly keys: ReadonlyMap<number, ReadonlySet<string>>;
  /** In how many sections an equation is about a letter. */
  readonly sections: ReadonlyMap<string, number>;
}

export function headsOf(equations: readonly PlacedEquation[]): Heads {
  const byPlace = new Map<number, PlacedEquation>();
  const keys = new Map<number, Set<string>>();
  for (const equation of equations) {
    const [left, right] = equation.statement.sides;
    if (left === undefined || right === undefined) continue;
    byPlace.set((left.kind === 'call' ? left.head : left).span.start, equation);
    const key = headKey(left);
    if (key !== null) keys.set(equation.section, (keys.get(equation.section) ?? new Set()).add(key));
  }
  const sections = new Map<string, number>();
  for (const own of keys.values()) for (const key of own) sections.set(key, (sections.get(key) ?? 0) + 1);
  return { equations: byPlace, keys, sections };
}

/**
 * "From `Y = P V` we obtain", of a Y that an earlier section defines by the same words, which mean the same there: the reader is
 * reminded of it, and what depends on that Y depends on this one.
 */
export function isSaidAgain(scope: Scope, equation: PlacedEquation, key: string, heads: () => Heads): boolean {
  const { statement, section, item } = equation;
  const known = lookUp(scope, key, section, item);
  if (known?.definedAt == null || known.section === section || lookUpHere(scope, key, section, item) !== undefined) return false;
  const before = heads().equations.get(known.definedAt.start);
  if (before === undefined || !isWrittenAlike(before, equation)) return false;
  const anew = heads().keys.get(section) ?? new Set();
  return namesIn(statement.sides[1] as Expr).every(
    (name) => !anew.has(name) && lookUp(scope, name, section, item) === lookUp(scope, name, before.section, before.item),
  );
}

/** Definitions that are followed back: those that lead back to a letter are few. */
const MOST_STEPS = 12;

/**
 * "The product rule on `x = r u`", of a declared x of which `r = \|x\|` and `u = x / r` are made: it says nothing new of x, which would be
 * defined by itself.
 */
export function isMadeOfItself(
  scope: Scope,
  { statement, section, item, origin }: PlacedEquation,
  key: string,
  heads: () => Heads,
): boolean {
  if (origin === 'plain' || lookUp(scope, key, section, item)?.declared == null) return false;
  const names = new Set(statement.sides.slice(1).flatMap(namesIn));
  if (names.has(key)) return false;
  let steps = 0;
  for (const name of names) {
    const definedAt = lookUp(scope, name, section, item)?.definedAt;
    const told = definedAt == null ? undefined : heads().equations.get(definedAt.start);
    if (told === undefined || told.item >= item || ++steps > MOST_STEPS) continue;
    for (const below of told.statement.sides.slice(1).flatMap(namesIn)) names.add(below);
    if (names.has(key)) return true;
  }
  return false;
}

function isWrittenAlike({ statement: one }: PlacedEquation, { statement: other }: PlacedEquation): boolean {
  const [left, right] = one.sides as readonly [Expr, Expr];
  return exprKey(left) === exprKey(other.sides[0] as Expr) && exprKey(right) === exprKey(other.sides[1] as Expr);
}

function namesIn(expr: Expr): readonly string[] {
  return withinExpr(expr).flatMap((one) => symbolKey(one) ?? []);
}
