import type { Tensor } from '../tensor/tensor.ts';
import type { Buffer, Rect, Step } from './focus.ts';
import type { Instruction } from './frame.ts';

/**
 * How all entries of some rows change that do not move by themselves, by one number for each row: those of a softmax are divided by it, the
 * logarithm of that is so much less. They are not written until something needs them, so that a class more or less costs
 * nothing where one entry moves.
 * - `scaled`: entry j of row i is its old value times by_i
 * - `added`: its old value plus along_ij times by_i, or plus by_i where there is no `along`
 */
export interface RowShift {
  readonly kind: 'scaled' | 'added';
  readonly by: Float64Array;
  /** log by, which is more exact where by is nearly one. */
  readonly logBy: Float64Array;
  readonly along: Tensor | null;
}

/** The entries of a softmax that an entry beside them moves, where those that move by themselves lie within `moved`. */
export function softmaxShift(step: Step, x: Buffer, moved: Rect): Instruction {
  const { base, tensor } = step.out;
  const { data, cols, rows } = tensor;
  const [now, before] = [x.tensor.data, x.base];
  const shift: RowShift = { kind: 'scaled', by: new Float64Array(rows), logBy: new Float64Array(rows), along: null };
  step.out.shift = shift;
  step.out.moved = moved;
  return () => {
    for (let row = moved.top; row < moved.bottom; row++) {
      const [from, to] = [row * cols + moved.left, row * cols + moved.right];
      let excess = 0;
      for (let at = from; at < to; at++) excess += (base[at] as number) * Math.expm1((now[at] as number) - (before[at] as number));
      shift.by[row] = 1 / (1 + excess);
      shift.logBy[row] = -Math.log1p(excess);
      for (let at = from; at < to; at++)
        data[at] = (base[at] as number) * (shift.by[row] as number) * Math.exp((now[at] as number) - (before[at] as number));
    }
  };
}

/** What a step makes of a shift without writing it: how it goes on in its result, and what is done for that; null where it needs the entries. */
export function throughShift(step: Step, computed: (rect: Rect) => Instruction): readonly Instruction[] | null {
  const { op } = step.effect;
  const [first, second] = step.args;
  if (op === 'log' && first?.shift?.kind === 'scaled')
    return [computed(keptMoving(step, first, { ...first.shift, kind: 'added', by: first.shift.logBy }))];
  if (op === 'hadamard') return throughFactor(step, computed);
  return op === 'total' && first?.shift != null && second === undefined ? [sumOfShifted(step, first, first.shift)] : null;
}

/** `Y ⊙ log(P)` with a Y that stays. */
function throughFactor(step: Step, computed: (rect: Rect) => Instruction): readonly Instruction[] | null {
  const at = step.args.findIndex((arg) => arg?.shift != null);
  const [shifted, fixed] = [step.args[at], step.effect.args[1 - at]];
  const isFixed = step.args[1 - at] == null || step.args[1 - at]?.moved === null;
  if (shifted?.shift == null || !isFixed || fixed?.data.length !== shifted.tensor.data.length || shifted.shift.along !== null) return null;
  const { shift } = shifted;
  return [computed(keptMoving(step, shifted, shift.kind === 'scaled' ? shift : { ...shift, along: fixed }))];
}

/** The result moves where the operand does, and shifts beside that. */
function keptMoving({ out }: Step, operand: Buffer, shift: RowShift): Rect {
  out.shift = shift;
  out.moved = operand.moved;
  return operand.moved as Rect;
}

/** The sum of all entries: of each row what it was, and what the shift adds to it. */
function sumOfShifted({ out, kept }: Step, { tensor, base, moved }: Buffer, { kind, by, along }: RowShift): Instruction {
  const { top, bottom, left, right } = moved as Rect;
  const { data, cols } = tensor;
  const [weights, isScaled] = [along?.data ?? null, kind === 'scaled'];
  kept.sums ??= isScaled ? sumsOfRows(base, cols) : weights === null ? null : sumsOfRows(weights, cols);
  const { sums } = kept;
  out.moved = { top: 0, left: 0, bottom: 1, right: 1 };
  return () => {
    let change = 0;
    for (let row = top; row < bottom; row++) {
      let weight = sums === null ? cols : (sums[row] as number);
      for (let at = row * cols + left; at < row * cols + right; at++) {
        change += (data[at] as number) - (base[at] as number);
        weight -= isScaled ? (base[at] as number) : weights === null ? 1 : (weights[at] as number);
      }
      change += weight * ((by[row] as number) - (isScaled ? 1 : 0));
    }
    out.tensor.data[0] = (out.base[0] as number) + change;
  };
}

function sumsOfRows(data: Float64Array, cols: number): Float64Array {
  const sums = new Float64Array(data.length / cols);
  for (let at = 0, row = 0; row < sums.length; row++) {
    let sum = 0;
    for (let col = 0; col < cols; col++, at++) sum += data[at] as number;
    sums[row] = sum;
  }
  return sums;
}

/** Writes what a shift makes of the entries beside those that move; from then on whole rows move. */
export function written(buffer: Buffer): Instruction {
  const { shift, moved, base, tensor } = buffer;
  const { top, bottom, left, right } = moved as Rect;
  const { data, cols } = tensor;
  const { kind, by, along } = shift as RowShift;
  buffer.shift = null;
  buffer.moved = { top, bottom, left: 0, right: cols };
  const write = (from: number, to: number, row: number) => {
    for (let at = from; at < to; at++)
      data[at] =
        kind === 'scaled'
          ? (base[at] as number) * (by[row] as number)
          : (base[at] as number) + (along === null ? 1 : (along.data[at] as number)) * (by[row] as number);
  };
  return () => {
    for (let row = top; row < bottom; row++) {
      write(row * cols, row * cols + left, row);
      write(row * cols + right, (row + 1) * cols, row);
    }
  };
}
