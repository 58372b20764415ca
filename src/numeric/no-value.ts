import { OPS } from '../ops/table.ts';
import { NOTATION, type OpName } from '../syntax/notation.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** An operator at work in a program. */
export interface Call {
  readonly op: OpName;
  readonly out: Tensor;
  readonly args: readonly Tensor[];
}

/** Where values stop to exist at the point where a program is, in words; null where no operator is to blame. */
export function whyNoValue(calls: readonly Call[]): string | null {
  const first = calls.find(({ out, args }) => !isFinite(out) && args.every(isFinite));
  if (first === undefined) return null;
  const name = first.op === 'pow' || first.op === 'hadamardPow' ? 'a power' : `\`${NOTATION[first.op].plain[0]?.replaceAll(/#\d/g, '…')}\``;
  if (
    first.out.data.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY) &&
    first.op !== 'div' &&
    first.op !== 'hadamardDiv' &&
    first.op !== 'log'
  )
    return `${name} is too large for a number`;
  return REASONS[first.op] ?? BY_DOMAIN[OPS[first.op].domain]?.(name) ?? `${name} has no value`;
}

function isFinite({ data }: Tensor): boolean {
  return data.every(Number.isFinite);
}

const REASONS: Readonly<Partial<Record<OpName, string>>> = {
  div: 'it divides by zero',
  hadamardDiv: 'it divides by zero',
  inverse: 'a matrix that is inverted is singular',
  logdet: 'the determinant under a logarithm is not positive',
  pow: 'a power has no real value',
};

const BY_DOMAIN: Readonly<Partial<Record<string, (name: string) => string>>> = {
  positive: (name) => `the argument of ${name} is not positive`,
  unit: (name) => `the argument of ${name} lies outside of -1 to 1`,
};

// ---- values too small for a number

/** Below it a number has lost digits. */
const LEAST_NORMAL = 2 ** -1022;
/** Operators that give zero for no number other than zero, if for any. */
const NEVER_ZERO: ReadonlySet<OpName> = new Set(['exp', 'pow', 'sigmoid', 'hadamardPow', 'div', 'hadamardDiv', 'hadamard']);

/** Whether an operator gave zero, or less digits than a number has, where its value is only very small. */
export function isUnderflowing(calls: readonly Call[]): boolean {
  return calls.some(({ op, out: { data }, args }) => NEVER_ZERO.has(op) && data.some((value, k) => isLost(op, value, k, args)));
}

function isLost(op: OpName, value: number, k: number, args: readonly Tensor[]): boolean {
  if (!(Math.abs(value) < LEAST_NORMAL)) return false;
  if (value !== 0) return true;
  const entries = args.map(({ data }) => data[data.length === 1 ? 0 : k]);
  return op === 'exp' || op === 'sigmoid' || (op === 'hadamard' ? entries.every((entry) => entry !== 0) : entries[0] !== 0);
}
