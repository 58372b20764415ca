import type { Tensor } from '../tensor/tensor.ts';
import type { Kernel, Op } from './op.ts';
import { ENTRYWISE, SPECIAL, signature } from './signature.ts';

function totalOf({ data }: Tensor): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum;
}

function largest(data: Float64Array): number {
  return data.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

/** A vector as a whole, a matrix row by row; the largest entry is taken out first against overflow. */
const softmaxKernel: Kernel = (out, args) => {
  const [x] = args as readonly [Tensor];
  const width = x.cols === 1 ? x.rows : x.cols;
  for (let start = 0; start < x.data.length; start += width) softmaxRow(out.data.subarray(start, start + width), x.data.subarray(start, start + width));
};

function softmaxRow(out: Float64Array, x: Float64Array): void {
  const top = largest(x);
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += out[k] = Math.exp((x[k] as number) - top);
  for (let k = 0; k < x.length; k++) out[k] = (out[k] as number) / sum;
}

function logSumExp({ data }: Tensor): number {
  const top = largest(data);
  let sum = 0;
  for (const value of data) sum += Math.exp(value - top);
  return top + Math.log(sum);
}

export const REDUCTION_OPS = {
  total: { shape: signature('m×n → 1×1'), kernel: (out, [x]) => void (x && (out.data[0] = totalOf(x))), domain: 'real', smoothness: 'smooth', doc: 'The sum of all entries.' },
  mean: { shape: signature('m×n → 1×1'), kernel: (out, [x]) => void (x && (out.data[0] = totalOf(x) / x.data.length)), domain: 'real', smoothness: 'smooth', doc: 'The mean of all entries.' },
  softmax: { shape: ENTRYWISE, kernel: softmaxKernel, domain: 'real', smoothness: 'smooth', doc: 'Exponentials divided by their sum, of a matrix in each row.' },
  logsumexp: { shape: signature('m×n → 1×1'), kernel: (out, [x]) => void (x && (out.data[0] = logSumExp(x))), domain: 'real', smoothness: 'smooth', doc: 'The logarithm of the sum of exponentials.' },
  cov: { shape: SPECIAL, kernel: null, domain: 'real', smoothness: 'smooth', doc: 'The covariance of random vectors, which has a shape and no value.' },
  variance: { shape: signature('m×n → 1×1'), kernel: null, domain: 'real', smoothness: 'smooth', doc: 'The variance of a random number, which has a shape and no value.' },
} satisfies Record<string, Op>;
