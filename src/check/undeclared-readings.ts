import type { Equation } from '../derivation/derivation.ts';
import { NO_READINGS, type Readings } from '../derivation/inference-run.ts';
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
  const right = new Map<Equation, Examined>();
  const unsaid = new Map<Equation, Reading>();
  for (const { equation } of open) {
    const declared = withUndeclaredSizes(reading.context, equation, reader.infer);
    const readings = declared === null ? [] : readingsIn(declared.built, equation, reader);
    const first = readings[0]?.();
    const verified =
      (first === undefined ? null : (verifiedIn(first) ?? firstVerified(readings.slice(1)))) ?? asRule(reading, equation, reader);
    if (verified !== null) right.set(equation, verified);
    else if (declared?.isTold === true && first !== undefined) unsaid.set(equation, first);
  }
  return { ...reading, examined: reading.examined.map((one) => right.get(one.equation) ?? one), unsaid };
}

function isLeftOpen({ claim: { status, reason = '' } }: Examined): boolean {
  return status === 'inconclusive' && (reason.endsWith(' is not declared') || reason.endsWith(NARROWED));
}

/** A rule by itself: what does not hold so may have been meant otherwise, and nothing is said of it. */
function asRule({ context }: Reading, equation: Equation, reader: OtherReader): Examined | null {
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

function firstVerified(readings: readonly (() => Reading)[]): Examined | null {
  for (const reading of readings) {
    const found = verifiedIn(reading());
    if (found !== null) return found;
  }
  return null;
}

function verifiedIn({ examined }: Reading): Examined | null {
  return examined.find(({ claim }) => claim.status === 'verified') ?? null;
}
