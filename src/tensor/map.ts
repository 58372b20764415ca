import type { Tensor } from './tensor.ts';

/** out = f(x), entry by entry. */
export function mapInto(out: Tensor, x: Tensor, f: (value: number) => number): void {
  const { data } = out;
  const from = x.data;
  for (let k = 0; k < data.length; k++) data[k] = f(from[k] as number);
}

/** out = f(a, b), entry by entry; an operand with one row or one column is repeated along that axis. */
export function zipInto(out: Tensor, a: Tensor, b: Tensor, f: (a: number, b: number) => number): void {
  if (areEqual(out, a, b)) zipEqual(out.data, a.data, b.data, f);
  else zipBroadcast(out, a, b, f);
}

function areEqual(out: Tensor, a: Tensor, b: Tensor): boolean {
  return a.data.length === out.data.length && b.data.length === out.data.length;
}

function zipEqual(out: Float64Array, a: Float64Array, b: Float64Array, f: (a: number, b: number) => number): void {
  for (let k = 0; k < out.length; k++) out[k] = f(a[k] as number, b[k] as number);
}

function zipBroadcast(out: Tensor, a: Tensor, b: Tensor, f: (a: number, b: number) => number): void {
  for (let row = 0; row < out.rows; row++) {
    for (let col = 0; col < out.cols; col++) out.data[row * out.cols + col] = f(entryOf(a, row, col), entryOf(b, row, col));
  }
}

/** The entry at a place; of an operand with one row or one column the one that is repeated there. */
export function entryOf({ rows, cols, data }: Tensor, row: number, col: number): number {
  return data[(rows === 1 ? 0 : row) * cols + (cols === 1 ? 0 : col)] as number;
}

/** Puts one number everywhere. */
export function fill(out: Tensor, value: number): void {
  out.data.fill(value);
}

// ---- loops of their own: a function that is passed is called through a pointer, number by number

export function expInto({ data }: Tensor, { data: x }: Tensor): void {
  for (let k = 0; k < data.length; k++) data[k] = Math.exp(x[k] as number);
}

/** Below it digits are lost one by one, and a logarithm would make a mistake of that which no witness notices. */
const LEAST_NORMAL = 2 ** -1022;

/** Positive numbers too small to have all their digits have no logarithm. */
export function logInto({ data }: Tensor, { data: x }: Tensor): void {
  for (let k = 0; k < data.length; k++) {
    const value = x[k] as number;
    data[k] = value >= LEAST_NORMAL || value === 0 ? Math.log(value) : Number.NaN;
  }
}

export function powerInto({ data }: Tensor, { data: x }: Tensor, exponent: number): void {
  for (let k = 0; k < data.length; k++) data[k] = (x[k] as number) ** exponent;
}

export function tanhInto({ data }: Tensor, { data: x }: Tensor): void {
  for (let k = 0; k < data.length; k++) data[k] = Math.tanh(x[k] as number);
}

export function addInto(out: Tensor, a: Tensor, b: Tensor): void {
  if (!areEqual(out, a, b)) return zipBroadcast(out, a, b, (x, y) => x + y);
  for (let k = 0; k < out.data.length; k++) out.data[k] = (a.data[k] as number) + (b.data[k] as number);
}

export function subtractInto(out: Tensor, a: Tensor, b: Tensor): void {
  if (!areEqual(out, a, b)) return zipBroadcast(out, a, b, (x, y) => x - y);
  for (let k = 0; k < out.data.length; k++) out.data[k] = (a.data[k] as number) - (b.data[k] as number);
}

export function timesInto(out: Tensor, a: Tensor, b: Tensor): void {
  if (!areEqual(out, a, b)) return zipBroadcast(out, a, b, (x, y) => x * y);
  for (let k = 0; k < out.data.length; k++) out.data[k] = (a.data[k] as number) * (b.data[k] as number);
}

export function divideInto(out: Tensor, a: Tensor, b: Tensor): void {
  if (!areEqual(out, a, b)) return zipBroadcast(out, a, b, (x, y) => x / y);
  for (let k = 0; k < out.data.length; k++) out.data[k] = (a.data[k] as number) / (b.data[k] as number);
}
