import type { EquationStatement, Expr, PostfixExpr, StackStatement } from '../syntax/ast.ts';
import { membersIn } from '../syntax/members.ts';
import { symbolKey } from '../syntax/symbol-key.ts';

/** What an equation says of the members of a matrix; null where it says nothing. */
export function stackIn(statement: EquationStatement, text: string): StackStatement | null {
  const { sides, relations } = statement;
  const [left, right] = sides;
  if (left === undefined || right === undefined || sides.length > 2 || !/^:?=$|^≡$/.test(relations[0] ?? '')) return null;
  return listedIn(statement, left, right, text) ?? takenFrom(statement, left, right);
}

/** `X = [x_1, …, x_n]^\top`. */
function listedIn({ span }: EquationStatement, whole: Expr, right: Expr, text: string): StackStatement | null {
  const isPart = whole.kind === 'postfix' && whole.mark.kind === 'sub';
  const found = isPart || symbolKey(whole) === null ? null : listIn(right, text);
  const members = found === null ? null : membersIn(found.listed);
  if (found === null || members === null || !members.counted || found.transposed !== members.transposed) return null;
  return { kind: 'stack', whole, members, axis: found.axis, upright: true, span };
}

/** `w_i = W_{i,:}^\top`, `a_j = A_{:,j}`. */
function takenFrom({ span }: EquationStatement, left: Expr, right: Expr): StackStatement | null {
  const members = membersIn([left]);
  const isTransposed = isTurned(right);
  const part = isTransposed ? right.base : right;
  if (members === null || members.transposed || part.kind !== 'postfix' || part.mark.kind !== 'sub' || left.kind !== 'postfix') return null;
  const [letter] = left.mark.kind === 'sub' ? left.mark.items.map(symbolKey) : [];
  const below = part.mark.items.map(symbolKey);
  const at = below.indexOf(letter ?? null);
  const axis = at === 1 ? 'columns' : 'rows';
  const isPart = letter != null && at >= 0 && below.length === 2 && below[1 - at] === ':' && symbolKey(part.base) !== null;
  return isPart ? { kind: 'stack', whole: part.base, members, axis, upright: isTransposed === (axis === 'rows'), span } : null;
}

function isTurned(expr: Expr): expr is PostfixExpr {
  return expr.kind === 'postfix' && (expr.mark.kind === 'transpose' || (expr.mark.kind === 'prime' && expr.mark.count === 1));
}

interface Listed {
  readonly listed: readonly Expr[];
  readonly axis: StackStatement['axis'];
  /** Whether members have to be transposed to stand there as they do. */
  readonly transposed: boolean;
}

/** `[x_1, …, x_n]` lists columns, its transpose rows; a column of `x_i^\top` lists rows, one of `x_i` entries. */
function listIn(expr: Expr, text: string): Listed | null {
  const isTransposed = isTurned(expr);
  const row = rowIn(isTransposed ? expr.base : expr, text);
  if (row !== null) return { listed: row, axis: isTransposed ? 'rows' : 'columns', transposed: false };
  if (expr.kind !== 'matrix' || expr.rows.length < 2 || expr.rows.some((one) => one.length !== 1)) return null;
  const listed = expr.rows.flat();
  const transposed = membersIn(listed)?.transposed === true;
  return { listed, axis: transposed ? 'rows' : 'entries', transposed };
}

/** Written with commas or `&`, or in brackets with dots between, as in `(a_1 \cdots a_n)`. */
function rowIn(expr: Expr, text: string): readonly Expr[] | null {
  if (expr.kind === 'matrix') return expr.rows.length === 1 ? (expr.rows[0] as readonly Expr[]) : null;
  const isBracketed =
    expr.kind === 'apply' && expr.op === 'mul' && /[[(]\s*$/.test(text.slice(Math.max(0, expr.span.start - 8), expr.span.start));
  return isBracketed ? expr.args : null;
}
