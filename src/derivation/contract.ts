import { type Dim, ONE } from '../shape/dimension.ts';
import { type MatrixShape, matrix, SCALAR, type Shape } from '../shape/shape.ts';
import { type Unifier, unify } from '../shape/unify.ts';

/** The axes a factor shows to its left neighbour, and those it shows to its right neighbour. */
type Faces = readonly [readonly Dim[], readonly Dim[]];

/**
 * The product of two factors of which one has more than two axes: the chain rule contracts the axes in which
 * they meet (docs/language.md, §3). Beside a group of two axes, p×q of a matrix, stands the derivative by that
 * matrix, whose axes are contracted both; in numerator layout it stands on the left and is transposed. Null
 * where the axes that meet differ.
 */
export function contract(unifier: Unifier, left: Shape, right: Shape): Shape | null {
  const [outer, met] = facing(left, right, 'left');
  const [meeting, inner] = facing(right, left, 'right');
  const fits = met.length === meeting.length && met.every((dim, at) => unify(unifier, dim, meeting[at] as Dim));
  return fits ? shapeOfFaces(outer, inner) : null;
}

/** What a factor shows when the other one stands on its other side: a matrix beside two axes of a matrix shows both. */
function facing(factor: Shape, other: Shape, side: 'left' | 'right'): Faces {
  if (factor.kind === 'tensor') return [factor.axes[0] ?? [], factor.axes[1] ?? []];
  const meets = other.kind === 'tensor' ? other.axes[side === 'left' ? 0 : 1] : undefined;
  if (meets?.length !== 2) return [wideOf(factor.rows), wideOf(factor.cols)];
  return side === 'left' ? [[], [factor.cols, factor.rows]] : [[factor.rows, factor.cols], []];
}

function wideOf(dim: Dim): readonly Dim[] {
  return dim.key === ONE.key ? [] : [dim];
}

/** The axes that are left as a shape: of one group its own, on the right transposed, and a tensor only where it has to be. */
function shapeOfFaces(outer: readonly Dim[], inner: readonly Dim[]): Shape {
  if (inner.length === 0) return outer.length === 0 ? SCALAR : matrixOf(outer);
  if (outer.length === 0) return transposeShape(matrixOf(inner));
  const [a, b] = [outer[0] as Dim, inner[0] as Dim];
  return outer.length === 1 && inner.length === 1 ? matrix(a, b) : { kind: 'tensor', axes: [outer, inner] };
}

function matrixOf([rows = ONE, cols = ONE]: readonly Dim[]): MatrixShape {
  return matrix(rows, cols);
}

/** The shape of a transpose: of a derivative with more than two axes its two groups change places. */
export function transposeShape(shape: Shape): Shape {
  return shape.kind === 'tensor' ? { kind: 'tensor', axes: [...shape.axes].reverse() } : matrix(shape.cols, shape.rows);
}
