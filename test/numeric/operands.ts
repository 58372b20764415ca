import { random } from '../../src/base/random.ts';
import { resultSize } from '../../src/numeric/result-size.ts';
import type { Op } from '../../src/ops/op.ts';
import { OPS } from '../../src/ops/table.ts';
import { OP_NAMES, type OpName } from '../../src/syntax/notation.ts';
import type { Size } from '../../src/tensor/product-plan.ts';
import { type Tensor, tensor } from '../../src/tensor/tensor.ts';

/** Operands an operator is tried on: of which sizes, and from where in the reals. */
export interface Trial {
  readonly op: OpName;
  readonly sizes: readonly Size[];
  readonly result: Size;
  readonly region: 'any' | 'positive' | 'unit' | 'definite';
}

const SCALAR: Size = { rows: 1, cols: 1 };
const COLUMN: Size = { rows: 3, cols: 1 };
const ROW: Size = { rows: 1, cols: 3 };
const WIDE: Size = { rows: 2, cols: 3 };
const SQUARE: Size = { rows: 3, cols: 3 };

/** Pairs of one size, and pairs that are repeated to one. */
const PAIRS: readonly (readonly Size[])[] = [[WIDE, WIDE], [WIDE, SCALAR], [SCALAR, WIDE], [COLUMN, ROW]];

/** Sizes where neither a signature nor entrywise work tells them. */
const SPECIAL: Readonly<Partial<Record<OpName, readonly (readonly Size[])[]>>> = {
  add: PAIRS, sub: PAIRS, div: [[WIDE, SCALAR], [WIDE, WIDE]], hadamard: PAIRS, compose: PAIRS, hadamardDiv: PAIRS,
  mul: [[WIDE, SQUARE], [WIDE, SQUARE, COLUMN], [SCALAR, WIDE]], times: [[SCALAR, COLUMN]], dot: [[COLUMN, COLUMN], [WIDE, COLUMN]], inner: [[WIDE, WIDE], [COLUMN, COLUMN]],
  pow: [[SCALAR, SCALAR]], hadamardPow: [[WIDE, SCALAR], [WIDE, WIDE]],
  norm: [[COLUMN], [WIDE]], norm1: [[WIDE]], normInf: [[WIDE]], normF: [[WIDE]], norm2: [[COLUMN], [WIDE]], normNuclear: [[WIDE]], normWeighted: [[COLUMN, SQUARE]],
  bars: [[SCALAR], [SQUARE]], transpose: [[WIDE]], diag: [[COLUMN], [ROW], [SQUARE]], vech: [[SQUARE]], max: [[WIDE], [WIDE, WIDE], [WIDE, SCALAR, WIDE]], min: [[WIDE], [WIDE, WIDE]],
  cases: [[WIDE, WIDE, WIDE]],
  greater: PAIRS, greaterEqual: PAIRS, less: PAIRS, lessEqual: PAIRS, equal: PAIRS, unequal: PAIRS,
};

const DEFINITE: ReadonlySet<OpName> = new Set(['logdet', 'logm', 'sqrtm', 'normWeighted', 'lambdaMax', 'lambdaMin', 'vMax', 'vMin']);
/** Powers of negative numbers are no numbers. */
const POSITIVE: ReadonlySet<OpName> = new Set(['pow', 'hadamardPow']);

/** Every operator that has a kernel and takes operands, on operands of every kind of size. */
export const TRIALS: readonly Trial[] = OP_NAMES.filter((op) => OPS[op].kernel !== null).flatMap((op) => {
  return sizesFor(op, OPS[op]).flatMap((sizes): readonly Trial[] => {
    const result = resultSize(op, sizes);
    return result === null ? [] : [{ op, sizes, result, region: regionOf(op) }];
  });
});

function sizesFor(op: OpName, { shape }: Op): readonly (readonly Size[])[] {
  if (op in SPECIAL) return SPECIAL[op] ?? [];
  if (shape.kind === 'entrywise') return [[SCALAR], [COLUMN], [WIDE]];
  if (shape.kind === 'special') return [];
  const letters = new Map([['1', 1], ['3', 3], ['n', 3], ['m', 2], ['p', 2], ['q', 2]]);
  return [shape.params.map(({ rows, cols }) => ({ rows: letters.get(rows) ?? Number.NaN, cols: letters.get(cols) ?? Number.NaN }))];
}

function regionOf(op: OpName): Trial['region'] {
  if (DEFINITE.has(op)) return 'definite';
  if (POSITIVE.has(op)) return 'positive';
  const { domain } = OPS[op];
  return domain === 'positive' || domain === 'unit' ? domain : 'any';
}

/** Operands of a trial, the same for the same seed. */
export function draw({ sizes, region }: Trial, seed: number): readonly Tensor[] {
  const { normal } = random(seed);
  return sizes.map((size) => intoRegion(tensor(size.rows, size.cols, Float64Array.from({ length: size.rows * size.cols }, normal)), region));
}

function intoRegion(value: Tensor, region: Trial['region']): Tensor {
  const { rows, cols, data } = value;
  if (region === 'positive') return tensor(rows, cols, data.map((x) => 0.2 + Math.abs(x)));
  if (region === 'unit') return tensor(rows, cols, data.map((x) => 0.9 * Math.tanh(x)));
  return region === 'definite' && rows === cols ? gram(value) : value;
}

/** G G' + I. */
function gram({ rows: n, data }: Tensor): Tensor {
  const out = tensor(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      out.data[i * n + j] = i === j ? 1 : 0;
      for (let k = 0; k < n; k++) out.data[i * n + j] = (out.data[i * n + j] as number) + (data[i * n + k] as number) * (data[j * n + k] as number);
    }
  }
  return out;
}

export function nameOf({ op, sizes }: Trial): string {
  return `${op} of ${sizes.map(({ rows, cols }) => `${rows}×${cols}`).join(', ')}`;
}
