import type { DifferentialTerm, Direction, SymbolId, Term } from '../ops/term.ts';
import { compile, compileSymbol } from './compile.ts';
import { afterwards } from './dual.ts';
import { emitDifference } from './emit-difference.ts';
import { type Compiler, emit, type Frame, homeOf, newFrame, newSlot, type Place, type Slot, scalarSlot } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/**
 * `dX` of what moves is its direction; of anything else the derivative along all that moves, at once:
 * d f = lim (f(x + t dx) − f(x)) / t.
 */
export function compileDifferential(compiler: Compiler, { of, along }: DifferentialTerm, place: Place): Slot {
  if (along === undefined && of.kind === 'symbol' && compiler.movers.has(of.id)) return directionOf(compiler, of.id, place);
  const { child, step, output } = along === undefined ? compileAlong(compiler, of, place) : compileTowards(compiler, of, along, place);
  if (output.groups !== null) throw new Unverifiable('a differential of a derivative of more than two axes');
  const first = new Int32Array(1);
  const raw = emitDifference(compiler, place.frame, { child, input: step, base: scalarSlot(0), output, chosen: () => first, count: 1 });
  return { tensor: { rows: output.tensor.rows, cols: output.tensor.cols, data: raw.tensor.data }, groups: null, anyShape: false };
}

/** A term as a function of how far everything that moves has gone in its direction. */
export interface Along {
  readonly child: Frame;
  readonly step: Slot;
  readonly output: Slot;
}

export function compileAlong(compiler: Compiler, of: Term, place: Place): Along {
  const depends = compiler.dependencies.ofTerm(of);
  const moving = [...compiler.movers].filter((id) => depends.has(id));
  if (moving.length === 0) throw new Unverifiable('nothing that a differential in it depends on moves');
  const step = scalarSlot(0);
  const moved = moving.map((id): [SymbolId, Slot] => [id, newSlot(compileMover(compiler, id, place).tensor)]);
  const child = newFrame(place.frame, new Map(moved));
  for (const [id, slot] of moved) emitMove(child, slot, compileMover(compiler, id, place), directionOf(compiler, id, place), step);
  return { child, step, output: compile(compiler, of, { ...place, frame: child }) };
}

/** A term as a function of how far one symbol has gone in a direction that the text names. */
function compileTowards(compiler: Compiler, of: Term, { by, direction }: Direction, place: Place): Along {
  const base = compileMover(compiler, by, place);
  const towards = compile(compiler, direction, place);
  if (towards.tensor.data.length !== base.tensor.data.length) throw new Unverifiable('the shapes in it do not fit');
  const step = scalarSlot(0);
  const moved = newSlot(base.tensor);
  const child = newFrame(place.frame, new Map([[by, moved]]));
  emitMove(child, moved, base, towards, step);
  return { child, step, output: compile(compiler, of, { ...place, frame: child }) };
}

/** The value from which something moves, which within a differential moves already: that of a family is all its members. */
function compileMover(compiler: Compiler, id: SymbolId, place: Place): Slot {
  return (
    homeOf(place.frame, compiler.dependencies.ofSymbol(id)).cuts.get(id) ??
    compiler.variables.get(id)?.slot ??
    compileSymbol(compiler, id, place)
  );
}

function directionOf(compiler: Compiler, id: SymbolId, place: Place): Slot {
  const known = compiler.directions.get(id);
  if (known !== undefined) return known;
  const slot = newSlot(compileMover(compiler, id, place).tensor);
  compiler.directions.set(id, slot);
  return slot;
}

function emitMove(
  child: Frame,
  { tensor: out }: Slot,
  { tensor: base }: Slot,
  { tensor: { data: direction } }: Slot,
  { tensor: step }: Slot,
): void {
  const move = () => {
    const t = step.data[0] as number;
    for (let k = 0; k < out.data.length; k++) out.data[k] = (base.data[k] as number) + t * (direction[k] as number);
  };
  const rule = afterwards(move, ({ dual }) => {
    const [
      {
        tangent: { data: tangent },
      },
      {
        tangent: { data: speed },
      },
    ] = [dual(out), dual(step)];
    return () => {
      for (let k = 0; k < tangent.length; k++) tangent[k] = (speed[0] as number) * (direction[k] as number);
    };
  });
  emit(child, out.data.length, move, rule);
}
