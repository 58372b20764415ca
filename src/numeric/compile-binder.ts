import { random } from '../base/random.ts';
import { isAllButOne } from '../derivation/left-open.ts';
import { productInto } from '../ops/arithmetic.ts';
import type { BinderTerm, SymbolId, Term } from '../ops/term.ts';
import { evaluate } from '../shape/dimension.ts';
import type { IndexComparison, IndexRelation } from '../syntax/ast.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compile, infoOf } from './compile.ts';
import { type Dual, type DualRule, type Tangents, within } from './dual.ts';
import { type Compiler, emit, type Frame, type Meter, newFrame, newSlot, type Place, run, type Slot, scalarSlot } from './frame.ts';
import { hashOf } from './hash.ts';
import { liftedProduct } from './lifted-product.ts';
import { BETWEEN_LOOKS } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';

/** A sum or product over indices: its body is run once for each combination of their values. */
export function compileBinder(compiler: Compiler, term: BinderTerm, place: Place): Slot {
  if (term.binder === 'expectation') throw new Unverifiable('an expectation has no value at a point');
  if (term.binder === 'minimum' || term.binder === 'argmin') throw new Unverifiable('a minimum is not computed');
  if (term.binder === 'integral' || term.binder === 'limit')
    throw new Unverifiable(`${term.binder === 'limit' ? 'a limit' : 'an integral'} is not computed`);
  if (term.indices.length === 0) throw new Unverifiable('a sum without an index');
  if (term.among?.isOfOuter === true) throw new Unverifiable('which values a sum runs over depends on another index');
  const ranges = term.indices.map((id) => rangeOf(compiler, term, id, place));
  const cells = term.indices.map(() => scalarSlot(0));
  const child = newFrame(place.frame, new Map(term.indices.map((id, at) => [id, cells[at] as Slot])));
  const body = compile(compiler, term.body, { ...place, frame: child });
  const loop: Loop = {
    cells,
    ranges,
    holds: term.comparison === null ? null : comparisonTest(compiler, term.comparison, { ...place, frame: child }),
    isMeant: term.among === undefined ? null : memberTest(compiler, term.among.condition, cells),
    isProduct: term.binder === 'product',
    look: lookingNowAndThen(compiler.meter),
  };
  return term.binder === 'stack' ? stack(child, body, loop, place) : fold(child, body, loop, place);
}

export interface Range {
  readonly from: () => number;
  readonly to: () => number;
  /** How many values, where that does not change. */
  readonly count: number | null;
}

/** The range that inference knows, or else the bounds as they are computed. */
function rangeOf(compiler: Compiler, term: BinderTerm, id: SymbolId, place: Place): Range {
  const known = knownRange(compiler, id);
  if (known !== null) {
    if (term.to?.kind === 'symbol') bound(compiler, term.to, place);
    return known;
  }
  const beside = term.to === null ? rangeBeside(compiler, term, id) : null;
  if (beside !== null) return beside;
  if (term.to === null) throw new Unverifiable(`the range of ${infoOf(compiler, id).text} is open`);
  const from = term.from === null ? () => 1 : bound(compiler, term.from, place);
  return { from, to: bound(compiler, term.to, place), count: null };
}

/** `Σ_{j≠i} b_i`: an index that picks nothing runs over the values of the one that it is compared with. */
function rangeBeside(compiler: Compiler, { comparison }: BinderTerm, id: SymbolId): Range | null {
  const sides = comparison === null ? [] : [comparison.left, comparison.right];
  const other = sides.find((side) => side.kind === 'symbol' && side.id !== id);
  return other?.kind === 'symbol' ? knownRange(compiler, other.id) : null;
}

export function knownRange({ shapes, sizes }: Compiler, id: SymbolId): Range | null {
  const range = shapes.rangeOf(id);
  const from = range === null ? undefined : evaluate(range.from, sizes);
  const to = range === null ? undefined : evaluate(range.to, sizes);
  if (from === undefined || to === undefined) return null;
  return { from: () => from, to: () => to, count: to - from + 1 };
}

function bound(compiler: Compiler, term: Term, place: Place): () => number {
  const { tensor } = compile(compiler, term, place);
  if (tensor.data.length !== 1) throw new Unverifiable('a sum runs to something that is no number');
  return () => tensor.data[0] as number;
}

/**
 * The column whose rows are the body at each value of the index, wide bodies below one another; with two
 * indices the matrix of its values.
 */
function stack(child: Frame, body: Slot, loop: Loop, { frame }: Place): Slot {
  const [rows, cols] = loop.ranges.map(({ count }) => count);
  const { tensor } = body;
  if (rows == null || cols === null || (cols !== undefined && tensor.data.length !== 1))
    throw new Unverifiable('entries that are not numbers stand in a matrix');
  const out = newSlot(cols === undefined ? { rows: rows * tensor.rows, cols: tensor.cols } : { rows, cols });
  const each = (runChild: () => void, copies: readonly (readonly [Tensor, Tensor])[]) => () => {
    let next = 0;
    visit(loop, 0, () => {
      runChild();
      for (const [into, from] of copies) into.data.set(from.data, next);
      next += tensor.data.length;
    });
  };
  const rule = within(child, ({ dual }, runChild) =>
    each(runChild, [
      [out.tensor, tensor],
      [dual(out.tensor).tangent, dual(tensor).tangent],
    ]),
  );
  include(
    frame,
    child,
    rows * (cols ?? 1),
    each(() => run(child), [[out.tensor, tensor]]),
    rule,
  );
  return out;
}

