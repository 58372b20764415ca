import type { Pattern } from '../ops/op.ts';
import { OPS } from '../ops/table.ts';
import type { OpName } from '../syntax/notation.ts';
import { planProduct, type Size } from '../tensor/product-plan.ts';

const SCALAR: Size = { rows: 1, cols: 1 };

/** The size of an operator's value from the sizes of its operands; null where they do not fit. */
export function resultSize(op: OpName, sizes: readonly Size[]): Size | null {
  const rule = OPS[op].shape;
  const [first = SCALAR] = sizes;
  if (rule.kind === 'entrywise') return first;
  if (rule.kind === 'signature') return fromSignature(rule.params, rule.result, sizes);
  return SPECIAL_SIZES[op]?.(sizes) ?? null;
}

function fromSignature(params: readonly Pattern[], result: Pattern, sizes: readonly Size[]): Size | null {
  const letters = new Map<string, number>();
  const fits = params.every(({ rows, cols }, at) => {
    const size = sizes[at];
    return size !== undefined && bind(letters, rows, size.rows) && bind(letters, cols, size.cols);
  });
  const product = (pattern: string) => [...pattern].reduce((value, letter) => value * (letters.get(letter) ?? Number(letter)), 1);
  return fits ? { rows: product(result.rows), cols: product(result.cols) } : null;
}

function bind(letters: Map<string, number>, letter: string, value: number): boolean {
  const known = /^\d$/.test(letter) ? Number(letter) : letters.get(letter);
  if (known === undefined) letters.set(letter, value);
  return known === undefined || known === value;
}

type SizeRule = (sizes: readonly Size[]) => Size | null;

const scalar: SizeRule = () => SCALAR;

/** The size to which all operands can be repeated. */
export const widest: SizeRule = (sizes) => {
  const rows = Math.max(...sizes.map((size) => size.rows));
  const cols = Math.max(...sizes.map((size) => size.cols));
  const fits = sizes.every((size) => (size.rows === rows || size.rows === 1) && (size.cols === cols || size.cols === 1));
  return fits ? { rows, cols } : null;
};

const dot: SizeRule = (sizes) => {
  const columns = sizes.length === 2 && sizes.every((size) => size.cols === 1 && size.rows === sizes[0]?.rows);
  return columns ? SCALAR : product(sizes);
};

const product: SizeRule = (sizes) => planProduct(sizes)?.size ?? null;

const diagonal: SizeRule = ([size = SCALAR]) => {
  if (size.cols === 1) return { rows: size.rows, cols: size.rows };
  if (size.rows === 1) return { rows: size.cols, cols: size.cols };
  return size.rows === size.cols ? { rows: size.rows, cols: 1 } : null;
};

const bars: SizeRule = ([size = SCALAR]) => (size.rows === size.cols ? SCALAR : size);
const extreme: SizeRule = (sizes) => (sizes.length === 1 ? SCALAR : widest(sizes));
const half: SizeRule = ([size = SCALAR]) => (size.rows === size.cols ? { rows: (size.rows * (size.rows + 1)) / 2, cols: 1 } : null);

const SPECIAL_SIZES: Partial<Record<OpName, SizeRule>> = {
  add: widest,
  sub: widest,
  plusMinus: widest,
  hadamard: widest,
  compose: widest,
  hadamardDiv: widest,
  div: widest,
  mul: product,
  times: product,
  dot,
  inner: (sizes) => (widest(sizes) === null ? null : SCALAR),
  pow: ([size = SCALAR]) => size,
  bars,
  diag: diagonal,
  transpose: ([size = SCALAR]) => ({ rows: size.cols, cols: size.rows }),
  vech: half,
  max: extreme,
  min: extreme,
  cases: widest,
  greater: widest,
  greaterEqual: widest,
  less: widest,
  lessEqual: widest,
  equal: widest,
  unequal: widest,
  norm: scalar,
  norm1: scalar,
  norm2: scalar,
  normF: scalar,
  normInf: scalar,
  normNuclear: scalar,
  normWeighted: scalar,
  kronecker: scalar,
  pi: scalar,
  euler: scalar,
  infinity: scalar,
};
