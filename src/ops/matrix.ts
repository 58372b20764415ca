import { ONE } from '../shape/dimension.ts';
import type { Look } from '../tensor/look.ts';
import { determinant, invertInto, type LuBuffers, logDeterminant, luBuffers } from '../tensor/lu.ts';
import { cosineInto, exponentialInto, logarithmInto, sineInto, squareRootInto } from '../tensor/matrix-functions.ts';
import { transposeInto } from '../tensor/product.ts';
import type { Size } from '../tensor/product-plan.ts';
import { pseudoInverseInto } from '../tensor/pseudo-inverse.ts';
import { symmetricEigen } from '../tensor/symmetric-eigen.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { apply } from './algebra/apply.ts';
import { identity, number } from './algebra/leaves.ts';
import { diagonal, inverse, matrixPower } from './algebra/matrix-functions.ts';
import { product } from './algebra/product.ts';
import { transpose } from './algebra/transpose.ts';
import type { Value } from './algebra/value.ts';
import { means, none, pullbackOne } from './differential.ts';
import {
  pullDeterminant,
  pullEigenvalue,
  pullEigenvector,
  pullInverse,
  pullLogDeterminant,
  pullMatrixFunction,
  pullPseudoInverse,
  pullSkew,
  pullVec,
} from './matrix-rules.ts';
import type { Kernel, Op } from './op.ts';
import { SPECIAL, signature } from './signature.ts';

function traceOf({ rows, cols, data }: Tensor): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += data[k * cols + k] as number;
  return sum;
}

/** A vector goes on the diagonal of a matrix of zeros; the diagonal of a square matrix into a column. */
const diagKernel: Kernel = (out, args) => {
  const [x] = args as readonly [Tensor];
  const isVector = x.rows === 1 || x.cols === 1;
  if (isVector) out.data.fill(0);
  for (let k = 0; k < out.rows; k++) {
    if (isVector) out.data[k * out.cols + k] = x.data[k] as number;
    else out.data[k] = x.data[k * x.cols + k] as number;
  }
};

/** The columns of a matrix below one another. */
const vecKernel: Kernel = (out, args) => {
  const [x] = args as readonly [Tensor];
  for (let row = 0; row < x.rows; row++)
    for (let col = 0; col < x.cols; col++) out.data[col * x.rows + row] = x.data[row * x.cols + col] as number;
};

/** The columns of the lower triangle below one another. */
const vechKernel: Kernel = (out, args) => {
  const [x] = args as readonly [Tensor];
  let at = 0;
  for (let col = 0; col < x.cols; col++) for (let row = col; row < x.rows; row++) out.data[at++] = x.data[row * x.cols + col] as number;
};

/** [a]_×, which takes b to a × b. */
const skewKernel: Kernel = (out, args) => {
  const [x, y, z] = (args[0] as Tensor).data as unknown as readonly [number, number, number];
  out.data.set([0, -z, y, z, 0, -x, -y, x, 0]);
};

function eigenvalueAt(x: Tensor, place: number): number {
  return symmetricEigen(x.data, x.rows).values.at(place) ?? Number.NaN;
}

/** Of the two eigenvectors of length one the one whose largest entry is positive. */
const eigenvectorKernel =
  (place: 0 | -1): Kernel =>
  (out, [x]) => {
    if (!x) return;
    const { vectors } = symmetricEigen(x.data, x.rows);
    const first = place === 0 ? 0 : x.rows - 1;
    const column = out.data.map((_, row) => vectors[row * x.rows + first] as number);
    const largest = column.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0);
    out.data.set(column.map((one) => (largest < 0 ? -one : one)));
  };

/** What an inverse costs beside a determinant, and what is found by sweeps or series. */
const INVERSION = 3;
const ITERATED = 300;

/** An operator that decomposes its operand. */
function byElimination(
  act: (out: Tensor, x: Tensor, buffers: LuBuffers) => void,
  cubicCost: number,
): Pick<Op, 'kernel' | 'cubicCost'> & Required<Pick<Op, 'prepare'>> {
  const within =
    (buffersFor: (n: number) => LuBuffers): Kernel =>
    (out, [x]) =>
      x && act(out, x, buffersFor(x.rows));
  const prepare = ({ rows }: Size, look: Look): Kernel => {
    const buffers = luBuffers(rows, look);
    return within(() => buffers);
  };
  return { kernel: within((n) => luBuffers(n)), prepare, cubicCost };
}

function adjugateInto(out: Tensor, x: Tensor, buffers: LuBuffers): void {
  const factor = determinant(x, buffers);
  invertInto(out, x, buffers);
  for (let k = 0; k < out.data.length; k++) out.data[k] = factor * (out.data[k] as number);
}

