import { all, create, type FactoryFunctionMap, type Matrix } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/base/random.ts';
import type { Kernel } from '../../src/ops/op.ts';
import { OPS } from '../../src/ops/table.ts';
import { OP_NAMES, type OpName } from '../../src/syntax/notation.ts';
import { type Tensor, tensor } from '../../src/tensor/tensor.ts';
import { draw, nameOf, TRIALS, type Trial } from '../numeric/operands.ts';

const math = create(all as FactoryFunctionMap);

type Rows = number[][];
type Reference = (...args: Rows[]) => unknown;

function rowsOf({ rows, cols, data }: Tensor): Rows {
  return Array.from({ length: rows }, (_, row) => Array.from(data.subarray(row * cols, (row + 1) * cols)));
}

/** Operands repeated to one size. */
function repeated(args: readonly Rows[]): Rows[] {
  const rows = Math.max(...args.map((arg) => arg.length));
  const cols = Math.max(...args.map((arg) => (arg[0] as number[]).length));
  return args.map((arg) => Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (__, j) => (arg[arg.length === 1 ? 0 : i] as number[])[arg[0]?.length === 1 ? 0 : j] as number)));
}

const each = (f: (...numbers: number[]) => unknown): Reference => (...args) => {
  const [first, ...rest] = repeated(args) as [Rows, ...Rows[]];
  return first.map((row, i) => row.map((value, j) => Number(f(value, ...rest.map((other) => (other[i] as number[])[j] as number)))));
};
const flat = (x: Rows) => x.flat();
const columns = (x: Rows) => (math.transpose(x) as Rows).flat().map((value) => [value]);
const norm = (x: Rows) => Math.sqrt(math.sum(math.dotMultiply(x, x) as Rows));
const exponential = (x: Rows) => math.expm(x as unknown as Matrix).toArray() as Rows;
const complexExponential = (x: Rows) => math.expm(math.multiply(math.complex(0, 1), x) as unknown as Matrix).toArray() as unknown as { readonly re: number; readonly im: number }[][];
const isVector = (x: Rows) => x.length === 1 || x[0]?.length === 1;
const eigenvalues = (x: Rows) => (math.eigs(x).values as number[]).map(Number).sort((a, b) => a - b);
/** The eigenvector to the smallest or the largest eigenvalue, with a positive largest entry. */
const eigenvector = (x: Rows, place: 0 | -1): Rows => {
  const sorted = [...math.eigs(x).eigenvectors].sort((a, b) => Number(a.value) - Number(b.value)).at(place)?.vector as number[];
  const most = sorted.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return sorted.map((one) => [(one * Math.sign(most)) / norm([sorted])]);
};
const singular = (x: Rows) => eigenvalues(math.multiply(x, math.transpose(x)) as Rows).map(Math.sqrt);
const exponentials = (row: number[]) => row.map((value) => math.exp(value));
const softmaxOf = (row: number[]) => math.divide(exponentials(row), math.sum(exponentials(row))) as unknown as number[];
const product: Reference = (...args) => args.reduce((left, right) => (left.length * (left[0]?.length ?? 0) === 1 ? math.multiply(left[0]?.[0] as number, right) : math.multiply(left, right)) as Rows);
const LOGISTIC = { sigmoid: (x: number) => math.divide(1, math.add(1, math.exp(-x))) as number, normal: (x: number) => 0.5 * (1 + math.erf(x / Math.SQRT2)) };

