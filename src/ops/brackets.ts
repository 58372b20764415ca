import { isScalar } from '../shape/shape.ts';
import { determinant } from '../tensor/lu.ts';
import { mapInto } from '../tensor/map.ts';
import { singularValues } from '../tensor/matrix-functions.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { apply } from './algebra/apply.ts';
import { number } from './algebra/leaves.ts';
import { matrixPower, total, trace } from './algebra/matrix-functions.ts';
import { reciprocal, squareRoot } from './algebra/power.ts';
import { product } from './algebra/product.ts';
import { transpose } from './algebra/transpose.ts';
import { isSquare, isVector, type Value } from './algebra/value.ts';
import { type Differential, means, pullbackOne } from './differential.ts';
import type { Kernel, Op, Smoothness } from './op.ts';
import { SPECIAL } from './signature.ts';
import { PLAIN_SUM, ROOT_OF_SQUARES } from './summed.ts';

/** A number that a whole matrix has. */
function measure(f: (x: Tensor) => number, doc: string, differential: Differential, smoothness: Smoothness = 'smooth'): Op {
  return { shape: SPECIAL, kernel: (out, [x]) => void (x && (out.data[0] = f(x))), domain: 'nonzero', smoothness, differential, doc };
}

function frobenius({ data }: Tensor): number {
  let sum = 0;
  for (let k = 0; k < data.length; k++) sum += (data[k] as number) * (data[k] as number);
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
      for (let j = 0; j < x.rows; j++)
        sum += (x.data[i * x.cols + col] as number) * (a.data[i * a.cols + j] as number) * (x.data[j * x.cols + col] as number);
    }
  }
  return Math.sqrt(sum);
}

/** x / ‖x‖. */
const EUCLIDEAN = pullbackOne((g, x, value) => product(g, reciprocal(value), x));

/** Of a matrix u v' with the singular vectors of its largest singular value: v is the eigenvector of X'X, and u is X v / ‖X‖. */
const SPECTRAL = pullbackOne((g, x, value) => {
  if (isVector(x)) return product(g, reciprocal(value), x);
  const v = apply('vMax', [product(transpose(x), x)]);
  return product(g, reciprocal(value), x, v, transpose(v));
});

/** X (X'X)^(-1/2), or what is the same, (XX')^(-1/2) X. */
function pullNuclear(g: Value, x: Value): Value {
  return product(g, x, matrixPower(product(transpose(x), x), number(-0.5)));
}

function bars([x]: readonly Value[]): Value {
  const value = x as Value;
  return apply(isSquare(value) && !isScalar(value.shape) ? 'det' : 'abs', [value]);
}

const barsKernel: Kernel = (out, args) => {
  const [x] = args as readonly [Tensor];
  if (x.rows === x.cols && x.rows > 1) out.data[0] = determinant(x);
  else mapInto(out, x, Math.abs);
};

export const BRACKET_OPS = {
  norm: { ...measure(frobenius, 'The Euclidean norm of a vector, the Frobenius norm of a matrix.', EUCLIDEAN), summed: ROOT_OF_SQUARES },
  norm1: {
    ...measure(
      sumOfSizes,
      'The sum of the absolute values of all entries.',
      means(([x]) => total(apply('abs', [x as Value]))),
      'kinked',
    ),
    summed: PLAIN_SUM,
  },
  normInf: measure(
    largestSize,
    'The largest absolute value of an entry.',
    means(([x]) => apply('max', [apply('abs', [x as Value])])),
    'kinked',
  ),
  normF: { ...measure(frobenius, 'The Frobenius norm: the square root of the sum of squares.', EUCLIDEAN), summed: ROOT_OF_SQUARES },
  norm2: { ...measure(spectral, 'The Euclidean norm of a vector, the largest singular value of a matrix.', SPECTRAL), cubicCost: 300 },
  normNuclear: { ...measure(nuclear, 'The sum of the singular values.', pullbackOne(pullNuclear)), cubicCost: 300 },
  normWeighted: {
    shape: SPECIAL,
    kernel: (out, [x, a]) => void (x && a && (out.data[0] = weighted(x, a))),
    domain: 'nonzero',
    smoothness: 'smooth',
    differential: means(([x, a]) => squareRoot(trace(product(transpose(x as Value), a as Value, x as Value)))),
    doc: "The square root of x' A x.",
  },
  bars: {
    shape: SPECIAL,
    kernel: barsKernel,
    cubicCost: 1,
    domain: 'nonzero',
    smoothness: 'kinked',
    differential: means(bars),
    doc: 'The absolute value of a number, the determinant of a square matrix.',
  },
} satisfies Record<string, Op>;