interface Loop {
  readonly cells: readonly Slot[];
  readonly ranges: readonly Range[];
  /** Whether what the sign of a sum says of its indices holds; null where it says nothing. */
  readonly holds: (() => boolean) | null;
  /** Whether the values of all indices are among those that the sum runs over; null where all are. */
  readonly isMeant: (() => boolean) | null;
  readonly isProduct: boolean;
  /** Called in every round: looks at the clock now and then. */
  readonly look: () => void;
}

function fold(child: Frame, body: Slot, loop: Loop, { frame }: Place): Slot {
  const out = newSlot(body.tensor, body.groups);
  const kept = newSlot(body.tensor);
  const add = loop.isProduct ? () => multiplyOn(out.tensor, kept.tensor, body.tensor) : () => addOn(out.tensor, body.tensor);
  const rule = within(child, (tangents, runChild) => {
    const [whole, before, factor] = [out, kept, body].map(({ tensor }) => tangents.dual(tensor)) as [Dual, Dual, Dual];
    const addBoth = loop.isProduct
      ? multiplyBothOn(tangents, whole, before, factor)
      : () => {
          addOn(whole.tangent, factor.tangent);
          add();
        };
    return () => {
      start(out.tensor, loop.isProduct);
      whole.tangent.data.fill(0);
      visit(loop, 0, () => {
        runChild();
        addBoth();
      });
    };
  });
  const rounds = loop.ranges.reduce((product, range) => product * (range.count ?? 5), 1);
  include(
    frame,
    child,
    rounds,
    () => {
      start(out.tensor, loop.isProduct);
      visit(loop, 0, () => {
        run(child);
        add();
      });
    },
    rule,
  );
  return out;
}

/** What a round costs beside its body, in multiplications. */
const ROUND = 10;

function include(frame: Frame, child: Frame, rounds: number, instruction: () => void, dual: DualRule): void {
  frame.depth = Math.max(frame.depth, child.depth);
  emit(frame, (child.work + ROUND) * rounds, instruction, dual);
}

/** Rounds of a loop between two looks at the clock. */
const BETWEEN_ROUNDS = 16_384;

function lookingNowAndThen({ tick }: Meter): () => void {
  let rounds = 0;
  return () => {
    if (++rounds % BETWEEN_ROUNDS === 0) tick(BETWEEN_LOOKS);
  };
}

function visit(loop: Loop, depth: number, action: () => void): void {
  const range = loop.ranges[depth];
  const cell = loop.cells[depth];
  if (range === undefined || cell === undefined) return (loop.holds?.() ?? true) && (loop.isMeant?.() ?? true) ? action() : undefined;
  const to = range.to();
  for (let value = range.from(); value <= to; value++) {
    cell.tensor.data[0] = value;
    loop.look();
    visit(loop, depth + 1, action);
  }
}

/**
 * A set of which only the name is known, `∈ S`, is another one at every point, and the same wherever it is named there: what holds then
 * holds for any set, and what does not may well hold for the one that is meant. `≠ y` of a label leaves out one of the first two values.
 */
export function memberTest({ sets }: Pick<Compiler, 'sets'>, condition: string, cells: readonly Slot[]): () => boolean {
  const known = new Map<string, boolean>();
  let seed: number | null = null;
  return () => {
    if (seed !== sets.seed) known.clear();
    seed = sets.seed;
    const values = cells.map(({ tensor }) => tensor.data[0]).join();
    const isMember = known.get(values) ?? isDrawn(condition, values, seed);
    known.set(values, isMember);
    return isMember;
  };
}

function isDrawn(condition: string, values: string, seed: number): boolean {
  const drawn = (of: string) => random(hashOf(`${of} ${seed}`)).uniform();
  if (isAllButOne(condition) && !values.includes(',')) return Number(values) !== (drawn(condition) < 0.5 ? 1 : 2);
  return drawn(`${condition} ${values}`) < 0.5;
}

const RELATIONS: Readonly<Record<IndexRelation, (left: number, right: number) => boolean>> = {
  '≠': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '≤': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '≥': (left, right) => left >= right,
};

/** Both sides are numbers that count, which only instructions further out than the body compute. */
function comparisonTest(compiler: Compiler, { left, relation, right }: IndexComparison<Term>, place: Place): () => boolean {
  const [a, b] = [left, right].map((side) => countIn(compiler, side, place)) as [() => number, () => number];
  const compare = RELATIONS[relation];
  return () => compare(a(), b());
}

/** An index, a size or a number, or so much more or less than one. */
function countIn(compiler: Compiler, term: Term, place: Place): () => number {
  if (term.kind === 'apply' && (term.op === 'add' || term.op === 'sub')) {
    const [a, b] = term.args.map((arg) => countIn(compiler, arg, place)) as [() => number, () => number];
    return term.op === 'add' ? () => a() + b() : () => a() - b();
  }
  const { data } = compile(compiler, term, place).tensor;
  return () => data[0] as number;
}

function start(out: Tensor, isProduct: boolean): void {
  out.data.fill(0);
  if (isProduct) for (let k = 0; k < Math.min(out.rows, out.cols); k++) out.data[k * out.cols + k] = 1;
}

function addOn(out: Tensor, term: Tensor): void {
  for (let k = 0; k < out.data.length; k++) out.data[k] = (out.data[k] as number) + (term.data[k] as number);
}

/** The product so far times the next factor, with its tangent. */
function multiplyBothOn(tangents: Tangents, whole: Dual, before: Dual, factor: Dual): () => void {
  const multiply = liftedProduct(tangents, whole.value, before.value, factor.value, productInto);
  return () => {
    before.value.data.set(whole.value.data);
    before.tangent.data.set(whole.tangent.data);
    multiply();
  };
}

function multiplyOn(out: Tensor, kept: Tensor, factor: Tensor): void {
  kept.data.set(out.data);
  productInto(out, kept, factor);
}
