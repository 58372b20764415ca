import type { Random } from '../base/random.ts';
import type { Property } from '../syntax/ast.ts';
import type { Size } from '../tensor/product-plan.ts';
import { hold, holdAll } from './properties.ts';

/** Small whole numbers, zero less often. */
const WHOLE = [1, 2, 3, -1, -2, 1, 2, 0] as const;

/** Fills in numbers that a person can calculate with: small whole ones, as far as the properties admit them. */
export function drawWhole(out: Float64Array, size: Size, properties: readonly Property[], { uniform }: Random): void {
  for (let k = 0; k < out.length; k++) out[k] = WHOLE[Math.floor(uniform() * WHOLE.length)] as number;
  const [only] = properties;
  const whole = only === undefined || properties.length > 1 ? undefined : WITH_WHOLE_NUMBERS[only];
  if (whole === undefined) holdAll(out, size, properties, () => undefined);
  else whole(out, size);
}

type Maker = (values: Float64Array, size: Size) => void;

const positive: Maker = (values) => {
  for (let k = 0; k < values.length; k++) values[k] = Math.abs(values[k] as number) || 1;
};

/** Where the usual way of getting a property leaves no whole numbers. */
const WITH_WHOLE_NUMBERS: Readonly<Partial<Record<Property, Maker>>> = {
  positive,
  /** Quarters where there are two, for the sum of odd numbers of them is a power of two. */
  simplex: (values, size) => {
    const each = size.cols === 1 ? values.length : size.cols;
    for (let at = 0; at < values.length; at += each) shareOut(values.subarray(at, at + each));
  },
  /** A long side of a triangle of 3, 4 and 5, the rest zero. */
  unit: (values) => {
    const [first = 1, second = 1] = values;
    values.fill(0);
    values[0] = Math.sign(first || 1) * (values.length === 1 ? 1 : 0.6);
    if (values.length > 1) values[1] = 0.8 * Math.sign(second || 1);
  },
  /** Diagonally dominant. */
  spd: (values, size) => {
    hold(values, size, 'symmetric');
    const n = size.rows;
    for (let i = 0; i < n; i++) {
      const beside = Array.from({ length: n }, (_, j) => (i === j ? 0 : Math.abs(values[i * n + j] as number)));
      values[i * n + i] = 1 + beside.reduce((sum, value) => sum + value, 0) + Math.max(0, values[i * n + i] as number);
    }
  },
  /** A quarter turn in the first two axes. */
  orthogonal: (values, { rows, cols }) => {
    const sign = Math.sign(values[0] || 1);
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) values[i * cols + j] = i === j ? 1 : 0;
    values[0] = rows === 1 ? sign : 0;
    if (rows > 1) values[cols] = sign;
    if (rows > 1 && cols > 1) [values[1], values[cols + 1]] = [-sign, 0];
  },
  /** On the first half of the axes. */
  projection: (values, { rows }) => {
    for (let k = 0; k < values.length; k++) values[k] = k % (rows + 1) === 0 && k / (rows + 1) < Math.ceil(rows / 2) ? 1 : 0;
  },
};

/** Halves, quarters and so on, the last twice. */
function shareOut(values: Float64Array): void {
  for (let k = 0; k < values.length; k++) values[k] = 2 ** -Math.min(k + 1, values.length - 1);
}
