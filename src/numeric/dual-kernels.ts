import type { Kernel } from '../ops/op.ts';
import { OPS } from '../ops/table.ts';
import type { OpName } from '../syntax/notation.ts';
import type { Look } from '../tensor/look.ts';
import { isNegligible } from '../tensor/lu.ts';
import { entryOf, zipInto } from '../tensor/map.ts';
import { symmetricEigen } from '../tensor/symmetric-eigen.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import type { Dual } from './dual.ts';
import { type DualNumber, dualPivots, dualProduct } from './dual-elimination.ts';

/**
 * Writes the tangent of an operator's value, which is computed already, and puts NaN where there is none.
 * The kernels are written apart from the differential rules, so that a mistake in one is not repeated in
 * the other: most of them push dual numbers through the operator's own arithmetic.
 */
export type DualKernel = (out: Dual, args: readonly Dual[], look: Look) => void;

// ---- arithmetic

/** What is linear in all operands together takes tangents to tangents. */
function linear(op: OpName): DualKernel {
  return ({ tangent }, args) =>
    kernelOf(op)(
      tangent,
      args.map((arg) => arg.tangent),
    );
}

/** What is linear in each of two operands: one moves, then the other. */
function bilinear(op: OpName): DualKernel {
  return ({ tangent }, [a, b]) => a && b && bilinearInto(tangent, a, b, (out, x, y) => kernelOf(op)(out, [x, y]));
}

/** out = a' b + a b' of any product. */
export function bilinearInto(out: Tensor, a: Dual, b: Dual, multiply: (out: Tensor, a: Tensor, b: Tensor) => void): void {
  const second = tensor(out.rows, out.cols);
  multiply(out, a.tangent, b.value);
  multiply(second, a.value, b.tangent);
  for (let k = 0; k < out.data.length; k++) out.data[k] = entry(out, k) + entry(second, k);
}

function kernelOf(op: OpName): Kernel {
  return OPS[op].kernel as Kernel;
}

function entry({ data }: Tensor, k: number): number {
  return data[k] as number;
}

const constant: DualKernel = ({ tangent }) => void tangent.data.fill(0);

/** q = a / b, so q' = (a' − q b') / b. */
const quotient: DualKernel = ({ value, tangent }, [a, b]) => {
  if (!a || !b) return;
  const moved = tensor(value.rows, value.cols);
  zipInto(moved, value, b.tangent, (q, change) => q * change);
  zipInto(tangent, a.tangent, moved, (x, y) => x - y);
  zipInto(moved, tangent, b.value, (x, y) => x / y);
  tangent.data.set(moved.data);
};

/** x^p changes with x, and with p only where that moves, as negative numbers have whole powers only. */
const power: DualKernel = ({ value, tangent }, [x, p]) => {
  if (!x || !p) return;
  for (let row = 0; row < value.rows; row++) {
    for (let col = 0; col < value.cols; col++) {
      const at = row * value.cols + col;
      const [base, exponent] = [entryOf(x.value, row, col), entryOf(p.value, row, col)];
      const [change, growth] = [entryOf(x.tangent, row, col), entryOf(p.tangent, row, col)];
      const byBase = change === 0 || exponent === 0 ? 0 : exponent * base ** (exponent - 1) * change;
      tangent.data[at] = byBase + (growth === 0 ? 0 : entry(value, at) * Math.log(base) * growth);
    }
  }
};

// ---- entry by entry

/** A function of one number, by its slope at x with the value f. */
function slope(of: (x: number, f: number) => number): DualKernel {
  return ({ value, tangent }, [x]) => {
    if (x) for (let k = 0; k < value.data.length; k++) tangent.data[k] = times(of(entry(x.value, k), entry(value, k)), entry(x.tangent, k));
  };
}

/** What does not move has no tangent, however steep the function is there. */
function times(slopeThere: number, change: number): number {
  return change === 0 ? 0 : slopeThere * change;
}

/** A slope to each side of zero, and none at zero. */
function sides(left: number, right: number): DualKernel {
  return slope((x) => (x === 0 ? Number.NaN : x < 0 ? left : right));
}

function density(x: number): number {
  return Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
}

// ---- of several entries, the one that decides

/** Among equals the tangent is theirs where they share it: max(a, a) has no kink. */
function agreed(tangents: readonly number[]): number {
  return tangents.every((one) => one === tangents[0]) ? (tangents[0] ?? Number.NaN) : Number.NaN;
}

