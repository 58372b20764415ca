import type { Kernel } from '../ops/op.ts';
import { OPS } from '../ops/table.ts';
import type { OpName } from '../syntax/notation.ts';
import type { Analytic } from '../tensor/analytic.ts';
import * as analytic from '../tensor/analytic.ts';
import { erf } from '../tensor/erf.ts';
import type { Look } from '../tensor/look.ts';
import { invertInto, isNegligible, luBuffers } from '../tensor/lu.ts';
import { subtractInto } from '../tensor/map.ts';
import type { Size } from '../tensor/product-plan.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { complexDeterminant } from './complex-elimination.ts';
import type { Dual } from './dual.ts';
import type { Instruction } from './frame.ts';

/** A matrix of complex numbers, by its real and its imaginary parts. */
export interface Complex {
  readonly re: Tensor;
  readonly im: Tensor;
}

/**
 * Prepares an operator for complex operands: the instruction writes both parts of the value. Null where it
 * is not analytic on operands of these shapes. Values that do not exist among the real numbers are NaN. What takes long
 * tells of its work.
 */
export type ComplexKernel = (out: Complex, args: readonly Complex[], look: Look) => Instruction | null;

export function complexOf({ value, tangent }: Dual): Complex {
  return { re: value, im: tangent };
}

function kernelOf(op: OpName): Kernel {
  return OPS[op].kernel as Kernel;
}

function blank({ rows, cols }: Tensor): Tensor {
  return tensor(rows, cols);
}

// ---- arithmetic

/** What is linear in all operands together works on each part. */
function linear(op: OpName): ComplexKernel {
  const kernel = kernelOf(op);
  return ({ re, im }, args) => {
    const [reals, imaginaries] = [args.map((arg) => arg.re), args.map((arg) => arg.im)];
    return () => {
      kernel(re, reals);
      kernel(im, imaginaries);
    };
  };
}

function bilinear(op: OpName): ComplexKernel {
  const kernel = kernelOf(op);
  return (out, [a, b]) => (a && b ? complexProduct(out, a, b, (into, x, y) => kernel(into, [x, y])) : null);
}

/** (a + ib)(c + id) = ac − bd + i(ad + bc), of any product. */
export function complexProduct(
  { re, im }: Complex,
  a: Complex,
  b: Complex,
  multiply: (out: Tensor, a: Tensor, b: Tensor) => void,
): Instruction {
  const other = blank(re);
  return () => {
    multiply(re, a.re, b.re);
    multiply(other, a.im, b.im);
    subtractInto(re, re, other);
    multiply(im, a.re, b.im);
    multiply(other, a.im, b.re);
    for (let k = 0; k < im.data.length; k++) im.data[k] = (im.data[k] as number) + (other.data[k] as number);
  };
}

/** Real values of which the imaginary part stays zero. */
function constant(op: OpName): ComplexKernel {
  const kernel = kernelOf(op);
  return ({ re }, args) => {
    const reals = args.map((arg) => arg.re);
    return () => kernel(re, reals);
  };
}

/** Entries between two looks at the clock, and what a function of a complex number costs, in multiplications. */
const AT_ONCE = 4096;
const EACH = 50;

/** A function of two numbers, entry by entry; an operand with one row or one column is repeated. */
function entrywise(write: (out: Complex, k: number, a: Complex, i: number, b: Complex, j: number) => void): ComplexKernel {
  return (out, [a, b], look) => {
    if (!a || !b) return null;
    const [places, others] = [placesIn(a.re, out.re), placesIn(b.re, out.re)];
    return () => {
      for (let k = 0; k < places.length; k++) {
        if (k % AT_ONCE === AT_ONCE - 1) look(EACH * AT_ONCE);
        write(out, k, a, places[k] as number, b, others[k] as number);
      }
    };
  };
}

/** For each entry of a value the place in an operand that is repeated to it. */
function placesIn({ rows, cols }: Tensor, whole: Tensor): Int32Array {
  const places = new Int32Array(whole.data.length);
  for (let k = 0; k < places.length; k++)
    places[k] = (rows === 1 ? 0 : Math.floor(k / whole.cols)) * cols + (cols === 1 ? 0 : k % whole.cols);
  return places;
}

