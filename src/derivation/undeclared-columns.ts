import { groupedBy } from '../base/lists-by-key.ts';
import { type Dim, namesIn, ONE } from '../shape/dimension.ts';
import { isScalar, matrix, SCALAR } from '../shape/shape.ts';
import type { Expr, PostfixExpr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
import { noteDimension, type Walk } from './collected.ts';
import { bareLetters, memberEquation } from './count-members.ts';
import { familyKey, introduce, lookUp } from './scope.ts';
import { toldByEquations } from './told-by-equations.ts';

/**
 * `\sum_{j=1}^H f(c_j + w_j^\top v)` and then `c + W^\top v`, of a c that nothing declares: c is the column of the numbers `c_j`. That
 * they are numbers is told by an inner product that one is added to, or by `X^\top (y - \mu)` of an X whose rows are counted as the `y_i` are.
 * Where c itself stands nowhere, they are that many numbers. So are small letters that weigh the members of a sum, as in `\sum_i w_i x_i x_i^\top` of columns `x_i`.
 */
export function declareUndeclaredColumns(walk: Walk, summed: ReadonlyMap<string, Dim>): void {
  if (summed.size === 0) return;
  const bare = bareLetters(walk);
  const told = toldByEquations(walk.equations);
  const madeOfOthers = new Set(walk.equations.flatMap(memberEquation).map(({ key }) => key));
  const inSection = groupedBy(walk.equations, ({ section }) => section);
  for (const [place, count] of summed) {
    const section = Number(place.slice(0, place.indexOf(':')));
    const key = place.slice(place.indexOf(':') + 1);
    const isKnown = [key, familyKey(key)].some((one) => lookUp(walk.scope, one, section, walk.item) !== undefined);
    if (isKnown || told.has(key) || madeOfOthers.has(key)) continue;
    const parts = (inSection.get(section) ?? []).flatMap(({ statement }) => statement.sides.flatMap(within));
    const [first] = parts.flatMap((part) => membersIn(part, key));
    const isColumn = bare.has(place);
    const areNumbers =
      isOffset(told, parts, key, isColumn ? 0 : DEEPEST) ||
      isWeight(walk, parts, key, section) ||
      (isColumn && isBesideStack(walk, parts, key, count));
    if (first === undefined || !areNumbers) continue;
    for (const name of namesIn(count)) noteDimension(walk, name, first.span);
    const draft = introduce(walk.scope, key, section, 0, first.span);
    const said = isColumn ? { declared: matrix(count, ONE) } : { declared: SCALAR, family: { count } };
    Object.assign(draft, { ...said, text: walk.text.slice(first.base.span.start, first.base.span.end) });
  }
}

/** What a side is made of, without itself: the u of `y_i = x_i' β + u_i` is noise, of which nothing is said. */
const within = (side: Expr): readonly Expr[] => withinExpr(side).filter((one) => one !== side);

/** The expression itself, where it is `c_j`. */
function membersIn(expr: Expr, key: string): readonly PostfixExpr[] {
  return expr.kind === 'postfix' && expr.mark.kind === 'sub' && symbolKey(expr.base) === key ? [expr] : [];
}

/** Whether a member is added to a number: an inner product, or a member that is made of one, as the a of `a_i - y_i`. */
function isOffset(told: Told, parts: readonly Expr[], key: string, deepest: number): boolean {
  return parts.some((sum) => {
    if (sum.kind !== 'apply' || (sum.op !== 'add' && sum.op !== 'sub')) return false;
    const isBeside = (place: number) => sum.args.some((other, at) => place !== at && isNumber(told, other, deepest));
    return sum.args.some((arg, at) => membersIn(arg, key).length > 0 && isBeside(at));
  });
}

/** Whether small members stand before columns, `w_i x_i x_i^\top`, or before the square of something, `w_i (y_i - x_i^\top c)^2`. */
function isWeight({ scope, item }: Walk, parts: readonly Expr[], key: string, section: number): boolean {
  if (!/^(?:\p{Ll}|\p{Script=Greek})$/u.test(key)) return false;
  const isColumn = (expr: Expr) => {
    const letter = symbolKey(expr.kind === 'postfix' && expr.mark.kind === 'sub' ? expr.base : expr);
    const known = letter === null ? undefined : (lookUp(scope, familyKey(letter), section, item) ?? lookUp(scope, letter, section, item));
    return known?.declared != null && known.declared.cols.key === ONE.key && !isScalar(known.declared);
  };
  return parts.some((part) => {
    if (isSquare(part) && part.base.kind === 'call' && membersIn(part.base.head, key).length > 0) return true;
    const factors = part.kind === 'apply' && part.op === 'mul' ? part.args : [];
    return factors.slice(1).some((next, at) => membersIn(factors[at] as Expr, key).length > 0 && (isColumn(next) || isSquare(next)));
  });
}

/** `(y - a)^2`; with a letter before it as a call that is squared. */
function isSquare(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && expr.mark.kind === 'power' && expr.mark.exponent.kind === 'number' && expr.mark.exponent.value === 2;
}

type Told = ReturnType<typeof toldByEquations>;

/** Members that are made of members. */
const DEEPEST = 3;

function isNumber(told: Told, expr: Expr, deepest: number): boolean {
  if (isInner(expr)) return true;
  if (expr.kind === 'call') return expr.args.every((arg) => isNumber(told, arg, deepest));
  if (expr.kind === 'apply' && (expr.op === 'add' || expr.op === 'sub')) return expr.args.some((arg) => isNumber(told, arg, deepest));
  if (expr.kind !== 'postfix' || expr.mark.kind !== 'sub' || deepest === 0) return false;
  const key = symbolKey(expr);
  const value = key === null ? undefined : told.get(key)?.[0]?.statement.sides[1];
  return value !== undefined && isNumber(told, value, deepest - 1);
}

/** `X^\top (y - \mu)` where X has as many rows as there are members, `X (y - \mu)` where it has as many columns. */
function isBesideStack({ stacks }: Walk, parts: readonly Expr[], key: string, count: Dim): boolean {
  const counted = stacks.filter(({ members }) => members.family?.count?.key === count.key);
  const isTurned = (expr: Expr) => expr.kind === 'postfix' && expr.mark.kind === 'transpose';
  const isStack = (expr: Expr) =>
    counted.some(({ whole, axis }) => {
      const name = expr.kind === 'postfix' && isTurned(expr) ? expr.base : expr;
      return symbolKey(name) === whole.key && isTurned(expr) === (axis === 'rows');
    });
  return parts.some((product) => neighboursIn(product).some(([left, right]) => isStack(left) && isTermOf(right, key)));
}

/** Factors and what follows each; `X^\top (y - \mu)` is written as a call. */
function neighboursIn(expr: Expr): readonly (readonly [Expr, Expr])[] {
  if (expr.kind === 'call') return expr.args.map((arg) => [expr.head, arg] as const);
  if (expr.kind !== 'apply' || expr.op !== 'mul') return [];
  return expr.args.slice(1).map((arg, at) => [expr.args[at] as Expr, arg] as const);
}

/** Whether a letter is an expression, or a term of the sum that it is. */
function isTermOf(expr: Expr, key: string): boolean {
  const isSum = expr.kind === 'apply' && (expr.op === 'add' || expr.op === 'sub');
  return symbolKey(expr) === key || (isSum && expr.args.some((arg) => symbolKey(arg) === key));
}

/** `a_i^\top x`, `\langle a_i, x \rangle`. */
function isInner(expr: Expr): boolean {
  if (expr.kind !== 'apply') return false;
  const [left] = expr.args;
  return expr.op === 'inner' || (expr.op === 'mul' && left?.kind === 'postfix' && left.mark.kind === 'transpose');
}
