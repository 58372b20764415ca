import type { Expr, PostfixExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import type { PlacedEquation } from './collected.ts';
import { isSum } from './letters-before-brackets.ts';

/** Numbered letters that are no entries of a vector of that letter. */
export interface OtherThanEntries {
  /** The `x_0` of `x - x_0` and `x_0 - x`: what is taken from a whole vector is another one, such as the one to start from. */
  readonly vectors: ReadonlySet<string>;
  /** The `w_0` of `w_0 + w^\top x` in a text that counts no entries from 0. */
  readonly others: ReadonlySet<string>;
}

export function otherThanEntries(equations: readonly PlacedEquation[]): OtherThanEntries {
  const exprs = equations.flatMap(({ statement: { sides } }) => sides.flatMap((side) => withinExpr(side)));
  const numbered = exprs.filter(isNumbered);
  const counted = new Set(numbered.flatMap((one) => (numberOf(one) === 0 ? [] : (symbolKey(one.base) ?? []))));
  const countsFromZero = exprs.some((one) => one.kind === 'binder' && one.from?.kind === 'number' && one.from.value === 0);
  const zeroth = countsFromZero ? [] : numbered.filter((one) => numberOf(one) === 0 && !counted.has(symbolKey(one.base) ?? ''));
  return {
    vectors: new Set(exprs.flatMap(takenFromWhole)),
    others: new Set(zeroth.flatMap((one) => symbolKey(one) ?? [])),
  };
}

function isNumbered(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && numberOf(expr) !== null;
}

function numberOf({ mark }: PostfixExpr): number | null {
  const [item, ...others] = mark.kind === 'sub' ? mark.items : [];
  return item?.kind === 'number' && others.length === 0 ? item.value : null;
}

function takenFromWhole(sum: Expr): readonly string[] {
  if (!isSum(sum) || sum.kind !== 'apply') return [];
  const [left, right] = sum.args as readonly [Expr, Expr];
  return [...memberOf(left, right), ...memberOf(right, left)];
}

/** The key of a numbered letter beside the same letter. */
function memberOf(whole: Expr, member: Expr): readonly string[] {
  if (!isNumbered(member)) return [];
  const key = symbolKey(member.base);
  return key !== null && key === symbolKey(whole) ? [symbolKey(member) as string] : [];
}
