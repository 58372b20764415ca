import { type Say, told } from '../base/say.ts';
import type { ConvergenceReport, CurveReport } from '../protocol/report.ts';
import { formatError } from './numbers.ts';

export const METHOD_WORDS: Readonly<Record<CurveReport['method'], string>> = {
  central: told('Central differences'),
  richardson: told('Richardson extrapolation'),
  complex: told('Complex steps'),
};

/** What a curve shows, in a sentence: where it is best, and how fast the error grows to both sides. */
export function curveWords(say: Say, curve: CurveReport): string {
  const best = bestOf(curve);
  if (best === null) return say('{0} have no value at any step.', say(METHOD_WORDS[curve.method]));
  const above = slopeOf(curve, best, (step) => step > best.step);
  const below = slopeOf(curve, best, (step) => step < best.step);
  const sides = [
    above === null || above < 0.5 ? '' : say('larger steps truncate: the error grows like h{0}', superscript(above)),
    below === null || below > -0.3 ? '' : say('smaller steps round off: it grows like h{0}', superscript(below)),
  ].filter((one) => one !== '');
  const smallest = say(
    '{0}: smallest error {1} at step {2}',
    say(METHOD_WORDS[curve.method]),
    formatError(best.error),
    formatError(best.step),
  );
  return `${[smallest, ...sides].join('; ')}.`;
}

/** Why complex steps are not among the curves. */
export function notAnalyticWords(say: Say, { notAnalytic }: ConvergenceReport): string {
  return notAnalytic === null ? '' : say('Complex steps are taken through analytic functions only: {0}.', notAnalytic);
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
export function dualWords(say: Say, { dual }: ConvergenceReport): string {
  return dual === null
    ? say('Dual numbers: no rule for this function.')
    : say('Dual numbers: error {0}, without a step.', formatError(dual));
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

/** How often the smallest error an error is that no longer lies on the floor of a curve. */
const OFF_THE_FLOOR = 10;

/** The slope in a log–log plot by least squares, of what rises from the floor of the curve; null where too few steps tell. */
function slopeOf({ points }: CurveReport, best: Best, isWanted: (step: number) => boolean): number | null {
  const logs = points
    .filter(({ step, error }) => isWanted(step) && error > OFF_THE_FLOOR * best.error && error < 0.3)
    .map(({ step, error }) => [Math.log10(step), Math.log10(error)] as const);
  if (logs.length < 4) return null;
  const mean = (at: 0 | 1) => logs.reduce((sum, one) => sum + one[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return logs.reduce((sum, one) => sum + (one[0] - x) * (one[1] - y), 0) / logs.reduce((sum, one) => sum + (one[0] - x) ** 2, 0);
}
