import type { Tensor } from '../tensor/tensor.ts';
import { apply } from './algebra/apply.ts';
import { hadamard } from './algebra/hadamard.ts';
import { ones, onesColumn } from './algebra/leaves.ts';
import { count, inner, total } from './algebra/matrix-functions.ts';
import { reciprocal } from './algebra/power.ts';
import { product } from './algebra/product.ts';
import { difference } from './algebra/sum.ts';
import { transpose } from './algebra/transpose.ts';
import { isVector, type Value } from './algebra/value.ts';
import { means, none, pullbackOne } from './differential.ts';
import type { Kernel, Op } from './op.ts';
import { ENTRYWISE, SPECIAL, signature } from './signature.ts';
import { PLAIN_SUM } from './summed.ts';

function totalOf({ data }: Tensor): number {
  let sum = 0;
  for (let k = 0; k < data.length; k++) sum += data[k] as number;
  return sum;
}

function largest(data: Float64Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = from; k < to; k++) most = Math.max(most, data[k] as number);
  return most;
}

/** A vector as a whole, a matrix row by row; the largest entry is taken out first against overflow. */
const softmaxKernel: Kernel = (out, args) => {
  const [x] = args as readonly [Tensor];
  const width = x.cols === 1 ? x.rows : x.cols;
  for (let start = 0; start < x.data.length; start += width) softmaxRow(out.data, x.data, start, start + width);
};

function softmaxRow(out: Float64Array, x: Float64Array, from: number, to: number): void {
  const top = largest(x, from, to);
  let sum = 0;
  for (let k = from; k < to; k++) sum += out[k] = Math.exp((x[k] as number) - top);
  for (let k = from; k < to; k++) out[k] = (out[k] as number) / sum;
}

function logSumExp({ data }: Tensor): number {
  const top = largest(data, 0, data.length);
  let sum = 0;
  for (let k = 0; k < data.length; k++) sum += Math.exp((data[k] as number) - top);
  return top + Math.log(sum);
}

/** s ⊙ g − (s'g) s of a vector, and of a matrix that row by row. */
function pullSoftmax(g: Value, x: Value, s: Value): Value {
  if (isVector(x)) return difference(hadamard(s, g), product(inner(s, g), s));
  const cols = onesColumn(x.shape.cols);
  const rowSums = product(hadamard(s, g), cols, transpose(cols));
  return hadamard(s, difference(g, rowSums));
}

/** The softmax; of a matrix exponentials divided by the sum of all. */
function pullLogSumExp(g: Value, x: Value): Value {
  if (isVector(x)) return product(g, apply('softmax', [x]));
  const exponentials = apply('exp', [x]);
  return product(g, reciprocal(total(exponentials)), exponentials);
}

export const REDUCTION_OPS = {
  total: {
    shape: signature('m×n → 1×1'),
    kernel: (out, [x]) => void (x && (out.data[0] = totalOf(x))),
    summed: PLAIN_SUM,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The sum of all entries.',
    differential: pullbackOne((g, x) => product(g, ones(x.shape))),
  },
  mean: {
    shape: signature('m×n → 1×1'),
    kernel: (out, [x]) => void (x && (out.data[0] = totalOf(x) / x.data.length)),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The mean of all entries.',
    differential: means(([x]) => product(reciprocal(count(x as Value)), total(x as Value))),
  },
  softmax: {
    shape: ENTRYWISE,
    kernel: softmaxKernel,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'Exponentials divided by their sum, of a matrix in each row.',
    differential: pullbackOne(pullSoftmax),
  },
  logsumexp: {
    shape: signature('m×n → 1×1'),
    kernel: (out, [x]) => void (x && (out.data[0] = logSumExp(x))),
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The logarithm of the sum of exponentials.',
    differential: pullbackOne(pullLogSumExp),
  },
  cov: {
    shape: SPECIAL,
    kernel: null,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The covariance of random vectors, which has a shape and no value.',
    differential: none('a covariance has a shape and no value'),
  },
  variance: {
    shape: SPECIAL,
    kernel: null,
    domain: 'real',
    smoothness: 'smooth',
    doc: 'The variance of a random number, which has a shape and no value.',
    differential: none('a variance has a shape and no value; that of the entries of x is `||x - mean(x) ones(n)||^2/n`'),
  },
} satisfies Record<string, Op>;