/** What mathjs makes of the same operands. */
const REFERENCES: Readonly<Partial<Record<OpName, Reference>>> = {
  add: each((a, b = 0) => math.add(a, b)), sub: each((a, b = 0) => math.subtract(a, b)), neg: (x) => math.unaryMinus(x), mul: product, times: product,
  dot: (a, b) => (b[0]?.length === 1 && a[0]?.length === 1 ? math.dot(flat(a), flat(b)) : math.multiply(a, b)), div: each((a, b = 0) => math.divide(a, b)), hadamard: each((a, b = 0) => math.multiply(a, b)),
  compose: each((a, b = 0) => math.multiply(a, b)), hadamardDiv: each((a, b = 0) => math.divide(a, b)), kron: (a, b) => math.kron(a, b), inner: (a, b) => math.dot(flat(a), flat(b)),
  pow: each((a, b = 0) => math.pow(a, b)), hadamardPow: each((a, b = 0) => math.pow(a, b)),
  transpose: (x) => math.transpose(x), inverse: (x) => math.inv(x), pinv: (x) => math.pinv(x), det: (x) => math.det(x), adj: (x) => math.multiply(math.det(x), math.inv(x)) as Rows, logdet: (x) => math.log(math.det(x)), trace: (x) => math.trace(x),
  diag: (x) => (isVector(x) ? math.diag(flat(x)) : (math.diag(x) as unknown as number[]).map((value) => [value])), vec: columns, vech: (x) => x.flatMap((_, col) => x.slice(col).map((row) => [row[col]])),
  skew: (x) => math.transpose([[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((axis) => math.cross(flat(x), axis) as number[])) as Rows,
  expm: (x) => exponential(x), logm: (x) => x, sqrtm: (x) => math.sqrtm(x as unknown as Matrix) as unknown as Rows, sinm: (x) => complexExponential(x).map((row) => row.map(({ im }) => im)), cosm: (x) => complexExponential(x).map((row) => row.map(({ re }) => re)), lambdaMax: (x) => eigenvalues(x).at(-1), lambdaMin: (x) => eigenvalues(x)[0], vMax: (x) => eigenvector(x, -1), vMin: (x) => eigenvector(x, 0),
  norm, normF: norm, norm1: (x) => math.sum(math.abs(x) as Rows), normInf: (x) => math.max(math.abs(x) as Rows), norm2: (x) => (isVector(x) ? norm(x) : singular(x).at(-1)),
  normNuclear: (x) => math.sum(singular(x)), normWeighted: (x, a) => math.sqrt((math.multiply(math.multiply(math.transpose(x), a), x) as Rows)[0]?.[0] as number), bars: (x) => (x.length === 1 ? Math.abs(x[0]?.[0] as number) : math.det(x)),
  exp: each(math.exp), log: each((x) => math.log(x)), sqrt: each(math.sqrt), sin: each(math.sin), cos: each(math.cos), tan: each(math.tan), asin: each(math.asin), acos: each(math.acos), atan: each(math.atan),
  sinh: each(math.sinh), cosh: each(math.cosh), tanh: each(math.tanh), sigmoid: each(LOGISTIC.sigmoid), relu: each((x) => math.max(x, 0)), positivePart: each((x) => math.max(x, 0)),
  softplus: each((x) => math.log(math.add(1, math.exp(x)) as number)), gelu: each((x) => x * LOGISTIC.normal(x)), silu: each((x) => x * LOGISTIC.sigmoid(x)), erf: each(math.erf), abs: each(math.abs), sign: each(math.sign),
  indicator: each((x) => x !== 0), greater: each((a, b = 0) => math.larger(a, b)), greaterEqual: each((a, b = 0) => math.largerEq(a, b)), less: each((a, b = 0) => math.smaller(a, b)), lessEqual: each((a, b = 0) => math.smallerEq(a, b)),
  equal: each((a, b) => a === b), unequal: each((a, b) => a !== b), max: (...args) => (args.length === 1 ? math.max(args[0] as Rows) : each((...v) => math.max(...v))(...args)), min: (...args) => (args.length === 1 ? math.min(args[0] as Rows) : each((...v) => math.min(...v))(...args)),
  cases: each((a, condition, b) => (condition === 0 ? b : a)), total: (x) => math.sum(x), mean: (x) => math.mean(x), logsumexp: (x) => math.log(math.sum(exponentials(flat(x)))),
  softmax: (x) => (x[0]?.length === 1 ? softmaxOf(flat(x)).map((value) => [value]) : x.map(softmaxOf)),
};

function apply({ op, result }: Trial, args: readonly Tensor[]): Tensor {
  const out = tensor(result.rows, result.cols);
  (OPS[op].kernel as Kernel)(out, args);
  return out;
}

function entriesOf(value: unknown): number[] {
  return Array.isArray(value) ? (value as unknown[]).flat().map(Number) : [Number(value)];
}

describe('the kernel of an operator gives what mathjs gives', () => {
  for (const trial of TRIALS.filter(({ op }) => op !== 'logm')) {
    it(nameOf(trial), () => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const args = draw(trial, seed);
        const expected = entriesOf(REFERENCES[trial.op]?.(...args.map(rowsOf)));
        const actual = [...apply(trial, args).data];
        expect(actual.length).toBe(expected.length);
        actual.forEach((value, k) => expect(value).toBeCloseTo(expected[k] as number, 9));
      }
    });
  }

  it('but for the logarithm of a matrix, whose exponential is the matrix', () => {
    for (const trial of TRIALS.filter(({ op }) => op === 'logm')) {
      const [x] = draw(trial, 3) as readonly [Tensor];
      const back = exponential(rowsOf(apply(trial, [x]))).flat();
      back.forEach((value, k) => expect(value).toBeCloseTo(x.data[k] as number, 9));
    }
  });

  it('and the pseudo-inverse of a rank that is not full, in spite of rounding', () => {
    const rankOne = tensor(3, 2, [0.1, 0.3, 0.2, 0.6, 0.7, 2.1]);
    const out = tensor(2, 3);
    (OPS.pinv.kernel as Kernel)(out, [rankOne]);
    // Of u v' it is v u' / (|u|² |v|²).
    const factor = 1 / (0.54 * 10);
    [0.1, 0.2, 0.7, 0.3, 0.6, 2.1].forEach((value, k) => expect(out.data[k]).toBeCloseTo(value * factor, 12));
  });

  it('for every operator that has a kernel and takes operands', () => {
    const untried = OP_NAMES.filter((op) => OPS[op].kernel !== null && !TRIALS.some((trial) => trial.op === op));
    expect(untried).toEqual(['identity', 'ones', 'zeros', 'basis', 'kronecker', 'pi', 'euler', 'infinity', 'commutation', 'duplication']);
    expect(TRIALS.filter(({ op }) => REFERENCES[op] === undefined)).toEqual([]);
  });
});

