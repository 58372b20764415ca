import type { ApplyTerm, Term } from '../ops/term.ts';
import { type Dim, isOpen, ONE, times } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix, SCALAR, type Shape } from '../shape/shape.ts';
import { freshDim, unify, unifyShapes } from '../shape/unify.ts';
import type { OpName } from '../syntax/notation.ts';
import { transposeShape } from './contract.ts';
import { dimensionOfTerm } from './infer-index.ts';
import { inferDot, inferProduct } from './infer-product.ts';
import { type Inference, known, open, report } from './inference.ts';
import { formOf } from './layout-shapes.ts';

/**
 * The shape of an operator that needs more than a signature, from the shapes of its operands; null
 * while they do not decide it. What others need it to be is known as far as `expected` says.
 */
export type SpecialRule = (inference: Inference, term: ApplyTerm, shapes: readonly Shape[], expected: Shape | null) => Shape | null;

export const SPECIAL_RULES: Partial<Record<OpName, SpecialRule>> = {
  mul: inferProduct,
  times: inferProduct,
  dot: inferDot,
  add: sameShapes,
  sub: sameShapes,
  plusMinus: sameShapes,
  hadamard: sameShapes,
  hadamardDiv: quotientOfEntries,
  compose: sameShapes,
  div: quotient,
  neg: first,
  inner: innerProduct,
  pow: power,
  hadamardPow: first,
  bars,
  norm: () => SCALAR,
  norm1: () => SCALAR,
  norm2: () => SCALAR,
  normF: () => SCALAR,
  normInf: () => SCALAR,
  normNuclear: () => SCALAR,
  normWeighted: () => SCALAR,
  diag: diagonal,
  transpose: transposed,
  vech: (inference) => matrix(freshDim(inference.unifier), ONE),
  greater: broadcastSilently,
  greaterEqual: broadcastSilently,
  less: broadcastSilently,
  lessEqual: broadcastSilently,
  equal: broadcastSilently,
  unequal: broadcastSilently,
  indicator: first,
  positivePart: first,
  max: extremum,
  min: extremum,
  total: () => SCALAR,
  mean: () => SCALAR,
  variance,
  rank: () => SCALAR,
  cases,
  identity: (inference, term) => {
    const size = sizeOf(inference, term, 0) ?? freshDim(inference.unifier);
    return matrix(size, size);
  },
  ones: (inference, term) => matrix(sizeOf(inference, term, 0) ?? freshDim(inference.unifier), sizeOf(inference, term, 1) ?? ONE),
  zeros: (inference, term) =>
    term.args.length === 0
      ? open(inference)
      : matrix(sizeOf(inference, term, 0) ?? freshDim(inference.unifier), sizeOf(inference, term, 1) ?? ONE),
  commutation: (inference, term) => {
    const [m, n] = [sizeOf(inference, term, 0), sizeOf(inference, term, 1)];
    const size = m === null || n === null ? freshDim(inference.unifier) : times(m, n);
    return matrix(size, size);
  },
  basis: (inference) => matrix(freshDim(inference.unifier), ONE),
  kronecker: () => SCALAR,
  pi: () => SCALAR,
  euler: () => SCALAR,
  infinity: () => SCALAR,
};

function first(_inference: Inference, _term: ApplyTerm, [shape]: readonly Shape[]): Shape | null {
  return shape ?? null;
}

/** The variance of several numbers is the matrix of their covariances to some, and the variance of each to others. */
function variance(inference: Inference, _term: ApplyTerm, [shape]: readonly Shape[]): Shape {
  return shape?.kind === 'matrix' && (formOf(shape) === 'column' || formOf(shape) === 'row') ? open(inference) : SCALAR;
}

function sizeOf(inference: Inference, term: ApplyTerm, at: number): Dim | null {
  const arg = term.args[at];
  return arg === undefined ? null : dimensionOfTerm(inference, arg);
}