/** The largest or smallest entry of one operand, or of several entry by entry. */
const extreme: DualKernel = ({ value, tangent }, args) => {
  const [only] = args;
  if (only && args.length === 1) return void (tangent.data[0] = agreed(tangentsAt(only, entry(value, 0))));
  for (let row = 0; row < value.rows; row++) {
    for (let col = 0; col < value.cols; col++) {
      const at = row * value.cols + col;
      tangent.data[at] = agreed(
        args.filter((arg) => entryOf(arg.value, row, col) === entry(value, at)).map((arg) => entryOf(arg.tangent, row, col)),
      );
    }
  }
};

function tangentsAt({ value, tangent }: Dual, wanted: number): readonly number[] {
  return [...tangent.data].filter((_, k) => entry(value, k) === wanted);
}

/** Value, condition, value, condition, …, and the value otherwise. */
const cases: DualKernel = ({ tangent }, args) => {
  for (let k = 0; k < tangent.data.length; k++) {
    const chosen = args.find((_, at) => at % 2 === 0 && (args[at + 1] === undefined || atOrOnly((args[at + 1] as Dual).value, k) !== 0));
    tangent.data[k] = chosen === undefined ? Number.NaN : atOrOnly(chosen.tangent, k);
  }
};

function atOrOnly({ data }: Tensor, k: number): number {
  return data[data.length === 1 ? 0 : k] as number;
}

// ---- norms and sums

/** √Σx², of which Σxx' is what moves. */
const euclidean: DualKernel = ({ value, tangent }, [x]) => {
  if (!x) return;
  let sum = 0;
  for (let k = 0; k < x.value.data.length; k++) sum += entry(x.value, k) * entry(x.tangent, k);
  tangent.data[0] = sum / entry(value, 0);
};

const sumOfSizes: DualKernel = ({ tangent }, [x]) => {
  if (!x) return;
  let sum = 0;
  for (let k = 0; k < x.value.data.length; k++) sum += sizeTangent(x, k);
  tangent.data[0] = sum;
};

/** How |x_k| changes; at zero in no single way, unless x_k stays. */
function sizeTangent({ value, tangent }: Dual, k: number): number {
  const [x, change] = [entry(value, k), entry(tangent, k)];
  return x === 0 && change !== 0 ? Number.NaN : Math.sign(x) * change;
}

const largestSize: DualKernel = ({ value, tangent }, [x]) => {
  if (!x) return;
  const places = [...x.value.data.keys()].filter((k) => Math.abs(entry(x.value, k)) === entry(value, 0));
  tangent.data[0] = agreed(places.map((k) => sizeTangent(x, k)));
};

/** The square root of Σ x_i a_ij x_j, column by column of x. */
const weighted: DualKernel = ({ value, tangent }, [x, a]) => {
  if (!x || !a) return;
  const { rows, cols } = x.value;
  let sum = 0;
  for (let col = 0; col < cols; col++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < rows; j++)
        sum += dualProduct([numberAt(x, i * cols + col), numberAt(a, i * rows + j), numberAt(x, j * cols + col)], 1).tangent;
    }
  }
  tangent.data[0] = sum / (2 * entry(value, 0));
};

function numberAt({ value, tangent }: Dual, k: number): DualNumber {
  return { value: entry(value, k), tangent: entry(tangent, k) };
}

/** s_k = e_k / Σe with e = exp(x), as a quotient of dual numbers, row by row of a matrix. */
const softmax: DualKernel = ({ value, tangent }, [x]) => {
  if (!x) return;
  const width = value.cols === 1 ? value.rows : value.cols;
  for (let start = 0; start < value.data.length; start += width) {
    let mean = 0;
    for (let k = start; k < start + width; k++) mean += entry(value, k) * entry(x.tangent, k);
    for (let k = start; k < start + width; k++) tangent.data[k] = entry(value, k) * (entry(x.tangent, k) - mean);
  }
};

const logSumExp: DualKernel = ({ value, tangent }, [x]) => {
  if (!x) return;
  let sum = 0;
  for (let k = 0; k < x.value.data.length; k++) sum += Math.exp(entry(x.value, k) - entry(value, 0)) * entry(x.tangent, k);
  tangent.data[0] = sum;
};

// ---- matrices

const determinant: DualKernel = ({ tangent }, [x], look) => {
  if (!x) return;
  const { pivots, sign } = dualPivots(x, look);
  tangent.data[0] = dualProduct(pivots, sign).tangent;
};

/** NaN where the determinant is zero but for rounding. */
const logDeterminant: DualKernel = ({ tangent }, [x], look) => {
  if (!x) return;
  const { pivots } = dualPivots(x, look);
  const sizes = pivots.map(({ value }) => Math.abs(value));
  const hasValue = !isNegligible(Math.min(...sizes), Math.max(...sizes));
  tangent.data[0] = hasValue ? pivots.reduce((sum, pivot) => sum + pivot.tangent / pivot.value, 0) : Number.NaN;
};

