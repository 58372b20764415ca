import { fill } from '../tensor/map.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { CONSTANT } from './differential.ts';
import type { Kernel, Op } from './op.ts';
import { SPECIAL } from './signature.ts';

/** A constant, of the shape that `out` has; its operands are sizes or indices. */
function constant(kernel: Kernel, doc: string): Op {
  return { shape: SPECIAL, kernel, domain: 'real', smoothness: 'constant', differential: CONSTANT, doc };
}

function everywhere(value: number): Kernel {
  return (out) => fill(out, value);
}

const identityKernel: Kernel = (out) => {
  out.data.fill(0);
  for (let k = 0; k < Math.min(out.rows, out.cols); k++) out.data[k * out.cols + k] = 1;
};

/** The column with a one in the row that the operand counts, from 1. */
const basisKernel: Kernel = (out, [index]) => {
  out.data.fill(0);
  const row = index?.data[0] ?? Number.NaN;
  if (row >= 1 && row <= out.rows) out.data[row - 1] = 1;
  else out.data.fill(Number.NaN);
};

const kroneckerKernel: Kernel = (out, args) => {
  const [i, j] = args as readonly [Tensor, Tensor];
  out.data[0] = i.data[0] === j.data[0] ? 1 : 0;
};

/** The number of rows that K_{mn} vec(A) = vec(A') asks for (Magnus and Neudecker 1999, §3.7). */
const commutationKernel: Kernel = (out, args) => {
  const m = args[0]?.data[0] ?? Math.sqrt(out.rows);
  const n = (args[1] ?? args[0])?.data[0] ?? Math.sqrt(out.rows);
  out.data.fill(m * n === out.rows ? 0 : Number.NaN);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out.data[(i * n + j) * out.cols + j * m + i] = 1;
};

/** D_n vech(A) = vec(A) for symmetric A (Magnus and Neudecker 1999, §3.8). */
const duplicationKernel: Kernel = (out) => {
  const n = Math.sqrt(out.rows);
  out.data.fill(Number.isInteger(n) ? 0 : Number.NaN);
  let at = 0;
  for (let col = 0; col < n; col++) {
    for (let row = col; row < n; row++, at++) {
      out.data[(col * n + row) * out.cols + at] = 1;
      out.data[(row * n + col) * out.cols + at] = 1;
    }
  }
};

export const CONSTANT_OPS = {
  identity: constant(identityKernel, 'The identity matrix.'),
  ones: constant(everywhere(1), 'A vector or a matrix of ones.'),
  zeros: constant(everywhere(0), 'A vector or a matrix of zeros.'),
  basis: constant(basisKernel, 'The unit vector with a one in the given row.'),
  kronecker: constant(kroneckerKernel, 'One where two indices are equal, otherwise zero.'),
  pi: constant(everywhere(Math.PI), 'The ratio of a circle to its diameter.'),
  euler: constant(everywhere(Math.E), 'The base of the natural logarithm.'),
  infinity: constant(everywhere(Number.POSITIVE_INFINITY), 'A number larger than all others.'),
  commutation: constant(commutationKernel, 'The commutation matrix, which takes vec(A) to the vec of the transpose of A.'),
  duplication: constant(duplicationKernel, 'The duplication matrix, which takes vech(A) to vec(A) of a symmetric A.'),
} satisfies Record<string, Op>;