/** Operands of a sum: all of one shape. A scalar beside a matrix is no sum, unless broadcasting is on. */
function sameShapes(inference: Inference, term: ApplyTerm, [left, right]: readonly Shape[]): Shape | null {
  if (left === undefined || right === undefined) return left ?? null;
  if (unifyShapes(inference.unifier, left, right)) return known(inference, left);
  const [a, b] = term.args as readonly [Term, Term];
  const wider = inference.broadcast ? broadcastShape(left, right) : null;
  report(inference, { kind: wider === null ? 'sum' : 'broadcast', term, left: a, right: b, shapes: [left, right] });
  return wider ?? open(inference);
}

/** Of two operands of one shape: nothing is read entry by entry in it. */
function innerProduct(inference: Inference, term: ApplyTerm, [left, right]: readonly Shape[]): Shape {
  const [a, b] = term.args;
  if (left !== undefined && right !== undefined && a !== undefined && b !== undefined && !unifyShapes(inference.unifier, left, right))
    report(inference, { kind: 'sum', term, left: a, right: b, shapes: [left, right] });
  return SCALAR;
}

/** A number beside anything, a row or a column beside a matrix that it fits: the larger of the two shapes. */
function broadcastShape(left: Shape, right: Shape): Shape | null {
  if (left.kind === 'tensor' || right.kind === 'tensor') return null;
  if (isScalar(left)) return right;
  if (isScalar(right)) return left;
  return stretches(left, right) ? right : stretches(right, left) ? left : null;
}

/** Whether a row or a column has as many entries as the matrix has along that axis. */
function stretches(vector: MatrixShape, over: MatrixShape): boolean {
  const form = formOf(vector);
  if (formOf(over) !== 'matrix') return false;
  return (form === 'row' && vector.cols.key === over.cols.key) || (form === 'column' && vector.rows.key === over.rows.key);
}

/** Numbers go with every shape: `\max(0, z)` has that of z. */
function broadcastSilently(inference: Inference, { args }: ApplyTerm, all: readonly Shape[]): Shape | null {
  const shapes = all.filter((_, at) => args[at]?.kind !== 'number');
  const wide = shapes.find((shape) => !isScalar(shape) && !(shape.kind === 'matrix' && isOpen(shape.rows)));
  for (const shape of shapes) if (wide !== undefined && !isScalar(shape)) unifyShapes(inference.unifier, wide, shape);
  return wide ?? shapes.find((shape) => !isScalar(shape)) ?? SCALAR;
}

/** Of one operand a number, of several the larger or smaller entry by entry. */
function extremum(inference: Inference, term: ApplyTerm, shapes: readonly Shape[]): Shape | null {
  return shapes.length === 1 ? SCALAR : broadcastSilently(inference, term, shapes);
}

/** Value, condition, value, condition, …: the values have one shape. */
function cases(inference: Inference, _term: ApplyTerm, shapes: readonly Shape[]): Shape | null {
  const values = shapes.filter((_, at) => at % 2 === 0);
  const [one] = values;
  for (const value of values.slice(1)) if (one !== undefined) unifyShapes(inference.unifier, one, value);
  return one === undefined ? null : known(inference, one);
}

/** A quotient by a scalar; of two equal shapes, or of a scalar by a vector, it is read entry by entry. */
function quotient(inference: Inference, term: ApplyTerm, [above, below]: readonly Shape[]): Shape | null {
  if (above === undefined || below === undefined) return null;
  if (below.kind === 'matrix' && formOf(below) === 'open' && !isWideSomewhere(below)) return null;
  if (isScalar(below)) return above;
  const [numerator, divisor] = term.args as readonly [Term, Term];
  const isOverVector = isScalar(above) && below.kind === 'matrix' && (below.rows.key === ONE.key || below.cols.key === ONE.key);
  if (inference.broadcast && (isOverVector || unifyShapes(inference.unifier, above, below))) {
    report(inference, { kind: 'broadcast', term, left: numerator, right: divisor, shapes: [above, below] });
    return below;
  }
  report(inference, { kind: 'argument', term, arg: divisor, needs: 'a scalar to divide by', shape: below });
  return open(inference);
}

