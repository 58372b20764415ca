import { cover } from '../base/span.ts';
import { ONE } from '../shape/dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { CallExpr, Expr, Mark } from '../syntax/ast.ts';
import { functionNamed, type OpName } from '../syntax/notation.ts';
import { symbolKey } from '../syntax/symbol-key.ts';

/** What is known of the shape of an expression. */
type ShapeOf = (expr: Expr) => MatrixShape | null;

/** Operators that texts write without brackets before the whole product that they are of. */
const OF_PRODUCTS: ReadonlySet<OpName> = new Set(['trace', 'det', 'logdet', 'vec']);
const OF_SQUARE: ReadonlySet<OpName> = new Set(['trace', 'det', 'logdet']);

/** An operator before brackets, with the marks behind them: the `\tr (X'X)^{-1}` of `\tr (X'X)^{-1} X' dX`. */
interface Bracketed {
  readonly op: OpName;
  readonly call: CallExpr;
  readonly marks: readonly Mark[];
}

/**
 * `\tr (dX)' A X`, `\operatorname{vec} (A + A') X`: the brackets are the first factor of what the operator is of where it could not be of them alone, as nobody
 * transposes a number, only what is square has a trace, and no column stands before a matrix with rows of its own. Null where it is of what stands in the brackets.
 */
export function overProduct(factor: Expr, rest: readonly Expr[], shapeOf: ShapeOf): Expr | null {
  const found = bracketed(factor);
  return found !== null && rest.length > 0 && reachesFurther(found, rest, shapeOf) ? ofWhole(found, rest, factor) : null;
}

/** The same where the sides are numbers: `d\psi = \tr (X'X)^{-1} d(X'X)` is no number before a matrix. */
export function overProductsOfNumber(side: Expr, shapeOf: ShapeOf): Expr {
  if (side.kind !== 'apply') return side;
  if (side.op === 'add' || side.op === 'sub' || side.op === 'neg')
    return { ...side, args: side.args.map((arg) => overProductsOfNumber(arg, shapeOf)) };
  const at = side.op === 'mul' ? side.args.findIndex((arg) => bracketed(arg) !== null) : -1;
  const [factor, ...rest] = at < 0 ? [] : side.args.slice(at);
  const found = factor === undefined ? null : bracketed(factor);
  if (factor === undefined || found === null || rest.length === 0 || found.op === 'vec' || !isSquare(shapeOf(productOf(rest)))) return side;
  const whole = ofWhole(found, rest, factor);
  return at === 0 ? whole : { ...side, args: [...side.args.slice(0, at), whole] };
}

function reachesFurther({ op, call, marks }: Bracketed, rest: readonly Expr[], shapeOf: ShapeOf): boolean {
  const isTurned = marks.some(({ kind }) => kind === 'transpose' || kind === 'prime');
  const within = shapeOf(call.args[0] as Expr);
  if (OF_SQUARE.has(op)) return isTurned || (within !== null && !isScalar(within) && !isSquare(within));
  const next = shapeOf(rest[0] as Expr);
  const joins = within !== null && next !== null && !isScalar(next) && within.cols.key === next.rows.key;
  return marks.length === 0 && joins && within.cols.key !== ONE.key;
}

function isSquare(shape: MatrixShape | null): boolean {
  return shape !== null && !isScalar(shape) && shape.rows.key === shape.cols.key;
}

function bracketed(factor: Expr): Bracketed | null {
  const marks: Mark[] = [];
  let base = factor;
  for (; base.kind === 'postfix'; base = base.base) marks.unshift(base.mark);
  if (base.kind !== 'call' || base.bracket !== '(' || base.args.length !== 1 || base.head.kind !== 'name') return null;
  // Of `\tr X` the brackets are the reader's, and of `(\tr (X))'` others stand around.
  const isWritten = base.argsSpan.start < (base.args[0] as Expr).span.start && base.span.end === base.argsSpan.end;
  const op = functionNamed(symbolKey(base.head) ?? '');
  return isWritten && op !== undefined && OF_PRODUCTS.has(op) ? { op, call: base, marks } : null;
}

function ofWhole({ call, marks }: Bracketed, rest: readonly Expr[], factor: Expr): Expr {
  const group: Expr = { ...(call.args[0] as Expr), span: call.argsSpan };
  const first = marks.reduce<Expr>((base, mark) => ({ kind: 'postfix', base, mark, span: cover(base.span, mark.span) }), group);
  const product = productOf([first, ...rest]);
  return { ...call, args: [product], argsSpan: product.span, span: cover(factor.span, product.span) };
}

function productOf(args: readonly Expr[]): Expr {
  const [only, ...more] = args as readonly [Expr, ...Expr[]];
  return more.length === 0 ? only : { kind: 'apply', op: 'mul', args, span: cover(only.span, (args.at(-1) as Expr).span) };
}
