import type { Equation } from '../derivation/derivation.ts';
import { moversOf } from '../derivation/movers.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import { compile } from './compile.ts';
import { knownRange, memberTest, type Range } from './compile-binder.ts';
import { type Compiler, type Frame, newFrame, type Slot, scalarSlot } from './frame.ts';
import { compileDirectional, compileProjection, largeProjectable } from './project.ts';
import type { Region } from './sample.ts';
import type { Sizes } from './sizes.ts';
import type { Subject } from './subject.ts';
import type { Clock } from './ticker.ts';
import { reasonOf, Unverifiable } from './unverifiable.ts';

/** The sides of an equation as programs, for one set of sizes. */
export interface Program {
  readonly compiler: Compiler;
  readonly left: Slot;
  /** The other sides; where one cannot be computed, why. */
  readonly rights: readonly (Slot | string)[];
  /** Where the sides are computed, once for each combination of the free indices' values. */
  readonly frame: Frame;
  readonly indices: readonly FreeIndex[];
  /** For which of their values the equation is claimed. */
  readonly where: Equation['where'];
  /** Whether what sums with the same condition leave out leaves out none of the indices as they are. */
  readonly isMeant: () => boolean;
  /** How many of the instructions at the root belong to the left side. */
  readonly leftLength: number;
  /** Where each variable without declared properties is drawn from. */
  readonly regions: Map<SymbolId, Region>;
  /** Every entry, or for large claims what they make of directions. */
  readonly method: 'entries' | 'directions';
}

interface FreeIndex {
  readonly id: SymbolId;
  readonly cell: Slot;
  readonly from: number;
  readonly to: number;
}

/** Multiplications that the values at one point may take: some seconds. */
const MOST_WORK = 5e9;
/** From here on a claim is checked along directions, where it can be. */
const LARGE_WORK = 1e8;
/** And where every entry was asked for: a minute or two. */
const MOST_OF_ENTRIES = 2e11;

/** Compiles the sides of an equation. Throws Unverifiable where the left one cannot be computed, or it would take too long. */
export function programFor(subject: Subject, sizes: Sizes, clock: Clock, method: Program['method'] | null = null): Program {
  if (method === 'directions')
    return affordable(compileDirections(subject, sizes, clock) ?? compileEntries(subject, sizes, clock), MOST_WORK);
  const whole = compileEntries(subject, sizes, clock);
  return workOf(whole) <= (method === 'entries' ? MOST_OF_ENTRIES : LARGE_WORK)
    ? whole
    : affordable(compileDirections(subject, sizes, clock) ?? whole, MOST_WORK);
}

function affordable(program: Program, most: number): Program {
  if (workOf(program) > most) throw new Unverifiable('it would take too long');
  return program;
}

/**
 * The same sides with derivatives by dual numbers; where those of every entry would take too long, along a direction that can be
 * turned to any entry. Where dual numbers abstain, why.
 */
export function dualProgramFor(subject: Subject, { compiler: { sizes, meter }, method }: Program): Program | string {
  const make = (how: typeof compileDirections): Program | string => {
    const witness: { abstains: string | null } = { abstains: null };
    const program = how(subject, sizes, meter, witness);
    return witness.abstains ?? program ?? 'it is no derivative by one symbol';
  };
  if (method === 'directions') return make(compileDirections);
  const whole = make(compileEntries);
  if (typeof whole === 'string' || workOf(whole) <= LARGE_WORK) return whole;
  const along = make(compileDirections);
  return typeof along === 'string' ? whole : along;
}

/** Multiplications that the values at one point take. */
export function workOf(program: Program): number {
  const { root } = program.compiler;
  return root.work + (program.frame === root ? 0 : roundsOf(program) * program.frame.work);
}

/** How many combinations of the free indices' values there are. */
export function roundsOf({ indices }: Program): number {
  return indices.reduce((product, { from, to }) => product * (to - from + 1), 1);
}

