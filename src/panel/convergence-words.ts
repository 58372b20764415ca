import type { ConvergenceReport, CurveReport } from '../protocol/report.ts';
import { formatError } from './numbers.ts';

export const METHOD_WORDS: Readonly<Record<CurveReport['method'], string>> = {
  central: 'Central differences',
  richardson: 'Richardson extrapolation',
  complex: 'Complex steps',
};

/** What a curve shows, in a sentence: where it is best, and how fast the error grows to both sides. */
export function curveWords(curve: CurveReport): string {
  const best = bestOf(curve);
  if (best === null) return `${METHOD_WORDS[curve.method]} have no value at any step.`;
  const above = slopeOf(curve, (step) => step > 3 * best.step);
  const below = slopeOf(curve, (step) => step < best.step / 3);
  const sides = [
    above === null || above < 0.5 ? '' : `larger steps truncate: the error grows like h${superscript(above)}`,
    below === null || below > -0.3 ? '' : `smaller steps round off: it grows like h${superscript(below)}`,
  ].filter((one) => one !== '');
  return `${METHOD_WORDS[curve.method]}: smallest error ${formatError(best.error)} at step ${formatError(best.step)}${sides.length === 0 ? '' : `; ${sides.join('; ')}`}.`;
}

/** Why complex steps are not among the curves. */
export function notAnalyticWords({ notAnalytic }: ConvergenceReport): string {
  return notAnalytic === null ? '' : `Complex steps are taken through analytic functions only: ${notAnalytic}.`;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `h²`, `h⁻¹`: a measured power to the nearest whole where it is one but for noise. */
function superscript(power: number): string {
  const text = Math.abs(power - Math.round(power)) < 0.15 ? String(Math.round(power)) : power.toFixed(1);
  return [...text].map((sign) => (sign === '-' ? '⁻' : sign === '.' ? '·' : RAISED[Number(sign)])).join('');
}

/** The step at which a curve is best: rounding rules below it, truncation above. */
export function bestStep(curve: CurveReport): number | null {
  return bestOf(curve)?.step ?? null;
}

/** What dual numbers give, which need no step. */
export function dualWords({ dual }: ConvergenceReport): string {
  return dual === null ? 'Dual numbers: no rule for this function.' : `Dual numbers: error ${formatError(dual)}, without a step.`;
}

interface Best {
  readonly step: number;
  readonly error: number;
}

function bestOf({ points }: CurveReport): Best | null {
  return points.reduce<Best | null>(
    (best, one) => (Number.isFinite(one.error) && (best === null || one.error < best.error) ? one : best),
    null,
  );
}

/** The slope in a log–log plot by least squares; null where too few steps tell. */
function slopeOf({ points }: CurveReport, isWanted: (step: number) => boolean): number | null {
  const logs = points
    .filter(({ step, error }) => isWanted(step) && error > 0 && error < 0.3)
    .map(({ step, error }) => [Math.log10(step), Math.log10(error)] as const);
  if (logs.length < 4) return null;
  const mean = (at: 0 | 1) => logs.reduce((sum, one) => sum + one[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return logs.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0) / logs.reduce((sum, one) => sum + (one[0] - x) ** 2, 0);
}

/** What the errors are measured against. */
export function referenceWords({ reference }: ConvergenceReport, sides: readonly string[]): string {
  const side = reference === null ? undefined : sides[reference];
  return side === undefined
    ? 'Measured against the extrapolation that verification uses.'
    : `Measured against ${side}, which holds no derivative.`;
}
