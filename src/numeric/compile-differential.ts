import type { DifferentialTerm, SymbolId } from '../ops/term.ts';
import { compile, compileSymbol } from './compile.ts';
import { emitDifference } from './emit-difference.ts';
import { type Compiler, type Place, type Slot, emit, newFrame, newSlot, scalarSlot } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/**
 * `dX` of what moves is its direction; of anything else the derivative along all that moves, at once:
 * d f = lim (f(x + t dx) − f(x)) / t.
 */
export function compileDifferential(compiler: Compiler, { of }: DifferentialTerm, place: Place): Slot {
  if (of.kind === 'symbol' && compiler.movers.has(of.id)) return directionOf(compiler, of.id, place);
  const depends = compiler.dependencies.ofTerm(of);
  const moving = [...compiler.movers].filter((id) => depends.has(id));
  if (moving.length === 0) throw new Unverifiable('nothing that a differential in it depends on moves');
  const step = scalarSlot(0);
  const moved = moving.map((id): [SymbolId, Slot] => [id, newSlot(compileMover(compiler, id, place).tensor)]);
  const child = newFrame(place.frame, new Map(moved));
  for (const [id, slot] of moved) emit(child, slot.tensor.data.length, moveAlong(slot, compileMover(compiler, id, place), directionOf(compiler, id, place), step));
  const output = compile(compiler, of, { ...place, frame: child });
  if (output.groups !== null) throw new Unverifiable('a differential of a derivative of more than two axes');
  const base = scalarSlot(0);
  const first = new Int32Array(1);
  const raw = emitDifference(compiler, place.frame, { child, input: step, base, output, chosen: () => first, count: 1 });
  return { tensor: { rows: output.tensor.rows, cols: output.tensor.cols, data: raw.tensor.data }, groups: null, anyShape: false };
}

/** The value from which something moves: that of a family is all its members. */
function compileMover(compiler: Compiler, id: SymbolId, place: Place): Slot {
  return compiler.variables.get(id)?.slot ?? compileSymbol(compiler, id, place);
}

function directionOf(compiler: Compiler, id: SymbolId, place: Place): Slot {
  const known = compiler.directions.get(id);
  if (known !== undefined) return known;
  const slot = newSlot(compileMover(compiler, id, place).tensor);
  compiler.directions.set(id, slot);
  return slot;
}

function moveAlong(out: Slot, base: Slot, direction: Slot, step: Slot): () => void {
  return () => {
    const t = step.tensor.data[0] as number;
    for (let k = 0; k < out.tensor.data.length; k++) out.tensor.data[k] = (base.tensor.data[k] as number) + t * (direction.tensor.data[k] as number);
  };
}
