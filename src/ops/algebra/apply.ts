import { type MatrixShape, SCALAR } from '../../shape/shape.ts';
import type { OpName } from '../../syntax/notation.ts';
import { rawApply } from './leaves.ts';
import { diagonal, inverse, kronecker, matrixPower, total, trace, vec } from './matrix-functions.ts';
import { transpose } from './transpose.ts';
import type { Value } from './value.ts';

/** Operators whose values have a normal form of their own. */
const NORMAL: Partial<Record<OpName, (...args: Value[]) => Value>> = {
  transpose, inverse, trace, total, vec,
  diag: diagonal,
  kron: kronecker,
  pow: matrixPower,
};

/** Numbers made of a whole value, whatever its shape. */
const MEASURES: ReadonlySet<OpName> = new Set<OpName>(['det', 'logdet', 'norm', 'normF', 'norm2', 'normNuclear', 'logsumexp', 'lambdaMax', 'lambdaMin', 'rank', 'pi', 'euler', 'infinity', 'kronecker']);

/** An operator of the table applied; without a shape it has that of its first operand. */
export function apply(op: OpName, args: readonly Value[], shape?: MatrixShape): Value {
  const normal = NORMAL[op];
  if (normal !== undefined) return normal(...args);
  return rawApply(op, args, shape ?? shapeOf(op, args));
}

function shapeOf(op: OpName, args: readonly Value[]): MatrixShape {
  const isExtreme = (op === 'max' || op === 'min') && args.length === 1;
  return MEASURES.has(op) || isExtreme ? SCALAR : (args[0]?.shape ?? SCALAR);
}