/**
 * A function of a square matrix, applied to [X X'; 0 X], has its tangent in the upper right block
 * (Mathias 1996; Higham 2008, theorem 3.6).
 */
function matrixFunction(f: (out: Tensor, x: Tensor) => void): DualKernel {
  return ({ tangent }, [x]) => {
    if (!x) return;
    const n = x.value.rows;
    const out = tensor(2 * n, 2 * n);
    f(out, blocks(x));
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) tangent.data[i * n + j] = out.data[i * 2 * n + n + j] as number;
  };
}

function blocks({ value, tangent }: Dual): Tensor {
  const n = value.rows;
  const wide = tensor(2 * n, 2 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      wide.data[i * 2 * n + j] = wide.data[(n + i) * 2 * n + n + j] = entry(value, i * n + j);
      wide.data[i * 2 * n + n + j] = entry(tangent, i * n + j);
    }
  }
  return wide;
}

const anyPower: DualKernel = (out, args, look) => {
  const [base, exponent] = args;
  if (!base || !exponent) return;
  if (base.value.rows !== base.value.cols || base.value.rows === 1) power(out, args, look);
  else if (exponent.tangent.data[0] !== 0) out.tangent.data.fill(Number.NaN);
  else matrixFunction((wide, x) => kernelOf('pow')(wide, [x, exponent.value]))(out, args, look);
};

/** Eigenvalues closer than this part of the largest have no tangents of their own. */
const GAP = 1e-6;

/** λ = v'Sv of a symmetric S changes by v'S'v, as long as it is no multiple eigenvalue (Rellich 1937). */
function eigenvalues(s: Tensor, change: Tensor): readonly DualNumber[] {
  const n = s.rows;
  const { values, vectors } = symmetricEigen(s.data, n);
  const close = GAP * Math.max(...values.map(Math.abs));
  const isSimple = (k: number) => values.every((other, at) => at === k || Math.abs(other - (values[k] as number)) > close);
  return [...values].map((value, k) => ({ value, tangent: isSimple(k) ? quadratic(change, vectors, k) : Number.NaN }));
}

function quadratic({ rows: n, data }: Tensor, vectors: Float64Array, k: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) sum += (vectors[i * n + k] as number) * (data[i * n + j] as number) * (vectors[j * n + k] as number);
  return sum;
}

function eigenvalueAt(place: number): DualKernel {
  return ({ tangent }, [x]) => void (x && (tangent.data[0] = eigenvalues(x.value, x.tangent).at(place)?.tangent ?? Number.NaN));
}

/** v_k turns towards each v_j by v_j'S'v_k / (λ_k - λ_j); none where another eigenvalue is as good as equal. */
function eigenvectorAt(place: 0 | -1): DualKernel {
  return ({ value: v, tangent }, [x]) => {
    if (!x) return;
    const n = x.value.rows;
    const { values, vectors } = symmetricEigen(x.value.data, n);
    const k = place === 0 ? 0 : n - 1;
    const close = GAP * Math.max(...values.map(Math.abs));
    tangent.data.fill(0);
    for (let j = 0; j < n; j++) {
      if (j === k) continue;
      const gap = (values[k] as number) - (values[j] as number);
      const turn = Math.abs(gap) > close ? mixed(x.tangent, vectors, j, v) / gap : Number.NaN;
      for (let i = 0; i < n; i++) tangent.data[i] = entry(tangent, i) + turn * (vectors[i * n + j] as number);
    }
  };
}

/** v_j' S v with the symmetric part of S. */
function mixed(s: Tensor, vectors: Float64Array, at: number, v: Tensor): number {
  const n = s.rows;
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) sum += ((vectors[i * n + at] as number) * (entry(s, i * n + j) + entry(s, j * n + i)) * entry(v, j)) / 2;
  return sum;
}

/** Singular values as square roots of the eigenvalues of the smaller of XX' and X'X, in rising order. */
function singularValues({ value, tangent }: Dual): readonly DualNumber[] {
  const isTall = value.rows >= value.cols;
  const n = isTall ? value.cols : value.rows;
  const at = (matrix: Tensor, k: number, i: number) => entry(matrix, isTall ? k * matrix.cols + i : i * matrix.cols + k);
  const [gram, change] = [tensor(n, n), tensor(n, n)];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < value.data.length / n; k++) {
        gram.data[i * n + j] = entry(gram, i * n + j) + at(value, k, i) * at(value, k, j);
        change.data[i * n + j] = entry(change, i * n + j) + at(tangent, k, i) * at(value, k, j) + at(value, k, i) * at(tangent, k, j);
      }
    }
  }
  return eigenvalues(gram, change).map((one) => ({ value: Math.sqrt(one.value), tangent: one.tangent / (2 * Math.sqrt(one.value)) }));
}

