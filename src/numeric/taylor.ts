import { type Random, random } from '../base/random.ts';
import { moversOf } from '../derivation/movers.ts';
import type { Term } from '../ops/term.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compile } from './compile.ts';
import { type Along, compileAlong } from './compile-differential.ts';
import { largest } from './difference.ts';
import { type Compiler, run, type Slot } from './frame.ts';
import { copyPoint } from './place-variables.ts';
import { compilerFor, type Program } from './program.ts';
import { compileProjection, projectable } from './project.ts';
import type { Subject } from './subject.ts';
import type { Clock } from './ticker.ts';
import { reasonOf } from './unverifiable.ts';

/** What the remainder says of a claimed derivative: its slope is 2 for a right one, 1 for a wrong one and at a kink. */
export type TaylorFinding = 'right' | 'wrong' | 'kink' | 'unclear';

export interface TaylorTestimony {
  readonly finding: TaylorFinding;
  /** What the noise of the function makes of differences with a usual step, relative to the derivative. */
  readonly noise: number;
}

const UNCLEAR: TaylorTestimony = { finding: 'unclear', noise: 0 };

/** The function along a direction, and what each side claims of that; null for a side that cannot be computed. */
export interface Taylor {
  readonly compiler: Compiler;
  readonly along: Along;
  readonly claimed: readonly (Slot | null)[];
}

/** Compiles f(x + hv) and ⟨g, v⟩ for each side; a reason where the first side is no derivative along a direction. */
export function taylorFor(subject: Subject, { compiler: { sizes, meter } }: Program): Taylor | string {
  try {
    return compileTaylor(subject, sizes, meter) ?? 'the first side is no derivative by one symbol';
  } catch (problem) {
    return reasonOf(problem);
  }
}

function compileTaylor(subject: Subject, sizes: Program['compiler']['sizes'], clock: Clock): Taylor | null {
  const { derivation, shapes, equation } = subject;
  const [first, ...others] = equation.sides as readonly [Term, ...Term[]];
  const derivative = projectable(first);
  const of = derivative?.term.of ?? (first.kind === 'differential' && first.along === undefined ? first.of : null);
  if (of === null || equation.free.length > 0) return null;
  const movers = derivative === null ? moversOf(derivation, equation.sides) : new Set([derivative.variable]);
  const compiler = compilerFor(subject, sizes, movers, clock);
  const place = { frame: compiler.root, layout: shapes.layoutOf(equation) };
  const along = compileAlong(compiler, of, place);
  const claim = (side: Term) =>
    derivative === null ? compile(compiler, side, place) : compileProjection(compiler, derivative, side, along.output.tensor, place);
  return { compiler, along, claimed: others.map((side) => slotOrNull(() => claim(side))) };
}

function slotOrNull(make: () => Slot): Slot | null {
  try {
    return make();
  } catch (problem) {
    reasonOf(problem);
    return null;
  }
}

/** Steps h, relative to the direction, each a quarter of the one before: down to 1e-9. */
const STEPS: readonly number[] = Array.from({ length: 14 }, (_, k) => 0.125 / 4 ** k);
/** Rounding of one evaluation, relative to the value. */
const ROUNDING = 64 * 2 ** -52;
const SEED = 271;

/** What the remainder f(x + hv) − f(x) − h⟨g, v⟩ says of a side at the point where `program` is. */
export function taylorTestimony(taylor: Taylor, program: Program, side: number, tolerance: number): TaylorTestimony {
  const { compiler, claimed } = taylor;
  const slot = claimed[side] ?? null;
  if (slot === null) return UNCLEAR;
  drawDirections(compiler, random(SEED));
  if (!copyPoint({ ...program.compiler, directions: compiler.directions }, compiler)) return UNCLEAR;
  run(compiler.root);
  const slope = slot.anyShape ? new Float64Array(taylor.along.output.tensor.data.length) : slot.tensor.data.slice();
  const noise = Math.max(noiseOf(taylor.along), quantumOf(taylor.along));
  const measured = STEPS.map((step) => measure(taylor.along, slope, step, noise));
  return { finding: judge(measured, tolerance), noise: noise / (USUAL_STEP * Math.max(...measured.map(({ scale }) => scale))) };
}

/** As long as what moves, so that steps are relative. */
function drawDirections({ directions, variables }: Compiler, { normal }: Random): void {
  for (const [id, { tensor }] of directions) {
    const size = sizeOf(variables.get(id)?.slot.tensor ?? tensor);
    for (let k = 0; k < tensor.data.length; k++) tensor.data[k] = size * normal();
  }
}

