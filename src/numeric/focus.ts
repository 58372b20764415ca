import type { Summed } from '../ops/summed.ts';
import type { OpName } from '../syntax/notation.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Frame, Instruction } from './frame.ts';
import { type RowShift, softmaxShift, throughShift, written } from './row-shift.ts';

/**
 * What an instruction reads and writes, and how a change of some entries spreads through it:
 * - `entrywise`: to the same entries, those of repeated operands to all that they are repeated to
 * - `softmax`: to the whole rows, or the whole column, whose other entries change in proportion
 * - `product`: to the rows of the left and the columns of the right operand
 * - `transpose`: to the entries across the diagonal
 * - `sum`: to a number, which changes by what those entries add to the sum that it is made of
 * - `whole`: to everything
 */
export interface Effect {
  readonly kind: 'entrywise' | 'softmax' | 'product' | 'transpose' | 'sum' | 'whole';
  readonly out: Tensor;
  readonly args: readonly Tensor[];
  readonly compute: (out: Tensor, args: readonly Tensor[]) => void;
  /** Whether whole numbers give exact results. */
  readonly isExact: boolean;
  /** For `sum`, how the number is made of one. */
  readonly summed?: Summed | undefined;
  /** Where an operator has one. */
  readonly op?: OpName;
}

/** Evaluates a frame again where a single entry of its input moves: only what that entry reaches. */
export interface Focus {
  /** Turns to an entry of the input, in place of the one before; everything else has the value it had when the frame was last run in full. */
  readonly turnTo: (at: number) => void;
  /** Runs what the entry reaches. */
  readonly run: Instruction;
  /** Takes note of all values; called after the frame was run in full. */
  readonly settle: () => void;
  /** Multiplications that `run` takes, roughly: for the last entry of the input. */
  readonly work: number;
}

/** Rows from `top` to before `bottom`, columns from `left` to before `right`. */
export interface Rect {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A buffer of the frame, with the values it has while nothing moves. */
export interface Buffer {
  readonly tensor: Tensor;
  readonly base: Float64Array;
  moved: Rect | null;
  /** What happens in the rows that move to the entries that do not move by themselves, where it is not written. */
  shift: RowShift | null;
}

export interface Step {
  readonly effect: Effect;
  readonly out: Buffer;
  /** The operands that may move; null for those from outside the frame. */
  readonly args: readonly (Buffer | null)[];
  readonly scratch: readonly Float64Array[];
  /** Of doing all of it, in multiplications. */
  readonly cost: number;
  /** What is the same for all entries that may be turned to. */
  readonly kept: { sums: Float64Array | null };
}

/** Less work than this is done faster in full. */
const LEAST_WORK = 2000;

/** Null where an instruction does not tell how changes spread, or a run is so cheap that it does not matter. */
export function focusOn({ effects, costs, work }: Frame, input: Tensor): Focus | null {
  if (work < LEAST_WORK || effects.includes(null)) return null;
  const buffers = new Map<Float64Array, Buffer>();
  const all = (effects as readonly Effect[]).flatMap(({ out, args }) => [out, ...args]);
  if (hasAliases([input, ...all])) return null;
  const bufferOf = (tensor: Tensor): Buffer => {
    const known = buffers.get(tensor.data) ?? { tensor, base: tensor.data.slice(), moved: null, shift: null };
    buffers.set(tensor.data, known);
    return known;
  };
  const start = bufferOf(input);
  const steps = (effects as readonly Effect[]).map((effect, at): Step => {
    const args = effect.args.map((arg) => buffers.get(arg.data) ?? null);
    return {
      effect,
      args,
      out: bufferOf(effect.out),
      scratch: [effect.out, ...effect.args].map(({ data }) => new Float64Array(data.length)),
      cost: costs[at] as number,
      kept: { sums: null },
    };
  });
  return focusThrough(start, steps, [...buffers.values()]);
}

/** What turning to an entry and calling what it reaches costs beside the work itself, in multiplications of a large product, roughly. */
const CALL = 1000;

/** What is done again for the entry turned to. */
function workAfter(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + CALL + (step.out.moved === null ? 0 : workOf(step, step.out.moved)), 0);
}

