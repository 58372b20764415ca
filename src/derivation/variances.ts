import type { Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { baseKey, headKey, symbolKey } from '../syntax/symbol-key.ts';
import type { Walk } from './collected.ts';
import { placeDeclaration } from './place-declaration.ts';
import { lookUp } from './scope.ts';

/**
 * `σ^2`, `σ_d^2` of a σ that a text writes only so, and of which it says nothing: a variance is a number. Where an equation says what it is, the
 * equation counts.
 */
export function declareVariances(walk: Walk): void {
  const exprs = walk.equations.flatMap(({ statement }) => statement.sides.flatMap(withinExpr));
  const squares = exprs.filter(isSquare);
  const bases = new Set<Expr>(squares.map(({ base }) => base));
  const told = new Set(walk.equations.flatMap(({ statement: { sides } }) => (sides.length > 1 ? (toldBy(sides[0]) ?? []) : [])));
  const alone = new Set(exprs.flatMap((expr) => (isWhole(expr, bases) ? (symbolKey(expr) ?? []) : [])));
  for (const { statement, section, item } of walk.equations)
    for (const { base } of statement.sides.flatMap(withinExpr).filter(isSquare)) {
      const key = symbolKey(base);
      if (key === null || told.has(key) || alone.has(key) || lookUp(walk.scope, key, section, item) !== undefined) continue;
      Object.assign(walk, { section, item });
      placeDeclaration(walk, { kind: 'declaration', names: [base], shape: { dims: [], span: base.span }, properties: [], span: base.span });
    }
}

function isSquare(expr: Expr): expr is Expr & { readonly kind: 'postfix' } {
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'power' || expr.mark.exponent.kind !== 'number') return false;
  return expr.mark.exponent.value % 2 === 0 && baseKey(expr.base) === 'σ' && symbolKey(expr.base) !== null;
}

/** What the first side of an equation is a value of: σ itself, its square, or a function of that name. */
function toldBy(side: Expr | undefined): string | null {
  if (side === undefined) return null;
  return isSquare(side) ? symbolKey(side.base) : headKey(side);
}

/** A letter with all its marks, that is not below the power of one. */
function isWhole(expr: Expr, bases: ReadonlySet<Expr>): boolean {
  return (expr.kind === 'name' || expr.kind === 'postfix') && baseKey(expr) === 'σ' && !bases.has(expr) && !isSquare(expr);
}