export const MATRIX_OPS = {
  transpose: {
    shape: SPECIAL,
    kernel: (out, [x]) => x && transposeInto(out, x),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The transpose.',
    differential: pullbackOne((g) => transpose(g)),
  },
  inverse: {
    shape: signature('n×n → n×n'),
    ...byElimination((out, x, buffers) => invertInto(out, x, buffers), INVERSION),
    domain: 'nonzero',
    smoothness: 'smooth',
    doc: 'The inverse of a square matrix.',
    differential: pullbackOne(pullInverse),
  },
  pinv: {
    shape: signature('m×n → n×m'),
    kernel: (out, [x]) => x && pseudoInverseInto(out, x),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The Moore-Penrose inverse.',
    differential: pullbackOne(pullPseudoInverse),
  },
  det: {
    shape: signature('n×n → 1×1'),
    ...byElimination((out, x, buffers) => void (out.data[0] = determinant(x, buffers)), 1),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The determinant of a square matrix.',
    differential: pullbackOne(pullDeterminant),
  },
  logdet: {
    shape: signature('n×n → 1×1'),
    ...byElimination((out, x, buffers) => void (out.data[0] = logDeterminant(x, buffers)), 1),
    domain: 'positive',
    smoothness: 'smooth',
    doc: 'The logarithm of a positive determinant.',
    differential: pullbackOne(pullLogDeterminant),
  },
  adj: {
    shape: signature('n×n → n×n'),
    ...byElimination(adjugateInto, INVERSION + 1),
    domain: 'nonzero',
    smoothness: 'smooth',
    doc: 'The adjugate of an invertible matrix: its determinant times its inverse, the transpose of its cofactors.',
    differential: means(([x]) => product(apply('det', [x as Value]), inverse(x as Value))),
  },
  trace: {
    shape: signature('n×n → 1×1'),
    kernel: (out, [x]) => void (x && (out.data[0] = traceOf(x))),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The sum of the diagonal of a square matrix.',
    differential: pullbackOne((g, x) => product(g, identity(x.shape.rows))),
  },
  diag: {
    shape: SPECIAL,
    kernel: diagKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The diagonal matrix of a vector, or the diagonal of a square matrix as a column.',
    differential: pullbackOne((g, x) => (x.shape.rows.key === ONE.key ? transpose(diagonal(g)) : diagonal(g))),
  },
  vec: {
    shape: signature('m×n → mn×1'),
    kernel: vecKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The columns of a matrix below one another.',
    differential: pullbackOne(pullVec),
  },
  vech: {
    shape: SPECIAL,
    kernel: vechKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The columns of the lower triangle of a square matrix below one another.',
    differential: none('the entries that vech leaves out have no form in matrices'),
  },
  skew: {
    shape: signature('3×1 → 3×3'),
    kernel: skewKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The skew-symmetric matrix of a vector of length 3, which multiplies as the cross product does.',
    differential: pullbackOne(pullSkew),
  },
  expm: {
    shape: signature('n×n → n×n'),
    kernel: (out, [x]) => x && exponentialInto(out, x),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The exponential of a square matrix.',
    differential: pullbackOne(pullMatrixFunction('expm')),
  },
  logm: {
    shape: signature('n×n → n×n'),
    kernel: (out, [x]) => x && logarithmInto(out, x),
    cubicCost: ITERATED,
    domain: 'positive',
    smoothness: 'smooth',
    doc: 'The principal logarithm of a square matrix.',
    differential: pullbackOne(pullMatrixFunction('logm')),
  },
  sqrtm: {
    shape: signature('n×n → n×n'),
    kernel: (out, [x]) => x && squareRootInto(out, x),
    cubicCost: ITERATED,
    domain: 'positive',
    smoothness: 'smooth',
    doc: 'The principal square root of a square matrix.',
    differential: means(([x]) => matrixPower(x as Value, number(1 / 2))),
  },
  sinm: {
    shape: signature('n×n → n×n'),
    kernel: (out, [x]) => x && sineInto(out, x),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The sine of a square matrix, by its power series.',
    differential: pullbackOne(pullMatrixFunction('sinm')),
  },
  cosm: {
    shape: signature('n×n → n×n'),
    kernel: (out, [x]) => x && cosineInto(out, x),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The cosine of a square matrix, by its power series.',
    differential: pullbackOne(pullMatrixFunction('cosm')),
  },
  rank: {
    shape: signature('m×n → 1×1'),
    kernel: null,
    domain: 'real',
    smoothness: 'constant',
    doc: 'The number of independent columns.',
    differential: none('the rank stays the same where it does not jump'),
  },
  lambdaMax: {
    shape: signature('n×n → 1×1'),
    kernel: (out, [x]) => void (x && (out.data[0] = eigenvalueAt(x, -1))),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The largest eigenvalue of a symmetric matrix.',
    differential: pullbackOne((g, x) => pullEigenvalue(g, apply('vMax', [x]))),
  },
  lambdaMin: {
    shape: signature('n×n → 1×1'),
    kernel: (out, [x]) => void (x && (out.data[0] = eigenvalueAt(x, 0))),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The smallest eigenvalue of a symmetric matrix.',
    differential: pullbackOne((g, x) => pullEigenvalue(g, apply('vMin', [x]))),
  },
  vMax: {
    shape: signature('n×n → n×1'),
    kernel: eigenvectorKernel(-1),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The eigenvector of length one to the largest eigenvalue of a symmetric matrix; its largest entry is positive.',
    differential: pullbackOne((g, x, v) => pullEigenvector(g, x, v, apply('lambdaMax', [x]))),
  },
  vMin: {
    shape: signature('n×n → n×1'),
    kernel: eigenvectorKernel(0),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The eigenvector of length one to the smallest eigenvalue of a symmetric matrix; its largest entry is positive.',
    differential: pullbackOne((g, x, v) => pullEigenvector(g, x, v, apply('lambdaMin', [x]))),
  },
} satisfies Record<string, Op>;