function workOf({ cost, effect: { kind, out, args }, args: operands }: Step, reached: Rect): number {
  const [left, right] = operands.map((operand) => operand?.moved ?? null);
  if (kind === 'sum') return operands.reduce((sum, operand) => sum + (operand?.moved == null ? 0 : size(operand.moved)), 0);
  const share = size(reached) / out.data.length;
  if (kind !== 'product' || (left && right)) return cost * share;
  const along = left ? left.right - left.left : right ? right.bottom - right.top : 1;
  return (cost * share * along) / (args[0]?.cols ?? 1);
}

/** Whether some values share their memory in another shape. */
function hasAliases(tensors: readonly Tensor[]): boolean {
  const widths = new Map<Float64Array, number>();
  return tensors.some(({ data, cols }) => {
    const known = widths.get(data) ?? cols;
    widths.set(data, cols);
    return known !== cols;
  });
}

function focusThrough(start: Buffer, steps: readonly Step[], buffers: readonly Buffer[]): Focus {
  let actions: Instruction[] = [];
  const turnTo = (at: number) => {
    for (const buffer of buffers) restore(buffer);
    const [row, col] = [Math.floor(at / start.tensor.cols), at % start.tensor.cols];
    start.moved = { top: row, left: col, bottom: row + 1, right: col + 1 };
    actions = steps.flatMap(actionOf);
  };
  turnTo(start.tensor.data.length - 1);
  return {
    turnTo,
    work: workAfter(steps),
    run: () => {
      for (let at = 0; at < actions.length; at++) (actions[at] as Instruction)();
    },
    settle: () => {
      for (const buffer of buffers) {
        buffer.base.set(buffer.tensor.data);
        buffer.moved = null;
        buffer.shift = null;
      }
      for (const { kept } of steps) kept.sums = null;
    },
  };
}

function restore(buffer: Buffer): void {
  const {
    moved,
    base,
    tensor: { data, cols },
  } = buffer;
  buffer.shift = null;
  if (moved === null) return;
  for (let row = moved.top; row < moved.bottom; row++) {
    for (let at = row * cols + moved.left; at < row * cols + moved.right; at++) data[at] = base[at] as number;
  }
  buffer.moved = null;
}

/** What is done again in a step; nothing where none of its operands moves. */
function actionOf(step: Step): readonly Instruction[] {
  const {
    effect: {
      kind,
      out: { rows, cols },
      out,
      args,
      compute,
    },
    args: operands,
  } = step;
  if (operands.every((operand) => operand === null || operand.moved === null)) return [];
  const shifted = operands.filter((operand) => operand?.shift != null) as readonly Buffer[];
  if (shifted.length > 0) return throughShift(step, (rect) => partAction(step, rect)) ?? [...shifted.map(written), ...actionOf(step)];
  const whole: Rect = { top: 0, left: 0, bottom: rows, right: cols };
  const reached = (step.out.moved = kind === 'whole' ? whole : REACH[kind](step, whole));
  if (kind === 'product') return [productAction(step, reached)];
  if (kind === 'sum') return [sumAction(step)];
  if (kind === 'softmax') return [softmaxAction(step)];
  if (size(reached) === size(whole)) return [() => compute(out, args)];
  return [kind === 'transpose' ? () => transposeRect(out, args[0] as Tensor, reached) : partAction(step, reached)];
}

function size({ top, left, bottom, right }: Rect): number {
  return (bottom - top) * (right - left);
}

// ---- reach

const REACH: Readonly<Record<Exclude<Effect['kind'], 'whole'>, (step: Step, whole: Rect) => Rect>> = {
  entrywise: ({ args }, whole) =>
    args.reduce<Rect | null>(
      (reached, arg) => (arg?.moved == null ? reached : joined(reached, stretched(arg.moved, arg.tensor, whole))),
      null,
    ) ?? whole,
  softmax: ({ args }, whole) =>
    whole.right === 1 ? whole : { ...whole, top: args[0]?.moved?.top ?? 0, bottom: args[0]?.moved?.bottom ?? whole.bottom },
  sum: (_, whole) => whole,
  transpose: ({ args }, whole) => {
    const moved = args[0]?.moved;
    return moved == null ? whole : { top: moved.left, left: moved.top, bottom: moved.right, right: moved.bottom };
  },
  product: ({ args: [left, right] }, whole) => {
    const rows = left?.moved == null ? null : { ...whole, top: left.moved.top, bottom: left.moved.bottom };
    const cols = right?.moved == null ? null : { ...whole, left: right.moved.left, right: right.moved.right };
    return rows === null || cols === null ? (rows ?? cols ?? whole) : whole;
  },
};