const spectral: DualKernel = (out, args, look) => {
  const [x] = args;
  if (!x) return;
  if (x.value.rows === 1 || x.value.cols === 1) euclidean(out, args, look);
  else out.tangent.data[0] = singularValues(x).at(-1)?.tangent ?? Number.NaN;
};

const bars: DualKernel = (out, args, look) => {
  const [x] = args;
  if (x && x.value.rows === x.value.cols && x.value.rows > 1) determinant(out, args, look);
  else sides(-1, 1)(out, args, look);
};

/** The operators that have a dual kernel; where one is missing the witness abstains. Products are taken two factors at a time. */
export const DUAL_KERNELS: Readonly<Partial<Record<OpName, DualKernel>>> = {
  add: linear('add'),
  sub: linear('sub'),
  neg: linear('neg'),
  dot: bilinear('dot'),
  hadamard: bilinear('hadamard'),
  compose: bilinear('compose'),
  inner: bilinear('inner'),
  kron: bilinear('kron'),
  div: quotient,
  hadamardDiv: quotient,
  pow: anyPower,
  hadamardPow: power,
  transpose: linear('transpose'),
  trace: linear('trace'),
  diag: linear('diag'),
  vec: linear('vec'),
  vech: linear('vech'),
  skew: linear('skew'),
  total: linear('total'),
  mean: linear('mean'),
  inverse: matrixFunction((out, x) => kernelOf('inverse')(out, [x])),
  expm: matrixFunction((out, x) => kernelOf('expm')(out, [x])),
  logm: matrixFunction((out, x) => kernelOf('logm')(out, [x])),
  sqrtm: matrixFunction((out, x) => kernelOf('sqrtm')(out, [x])),
  sinm: matrixFunction((out, x) => kernelOf('sinm')(out, [x])),
  cosm: matrixFunction((out, x) => kernelOf('cosm')(out, [x])),
  det: determinant,
  logdet: logDeterminant,
  lambdaMax: eigenvalueAt(-1),
  lambdaMin: eigenvalueAt(0),
  vMax: eigenvectorAt(-1),
  vMin: eigenvectorAt(0),
  norm: euclidean,
  normF: euclidean,
  norm2: spectral,
  norm1: sumOfSizes,
  normInf: largestSize,
  normWeighted: weighted,
  bars,
  normNuclear: ({ tangent }, [x]) => void (x && (tangent.data[0] = singularValues(x).reduce((sum, one) => sum + one.tangent, 0))),
  exp: slope((_, f) => f),
  log: slope((x) => 1 / x),
  sqrt: slope((_, f) => 1 / (2 * f)),
  sin: slope(Math.cos),
  cos: slope((x) => -Math.sin(x)),
  tan: slope((x) => 1 / Math.cos(x) ** 2),
  asin: slope((x) => 1 / Math.sqrt((1 - x) * (1 + x))),
  acos: slope((x) => -1 / Math.sqrt((1 - x) * (1 + x))),
  atan: slope((x) => 1 / Math.hypot(1, x) ** 2),
  sinh: slope(Math.cosh),
  cosh: slope(Math.sinh),
  tanh: slope((x) => 1 / Math.cosh(x) ** 2),
  sigmoid: slope((x) => 1 / (2 + 2 * Math.cosh(x))),
  softplus: slope((x) => 1 / (1 + Math.exp(-x))),
  silu: slope((x, f) => (x === 0 ? 0.5 : f / x) + x / (2 + 2 * Math.cosh(x))),
  gelu: slope((x, f) => (x === 0 ? 0.5 : f / x) + x * density(x)),
  erf: slope((x) => 2 * Math.SQRT2 * density(Math.SQRT2 * x)),
  relu: sides(0, 1),
  positivePart: sides(0, 1),
  abs: sides(-1, 1),
  sign: sides(0, 0),
  indicator: constant,
  greater: constant,
  greaterEqual: constant,
  less: constant,
  lessEqual: constant,
  equal: constant,
  unequal: constant,
  max: extreme,
  min: extreme,
  cases,
  softmax,
  logsumexp: logSumExp,
  identity: constant,
  ones: constant,
  zeros: constant,
  basis: constant,
  kronecker: constant,
  pi: constant,
  euler: constant,
  infinity: constant,
  commutation: constant,
  duplication: constant,
};