function at({ data }: Tensor, k: number): number {
  return data[k] as number;
}

/** (a + ib) / (c + id) with the larger part of the divisor taken out (Smith 1962). */
const quotient = entrywise((out, k, x, i, y, j) => {
  const [a, b, c, d] = [at(x.re, i), at(x.im, i), at(y.re, j), at(y.im, j)];
  const ratio = d / c;
  const divisor = c + d * ratio;
  out.re.data[k] = (a + b * ratio) / divisor;
  out.im.data[k] = (b - a * ratio) / divisor;
});

/** With an exponent that moves e^(w log z), which takes a positive z. */
const power = entrywise((out, k, z, i, w, j) => {
  const [a, b, p, q] = [at(z.re, i), at(z.im, i), at(w.re, j), at(w.im, j)];
  out.re.data[k] = q === 0 ? analytic.powerRe(a, b, p) : analytic.exp.re(...exponent(a, b, p, q));
  out.im.data[k] = q === 0 ? analytic.powerIm(a, b, p) : analytic.exp.im(...exponent(a, b, p, q));
});

function exponent(a: number, b: number, p: number, q: number): readonly [number, number] {
  const [re, im] = [analytic.log.re(a, b), analytic.log.im(a, b)];
  return [p * re - q * im, p * im + q * re];
}

// ---- entry by entry

function each({ re: real, im: imaginary }: Analytic): ComplexKernel {
  return ({ re, im }, [z], look) => {
    if (!z) return null;
    const [a, b] = [z.re.data, z.im.data];
    return () => {
      for (let k = 0; k < a.length; k++) {
        if (k % AT_ONCE === AT_ONCE - 1) look(EACH * AT_ONCE);
        re.data[k] = real(a[k] as number, b[k] as number);
        im.data[k] = imaginary(a[k] as number, b[k] as number);
      }
    };
  };
}

/** Exponentials of what is left when the largest real part is taken out, divided by their sum; of a matrix row by row. */
const softmax: ComplexKernel = ({ re, im }, [z]) => {
  if (!z) return null;
  const width = re.cols === 1 ? re.rows : re.cols;
  return () => {
    for (let start = 0; start < re.data.length; start += width) softmaxRow(re.data, im.data, z, start, start + width);
  };
};

function softmaxRow(re: Float64Array, im: Float64Array, z: Complex, from: number, to: number): void {
  const [sum, drift] = exponentials(re, im, z, from, to, largest(z.re.data, from, to));
  const ratio = drift / sum;
  const divisor = sum + drift * ratio;
  for (let k = from; k < to; k++) {
    const [a, b] = [re[k] as number, im[k] as number];
    re[k] = (a + b * ratio) / divisor;
    im[k] = (b - a * ratio) / divisor;
  }
}

function largest(data: Float64Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = from; k < to; k++) most = Math.max(most, data[k] as number);
  return most;
}

/** Writes e^(z − top), and answers with both parts of the sum. */
function exponentials(re: Float64Array, im: Float64Array, z: Complex, from: number, to: number, top: number): readonly [number, number] {
  let [sum, drift] = [0, 0];
  for (let k = from; k < to; k++) {
    const [growth, turn] = [Math.exp(at(z.re, k) - top), at(z.im, k)];
    sum += re[k] = growth * Math.cos(turn);
    drift += im[k] = growth * Math.sin(turn);
  }
  return [sum, drift];
}

const logSumExp: ComplexKernel = ({ re, im }, [z]) => {
  if (!z) return null;
  const parts = { re: blank(z.re), im: blank(z.re) };
  return () => {
    const top = largest(z.re.data, 0, z.re.data.length);
    const [sum, drift] = exponentials(parts.re.data, parts.im.data, z, 0, z.re.data.length, top);
    re.data[0] = top + analytic.log.re(sum, drift);
    im.data[0] = analytic.log.im(sum, drift);
  };
};

// ---- norms

/** √Σz², which is not Σ|z|²: the conjugate would not be analytic. */
const euclidean: ComplexKernel = (out, [z]) => {
  if (!z) return null;
  const [a, b] = [z.re.data, z.im.data];
  return () => {
    let [sum, drift] = [0, 0];
    for (let k = 0; k < a.length; k++) {
      sum += (a[k] as number) ** 2 - (b[k] as number) ** 2;
      drift += 2 * (a[k] as number) * (b[k] as number);
    }
    root(out, sum, drift);
  };
};