/** The rectangle around both. */
function joined(a: Rect | null, b: Rect): Rect {
  if (a === null) return b;
  return {
    top: Math.min(a.top, b.top),
    left: Math.min(a.left, b.left),
    bottom: Math.max(a.bottom, b.bottom),
    right: Math.max(a.right, b.right),
  };
}

/** An operand with one row or column is repeated along it. */
function stretched(moved: Rect, { rows, cols }: Tensor, whole: Rect): Rect {
  const [tall, wide] = [rows === 1 && whole.bottom > 1, cols === 1 && whole.right > 1];
  return {
    top: tall ? 0 : moved.top,
    bottom: tall ? whole.bottom : moved.bottom,
    left: wide ? 0 : moved.left,
    right: wide ? whole.right : moved.right,
  };
}

// ---- parts

/** Computes a part of the value from the same part of each operand. */
function partAction({ effect: { out, args, compute }, scratch }: Step, rect: Rect): Instruction {
  const into = partOf(scratch[0] as Float64Array, rect);
  const operands = args.map((arg, at) => (arg.data.length === 1 ? arg : partOf(scratch[at + 1] as Float64Array, rect)));
  return () => {
    for (let at = 0; at < args.length; at++) if (operands[at] !== args[at]) gather((operands[at] as Tensor).data, args[at] as Tensor, rect);
    compute(into, operands);
    scatter(out, into.data, rect);
  };
}

function partOf(data: Float64Array, rect: Rect): Tensor {
  return { rows: rect.bottom - rect.top, cols: rect.right - rect.left, data: data.subarray(0, size(rect)) };
}

function gather(into: Float64Array, { rows, cols, data }: Tensor, { top, left, bottom, right }: Rect): void {
  const [down, along] = [rows === 1 ? 0 : cols, cols === 1 ? 0 : 1];
  let next = 0;
  for (let row = top; row < bottom; row++) for (let col = left; col < right; col++) into[next++] = data[row * down + col * along] as number;
}

function scatter({ cols, data }: Tensor, from: Float64Array, { top, left, bottom, right }: Rect): void {
  let next = 0;
  for (let row = top; row < bottom; row++) for (let col = left; col < right; col++) data[row * cols + col] = from[next++] as number;
}

function transposeRect(out: Tensor, x: Tensor, { top, left, bottom, right }: Rect): void {
  for (let row = top; row < bottom; row++)
    for (let col = left; col < right; col++) out.data[row * out.cols + col] = x.data[col * x.cols + row] as number;
}

// ---- softmax

function softmaxAction(step: Step): Instruction {
  const {
    effect: { out, args, compute },
    out: { base },
    args: [x],
  } = step;
  const moved = asRow(x?.moved as Rect, out);
  if (out.cols > 1 && isNarrow(moved, out.cols)) return softmaxShift(step, x as Buffer, moved);
  return isNarrow(moved, widthOf(out)) ? changeOfSoftmax(out, base, x as Buffer, moved) : () => compute(out, args);
}

/** A column is one row of its entries. */
function asRow({ top, left, bottom, right }: Rect, { cols }: Tensor): Rect {
  return cols === 1 ? { top: 0, bottom: 1, left: top, right: bottom } : { top, left, bottom, right };
}

function widthOf({ rows, cols }: Tensor): number {
  return cols === 1 ? rows : cols;
}

/** Where less than half of a row moves, its other entries need no exponentials. */
function isNarrow({ left, right }: Rect, width: number): boolean {
  return 2 * (right - left) < width;
}

