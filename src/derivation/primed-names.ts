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
  return defined.size === 0 || written.some((equation) => turnsByPrime(scope, equation, defined)) ? new Set() : defined;
}

/** Whether a text writes transposes by primes: on what is declared a vector or a matrix, on brackets, or as in `w' \Sigma w`. */
export function writesTransposesByPrimes({ equations, scope }: Pick<Collected, 'equations' | 'scope'>): boolean {
  return equations.some((equation) => equation.origin !== 'plain' && turnsByPrime(scope, equation, new Set()));
}

function turnsByPrime(scope: Scope, equation: PlacedEquation, defined: ReadonlySet<string>): boolean {
  const isMark = (one: Expr): one is PostfixExpr => isPrimed(one) && !isName(scope, equation, one, defined);
  const isTurned = (one: Expr) => isMark(one) && isWide(scope, equation, one.base);
  return equation.statement.sides.some((side) => someIn(side, (one) => isTurned(one) || isForm(one, isMark)));
}

/** `w' \Sigma w`, `\Lambda \Phi \Lambda'`, `X'X`: a letter and itself with a prime around, or beside, a matrix. */
function isForm(product: Expr, isMark: (one: Expr) => one is PostfixExpr): boolean {
  if (product.kind !== 'apply' || product.op !== 'mul') return false;
  const keys = product.args.map(symbolKey);
  const turned = product.args.map((one) => (isMark(one) && one.mark.kind === 'prime' && one.mark.count === 1 ? symbolKey(one.base) : null));
  return turned.some((key, at) => {
    const other = key === null ? -1 : keys.indexOf(key);
    return other >= 0 && keys.slice(Math.min(at, other), Math.max(at, other) + 1).some((one) => /\p{Lu}'?$/u.test(one ?? ''));
  });
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
