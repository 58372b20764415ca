import { isScalar } from '../shape/shape.ts';
import type { Expr, PostfixExpr } from '../syntax/ast.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { someIn } from './find-in.ts';
import { lookUp, type Scope } from './scope.ts';

/**
 * In Markdown and LaTeX `s' = …` defines `s'`, the next state, even where `s` is a vector: as long as no other
 * vector or matrix has a prime, which would speak for transposes. A declared `X'` is a name.
 */
export function primedNames({ equations, scope }: Collected): ReadonlySet<string> {
  const written = equations.filter(({ origin }) => origin !== 'plain');
  // "The factor `\sigma'` is small" only mentions it.
  const defined = new Set(
    written.flatMap(({ statement: { sides } }) => {
      const [left] = sides;
      return left !== undefined && sides.length > 1 && isPrimed(left) ? (symbolKey(left) ?? []) : [];
    }),
  );
  if (defined.size === 0) return defined;
  const transposes = written.some((equation) =>
    equation.statement.sides.some((side) =>
      someIn(side, (one) => isPrimed(one) && !isName(scope, equation, one, defined) && isWide(scope, equation, one.base)),
    ),
  );
  return transposes ? new Set() : defined;
}

function isName(scope: Scope, { section, item }: PlacedEquation, primed: PostfixExpr, defined: ReadonlySet<string>): boolean {
  const key = symbolKey(primed);
  return key !== null && (defined.has(key) || lookUp(scope, key, section, item)?.declared != null);
}

/** A name with a prime, or what is transposed by one. */
export function isPrimed(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && expr.mark.kind === 'prime';
}

function isWide(scope: Scope, { section, item }: PlacedEquation, expr: Expr): boolean {
  const key = symbolKey(expr);
  const declared = key === null ? undefined : lookUp(scope, key, section, item)?.declared;
  return key === null || (declared != null && !isScalar(declared));
}
