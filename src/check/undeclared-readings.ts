import type { Equation } from '../derivation/derivation.ts';
import { NO_READINGS, type Readings } from '../derivation/inference-run.ts';
import { isLaidOut } from '../derivation/layout-trial.ts';
import { isOpen, ONE } from '../shape/dimension.ts';
import { isScalar, type Shape } from '../shape/shape.ts';
import { NARROWED } from './any-size.ts';
import type { Examined } from './claims.ts';
import type { Reading } from './customary-layouts.ts';
import { withSquareMatrices } from './rules-of-matrices.ts';
import { withUndeclaredSizes } from './undeclared-sizes.ts';
import type { RuleContext } from './words.ts';

/** Claims of one document that are read once more. */
const MOST_CLAIMS = 12;

/** How a text is read with other declarations: its shapes alone, or one of its claims examined too. */
export interface OtherReader {
  readonly infer: (built: RuleContext['built']) => RuleContext;
  readonly examine: (built: RuleContext['built'], claim: Equation, readings: Readings) => Reading;
}

/**
 * A reading with the claims about letters that nothing declares examined once more, where nothing was said of them: for all sizes that
 * the rest of the text leaves these letters. What holds then is verified; what holds in no layout is kept as `unsaid`, to be told where a slip explains it.
 */
export function withUndeclared(reading: Reading, reader: OtherReader): Reading {
  const open = reading.examined.filter(isLeftOpen).slice(0, MOST_CLAIMS);
  const holding = new Map<Equation, Holding>();
  const unsaid = new Map<Equation, Reading>();
  for (const { equation } of open) {
    const declared = withUndeclaredSizes(reading.context, equation, reader.infer);
    const readings = declared === null ? [] : readingsIn(declared.built, equation, reader);
    const first = readings[0]?.();
    const verified =
      (first === undefined ? null : (verifiedIn(first) ?? firstVerified(readings.slice(1)))) ?? asRule(reading, equation, reader);
    if (verified !== null) holding.set(equation, verified);
    else if (declared?.isTold === true && first !== undefined) unsaid.set(equation, first);
  }
  const right = new Map(inLayoutOfTheRest(reading, [...holding.values()]).map((one) => [one.equation, one]));
  return { ...reading, examined: reading.examined.map((one) => right.get(one.equation) ?? one), unsaid };
}

/** A claim that holds, and the reading in which it does. */
interface Holding {
  readonly found: Examined;
  readonly reading: Reading;
}

/**
 * Those of claims that were each read in whatever layout they hold in that lay derivatives of numbers out as most of their section does: beside
 * `∂f/∂v = U^\top r` a claim `∂f/∂U = v r^\top` has its transpose wrong, and is in no other layout.
 */
function inLayoutOfTheRest(reading: Reading, holding: readonly Holding[]): readonly Examined[] {
  const verified = reading.examined.filter(({ claim }) => claim.status === 'verified').map((found) => ({ found, reading }));
  const laidOut = [...verified, ...holding].map((one) => ({ section: one.found.equation.section, side: sideOfNumerator(one) }));
  const count = (section: number, side: Side) => laidOut.filter((one) => one.section === section && one.side === side).length;
  return holding.flatMap((one) => {
    const { section } = one.found.equation;
    const side = sideOfNumerator(one);
    const isOutvoted = side !== null && count(section, side) <= count(section, side === 'row' ? 'column' : 'row');
    return isOutvoted ? [] : [one.found];
  });
}

type Side = 'row' | 'column';

function mayBeNumber(shape: Shape): boolean {
  return shape.kind === 'matrix' && [shape.rows, shape.cols].every((dim) => dim.key === ONE.key || isOpen(dim));
}

/** How a claim lays out the derivative of a number by something else; null where it has none, or one that is written so in every layout. */
function sideOfNumerator({ found: { equation, claim }, reading }: Holding): Side | null {
  const [first] = equation.sides;
  if (first?.kind !== 'derivative' || !isLaidOut({ ...equation, sides: [first] })) return null;
  const { ofTerm } = reading.context.inferred.shapes;
  const isOfNumber = mayBeNumber(ofTerm(first.of)) && !first.wrt.some(({ term }) => isScalar(ofTerm(term)));
  return isOfNumber ? (claim.layout === 'numerator' ? 'row' : 'column') : null;
}

function isLeftOpen({ claim: { status, reason = '' } }: Examined): boolean {
  return status === 'inconclusive' && (reason.endsWith(' is not declared') || reason.endsWith(NARROWED));
}

/** A rule by itself: what does not hold so may have been meant otherwise, and nothing is said of it. */
function asRule({ context }: Reading, equation: Equation, reader: OtherReader): Holding | null {
  const matrices = withSquareMatrices(context.built, equation);
  const built = matrices ?? withUndeclaredSizes(context, equation, reader.infer, { alone: true })?.built;
  return built === undefined ? null : firstVerified(readingsIn(built, equation, reader));
}

function readingsIn(built: RuleContext['built'], equation: Equation, { examine }: OtherReader): readonly (() => Reading)[] {
  return readingsOf(equation).map((one) => () => examine(built, equation, one));
}

/** In the layout that fits, and in the others. */
function readingsOf({ section }: Equation): readonly Readings[] {
  const layouts = ['denominator', 'mixed', 'numerator'] as const;
  return [NO_READINGS, ...layouts.map((layout) => ({ ...NO_READINGS, sections: new Map([[section, layout]]) }))];
}

function firstVerified(readings: readonly (() => Reading)[]): Holding | null {
  for (const reading of readings) {
    const found = verifiedIn(reading());
    if (found !== null) return found;
  }
  return null;
}

function verifiedIn(reading: Reading): Holding | null {
  const found = reading.examined.find(({ claim }) => claim.status === 'verified');
  return found === undefined ? null : { found, reading };
}