/** `1 ./ x`: a scalar on either side goes with every entry. */
function quotientOfEntries(inference: Inference, term: ApplyTerm, shapes: readonly Shape[]): Shape | null {
  const [above, below] = shapes;
  if (above !== undefined && below !== undefined && isScalar(above)) return below;
  if (above !== undefined && below !== undefined && isScalar(below)) return above;
  return sameShapes(inference, term, shapes);
}

function isWideSomewhere(shape: Shape & { kind: 'matrix' }): boolean {
  return (!isOpen(shape.rows) && shape.rows.key !== ONE.key) || (!isOpen(shape.cols) && shape.cols.key !== ONE.key);
}

/** Powers of numbers and of square matrices; what has to be a square matrix is the power of one. */
function power(inference: Inference, term: ApplyTerm, [base]: readonly Shape[], expected: Shape | null): Shape | null {
  if (base === undefined || base.kind === 'tensor') return base ?? null;
  const form = formOf(base);
  if (form === 'scalar') return SCALAR;
  if (form === 'open') return isSquare(expected) ? base : null;
  if (form === 'matrix' && unify(inference.unifier, base.rows, base.cols)) return known(inference, base);
  const [arg] = term.args as readonly [Term];
  if (inference.broadcast) return base;
  report(inference, { kind: 'argument', term, arg, needs: 'a scalar or a square matrix', shape: base });
  return open(inference);
}

function isSquare(shape: Shape | null): boolean {
  return shape?.kind === 'matrix' && formOf(shape) === 'matrix' && shape.rows.key === shape.cols.key;
}

/** `|s|` of a number, `|A|` the determinant of a square matrix, otherwise entry by entry. */
function bars(inference: Inference, _term: ApplyTerm, [shape]: readonly Shape[]): Shape | null {
  if (shape === undefined || shape.kind === 'tensor') return shape ?? null;
  const form = formOf(shape);
  if (form === 'open') return null;
  return form === 'matrix' && known(inference, shape).kind === 'matrix' && shape.rows.key === shape.cols.key ? SCALAR : shape;
}

/** Of a derivative it waits until its axes are known, as there may be more than two. */
function transposed(_inference: Inference, term: ApplyTerm, [shape]: readonly Shape[]): Shape | null {
  if (shape === undefined) return null;
  const mayBeTensor = shape.kind === 'matrix' && term.args[0]?.kind === 'derivative' && isOpen(shape.rows) && isOpen(shape.cols);
  return mayBeTensor ? null : transposeShape(shape);
}

/** A `\mathbf 1` is a column, however long. */
function isOnes(term: Term | undefined): boolean {
  return term?.kind === 'apply' && term.op === 'ones' && term.args.length < 2;
}

/** A vector becomes a diagonal matrix, a square matrix the column of its diagonal. */
function diagonal(inference: Inference, term: ApplyTerm, [shape]: readonly Shape[]): Shape | null {
  if (shape === undefined || shape.kind === 'tensor') return shape ?? null;
  switch (formOf(shape)) {
    case 'open':
      return isOnes(term.args[0]) ? matrix(shape.rows, shape.rows) : null;
    case 'scalar':
      return SCALAR;
    case 'column':
      return matrix(shape.rows, shape.rows);
    case 'row':
      return matrix(shape.cols, shape.cols);
    case 'matrix':
      if (unify(inference.unifier, shape.rows, shape.cols)) return matrix(shape.rows, ONE);
      report(inference, { kind: 'argument', term, arg: term.args[0] as Term, needs: 'a vector or a square matrix', shape });
      return open(inference);
  }
}
