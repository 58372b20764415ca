import type { SymbolInfo } from '../derivation/derivation.ts';
import type { Term } from '../ops/term.ts';
import { invertInto } from '../tensor/lu.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import { compile, sizeOfSymbol } from './compile.ts';
import { abstain } from './dual.ts';
import { type Compiler, emit, newFrame, type Place, run, type Slot, slotIn } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/** Steps that are taken to a solution, most often. */
const USUAL_STEPS = 8;

/** What solves `z = f(z)` for a symbol, by Newton's method; no number where none is found. */
export function compileSolution(compiler: Compiler, info: SymbolInfo, body: Term, place: Place): Slot {
  const { frame } = place;
  const value = slotIn(frame, sizeOfSymbol(compiler, info));
  const child = newFrame(frame, new Map([[info.id, value]]));
  const image = compile(compiler, body, { ...place, frame: child });
  const count = value.tensor.data.length;
  if (image.tensor.data.length !== count) throw new Unverifiable('the shapes in it do not fit');
  const search: Search = { value: value.tensor.data, image: image.tensor.data, evaluate: () => run(child) };
  const solve = newton(search);
  const { solutions } = compiler;
  const instruction = () => {
    const starts = [solutions.get(info.id), ...STARTS.map((start) => new Float64Array(count).fill(start))];
    const found = starts.some((start) => start !== undefined && solve(start));
    if (found) solutions.set(info.id, Float64Array.from(search.value));
    else search.value.fill(Number.NaN);
  };
  frame.depth = Math.max(frame.depth, child.depth);
  emit(frame, (child.work * (count + 2) + count ** 3) * USUAL_STEPS, instruction, () =>
    abstain('the solution of an equation has no dual kernel'),
  );
  return value;
}

const STARTS = [0, 0.5, -0.5, 2];

/** Where a solution is looked for, and what the body makes of it. */
interface Search {
  readonly value: Float64Array;
  readonly image: Float64Array;
  readonly evaluate: () => void;
}

const MOST_STEPS = 50;
/** A residual, relative to the value, that rounding makes of none. */
const SOLVED = 1e-13;
/** How far each entry is moved to see what it does. */
const NUDGE = 1e-7;

/** Looks for a solution from a start on, with steps that are halved until they help, and tells whether it found one. */
function newton(search: Search): (start: Float64Array) => boolean {
  const { value } = search;
  const slope = tensor(value.length, value.length);
  const inverse = tensor(value.length, value.length);
  return (start) => {
    value.set(start);
    let residual = residualOf(search);
    for (let step = 0; step < MOST_STEPS; step++) {
      const size = lengthOf(residual);
      if (!Number.isFinite(size)) return false;
      noteSlope(search, residual, slope);
      invertInto(inverse, slope);
      const next = improved(search, applied(inverse, residual), size);
      if (next === null) return size <= SOLVED * (1 + lengthOf(value));
      residual = next;
    }
    return false;
  };
}

/** z − f(z). */
function residualOf({ value, image, evaluate }: Search): Float64Array {
  evaluate();
  return value.map((entry, k) => entry - (image[k] as number));
}

/** How the residual changes with each entry of the value. */
function noteSlope(search: Search, residual: Float64Array, { data, cols }: Tensor): void {
  const { value } = search;
  for (let j = 0; j < value.length; j++) {
    const kept = value[j] as number;
    const nudge = NUDGE * (1 + Math.abs(kept));
    value[j] = kept + nudge;
    const moved = residualOf(search);
    for (let i = 0; i < moved.length; i++) data[i * cols + j] = ((moved[i] as number) - (residual[i] as number)) / nudge;
    value[j] = kept;
  }
}

function applied({ data, cols }: Tensor, vector: Float64Array): Float64Array {
  return vector.map((_, i) => vector.reduce((sum, entry, j) => sum + (data[i * cols + j] as number) * entry, 0));
}

/** The residual behind the longest part of a step that makes it smaller; null, and nothing moved, where none does. */
function improved(search: Search, step: Float64Array, size: number): Float64Array | null {
  const from = Float64Array.from(search.value);
  for (let part = 1; part > 1e-4; part /= 2) {
    for (let k = 0; k < from.length; k++) search.value[k] = (from[k] as number) - part * (step[k] as number);
    const residual = residualOf(search);
    if (lengthOf(residual) < size) return residual;
  }
  search.value.set(from);
  return null;
}

function lengthOf(vector: Float64Array): number {
  return Math.hypot(...vector);
}
