import { type Random, random } from '../base/random.ts';
import type { Equation, ShapeTable } from '../derivation/derivation.ts';
import { moversOf } from '../derivation/movers.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Size } from '../tensor/product-plan.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compile } from './compile.ts';
import { knownRange, type Range } from './compile-binder.ts';
import { type Compiler, type Frame, MANY_ENTRIES, newFrame, run, runOne, type Slot, scalarSlot, type Variable } from './frame.ts';
import { hashOf } from './hash.ts';
import { compileDirectional, compileProjection, projectable } from './project.ts';
import { redraw } from './random-function.ts';
import { drawInto, drawStratified, fillNormal, type Region, regionAt, stretch } from './sample.ts';
import type { Sizes } from './sizes.ts';
import type { Subject } from './subject.ts';
import { BETWEEN_LOOKS, LONG } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';

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
/** How much more may be done where every entry was asked for. */
const PATIENT = 100;

/** Compiles the sides of an equation. Throws Unverifiable where the left one cannot be computed, or it would take too long. */
export function programFor(subject: Subject, sizes: Sizes, tick: (work: number) => void, method: Program['method'] | null = null): Program {
  if (method === 'directions')
    return affordable(compileDirections(subject, sizes, tick) ?? compileEntries(subject, sizes, tick), MOST_WORK);
  const whole = compileEntries(subject, sizes, tick);
  if (method === 'entries') return affordable(whole, PATIENT * MOST_WORK);
  return workOf(whole) <= LARGE_WORK ? whole : affordable(compileDirections(subject, sizes, tick) ?? whole, MOST_WORK);
}

function affordable(program: Program, most: number): Program {
  if (workOf(program) > most) throw new Unverifiable('it would take too long');
  return program;
}

/** The same sides with derivatives by dual numbers; where those abstain, why. */
export function dualProgramFor(subject: Subject, { compiler: { sizes, meter }, method }: Program): Program | string {
  const witness: { abstains: string | null } = { abstains: null };
  const make = method === 'entries' ? compileEntries : compileDirections;
  const program = make(subject, sizes, meter.tick, witness);
  return witness.abstains ?? program ?? 'it is no derivative by one symbol';
}

/** Multiplications that the values at one point take. */
export function workOf(program: Program): number {
  const { root } = program.compiler;
  return root.work + (program.frame === root ? 0 : roundsOf(program) * program.frame.work);
}

function roundsOf({ indices }: Program): number {
  return indices.reduce((product, { from, to }) => product * (to - from + 1), 1);
}

export function compilerFor(
  { derivation, shapes, dependencies, definedIn, sharedAt, equation }: Subject,
  sizes: Sizes,
  movers: ReadonlySet<SymbolId>,
  tick: (work: number) => void,
  witness: Compiler['witness'] = null,
): Compiler {
  return {
    derivation,
    shapes,
    sizes,
    dependencies,
    definedIn,
    broadcast: equation.settings.broadcast,
    root: newFrame(null, new Map()),
    variables: new Map(),
    shared: sharedAt(sizes),
    functions: new Map(),
    directions: new Map(),
    sets: { seed: 0 },
    movers,
    meter: { noise: 0, error: 0, natural: 0, tick },
    steps: { fixed: null, isNested: false, taken: new Set(), notAnalytic: null },
    witness,
    branches: [],
    calls: [],
    open: new Set(),
  };
}

/** Only the first side of an equation, to which others are added later. */
export function firstSideFor(subject: Subject, sizes: Sizes, tick: (work: number) => void): Program {
  return affordable(compileFirst(subject, sizes, tick, null), LARGE_WORK);
}

function compileEntries(subject: Subject, sizes: Sizes, tick: (work: number) => void, witness: Compiler['witness'] = null): Program {
  const { shapes, equation } = subject;
  const program = compileFirst(subject, sizes, tick, witness);
  const place = { frame: program.frame, layout: shapes.layoutOf(equation) };
  const rights = equation.sides.slice(1).map((side) => slotOrReason(() => compile(program.compiler, side, place)));
  return { ...program, rights };
}

function compileFirst(subject: Subject, sizes: Sizes, tick: (work: number) => void, witness: Compiler['witness']): Program {
  const { derivation, shapes, equation } = subject;
  const compiler = compilerFor(subject, sizes, moversOf(derivation, equation.sides), tick, witness);
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
    leftLength: root.code.length,
    regions: new Map(),
    method: 'entries',
  };
}

