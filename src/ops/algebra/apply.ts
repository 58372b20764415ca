import { type MatrixShape, SCALAR } from '../../shape/shape.ts';
import type { OpName } from '../../syntax/notation.ts';
import { ones, rawApply } from './leaves.ts';
import { diagonal, inverse, kronecker, matrixPower, total, trace, vec } from './matrix-functions.ts';
import { scaled } from './product.ts';
import { transpose } from './transpose.ts';
import { type Value, isZero } from './value.ts';

/** Operators whose values have a normal form of their own. */
const NORMAL: Partial<Record<OpName, (...args: Value[]) => Value>> = {
  transpose, inverse, trace, total, vec,
  diag: diagonal,
  kron: kronecker,
  pow: matrixPower,
};

/** Numbers made of a whole value, whatever its shape. */
const MEASURES: ReadonlySet<OpName> = new Set<OpName>(['det', 'logdet', 'norm', 'normF', 'norm2', 'normNuclear', 'logsumexp', 'lambdaMax', 'lambdaMin', 'rank', 'pi', 'euler', 'infinity', 'kronecker']);

/** What functions of one number are at zero, where that is a number that people write. */
const AT_ZERO: Partial<Record<OpName, number>> = {
  exp: 1, sin: 0, cos: 1, tan: 0, asin: 0, atan: 0, sinh: 0, cosh: 1, tanh: 0, sigmoid: 0.5, relu: 0, positivePart: 0, gelu: 0, silu: 0, erf: 0, abs: 0, sign: 0,
};

/** An operator of the table applied; without a shape it has that of its first operand. */
export function apply(op: OpName, args: readonly Value[], shape?: MatrixShape): Value {
  const normal = NORMAL[op];
  if (normal !== undefined) return normal(...args);
  const atZero = AT_ZERO[op];
  const [only] = args;
  if (atZero !== undefined && only !== undefined && isZero(only)) return scaled(atZero, ones(only.shape));
  return rawApply(op, args, shape ?? shapeOf(op, args));
}

function shapeOf(op: OpName, args: readonly Value[]): MatrixShape {
  const isExtreme = (op === 'max' || op === 'min') && args.length === 1;
  return MEASURES.has(op) || isExtreme ? SCALAR : (args[0]?.shape ?? SCALAR);
}