/** With p = softmax(x), softmax(x + δ) is p e^δ / (1 + Σ p (e^δ − 1)). */
function changeOfSoftmax(out: Tensor, base: Float64Array, { tensor: { data }, base: before }: Buffer, moved: Rect): Instruction {
  const width = widthOf(out);
  const { top, bottom, left, right } = moved;
  return () => {
    for (let start = top * width; start < bottom * width; start += width) {
      let divisor = 1;
      for (let at = start + left; at < start + right; at++)
        divisor += (base[at] as number) * Math.expm1((data[at] as number) - (before[at] as number));
      for (let at = start; at < start + width; at++) out.data[at] = (base[at] as number) / divisor;
      for (let at = start + left; at < start + right; at++)
        out.data[at] = (out.data[at] as number) * Math.exp((data[at] as number) - (before[at] as number));
    }
  };
}

// ---- sums

/** What the entries that move added to the sum is taken out of it once, and what they add now put in. */
function sumAction({ effect: { out, args, compute, summed }, args: operands, out: { base }, scratch }: Step): Instruction {
  const { sumOf, valueOf } = summed as Summed;
  const rect = operands.reduce<Rect | null>((around, one) => (one?.moved == null ? around : joined(around, one.moved)), null) as Rect;
  const parts = args.map((_, at) => partOf(scratch[at + 1] as Float64Array, rect));
  const into: Tensor = { rows: 1, cols: 1, data: (scratch[0] as Float64Array).subarray(0, 1) };
  const added = (data: (at: number) => Float64Array): number => {
    args.forEach((arg, at) => gather((parts[at] as Tensor).data, { ...arg, data: data(at) }, rect));
    compute(into, parts);
    return sumOf(into.data[0] as number);
  };
  const others = sumOf(base[0] as number) - added((at) => operands[at]?.base ?? (args[at] as Tensor).data);
  return () => void (out.data[0] = valueOf(others + added((at) => (args[at] as Tensor).data)));
}

// ---- products

/** Where one operand moves, its change times the other is added to the product as it was. */
function productAction({ effect: { out, args, compute }, args: [left, right], out: { base } }: Step, rect: Rect): Instruction {
  const [a, b] = args as readonly [Tensor, Tensor];
  const isScaled = a.data.length === 1 || b.data.length === 1;
  if (!isScaled && out.data.length === 1 && left?.moved && right?.moved) return changeOfBoth(out, base[0] as number, left, right);
  if (isScaled || (left?.moved && right?.moved)) return () => compute(out, args);
  if (left?.moved) return changeOfLeft(out, base, left, b, left.moved);
  return right?.moved ? changeOfRight(out, base, a, right, rect, right.moved) : () => compute(out, args);
}

/** A row times a column. */
function changeOfBoth(out: Tensor, base: number, row: Buffer, column: Buffer): Instruction {
  const [along, down] = [row.moved as Rect, column.moved as Rect];
  const [from, to] = [Math.min(along.left, down.top), Math.max(along.right, down.bottom)];
  const added = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let k = from; k < to; k++) sum += (a[k] as number) * (b[k] as number);
    return sum;
  };
  const others = base - added(row.base, column.base);
  return () => void (out.data[0] = others + added(row.tensor.data, column.tensor.data));
}

function changeOfLeft(out: Tensor, base: Float64Array, a: Buffer, b: Tensor, moved: Rect): Instruction {
  const { data, cols } = a.tensor;
  const width = out.cols;
  return () => {
    for (let row = moved.top; row < moved.bottom; row++) {
      const start = row * width;
      for (let col = 0; col < width; col++) out.data[start + col] = base[start + col] as number;
      for (let k = moved.left; k < moved.right; k++) {
        const change = (data[row * cols + k] as number) - (a.base[row * cols + k] as number);
        for (let col = 0, at = k * width; col < width; col++)
          out.data[start + col] = (out.data[start + col] as number) + change * (b.data[at + col] as number);
      }
    }
  };
}

function changeOfRight(out: Tensor, base: Float64Array, a: Tensor, b: Buffer, { left, right }: Rect, moved: Rect): Instruction {
  const { data } = b.tensor;
  const width = out.cols;
  return () => {
    for (let row = 0; row < out.rows; row++) {
      for (let col = left; col < right; col++) {
        let sum = base[row * width + col] as number;
        for (let k = moved.top; k < moved.bottom; k++)
          sum += (a.data[row * a.cols + k] as number) * ((data[k * width + col] as number) - (b.base[k * width + col] as number));
        out.data[row * width + col] = sum;
      }
    }
  };
}