/** Both sides times a direction of the variable; null where the claim is of another kind. */
function compileDirections(
  subject: Subject,
  sizes: Sizes,
  tick: (work: number) => void,
  witness: Compiler['witness'] = null,
): Program | null {
  const { shapes, equation } = subject;
  const claimed = equation.free.length > 0 ? null : projectable(equation.sides[0] as Term);
  if (claimed === null) return null;
  const compiler = compilerFor(subject, sizes, new Set([claimed.variable]), tick, witness);
  const { root } = compiler;
  const place = { frame: root, layout: shapes.layoutOf(equation) };
  const left = compileDirectional(compiler, claimed, place);
  const leftLength = root.code.length;
  const rights = equation.sides.slice(1).map((side) => slotOrReason(() => compileProjection(compiler, claimed, side, left.tensor, place)));
  return { compiler, left, rights, frame: root, indices: [], where: [], leftLength, regions: new Map(), method: 'directions' };
}

/** An index without a range picks members of families of which nobody says how many there are; these stand for all. */
const SOME_MEMBERS: Range = { from: () => 1, to: () => 3, count: 3 };

function freeIndex(compiler: Compiler, id: SymbolId): FreeIndex {
  const range = knownRange(compiler, id) ?? SOME_MEMBERS;
  return { id, cell: scalarSlot(0), from: range.from(), to: range.to() };
}

function slotOrReason(make: () => Slot): Slot | string {
  try {
    return make();
  } catch (problem) {
    if (problem instanceof Unverifiable) return problem.message;
    throw problem;
  }
}

// ---- points

/** The values of all sides at one point, of each combination of free indices one below the other. */
export interface Values {
  readonly left: Float64Array;
  readonly rights: readonly (Float64Array | null)[];
  /** Rows and columns of one value. */
  readonly size: Size;
  /** Estimated relative error of the differences on any side. */
  readonly noise: number;
  /** Of the left side: absolute error, and the size its derivatives would naturally have. */
  readonly error: number;
  readonly natural: number;
}

/** Where a point lies among those of a claim. */
export interface Turn {
  readonly seed: number;
  /** Counted over all points of the claim. */
  readonly turn: number;
  /** How much further away than usual variables may lie. */
  readonly reach: number;
}

/** Draws a point and computes all sides there. */
export function valuesAt(program: Program, at: Turn): Values {
  const source = random(at.seed);
  const { functions, directions, sets } = program.compiler;
  sets.seed = at.seed;
  for (const f of functions.values()) redraw(f, source);
  for (const { tensor } of directions.values()) drawDirection(tensor, program.method, at.seed, source);
  return computed(program, (variable) => drawAt(program, variable, at, source));
}

function drawAt(program: Program, variable: Variable, { seed, turn, reach }: Turn, source: Random): void {
  const region = program.regions.get(variable.info.id) ?? 'normal';
  const { data } = variable.slot.tensor;
  if (data.length >= MANY_ENTRIES) drawOnce(variable, region, seed, streamOf(program, variable));
  else if (isPlainNumber(variable, region)) drawStratified(data, turn, hashOf(variable.info.text), source);
  else drawVariable(variable, region, source);
  if (reach === 1) return;
  const isAlone = program.compiler.variables.size === 1;
  stretch(data, variable.info.properties, region, isAlone ? reach : ownReach(reach, source));
  variable.drawn = null;
}

/** Of points further away some variables are large, some small and some as usual, so that each can outweigh the others. */
function ownReach(reach: number, { uniform }: Random): number {
  const chance = uniform();
  return chance < 0.5 ? reach : chance < 0.75 ? 1 : 1 / Math.min(reach, 10);
}

/** One number of which nothing is known. */
function isPlainNumber({ info: { properties }, slot: { tensor } }: Variable, region: Region): boolean {
  return tensor.data.length === 1 && properties.length === 0 && region === 'normal';
}

/** A large variable comes from a stream of its own, so that it is the same in all claims at one seed. */
function drawOnce(variable: Variable, region: Region, seed: number, stream: number): void {
  const drawn = `${seed}:${region}`;
  if (variable.drawn === drawn) return;
  drawVariable(variable, region, random(seed ^ stream));
  variable.drawn = drawn;
}

