import type { SymbolInfo } from '../derivation/derivation.ts';
import type { EntryTerm, Term } from '../ops/term.ts';
import { evaluate } from '../shape/dimension.ts';
import type { Size } from '../tensor/product-plan.ts';
import { compile, infoOf, shapeInContext } from './compile.ts';
import { afterwards } from './dual.ts';
import { type Compiler, emit, newSlot, type Place, type Slot } from './frame.ts';
import { Unverifiable } from './unverifiable.ts';

/** Some of the entries of a value: which they are is told when the program runs. */
export interface Selection extends Size {
  /** Where the entries lie in the value, row by row, written into `into`; false where an index is out of range. */
  readonly locate: (into: Int32Array) => boolean;
}

export function compileEntry(compiler: Compiler, term: EntryTerm, place: Place): Slot {
  const base = compileBase(compiler, term.base, place);
  const selection = selectionOf(compiler, term, base, place);
  const out = newSlot(selection);
  const places = new Int32Array(out.tensor.data.length);
  const gather = (into: Float64Array, from: Float64Array) => () => {
    if (!selection.locate(places)) {
      compiler.missed.of ??= term.base;
      return void into.fill(Number.NaN);
    }
    for (let k = 0; k < places.length; k++) into[k] = from[places[k] as number] as number;
  };
  const instruction = gather(out.tensor.data, base.tensor.data);
  emit(
    place.frame,
    places.length,
    instruction,
    afterwards(instruction, ({ dual }) => gather(dual(out.tensor).tangent.data, dual(base.tensor).tangent.data)),
  );
  return out;
}

/** What has the entries: of a family, all its members below one another. */
export function compileBase(compiler: Compiler, base: Term, place: Place): Slot {
  const info = base.kind === 'symbol' ? infoOf(compiler, base.id) : null;
  return info?.family != null && info.definition === null ? familySlot(compiler, info, place) : compile(compiler, base, place);
}

function familySlot(compiler: Compiler, info: SymbolInfo, { frame }: Place): Slot {
  for (let at: Place['frame'] | null = frame; at !== null; at = at.parent) {
    const cut = at.cuts.get(info.id);
    if (cut !== undefined) return cut;
  }
  const known = compiler.variables.get(info.id);
  if (known !== undefined) return known.slot;
  const member = memberSize(compiler, info);
  const members = memberCount(compiler, info);
  const slot = newSlot({ rows: member.rows * members, cols: member.cols });
  compiler.variables.set(info.id, { info, slot, members, drawn: null });
  return slot;
}

function memberSize(compiler: Compiler, { declared, definition, text }: SymbolInfo): Size {
  const { sizes } = compiler;
  const body = definition?.body;
  const defined = body?.kind === 'binder' ? shapeInContext(compiler, body.body) : null;
  if (defined !== null) return defined;
  const rows = declared === null ? undefined : evaluate(declared.rows, sizes);
  const cols = declared === null ? undefined : evaluate(declared.cols, sizes);
  if (rows === undefined || cols === undefined) throw new Unverifiable(`the shape of the members of ${text} is open`);
  return { rows, cols };
}

/** As many as are declared, or else more than any index that selects one here will reach. */
function memberCount({ sizes }: Compiler, { family }: SymbolInfo): number {
  const declared = family?.count == null ? undefined : evaluate(family.count, sizes);
  return declared ?? Math.max(4, ...sizes.values()) + 1;
}

/** The entries that an entry term selects of a base already compiled. */
export function selectionOf(compiler: Compiler, { base, selectors }: EntryTerm, { tensor }: Slot, place: Place): Selection {
  const info = base.kind === 'symbol' ? infoOf(compiler, base.id) : null;
  const slots = selectors.map((selector) => (selector.kind === 'at' ? compile(compiler, selector.index, place) : null));
  if (info?.family != null) return memberSelection(memberSize(compiler, info), tensor, slots);
  return matrixSelection({ rows: tensor.rows, cols: tensor.cols }, slots);
}

function matrixSelection(size: Size, slots: readonly (Slot | null)[]): Selection {
  const [first, second] = slots;
  const here = () => 0;
  if (slots.length > 2) throw new Unverifiable('an entry in it has more than two indices');
  if (slots.length === 2) return grid(size, here, first ?? null, second ?? null);
  if (size.rows === 1 && size.cols > 1) return grid(size, here, null, first ?? null);
  return grid(size, here, first ?? null, null);
}

/** A member of a family, or entries of it. */
function memberSelection(member: Size, { rows }: Size, slots: readonly (Slot | null)[]): Selection {
  const [which, ...rest] = slots;
  const count = rows / member.rows;
  const offset = () => {
    const at = which === null || which === undefined ? Number.NaN : (which.tensor.data[0] as number);
    return at >= 1 && at <= count && Number.isInteger(at) ? (at - 1) * member.rows * member.cols : -1;
  };
  if (rest.length > 1) return grid(member, offset, rest[0] ?? null, rest[1] ?? null);
  const alongRow = member.rows === 1 && member.cols > 1;
  return alongRow ? grid(member, offset, null, rest[0] ?? null) : grid(member, offset, rest[0] ?? null, null);
}

/** Rows and columns of a matrix that lies at an offset, each one of them or, without an index, all. */
function grid(size: Size, offset: () => number, row: Slot | null, col: Slot | null): Selection {
  return {
    rows: row === null ? size.rows : 1,
    cols: col === null ? size.cols : 1,
    locate: (into) => locate(into, size, offset(), indexOf(row), indexOf(col)),
  };
}

/** Counted from 1 in the text, from 0 here; −1 stands for all, NaN for what counts nothing. */
function indexOf(slot: Slot | null): number {
  if (slot === null) return -1;
  const value = slot.tensor.data[0] as number;
  return value >= 1 ? value - 1 : Number.NaN;
}

function locate(into: Int32Array, { rows, cols }: Size, offset: number, row: number, col: number): boolean {
  const inside = offset >= 0 && row >= -1 && row < rows && col >= -1 && col < cols && Number.isInteger(row) && Number.isInteger(col);
  if (!inside) return false;
  let at = 0;
  for (let i = row < 0 ? 0 : row; i < (row < 0 ? rows : row + 1); i++) {
    for (let j = col < 0 ? 0 : col; j < (col < 0 ? cols : col + 1); j++) into[at++] = offset + i * cols + j;
  }
  return true;
}