function root({ re, im }: Complex, a: number, b: number): void {
  re.data[0] = analytic.sqrt.re(a, b);
  im.data[0] = analytic.sqrt.im(a, b);
}

/** √tr(x'Ax), the root of the sum of all entries of x ⊙ Ax. */
const weighted: ComplexKernel = (out, [x, a], look) => {
  if (!x || !a) return null;
  const [product, terms, square] = [complexLike(x.re), complexLike(x.re), complexLike({ rows: 1, cols: 1 })];
  const steps = [
    bilinear('dot')(product, [a, x], look),
    bilinear('hadamard')(terms, [x, product], look),
    linear('total')(square, [terms], look),
  ];
  return () => {
    for (const step of steps) step?.();
    root(out, at(square.re, 0), at(square.im, 0));
  };
};

function complexLike({ rows, cols }: Size): Complex {
  return { re: tensor(rows, cols), im: tensor(rows, cols) };
}

// ---- matrices

const determinant: ComplexKernel = ({ re, im }, [z], look) => {
  return () => {
    if (!z) return;
    const { size, re: cos, im: sin } = complexDeterminant(z.re, z.im, look);
    re.data[0] = size * cos;
    im.data[0] = size * sin;
  };
};

/** The logarithm of the size and the angle; NaN where the determinant is not positive, or zero but for rounding. */
const logDeterminant: ComplexKernel = ({ re, im }, [z], look) => {
  return () => {
    if (!z) return;
    const { logSize, re: cos, im: sin, smallest, largest } = complexDeterminant(z.re, z.im, look);
    const hasValue = cos > 0 && !isNegligible(smallest, largest);
    re.data[0] = hasValue ? logSize : Number.NaN;
    im.data[0] = hasValue ? Math.atan2(sin, cos) : Number.NaN;
  };
};

/**
 * [A −B; B A] stands for A + iB: sums, products and inverses of such matrices stand for those of the complex
 * ones, and so do all functions that are made of them (Higham 2008, section 1.2).
 */
function matrixFunction(f: (out: Tensor, x: Tensor, look: Look) => void): ComplexKernel {
  return ({ re, im }, [z], look) => {
    if (!z) return null;
    const n = z.re.rows;
    const [wide, image] = [tensor(2 * n, 2 * n), tensor(2 * n, 2 * n)];
    return () => {
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) place(wide.data, n, i, j, at(z.re, i * n + j), at(z.im, i * n + j));
      f(image, wide, look);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          re.data[i * n + j] = at(image, i * 2 * n + j);
          im.data[i * n + j] = at(image, (n + i) * 2 * n + j);
        }
      }
    };
  };
}

function place(wide: Float64Array, n: number, i: number, j: number, a: number, b: number): void {
  wide[i * 2 * n + j] = wide[(n + i) * 2 * n + n + j] = a;
  wide[(n + i) * 2 * n + j] = b;
  wide[i * 2 * n + n + j] = -b;
}

function preparedPower(base: Size, look: Look): Kernel {
  return OPS.pow.prepare?.(base, look) ?? kernelOf('pow');
}

/** Of a number its power, of a square matrix that of the matrix, which takes an exponent that stays. */
const anyPower: ComplexKernel = (out, args, look) => {
  const [base, exponents] = args;
  if (!base || !exponents) return null;
  if (base.re.rows !== base.re.cols || base.re.rows === 1) return power(out, args, look);
  const steady = matrixFunction((wide, x) => preparedPower(x, look)(wide, [x, exponents.re]))(out, [base], look);
  return () => (at(exponents.im, 0) === 0 ? steady?.() : void out.re.data.fill(Number.NaN));
};

/** On what is a number or a column they are the Euclidean norm; other singular values are no analytic function that a kernel here knows. */
const spectral: ComplexKernel = (out, args, look) => (args[0]?.re.rows === 1 || args[0]?.re.cols === 1 ? euclidean(out, args, look) : null);