export function compilerFor(
  { derivation, shapes, dependencies, definedIn, sharedAt, equation }: Subject,
  sizes: Sizes,
  movers: ReadonlySet<SymbolId>,
  clock: Clock,
  witness: Compiler['witness'] = null,
): Compiler {
  return {
    derivation,
    shapes,
    sizes,
    dependencies,
    definedIn,
    broadcast: equation.settings.broadcast,
    root: newFrame(null, new Map(), clock.look),
    variables: new Map(),
    shared: sharedAt(sizes),
    functions: new Map(),
    directions: new Map(),
    solutions: new Map(),
    sets: { seed: 0 },
    movers,
    meter: { noise: 0, error: 0, natural: 0, tick: clock.tick, look: clock.look, begin: clock.begin },
    steps: { fixed: null, isNested: false, taken: new Set(), notAnalytic: null },
    witness,
    branches: [],
    calls: [],
    open: new Set(),
    missed: { of: null },
  };
}

/** Only the first side of an equation, to which others are added later. */
export function firstSideFor(subject: Subject, sizes: Sizes, clock: Clock): Program {
  return affordable(compileFirst(subject, sizes, clock, null), LARGE_WORK);
}

function compileEntries(subject: Subject, sizes: Sizes, clock: Clock, witness: Compiler['witness'] = null): Program {
  const { shapes, equation } = subject;
  const program = compileFirst(subject, sizes, clock, witness);
  const place = { frame: program.frame, layout: shapes.layoutOf(equation) };
  const rights = equation.sides.slice(1).map((side) => slotOrReason(() => compile(program.compiler, side, place)));
  return { ...program, rights };
}

function compileFirst(subject: Subject, sizes: Sizes, clock: Clock, witness: Compiler['witness']): Program {
  const { derivation, shapes, equation } = subject;
  const compiler = compilerFor(subject, sizes, moversOf(derivation, equation.sides), clock, witness);
  const { root } = compiler;
  const indices = equation.free.map((id) => freeIndex(compiler, id));
  const frame = indices.length === 0 ? root : newFrame(root, new Map(indices.map(({ id, cell }) => [id, cell])));
  const left = compile(compiler, equation.sides[0] as Term, { frame, layout: shapes.layoutOf(equation) });
  return {
    compiler,
    left,
    rights: [],
    frame,
    indices,
    where: equation.where,
    isMeant: meantTest(compiler, equation, indices),
    leftLength: root.code.length,
    regions: new Map(),
    method: 'entries',
  };
}

/** Both sides times a direction of the variable; null where the claim is of another kind. */
function compileDirections(subject: Subject, sizes: Sizes, clock: Clock, witness: Compiler['witness'] = null): Program | null {
  const { shapes, equation } = subject;
  const claimed = equation.free.length > 0 ? null : largeProjectable(equation.sides[0] as Term);
  if (claimed === null) return null;
  const compiler = compilerFor(subject, sizes, new Set([claimed.variable]), clock, witness);
  const { root } = compiler;
  const place = { frame: root, layout: shapes.layoutOf(equation) };
  const left = compileDirectional(compiler, claimed, place);
  const leftLength = root.code.length;
  const rights = equation.sides.slice(1).map((side) => slotOrReason(() => compileProjection(compiler, claimed, side, left.tensor, place)));
  return {
    compiler,
    left,
    rights,
    frame: root,
    indices: [],
    where: [],
    isMeant: () => true,
    leftLength,
    regions: new Map(),
    method: 'directions',
  };
}

/** An index without a range picks members of families of which nobody says how many there are; these stand for all. */
const SOME_MEMBERS: Range = { from: () => 1, to: () => 3, count: 3 };

function freeIndex(compiler: Compiler, id: SymbolId): FreeIndex {
  const range = knownRange(compiler, id) ?? SOME_MEMBERS;
  return { id, cell: scalarSlot(0), from: range.from(), to: range.to() };
}

/** Sides that are not meant for the values of the indices are zero there. */
function meantTest(compiler: Compiler, { among = [] }: Equation, indices: readonly FreeIndex[]): () => boolean {
  const tests = among.flatMap(({ index, condition }) => {
    const free = indices.find(({ id }) => id === index);
    return free === undefined ? [] : [memberTest(compiler, condition, [free.cell])];
  });
  return () => tests.every((test) => test());
}

function slotOrReason(make: () => Slot): Slot | string {
  try {
    return make();
  } catch (problem) {
    return reasonOf(problem);
  }
}
