import type { Derivation, Equation, ShapeTable, SymbolInfo } from '../derivation/derivation.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Look } from '../tensor/look.ts';
import type { Size } from '../tensor/product-plan.ts';
import { type Tensor, tensor } from '../tensor/tensor.ts';
import type { Branch } from './branches.ts';
import type { Dependencies } from './dependencies.ts';
import type { DualRule } from './dual.ts';
import type { FixedStep } from './fixed-step.ts';
import type { Effect } from './focus.ts';
import type { Call } from './no-value.ts';
import type { RandomFunction } from './random-function.ts';
import { type Rounding, roundAtRandom } from './rounding.ts';
import { type Clock, LONG, TIMELESS } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';

/** Where a value lies while a program runs; its place in memory never changes. */
export interface Slot {
  readonly tensor: Tensor;
  /** The axes of a derivative of more than two, flattened group by group into rows and columns. */
  readonly groups: readonly [readonly number[], readonly number[]] | null;
  /** A literal zero, which has every shape. */
  readonly anyShape: boolean;
}

export type Instruction = () => void;

/**
 * Part of a program that is run again and again for new values of what it cuts loose: the variable of
 * a derivative, the index of a sum, the parameters of a function. What does not depend on those lies in a
 * frame further out and is run less often.
 */
export interface Frame {
  readonly parent: Frame | null;
  readonly cuts: ReadonlyMap<SymbolId, Slot>;
  readonly code: Instruction[];
  /** What each instruction costs, in multiplications. */
  readonly costs: number[];
  /** For each instruction how it is done with tangents. */
  readonly duals: DualRule[];
  /** And how a change spreads through it, where that is told. */
  readonly effects: (Effect | null)[];
  readonly memo: Map<string, Slot>;
  /** That of the whole program. */
  readonly rounding: Rounding;
  /** Where long work within an instruction looks at the clock. */
  readonly look: Look;
  /** How deep differences of differences are nested in it. */
  depth: number;
  /** Multiplications one run takes, roughly. */
  work: number;
}

/** A symbol that has no definition: its value is drawn at random. */
export interface Variable {
  readonly info: SymbolInfo;
  readonly slot: Slot;
  /** One for a single value, the number of members for a family; members lie below one another. */
  readonly members: number;
  /** What was last drawn into it, where that can be told; to be cleared by whoever writes something else. */
  drawn: string | null;
}

/** What differences report while a program runs. */
export interface Meter extends Clock {
  /** The largest estimated error of a derivative, relative to its largest entry. */
  noise: number;
  /** The largest estimated error, absolute. */
  error: number;
  /** The largest size a derivative would have if it were as large as value over variable. */
  natural: number;
}

/** How derivatives are taken. */
export interface Steps {
  /** Set while it is looked at what the step does to the error; otherwise steps are chosen as they are needed. */
  fixed: FixedStep | null;
  isNested: boolean;
  readonly taken: Set<'complex' | 'differences'>;
  /** Why no complex step can be taken through a derivative, where one cannot. */
  notAnalytic: string | null;
}

/** A derivative of what a frame computes by entries of its input. */
export interface DifferencePlan {
  /** What is run again for each moved entry; reads `input`. */
  readonly child: Frame;
  readonly input: Slot;
  /** The value around which `input` is moved. */
  readonly base: Slot;
  readonly output: Slot;
  /** Which entries of the input are moved; null where an index is out of range. */
  readonly chosen: () => Int32Array | null;
  readonly count: number;
}

