import type { Look } from './look.ts';
import { simdProduct } from './simd-product.ts';
import type { Tensor } from './tensor.ts';

/** out (m×n) = a (m×k) b (k×n). `out` is none of the operands. */
export function multiply(out: Tensor, a: Tensor, b: Tensor, look: Look = () => undefined): void {
  if (b.cols === 1) timesColumn(out.data, a, b.data);
  else if (!(isWorthwhile(a, b) && timesBySimd(out.data, a, b, look))) timesMatrix(out.data, a, b);
}

/** Four rows at a time, each a sum of its own, so that no addition waits for the one before. */
function timesColumn(out: Float64Array, { rows, cols, data }: Tensor, x: Float64Array): void {
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) {
    let [p, q, r, s] = [0, 0, 0, 0];
    for (let k = 0, at = row * cols; k < cols; k++, at++) {
      const factor = x[k] as number;
      p += (data[at] as number) * factor;
      q += (data[at + cols] as number) * factor;
      r += (data[at + 2 * cols] as number) * factor;
      s += (data[at + 3 * cols] as number) * factor;
    }
    out[row] = p;
    out[row + 1] = q;
    out[row + 2] = r;
    out[row + 3] = s;
  }
  for (let row = whole; row < rows; row++) {
    let sum = 0;
    for (let k = 0, at = row * cols; k < cols; k++) sum += (data[at + k] as number) * (x[k] as number);
    out[row] = sum;
  }
}

// ---- large products

/** From so many multiplications on, copying the operands into the memory of WebAssembly pays. */
const LARGE = 8_000;
const PAGE = 65_536;

function isWorthwhile(a: Tensor, b: Tensor): boolean {
  return a.rows >= 2 && b.cols >= 4 && a.data.length * b.cols >= LARGE;
}

/** False where this machine has no such program, or no memory for the operands. */
function timesBySimd(out: Float64Array, a: Tensor, b: Tensor, look: Look): boolean {
  const program = simdProduct();
  if (program === null) return false;
  const [atB, atOut] = [a.data.length, a.data.length + b.data.length];
  const numbers = memoryFor(program.memory, atOut + out.length);
  if (numbers === null) return false;
  numbers.set(a.data);
  numbers.set(b.data, atB);
  const rows = rowsAtOnce(b);
  for (let row = 0; row < a.rows; row += rows) {
    // The program takes two rows at least.
    const count = a.rows - row <= rows + 1 ? a.rows - row : rows;
    program.multiply(8 * row * a.cols, 8 * atB, 8 * (atOut + row * b.cols), count, a.cols, b.cols);
    look(count * b.data.length);
    if (count > rows) break;
  }
  out.set(numbers.subarray(atOut, atOut + out.length));
  return true;
}

/** Multiplications between two looks at the clock. */
const AT_ONCE = 20_000_000;

/** Rows of the first factor that are multiplied at once; an even number. */
function rowsAtOnce(b: Tensor): number {
  return 2 * Math.max(1, Math.floor(AT_ONCE / (2 * b.data.length)));
}

function memoryFor(memory: WebAssembly.Memory, count: number): Float64Array | null {
  const missing = 8 * count - memory.buffer.byteLength;
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return new Float64Array(memory.buffer);
  } catch {
    return null;
  }
}

/** The plain loop: row by row of `a`, so that the inner loop runs along rows of `b` and of the result. */
export function timesMatrix(out: Float64Array, a: Tensor, b: Tensor): void {
  const width = b.cols;
  const from = b.data;
  out.fill(0);
  for (let row = 0; row < a.rows; row++) {
    const base = row * width;
    const whole = a.cols - (a.cols % 4);
    for (let k = 0; k < whole; k += 4) addFourRows(out, base, a.data, row * a.cols + k, from, k * width, width);
    for (let k = whole; k < a.cols; k++) {
      const factor = a.data[row * a.cols + k] as number;
      for (let col = 0, at = k * width; col < width; col++)
        out[base + col] = (out[base + col] as number) + factor * (from[at + col] as number);
    }
  }
}

/** Four rows of `b` at a time, each times its entry of `a`, so that the result is read and written once for all of them. */
function addFourRows(out: Float64Array, base: number, a: Float64Array, first: number, b: Float64Array, start: number, width: number): void {
  const [p, q, r, s] = [a[first] as number, a[first + 1] as number, a[first + 2] as number, a[first + 3] as number];
  for (let col = 0, at = start; col < width; col++, at++) {
    out[base + col] =
      (out[base + col] as number) +
      p * (b[at] as number) +
      q * (b[at + width] as number) +
      r * (b[at + 2 * width] as number) +
      s * (b[at + 3 * width] as number);
  }
}

/** out = s x. */
export function scaleInto(out: Tensor, factor: number, x: Tensor): void {
  for (let k = 0; k < out.data.length; k++) out.data[k] = factor * (x.data[k] as number);
}

/** out (mp×nq) = a (m×n) ⊗ b (p×q). */
export function kronecker(out: Tensor, a: Tensor, b: Tensor): void {
  for (let row = 0; row < out.rows; row++) {
    const left = Math.floor(row / b.rows) * a.cols;
    const right = (row % b.rows) * b.cols;
    for (let col = 0; col < out.cols; col++) {
      out.data[row * out.cols + col] = (a.data[left + Math.floor(col / b.cols)] as number) * (b.data[right + (col % b.cols)] as number);
    }
  }
}

/** out (n×m) = the transpose of x (m×n). */
export function transposeInto(out: Tensor, { rows, cols, data }: Tensor): void {
  if (rows === 1 || cols === 1) return out.data.set(data);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) out.data[col * rows + row] = data[row * cols + col] as number;
  }
}

/** Σ a_k b_k over all entries. */
export function innerProduct(a: Tensor, b: Tensor): number {
  let sum = 0;
  for (let k = 0; k < a.data.length; k++) sum += (a.data[k] as number) * (b.data[k] as number);
  return sum;
}
