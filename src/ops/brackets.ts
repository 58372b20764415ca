import { determinant } from '../tensor/lu.ts';
import { mapInto } from '../tensor/map.ts';
import { singularValues } from '../tensor/matrix-functions.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Kernel, Op, Smoothness } from './op.ts';
import { SPECIAL } from './signature.ts';

/** A number that a whole matrix has. */
function measure(f: (x: Tensor) => number, doc: string, smoothness: Smoothness = 'smooth'): Op {
  return { shape: SPECIAL, kernel: (out, [x]) => void (x && (out.data[0] = f(x))), domain: 'nonzero', smoothness, doc };
}

function frobenius({ data }: Tensor): number {
  let sum = 0;
  for (const value of data) sum += value * value;
  return Math.sqrt(sum);
}

function sumOfSizes({ data }: Tensor): number {
  return data.reduce((sum, value) => sum + Math.abs(value), 0);
}

function largestSize({ data }: Tensor): number {
  return data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

function spectral(x: Tensor): number {
  return x.rows === 1 || x.cols === 1 ? frobenius(x) : (singularValues(x).at(-1) ?? 0);
}

function nuclear(x: Tensor): number {
  return singularValues(x).reduce((sum, value) => sum + value, 0);
}

/** The square root of tr(x' A x). */
function weighted(x: Tensor, a: Tensor): number {
  let sum = 0;
  for (let col = 0; col < x.cols; col++) {
    for (let i = 0; i < x.rows; i++) {
      for (let j = 0; j < x.rows; j++) sum += (x.data[i * x.cols + col] as number) * (a.data[i * a.cols + j] as number) * (x.data[j * x.cols + col] as number);
    }
  }
  return Math.sqrt(sum);
}

const barsKernel: Kernel = (out, args) => {
  const [x] = args as readonly [Tensor];
  if (x.rows === x.cols && x.rows > 1) out.data[0] = determinant(x);
  else mapInto(out, x, Math.abs);
};

export const BRACKET_OPS = {
  norm: measure(frobenius, 'The Euclidean norm of a vector, the Frobenius norm of a matrix.'),
  norm1: measure(sumOfSizes, 'The sum of the absolute values of all entries.', 'kinked'),
  normInf: measure(largestSize, 'The largest absolute value of an entry.', 'kinked'),
  normF: measure(frobenius, 'The Frobenius norm: the square root of the sum of squares.'),
  norm2: measure(spectral, 'The Euclidean norm of a vector, the largest singular value of a matrix.'),
  normNuclear: measure(nuclear, 'The sum of the singular values.'),
  normWeighted: {
    shape: SPECIAL, kernel: (out, [x, a]) => void (x && a && (out.data[0] = weighted(x, a))), domain: 'nonzero', smoothness: 'smooth',
    doc: "The square root of x' A x.",
  },
  bars: { shape: SPECIAL, kernel: barsKernel, domain: 'nonzero', smoothness: 'kinked', doc: 'The absolute value of a number, the determinant of a square matrix.' },
} satisfies Record<string, Op>;
