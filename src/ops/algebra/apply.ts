import { ONE } from '../../shape/dimension.ts';
import { type MatrixShape, matrix, SCALAR } from '../../shape/shape.ts';
import type { OpName } from '../../syntax/notation.ts';
import { dimension, number, ones, rawApply } from './leaves.ts';
import { diagonal, inverse, kronecker, matrixPower, skew, total, trace, vec } from './matrix-functions.ts';
import { power } from './power.ts';
import { product, scaled } from './product.ts';
import { sum } from './sum.ts';
import { transpose } from './transpose.ts';
import { isApply, isNumber, isSquare, isZero, type Value } from './value.ts';

/** Operators whose values have a normal form of their own. */
const NORMAL: Partial<Record<OpName, (...args: Value[]) => Value>> = {
  transpose,
  inverse,
  trace,
  total,
  vec,
  diag: diagonal,
  skew,
  kron: kronecker,
  pow: matrixPower,
  kronecker: delta,
  det: determinant,
  logdet: logDeterminant,
};

/** δ_ij, which is the same in either order. */
function delta(i: Value, j: Value): Value {
  if (i.key === j.key) return number(1);
  if (isNumber(i) && isNumber(j)) return number(0);
  return rawApply('kronecker', i.key < j.key ? [i, j] : [j, i], SCALAR);
}

/** Of a power whose exponent is a letter the power of the determinant; det(A ⊗ B) is det(A)^q det(B)^p of a p×p and a q×q matrix. */
function determinant(value: Value): Value {
  const parts = squareParts(value);
  if (parts !== null) return product(...parts.map(({ part, times }) => power(determinant(part), times)));
  const [base, exponent] = isApply(value, 'pow') ? value.args : [];
  return base === undefined || exponent === undefined || isNumber(exponent)
    ? rawApply('det', [value], SCALAR)
    : power(rawApply('det', [base], SCALAR), exponent);
}

/** log det(A ⊗ B) is q log det(A) + p log det(B). */
function logDeterminant(value: Value): Value {
  const parts = squareParts(value);
  return parts === null
    ? rawApply('logdet', [value], SCALAR)
    : sum(...parts.map(({ part, times }) => product(times, logDeterminant(part))));
}

/** The square matrices of a Kronecker product, each with how often its determinant is a factor; null of what is none. */
function squareParts(value: Value): readonly { readonly part: Value; readonly times: Value }[] | null {
  if (!isApply(value, 'kron') || !value.args.every(isSquare)) return null;
  const [a, b] = value.args as readonly [Value, Value];
  return [
    { part: a, times: dimension(b.shape.rows) },
    { part: b, times: dimension(a.shape.rows) },
  ];
}

/** Numbers made of a whole value, whatever its shape. */
const MEASURES: ReadonlySet<OpName> = new Set<OpName>([
  'det',
  'logdet',
  'norm',
  'normF',
  'norm2',
  'normNuclear',
  'logsumexp',
  'lambdaMax',
  'lambdaMin',
  'rank',
  'pi',
  'euler',
  'infinity',
  'kronecker',
]);

/** Functions of one number at every entry, with what they are at zero where that is a number that people write. */
const AT_ZERO: Partial<Record<OpName, number | null>> = {
  exp: 1,
  log: null,
  sin: 0,
  cos: 1,
  tan: 0,
  asin: 0,
  acos: null,
  atan: 0,
  sinh: 0,
  cosh: 1,
  tanh: 0,
  sigmoid: 0.5,
  softplus: null,
  relu: 0,
  positivePart: 0,
  gelu: 0,
  silu: 0,
  erf: 0,
  abs: 0,
  sign: 0,
};

/** Whether it takes a function of one number to every entry. */
export function isEntrywise(op: OpName): boolean {
  return AT_ZERO[op] !== undefined;
}

/** An operator of the table applied; without a shape it has that of its first operand. */
export function apply(op: OpName, args: readonly Value[], shape?: MatrixShape): Value {
  const normal = NORMAL[op];
  if (normal !== undefined) return normal(...args);
  const atZero = AT_ZERO[op];
  const [only] = args;
  if (atZero !== undefined && only !== undefined && isApply(only, 'transpose')) return transpose(apply(op, only.args));
  if (atZero != null && only !== undefined && isZero(only)) return scaled(atZero, ones(only.shape));
  return rawApply(op, args, shape ?? shapeOf(op, args));
}

function shapeOf(op: OpName, args: readonly Value[]): MatrixShape {
  const [only] = args;
  if ((op === 'vMax' || op === 'vMin') && only !== undefined) return matrix(only.shape.rows, ONE);
  if (op === 'pinv' && only !== undefined) return matrix(only.shape.cols, only.shape.rows);
  const isExtreme = (op === 'max' || op === 'min') && args.length === 1;
  return MEASURES.has(op) || isExtreme ? SCALAR : (args[0]?.shape ?? SCALAR);
}
