import { random } from '../base/random.ts';
import type { Equation, ShapeTable } from '../derivation/derivation.ts';
import type { SymbolId, Term } from '../ops/term.ts';
import type { Size } from '../tensor/product-plan.ts';
import { compile } from './compile.ts';
import { newFrame, run, runOne, type Slot, type Variable } from './frame.ts';
import { hashOf } from './hash.ts';
import { drawAt, drawer, type Turn } from './place-variables.ts';
import { type Program, roundsOf } from './program.ts';
import { redraw } from './random-function.ts';
import { LONG } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';

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

/** What a number of a point costs, in multiplications. */
const DRAWN = 10;

/** Draws a point and computes all sides there. */
export function valuesAt(program: Program, at: Turn): Values {
  return computed(program, drawer(program, at));
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
  for (const variable of variables.values()) {
    draw(variable);
    meter.look(DRAWN * variable.slot.tensor.data.length);
  }
  const { error, natural } = runRoot(program);
  const lefts: Float64Array[] = [];
  const others = rights.map((): Float64Array[] => []);
  forEachIndex(program, 0, () => {
    if (program.frame !== program.compiler.root) run(program.frame);
    const isMeant = program.isMeant();
    const meant = (entries: Float64Array) => (isMeant ? entries : new Float64Array(entries.length));
    lefts.push(meant(left.tensor.data.slice()));
    rights.forEach((right, at) => typeof right !== 'string' && others[at]?.push(meant(fitted(right, left))));
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
      const entries = fitted(side, left);
      parts.push(program.isMeant() ? entries : new Float64Array(entries.length));
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
    const cost = root.costs[at] as number;
    if (cost > LONG) meter.begin(cost);
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
