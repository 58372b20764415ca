import { random } from '../base/random.ts';
import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { claimKey } from './claim-key.ts';
import { compareValues } from './compare.ts';
import { distance } from './difference.ts';
import { counterexampleUnder, type KeepingVerdicts } from './kept-verdicts.ts';
import { pointOf, pointReport } from './point.ts';
import { type Program, programFor } from './program.ts';
import { type Sizes, sizesOf } from './sizes.ts';
import { type Subject, subjectOf } from './subject.ts';
import { TIMELESS } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';
import { type Values, valuesWhere } from './values.ts';
import { drawWhole } from './whole-values.ts';

/** A point small enough to be followed by hand, at which a step is wrong. */
export interface Counterexample {
  readonly sizes: Sizes;
  /** What every variable is there, row by row, and every free index. */
  readonly values: readonly NamedMatrix[];
  readonly claimed: Matrix;
  readonly numeric: Matrix;
}

export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly number[];
}

export interface NamedMatrix extends Matrix {
  readonly name: string;
}

/** Where sizes are fixed: more numbers than these nobody follows by hand. */
const MOST_ENTRIES = 400;
/** Points with small whole numbers that are tried for each set of sizes. */
const TRIES = 24;
/** All dimensions of this size, as far as nothing fixes them. */
const SMALL_SIZES = [1, 2] as const;
/** By how much the sides have to differ, relative to the larger one: less is not seen in a few digits. */
const VISIBLE = 1e-3;
/** Smaller numbers than these are what rounding leaves of zero, or not for a hand. */
const LEAST = 1e-9;

/** The smallest sizes and whole numbers at which a step, counted from 0, differs from the derivative; null where none is found. */
export function counterexample(
  derivation: Derivation,
  shapes: ShapeTable,
  equation: Equation,
  step: number,
  keeping: KeepingVerdicts,
): Counterexample | null {
  const side = equation.sides[step + 1];
  if (side === undefined) return null;
  const subject = subjectOf(derivation, shapes, { ...equation, sides: [equation.sides[0] as typeof side, side], relations: ['='] });
  return counterexampleUnder(keeping, claimKey(subject), () => smallest(subject));
}

function smallest(subject: Subject): Counterexample | null {
  for (const size of SMALL_SIZES) {
    try {
      const found = easiest(programFor(subject, sizesOf(subject, subject.equation.settings.sizes, size), TIMELESS));
      if (found !== null) return found;
    } catch (problem) {
      if (!(problem instanceof Unverifiable)) throw problem;
    }
  }
  return null;
}

/** Of the points at which the sides differ the one that takes the least writing; the first of equals. */
function easiest(program: Program): Counterexample | null {
  const { functions, variables } = program.compiler;
  const entries = [...variables.values()].reduce((sum, { slot }) => sum + slot.tensor.data.length, 0);
  if (functions.size > 0 || entries > MOST_ENTRIES) return null;
  const found = Array.from({ length: TRIES }, (_, attempt) => counterexampleAt(program, attempt)).filter((one) => one !== null);
  return found.reduce<Counterexample | null>((best, one) => (best === null || writing(one) < writing(best) ? one : best), null);
}

function counterexampleAt(program: Program, attempt: number): Counterexample | null {
  const source = random(attempt + 3);
  const { compiler } = program;
  for (const { tensor } of compiler.directions.values()) drawWhole(tensor.data, tensor, [], source);
  const values = valuesWhere(program, ({ info, members, slot: { tensor } }) =>
    drawWhole(tensor.data, { rows: tensor.rows / members, cols: tensor.cols }, info.properties, source),
  );
  const [right] = values.rights;
  const point = pointOf(program);
  if (right == null || point === null || !isWrong(values, right)) return null;
  const { rows, cols } = values.size;
  const member = furthestMember(values.left, right, rows * cols);
  const memberOf = (side: Float64Array): Matrix => ({
    rows,
    cols,
    data: [...side.subarray(member * rows * cols, (member + 1) * rows * cols)],
  });
  const named = [...pointReport(point), ...indicesAt(program, member)];
  if (new Set(named.map(({ name }) => name)).size < named.length) return null;
  return { sizes: compiler.sizes, values: named, claimed: memberOf(right), numeric: memberOf(values.left) };
}

/** Whether the sides differ by more than is lost in a few digits. */
function isWrong(values: Values, right: Float64Array): boolean {
  const { left } = values;
  if (right.length !== left.length || ![...left, ...right].every(Number.isFinite)) return false;
  return compareValues(left, right, VISIBLE, values).outcome === 'differs' && distance(left, right) > LEAST * Math.max(1, values.natural);
}

/** Of the values of all free indices the one at which the sides differ most, each with so many entries. */
function furthestMember(left: Float64Array, right: Float64Array, each: number): number {
  const off = Array.from(left, (value, k) => Math.abs(value - (right[k] as number)));
  return Math.floor(off.indexOf(Math.max(...off)) / each);
}

/** What every free index is for a member, the last index counting fastest. */
function indicesAt({ indices, compiler: { derivation } }: Program, member: number): readonly NamedMatrix[] {
  const counts = indices.map(({ from, to }) => to - from + 1);
  return indices.map(({ id, from }, at) => {
    const faster = counts.slice(at + 1).reduce((product, count) => product * count, 1);
    const value = from + (Math.floor(member / faster) % (counts[at] as number));
    return { name: derivation.symbols.get(id)?.text ?? id, rows: 1, cols: 1, data: [value] };
  });
}

/** How many characters it takes to write a counterexample down; of those that take as many, one with smaller numbers counts less. */
function writing({ values, claimed, numeric }: Counterexample): number {
  const numbers = [...values, claimed, numeric].flatMap(({ data }) => data);
  const characters = numbers.reduce((sum, value) => sum + String(Number(value.toPrecision(5))).length, 0);
  const size = numbers.reduce((sum, value) => sum + Math.abs(value), 0);
  return characters + size / (1 + size);
}
