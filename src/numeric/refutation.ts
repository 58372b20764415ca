import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import type { Term } from '../ops/term.ts';
import { compareValues } from './compare.ts';
import { largest } from './difference.ts';
import { chooseRegions } from './place-variables.ts';
import { firstSideFor, type Program } from './program.ts';
import { distinctSizes } from './sizes.ts';
import { subjectOf } from './subject.ts';
import { clockWith } from './ticker.ts';
import { Unverifiable } from './unverifiable.ts';
import { furtherSides, type Values, type ValuesOfSide, valuesAt } from './values.ts';

/** Judges versions of an equation at a point where its first side has a value. */
export interface Refuter {
  /** Whether a version is wrong there, or has no value. The answer `false` says nothing. */
  readonly refutes: (version: Equation, shapes: ShapeTable) => boolean;
  /** Whether the first side is zero there. */
  readonly vanishes: boolean;
}

/** Where the first side cannot be computed. */
export const UNDECIDED: Refuter = { refutes: () => false, vanishes: false };

export interface RefuterOptions {
  /** Of which the equation may come to speak. */
  readonly mentions: readonly Term[];
  readonly tolerance: number;
  /** Where the first side is exact but for rounding. */
  readonly exactTolerance: number;
  readonly spend: (work: number) => boolean;
}

/** Points tried until one has a value, and of those so many before variables are drawn from other regions. */
const TRIES = 20;
const PATIENCE = 2;
/** Sets of sizes of which none may have a point: `(X' X)^-1` exists only where X has at least as many rows as columns. */
const SIZE_SETS = 2;
/** What rounding leaves of a derivative that is zero, as a part of its natural size. */
const ZERO = 1e-9;

/**
 * Judges many versions of an equation that have its first side: that is computed once, at one point, and of each
 * version only what no version before it had in it.
 */
export function refuterFor(derivation: Derivation, shapes: ShapeTable, equation: Equation, options: RefuterOptions): Refuter {
  const settled = unlessUnverifiable(() => settle(derivation, shapes, equation, options));
  if (settled === null) return UNDECIDED;
  const { values, sideOf, isExact } = settled;
  const tolerance = isExact ? options.exactTolerance : options.tolerance;
  const refutes: Refuter['refutes'] = (version, versionShapes) => {
    const side = unlessUnverifiable(() => sideOf(version, versionShapes));
    if (side === null || side.entries.length !== values.left.length || !side.entries.every(Number.isFinite)) return true;
    const certainty = { noise: Math.max(values.noise, side.noise), error: values.error, natural: values.natural };
    return compareValues(values.left, side.entries, tolerance, certainty).outcome === 'differs';
  };
  return { refutes, vanishes: largest(values.left) <= ZERO * values.natural };
}

function settle(
  derivation: Derivation,
  shapes: ShapeTable,
  equation: Equation,
  { mentions, spend }: RefuterOptions,
): { readonly values: Values; readonly sideOf: ValuesOfSide; readonly isExact: boolean } | null {
  const subject = subjectOf(derivation, shapes, equation);
  const sizesFor = distinctSizes({ ...subject, equation: { ...equation, sides: [...equation.sides, ...mentions] } }, new Map());
  const clock = clockWith((work) => {
    if (!spend(work)) throw new Unverifiable('it takes more work than it may');
  });
  for (let variant = 0; variant < SIZE_SETS; variant++) {
    const program = firstSideFor(subject, sizesFor(variant), clock);
    const values = firstValues(program, equation.settings.seed);
    const isExact = !program.compiler.steps.taken.has('differences');
    if (values !== null) return { values, sideOf: furtherSides(program, equation.settings.seed), isExact };
  }
  return null;
}

/** The first side at a point where it has a value and is smooth. */
function firstValues(program: Program, seed: number): Values | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt >= PATIENCE) chooseRegions(program, seed + attempt);
    const values = valuesAt(program, { seed: seed + 7919 * attempt, turn: attempt, reach: 1 });
    if (values.left.every(Number.isFinite) && Number.isFinite(values.error)) return values;
  }
  return null;
}

function unlessUnverifiable<T>(act: () => T): T | null {
  try {
    return act();
  } catch (problem) {
    if (problem instanceof Unverifiable) return null;
    throw problem;
  }
}