/** By name, so that an edit elsewhere moves no point; the second variable of a name has another stream. */
function streamOf({ compiler: { variables } }: Program, { info }: Variable): number {
  const namesakes = [...variables.values()].filter((other) => other.info.text === info.text);
  return hashOf(`${info.text} ${namesakes.findIndex((other) => other.info.id === info.id)}`);
}

/**
 * A direction at random, or where directions stand for all entries every second time that of a single
 * entry. Of a large variable it is short, as many small moves together move the function far.
 */
function drawDirection({ data, rows, cols }: Tensor, method: Program['method'], seed: number, random: Random): void {
  const isSingle = method === 'directions' && seed % 2 === 0;
  const length = method === 'directions' ? 1 / Math.sqrt(Math.max(rows, cols)) : 1;
  if (isSingle) data.fill(0);
  else fillNormal(data, random);
  if (isSingle) data[Math.floor(random.uniform() * data.length)] = 1;
  else for (let k = 0; k < data.length; k++) data[k] = length * (data[k] as number);
}

/** Computes all sides where the variables are. */
export function valuesHere(program: Program): Values {
  return computed(program, () => undefined);
}

/** Computes all sides where `draw` puts the variables. */
export function valuesWhere(program: Program, draw: (variable: Variable) => void): Values {
  return computed(program, (variable) => {
    draw(variable);
    variable.drawn = null;
  });
}

function computed(program: Program, draw: (variable: Variable) => void): Values {
  const {
    compiler: { meter, variables },
    left,
    rights,
  } = program;
  for (const variable of variables.values()) draw(variable);
  const { error, natural } = runRoot(program);
  const lefts: Float64Array[] = [];
  const others = rights.map((): Float64Array[] => []);
  forEachIndex(program, 0, () => {
    if (program.frame !== program.compiler.root) run(program.frame);
    lefts.push(left.tensor.data.slice());
    rights.forEach((right, at) => typeof right !== 'string' && others[at]?.push(fitted(right, left)));
  });
  if (lefts.length === 0) throw new Unverifiable('no values of its indices are meant');
  const own = program.indices.length === 0 ? { error, natural } : meter;
  return {
    left: joined(lefts),
    rights: rights.map((right, at) => (typeof right === 'string' ? null : joined(others[at] ?? []))),
    size: left.tensor,
    noise: meter.noise,
    error: own.error,
    natural: own.natural,
  };
}

/** The entries of a further side at the point where a program is, and the relative error of differences in it. */
export type ValuesOfSide = (version: Equation, shapes: ShapeTable) => { readonly entries: Float64Array; readonly noise: number };

/**
 * Adds sides to a program that stays at its point: of each only those parts are computed that none before had. What a side
 * brings along that was not drawn yet is drawn then. Throws Unverifiable where a side cannot be computed.
 */
