import { ONE } from '../shape/dimension.ts';
import { determinant, invertInto, type LuBuffers, logDeterminant, luBuffers } from '../tensor/lu.ts';
import { exponentialInto, logarithmInto, pseudoInverseInto } from '../tensor/matrix-functions.ts';
import { transposeInto } from '../tensor/product.ts';
import type { Size } from '../tensor/product-plan.ts';
import { symmetricEigen } from '../tensor/symmetric-eigen.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { identity } from './algebra/leaves.ts';
import { diagonal } from './algebra/matrix-functions.ts';
import { product } from './algebra/product.ts';
import { transpose } from './algebra/transpose.ts';
import { none, pullbackOne } from './differential.ts';
import {
  pullDeterminant,
  pullExponential,
  pullInverse,
  pullLogarithm,
  pullLogDeterminant,
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
  const prepare = ({ rows }: Size): Kernel => {
    const buffers = luBuffers(rows);
    return within(() => buffers);
  };
  return { kernel: within(luBuffers), prepare, cubicCost };
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
    differential: pullbackOne(pullExponential),
  },
  logm: {
    shape: signature('n×n → n×n'),
    kernel: (out, [x]) => x && logarithmInto(out, x),
    cubicCost: ITERATED,
    domain: 'positive',
    smoothness: 'smooth',
    doc: 'The principal logarithm of a square matrix.',
    differential: pullbackOne(pullLogarithm),
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
    differential: none('the derivative of an eigenvalue needs its eigenvector, which has no name here'),
  },
  lambdaMin: {
    shape: signature('n×n → 1×1'),
    kernel: (out, [x]) => void (x && (out.data[0] = eigenvalueAt(x, 0))),
    cubicCost: ITERATED,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The smallest eigenvalue of a symmetric matrix.',
    differential: none('the derivative of an eigenvalue needs its eigenvector, which has no name here'),
  },
} satisfies Record<string, Op>;
