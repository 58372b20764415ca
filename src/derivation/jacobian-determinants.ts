import { isScalar, SCALAR } from '../shape/shape.ts';
import type { DerivativeExpr, Expr } from '../syntax/ast.ts';
import { withinExpr } from '../syntax/depth.ts';
import { mapParts } from '../syntax/map-expr.ts';
import type { Collected, PlacedEquation } from './collected.ts';
import { lookUp, type Scope } from './scope.ts';

/** `∂(x, y)/∂(r, s) = r`: beside a number, or a determinant that is written out, the fraction of two lists is the determinant of the Jacobian. */
export function takeJacobianDeterminants(collected: Collected): Collected {
  const { scope, equations } = collected;
  const isOne = (equation: PlacedEquation) =>
    equation.statement.sides.length > 1 &&
    equation.statement.sides.some((side) => withinExpr(side).some(isListByList)) &&
    equation.statement.sides.some((side) => isDeterminant(side) || isNumber(scope, equation, side));
  if (!equations.some(isOne)) return collected;
  return { ...collected, equations: equations.map((equation) => (isOne(equation) ? withDeterminants(equation) : equation)) };
}

function isListByList(expr: Expr): expr is DerivativeExpr {
  return expr.kind === 'derivative' && expr.of.kind === 'matrix' && expr.wrt.length === 1 && expr.wrt[0]?.expr.kind === 'matrix';
}

/** A matrix between bars. */
function isDeterminant(side: Expr): boolean {
  return side.kind === 'apply' && side.op === 'bars' && side.args[0]?.kind === 'matrix';
}

/** What is made of numbers and of small letters that nothing declares to be more: a lone `J` may be the matrix. */
function isNumber(scope: Scope, { section, item }: PlacedEquation, side: Expr): boolean {
  return withinExpr(side).every((part) => {
    if (part.kind === 'name') return /^\p{Ll}/u.test(part.name) && isScalar(lookUp(scope, part.name, section, item)?.declared ?? SCALAR);
    return part.kind === 'number' || part.kind === 'apply' || part.kind === 'call' || part.kind === 'postfix';
  });
}

function withDeterminants(equation: PlacedEquation): PlacedEquation {
  const { statement } = equation;
  return { ...equation, statement: { ...statement, sides: statement.sides.map(asDeterminant) } };
}

function asDeterminant(expr: Expr): Expr {
  if (isListByList(expr)) return { kind: 'apply', op: 'det', args: [expr], span: expr.span };
  const inside = expr.kind === 'apply' && (expr.op === 'det' || expr.op === 'bars') ? expr.args[0] : undefined;
  return inside !== undefined && isListByList(inside) ? expr : mapParts(expr, asDeterminant);
}