export function furtherSides(program: Program, seed: number): ValuesOfSide {
  const { compiler, left, frame, indices } = program;
  const { root, meter, variables, functions } = compiler;
  const source = random(seed ^ hashOf('further sides'));
  const done = { instructions: root.code.length, work: root.work, variables: variables.size, functions: functions.size };
  return (version, shapes) => {
    meter.tick(0);
    const own = indices.length === 0 ? root : newFrame(root, frame.cuts);
    const side = compile({ ...compiler, shapes }, version.sides[1] as Term, { frame: own, layout: shapes.layoutOf(version) });
    for (const f of [...functions.values()].slice(done.functions)) redraw(f, source);
    for (const variable of [...variables.values()].slice(done.variables)) drawAt(program, variable, { seed, turn: 0, reach: 1 }, source);
    meter.tick(root.work - done.work + (own === root ? 0 : roundsOf(program) * own.work));
    Object.assign(done, { functions: functions.size, variables: variables.size, work: root.work });
    meter.noise = 0;
    for (; done.instructions < root.code.length; done.instructions++) runOne(root, done.instructions);
    const parts: Float64Array[] = [];
    forEachIndex(program, 0, () => {
      if (own !== root) run(own);
      parts.push(fitted(side, left));
    });
    return { entries: joined(parts), noise: meter.noise };
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : Float64Array.from(parts.flatMap((part) => [...part]));
}

/** The entries of a side; a literal zero is as wide as what it is compared with. */
function fitted(right: Slot, left: Slot): Float64Array {
  return right.anyShape ? new Float64Array(left.tensor.data.length) : right.tensor.data.slice();
}

/** Runs what depends on no index; the answer is what the left side alone reported of its differences. */
function runRoot({ compiler: { root, meter }, leftLength }: Program): { readonly error: number; readonly natural: number } {
  Object.assign(meter, { noise: 0, error: 0, natural: 0 });
  let own = { error: 0, natural: 0 };
  for (let at = 0; at < root.code.length; at++) {
    if (at === leftLength) own = { error: meter.error, natural: meter.natural };
    if ((root.costs[at] as number) > LONG) meter.tick(BETWEEN_LOOKS);
    runOne(root, at);
  }
  return root.code.length <= leftLength ? { error: meter.error, natural: meter.natural } : own;
}

function forEachIndex(program: Program, depth: number, action: () => void): void {
  const index = program.indices[depth];
  if (index === undefined) return isClaimed(program) ? action() : undefined;
  for (let value = index.from; value <= index.to; value++) {
    index.cell.tensor.data[0] = value;
    forEachIndex(program, depth + 1, action);
  }
}

/** Whether the equation is claimed for the indices as they are. */
function isClaimed({ indices, where }: Program): boolean {
  const valueOf = (id: SymbolId) => indices.find((index) => index.id === id)?.cell.tensor.data[0];
  return where.every(({ left, right, equal }) => (valueOf(left) === valueOf(right)) === equal);
}

/** The part of a number that its last digits are: many roundings, and far less than a tolerance. */
const LAST_DIGITS = 2 ** -46;

/** Computes all sides where every number of the point and every result is another one in its last digits, and leaves the point as it was. */
export function valuesNearby(program: Program, seed: number): Values {
  const source = random(seed);
  const kept = new Map([...program.compiler.variables.values()].map((variable) => [variable, variable.slot.tensor.data.slice()]));
  const nudge = ({
    slot: {
      tensor: { data },
    },
  }: Variable) => data.forEach((value, k) => void (data[k] = value * (1 + LAST_DIGITS * (2 * source.uniform() - 1))));
  const { rounding } = program.compiler.root;
  rounding.source = source;
  try {
    return valuesWhere(program, nudge);
  } finally {
    rounding.source = null;
    for (const [{ slot }, data] of kept) slot.tensor.data.set(data);
  }
}

/** Puts a program where another one is: its variables, the functions left open, directions and sets; false where it has more than that one. */
export function copyPoint({ variables, functions, directions, sets }: Compiler, to: Compiler): boolean {
  to.sets.seed = sets.seed;
  const pairs = [
    ...[...to.variables].map(([id, { slot }]) => [variables.get(id)?.slot.tensor.data, slot.tensor.data]),
    ...[...to.functions].map(([id, { coefficients }]) => [functions.get(id)?.coefficients, coefficients]),
    ...[...to.directions].map(([id, { tensor }]) => [directions.get(id)?.tensor.data, tensor.data]),
  ] as const;
  for (const [from, into] of pairs) if (from !== into && from?.length === into?.length) into?.set(from as Float64Array);
  for (const [id, variable] of to.variables) variable.drawn = variables.get(id)?.drawn ?? null;
  return pairs.every(([from, into]) => from?.length === into?.length);
}

/** Each member of a family is drawn for itself. */
function drawVariable(
  {
    info,
    slot: {
      tensor: { data, rows, cols },
    },
    members,
  }: Variable,
  region: Region,
  source: Random,
): void {
  const size = { rows: rows / members, cols };
  const each = size.rows * cols;
  for (let at = 0; at < data.length; at += each) drawInto(data.subarray(at, at + each), size, info.properties, region, source);
}

/** Lets every variable without declared properties come from another region, chosen at random. */
export function chooseRegions({ compiler: { variables }, regions }: Program, seed: number): void {
  const { uniform } = random(seed);
  for (const { info, slot } of variables.values()) regions.set(info.id, regionAt(uniform(), slot.tensor.data.length));
}

/** Lets variables come from where they once came from; those that are not named, from everywhere. */
export function restoreRegions({ regions }: Program, earlier: ReadonlyMap<SymbolId, Region>): void {
  regions.clear();
  for (const [id, region] of earlier) regions.set(id, region);
}