function sizeOf({ data }: Tensor): number {
  const mean = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
  return mean > 0 ? mean : 1;
}

/** The step that differences begin with. */
const USUAL_STEP = 1e-3;

// ---- noise

/** Distances of points over which a smooth function is nearly a line. */
const CLOSE = [1e-9, 1e-4] as const;
const ORDER = 4;
const POINTS = 8;
/** The part of the variance of independent noise that its differences of this order have: (4!)² / 8!. */
const SHARE = 576 / 40320;

/** The noise of the function, from differences of high order at points close together (Moré and Wild 2011). */
function noiseOf(along: Along): number {
  return Math.max(...CLOSE.map((distance) => noiseAmong(Array.from({ length: POINTS }, (_, k) => valuesAt(along, k * distance)))));
}

function noiseAmong(values: readonly Float64Array[]): number {
  const variances = (values[0] as Float64Array).map(
    (_, at) =>
      SHARE *
      meanSquare(
        differencesOf(
          values.map((one) => one[at] as number),
          ORDER,
        ),
      ),
  );
  return Math.sqrt(largest(variances));
}

function differencesOf(values: readonly number[], order: number): readonly number[] {
  return order === 0
    ? values
    : differencesOf(
        values.slice(1).map((value, k) => value - (values[k] as number)),
        order - 1,
      );
}

function meanSquare(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}

/** The smallest step that a value takes, where it stands still before: digits are lost there that the function would need. */
function quantumOf(along: Along): number {
  const middle = valuesAt(along, 0);
  const changes = STEPS.map((step) => valuesAt(along, step).map((value, k) => Math.abs(value - (middle[k] as number))));
  return middle.reduce((most, _, k) => {
    const moved = changes.flatMap((change) => (change[k] === 0 ? [] : [change[k] as number]));
    return moved.length === 0 || moved.length === changes.length ? most : Math.max(most, Math.min(...moved));
  }, 0);
}

function valuesAt({ step, child, output }: Along, h: number): Float64Array {
  step.tensor.data[0] = h;
  run(child);
  return output.tensor.data.slice();
}

// ---- remainders

/** At one step the remainder, and how far f(x + hv) + f(x − hv) is from 2 f(x); both per step, relative to the slope. */
interface Remainder {
  readonly remainder: number;
  readonly bend: number;
  /** What rounding alone may make of either. */
  readonly floor: number;
  /** The slope itself. */
  readonly scale: number;
}

function measure(along: Along, slope: Float64Array, step: number, noise: number): Remainder {
  const [middle, above, below] = [valuesAt(along, 0), valuesAt(along, step), valuesAt(along, -step)];
  const change = above.map((value, k) => value - (middle[k] as number));
  const scale = Math.max(largest(slope), largest(change) / step, Number.MIN_VALUE);
  return {
    remainder: largest(change.map((value, k) => value - step * (slope[k] as number))) / (scale * step),
    bend: largest(above.map((value, k) => value - 2 * (middle[k] as number) + (below[k] as number))) / (scale * step),
    floor: Math.max(ROUNDING * Math.max(largest(middle), largest(above)), noise) / (scale * step),
    scale,
  };
}

/** A remainder that is this many times what rounding makes of it is seen. */
const SEEN = 8;

/**
 * A remainder that shrinks faster than its step, down to the tolerance, belongs to a right derivative; one
 * that stays in proportion to it to a wrong one, unless the function bends as much: then there is a kink.
 */
function judge(measured: readonly Remainder[], tolerance: number): TaylorFinding {
  if (measured.some(({ remainder }) => !Number.isFinite(remainder))) return 'unclear';
  if (measured.some(({ remainder, floor }) => remainder + floor <= tolerance)) return 'right';
  const seen = measured.filter(({ remainder, floor }) => remainder > SEEN * floor);
  const [before, last] = seen.slice(-2);
  if (before === undefined || last === undefined || !isSteady(before.remainder, last.remainder)) return 'unclear';
  return isSteady(before.bend, last.bend) && last.bend > last.remainder / 10 ? 'kink' : 'wrong';
}

/** Per step unchanged while the step went down to a quarter: a slope of 1 within a tenth. */
function isSteady(before: number, last: number): boolean {
  return Math.abs(Math.log(before / last) / Math.log(4)) < 0.1;
}