/** The determinant of a matrix; the absolute value of a number is not analytic. */
const bars: ComplexKernel = (out, args, look) =>
  args[0]?.re.rows === args[0]?.re.cols && args[0]?.re.rows !== 1 ? determinant(out, args, look) : null;

const ERF = analytic.errorFunction(erf);

const inverse = matrixFunction((out, x, look) => invertInto(out, x, luBuffers(x.rows, look)));

/** Where the real pseudo-inverse is no inverse from one side up to this, the rank is not full, and it is no analytic function. */
const FULL_RANK = 1e-6;

/** Of full rank it is (z'z)⁻¹z' or z'(zz')⁻¹, of transposes that are not conjugated; NaN elsewhere. */
const pseudoInverse: ComplexKernel = (out, [z], look) => {
  if (!z) return null;
  const isTall = z.re.rows >= z.re.cols;
  const n = Math.min(z.re.rows, z.re.cols);
  const [turned, gram, inverted] = [complexLike(out.re), complexLike({ rows: n, cols: n }), complexLike({ rows: n, cols: n })];
  const steps = [
    linear('transpose')(turned, [z], look),
    bilinear('dot')(gram, isTall ? [turned, z] : [z, turned], look),
    inverse(inverted, [gram], look),
    bilinear('dot')(out, isTall ? [inverted, turned] : [turned, inverted], look),
  ];
  const [real, unit] = [blank(out.re), tensor(n, n)];
  return () => {
    for (const step of steps) step?.();
    kernelOf('pinv')(real, [z.re]);
    kernelOf('dot')(unit, isTall ? [real, z.re] : [z.re, real]);
    if (!unit.data.every((value, k) => Math.abs(value - (k % (n + 1) === 0 ? 1 : 0)) <= FULL_RANK)) out.im.data.fill(Number.NaN);
  };
};

/** The determinant times the inverse. */
const adjugate: ComplexKernel = (out, args, look) => {
  const invert = inverse(out, args, look);
  return () => {
    invert?.();
    const [z] = args;
    if (!z) return;
    const { size, re: cos, im: sin } = complexDeterminant(z.re, z.im, look);
    out.re.data.forEach((re, k) => {
      const im = out.im.data[k] as number;
      out.re.data[k] = size * (re * cos - im * sin);
      out.im.data[k] = size * (re * sin + im * cos);
    });
  };
};

/** The operators that are analytic; where one is missing, differences are taken. Products are taken two factors at a time. */
export const COMPLEX_KERNELS: Readonly<Partial<Record<OpName, ComplexKernel>>> = {
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
  inverse,
  pinv: pseudoInverse,
  adj: adjugate,
  expm: matrixFunction((out, x) => kernelOf('expm')(out, [x])),
  logm: matrixFunction((out, x) => kernelOf('logm')(out, [x])),
  sqrtm: matrixFunction((out, x) => kernelOf('sqrtm')(out, [x])),
  sinm: matrixFunction((out, x) => kernelOf('sinm')(out, [x])),
  cosm: matrixFunction((out, x) => kernelOf('cosm')(out, [x])),
  det: determinant,
  logdet: logDeterminant,
  norm: euclidean,
  normF: euclidean,
  norm2: spectral,
  normNuclear: spectral,
  normWeighted: weighted,
  bars,
  exp: each(analytic.exp),
  log: each(analytic.log),
  sqrt: each(analytic.sqrt),
  sin: each(analytic.sin),
  cos: each(analytic.cos),
  tan: each(analytic.tan),
  asin: each(analytic.asin),
  acos: each(analytic.acos),
  atan: each(analytic.atan),
  sinh: each(analytic.sinh),
  cosh: each(analytic.cosh),
  tanh: each(analytic.tanh),
  sigmoid: each(analytic.sigmoid),
  softplus: each(analytic.softplus),
  silu: each(analytic.silu),
  erf: each(ERF),
  gelu: each(analytic.gelu(ERF)),
  softmax,
  logsumexp: logSumExp,
  identity: constant('identity'),
  ones: constant('ones'),
  zeros: constant('zeros'),
  basis: constant('basis'),
  kronecker: constant('kronecker'),
  pi: constant('pi'),
  euler: constant('euler'),
  infinity: constant('infinity'),
  commutation: constant('commutation'),
  duplication: constant('duplication'),
};
