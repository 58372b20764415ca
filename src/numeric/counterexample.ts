import { random } from '../base/random.ts';
import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { claimKey } from './claim-key.ts';
import { compareValues } from './compare.ts';
import type { Variable } from './frame.ts';
import { counterexampleUnder, type KeepingVerdicts } from './kept-verdicts.ts';
import { type Program, programFor, valuesWhere } from './program.ts';
import { drawInto } from './sample.ts';
import { type Sizes, sizesOf } from './sizes.ts';
import { type Subject, subjectOf } from './subject.ts';
import { Unverifiable } from './unverifiable.ts';

/** A point small enough to be followed by hand, at which a step is wrong. */
export interface Counterexample {
  readonly sizes: Sizes;
  /** What every variable is there, row by row. */
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

/** Points with small whole numbers that are tried for each set of sizes. */
const TRIES = 24;
/** All dimensions of this size, as far as nothing fixes them. */
const SMALL_SIZES = [1, 2] as const;

/** The smallest sizes and whole numbers at which a step, counted from 0, differs from the derivative; null where none is found. */
export function counterexample(
  derivation: Derivation,
  shapes: ShapeTable,
  equation: Equation,
  step: number,
  keeping: KeepingVerdicts,
): Counterexample | null {
  const side = equation.sides[step + 1];
  if (side === undefined || equation.free.length > 0) return null;
  const subject = subjectOf(derivation, shapes, { ...equation, sides: [equation.sides[0] as typeof side, side], relations: ['='] });
  return counterexampleUnder(keeping, claimKey(subject), () => smallest(subject));
}

function smallest(subject: Subject): Counterexample | null {
  for (const size of SMALL_SIZES) {
    try {
      const found = search(programFor(subject, sizesOf(subject, subject.equation.settings.sizes, size), () => undefined));
      if (found !== null) return found;
    } catch (problem) {
      if (!(problem instanceof Unverifiable)) throw problem;
    }
  }
  return null;
}

function search(program: Program): Counterexample | null {
  if (program.compiler.functions.size > 0 || program.compiler.directions.size > 0) return null;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const values = valuesWhere(program, (variable) => drawWhole(variable, attempt));
    const [right] = values.rights;
    if (right == null || right.length !== values.left.length || ![...values.left, ...right].every(Number.isFinite)) continue;
    if (compareValues(values.left, right, 1e-3, values).outcome !== 'differs') continue;
    const { rows, cols } = values.size;
    return {
      sizes: program.compiler.sizes,
      values: [...program.compiler.variables.values()].map(asMatrix),
      claimed: { rows, cols, data: [...right] },
      numeric: { rows, cols, data: [...values.left] },
    };
  }
  return null;
}

/** Whole numbers from -2 to 3, zero less often; with properties whatever they ask for. */
function drawWhole({ info, slot: { tensor } }: Variable, attempt: number): void {
  const source = random(attempt * 31 + info.text.length + 3);
  if (info.properties.length > 0) return drawInto(tensor.data, tensor, info.properties, 'normal', source);
  for (let k = 0; k < tensor.data.length; k++) tensor.data[k] = WHOLE[Math.floor(source.uniform() * WHOLE.length)] as number;
}

const WHOLE = [1, 2, 3, -1, -2, 1, 2, 0] as const;

function asMatrix({ info, slot: { tensor } }: Variable): NamedMatrix {
  return { name: info.text, rows: tensor.rows, cols: tensor.cols, data: [...tensor.data] };
}