/** Everything that compiling one claim for one set of sizes knows. */
export interface Compiler {
  readonly derivation: Derivation;
  readonly shapes: ShapeTable;
  readonly sizes: ReadonlyMap<string, number>;
  readonly dependencies: Dependencies;
  readonly definedIn: ReadonlyMap<SymbolId, Equation>;
  readonly broadcast: boolean;
  readonly root: Frame;
  readonly variables: Map<SymbolId, Variable>;
  /** Large variables, which all claims of a derivation at these sizes have in common. */
  readonly shared: Map<SymbolId, Variable>;
  readonly functions: Map<string, RandomFunction>;
  /** Directions in which declared symbols move, for differentials. */
  readonly directions: Map<SymbolId, Slot>;
  /** What was last found to solve an equation for a symbol, which is where the next search begins. */
  readonly solutions: Map<SymbolId, Float64Array>;
  /** What sets of which only the name is known are drawn from at a point. */
  readonly sets: { seed: number };
  /** The symbols that move in a differential. */
  readonly movers: ReadonlySet<SymbolId>;
  readonly meter: Meter;
  /** Whether derivatives are taken by dual numbers; then why that cannot be done, once it cannot. */
  readonly witness: { abstains: string | null } | null;
  readonly steps: Steps;
  /** Of each operator with a kink or a jump on which sides of it the points were. */
  readonly branches: Branch[];
  /** Every operator in it, in the order of their values. */
  readonly calls: Call[];
  /** Definitions being compiled, to notice one that leads to itself. */
  readonly open: Set<string>;
  /** Of what an entry was asked for that it does not have; null where none was. */
  readonly missed: { of: Term | null };
}

/** Where in the program, and under which layout, a term is compiled. */
export interface Place {
  readonly frame: Frame;
  readonly layout: Layout;
}

/** Values with so many entries are drawn, and kept, once for all claims. */
export const MANY_ENTRIES = 1024;

export function newFrame(parent: Frame | null, cuts: ReadonlyMap<SymbolId, Slot>, look: Look = parent?.look ?? TIMELESS.look): Frame {
  return {
    parent,
    cuts,
    code: [],
    costs: [],
    duals: [],
    effects: [],
    memo: new Map(),
    rounding: parent?.rounding ?? { source: null },
    look,
    depth: 0,
    work: 0,
  };
}

/** A value with more entries than this is not made. */
const MOST_ENTRIES = 20_000_000;

export function newSlot({ rows, cols }: Size, groups: Slot['groups'] = null): Slot {
  if (rows * cols > MOST_ENTRIES) throw new Unverifiable('it would take too long');
  return { tensor: tensor(rows, cols), groups, anyShape: false };
}

/** What memory for a number costs, in multiplications. */
const ALLOCATED = 4;

/** A slot of a frame, with a look at the clock, as many of them take long to be filled with zeros. */
export function slotIn({ look }: Frame, size: Size, groups: Slot['groups'] = null): Slot {
  const slot = newSlot(size, groups);
  look(ALLOCATED * slot.tensor.data.length);
  return slot;
}

export function scalarSlot(value: number): Slot {
  return { tensor: tensor(1, 1, [value]), groups: null, anyShape: false };
}

export function run(frame: Frame): void {
  const { code, rounding } = frame;
  if (rounding.source === null) for (let at = 0; at < code.length; at++) (code[at] as Instruction)();
  else for (let at = 0; at < code.length; at++) runOne(frame, at);
}

/** The same with a look at the clock before each instruction that takes long, where all of them together do. */
export function runLooking(frame: Frame, { begin, look }: Clock): void {
  if (frame.work < LONG) return run(frame);
  for (let at = 0; at < frame.code.length; at++) {
    const cost = frame.costs[at] as number;
    if (cost > LONG) begin(cost);
    else look(cost);
    runOne(frame, at);
  }
}

/** Runs one instruction of a frame. */
export function runOne({ code, effects, rounding: { source }, look }: Frame, at: number): void {
  (code[at] as Instruction)();
  const effect = effects[at] ?? null;
  if (source !== null && effect !== null) roundAtRandom(effect, source, look);
}

/** The innermost frame in which something with these dependencies can change. */
export function homeOf(frame: Frame, dependsOn: ReadonlySet<SymbolId>): Frame {
  let home = frame;
  while (home.parent !== null && !cutsAny(home, dependsOn)) home = home.parent;
  return home;
}

function cutsAny({ cuts }: Frame, ids: ReadonlySet<SymbolId>): boolean {
  for (const id of cuts.keys()) if (ids.has(id)) return true;
  return false;
}

/** What calling an instruction costs, in multiplications. */
const CALL = 20;

/** Adds an instruction, what it costs, how it is done with tangents, and how a change spreads through it. */
export function emit(frame: Frame, work: number, instruction: Instruction, dual: DualRule, effect: Effect | null = null): void {
  frame.code.push(instruction);
  frame.costs.push(work);
  frame.duals.push(dual);
  frame.effects.push(effect);
  frame.work += work + CALL;
}
