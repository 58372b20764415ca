import type { Expr, NameExpr } from '../syntax/ast.ts';
import { mapParts } from '../syntax/map-expr.ts';
import { functionNamed } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { lookUp } from './scope.ts';

/** Letters for the vec of a matrix, each with the section that says so. */
type Stacked = ReadonlyMap<string, { readonly value: Expr; readonly section: number }>;

/**
 * "Let `w = \operatorname{vec}(W)`" of a W that may be anything: what is made of W is differentiated by w where it is by `vec(W)`, which is
 * what a derivative by w is then written as. A w that is cut loose from its W would move nothing.
 */
export function takeVecs(collected: Collected): Collected {
  const defined = new Set(
    collected.equations.flatMap(({ statement: { sides } }) => (sides.length > 1 ? (symbolKey(sides[0] as Expr) ?? []) : [])),
  );
  const stacked: Stacked = new Map(collected.equations.flatMap((equation) => vecIn(collected, equation, defined)));
  if (stacked.size === 0) return collected;
  const equations = collected.equations.map((equation) => {
    const { statement } = equation;
    return { ...equation, statement: { ...statement, sides: statement.sides.map((side) => byVec(side, stacked, equation.section)) } };
  });
  return { ...collected, equations };
}

/** The w and the `vec(W)` of an equation that names it. */
function vecIn(
  { scope }: Collected,
  { statement: { sides, relations }, section, item }: PlacedEquation,
  defined: ReadonlySet<string>,
): readonly (readonly [string, { readonly value: Expr; readonly section: number }])[] {
  const [name, value, ...more] = sides;
  if (name?.kind !== 'name' || value === undefined || more.length > 0 || !/^(?:=|:=|≡)$/.test(relations[0] ?? '')) return [];
  const of = vecOf(value);
  const key = of === null ? null : symbolKey(of);
  const isFree = key !== null && !defined.has(key) && lookUp(scope, key, section, item)?.declared != null;
  return isFree ? [[name.name, { value, section }]] : [];
}

function vecOf(expr: Expr): Expr | null {
  const [only, ...more] = expr.kind === 'call' || (expr.kind === 'apply' && expr.op === 'vec') ? expr.args : [];
  const isVec = expr.kind === 'apply' || (expr.kind === 'call' && functionNamed(symbolKey(expr.head) ?? '') === 'vec');
  return isVec && only !== undefined && more.length === 0 ? only : null;
}

function byVec(expr: Expr, stacked: Stacked, section: number): Expr {
  const changed = mapParts(expr, (part) => byVec(part, stacked, section));
  if (changed.kind !== 'derivative') return changed;
  return { ...changed, wrt: changed.wrt.map((one) => ({ ...one, expr: written(one.expr, stacked, section) })) };
}

/** What is said in one section does not hold in those before it. */
function written(by: Expr, stacked: Stacked, section: number): Expr {
  const found = by.kind === 'name' ? stacked.get((by as NameExpr).name) : undefined;
  return found === undefined || found.section > section ? by : { ...found.value, span: by.span };
}