describe('constants', () => {
  const make = (op: OpName, rows: number, cols: number, ...args: readonly number[]) => {
    const out = tensor(rows, cols);
    (OPS[op].kernel as Kernel)(out, args.map((value) => tensor(1, 1, [value])));
    return rowsOf(out);
  };

  it('fill the shape that is asked for', () => {
    expect(make('identity', 2, 2)).toEqual([[1, 0], [0, 1]]);
    expect(make('ones', 1, 2)).toEqual([[1, 1]]);
    expect(make('zeros', 2, 1)).toEqual([[0], [0]]);
    expect(make('basis', 3, 1, 2)).toEqual([[0], [1], [0]]);
    expect(make('basis', 3, 1, 4)).toEqual([[Number.NaN], [Number.NaN], [Number.NaN]]);
    expect([make('kronecker', 1, 1, 2, 2), make('kronecker', 1, 1, 2, 3)]).toEqual([[[1]], [[0]]]);
    expect([make('pi', 1, 1), make('euler', 1, 1), make('infinity', 1, 1)]).toEqual([[[Math.PI]], [[Math.E]], [[Number.POSITIVE_INFINITY]]]);
  });

  it('commute and duplicate', () => {
    const { normal } = random(2);
    const [m, n] = [3, 2];
    const a = Array.from({ length: m }, () => Array.from({ length: n }, normal));
    expect(math.multiply(make('commutation', m * n, m * n, m, n), columns(a))).toEqual(columns(math.transpose(a) as Rows));
    const s = [[1, 2, 3], [2, 4, 5], [3, 5, 6]];
    expect(math.multiply(make('duplication', 9, 6), [[1], [2], [3], [4], [5], [6]])).toEqual(columns(s));
  });
});
