import type { Say } from '../base/say.ts';
import type { Equation } from '../derivation/derivation.ts';
import { hasDerivative } from '../derivation/elaborate.ts';
import { inferShapes } from '../derivation/infer.ts';
import { NO_READINGS } from '../derivation/inference-run.ts';
import type { Layout } from '../protocol/report.ts';
import type { DerivationView } from './derivation-view.ts';
import { asCode } from './figures.ts';

const LAYOUTS: readonly Layout[] = ['denominator', 'mixed', 'numerator'];

/** Documents with more equations are not read once more for each layout while somebody waits for a hover. */
const MOST_EQUATIONS = 1000;
/** Claims that are named; of more only their number is told. */
const MOST_NAMED = 3;

/** Which claims of a section without a directive fit which layout, a line for each; the first that most fit is taken. */
export function layoutEvidence({ text, built, say }: DerivationView, section: number): string {
  const { equations } = built.derivation;
  const claims = equations.filter(
    (equation) =>
      equation.section === section &&
      equation.kind !== 'definition' &&
      equation.settings.layoutSpan === null &&
      equation.sides.length > 1 &&
      equation.sides.some(hasDerivative),
  );
  if (claims.length === 0 || equations.length > MOST_EQUATIONS) return '';
  const quote = ({ span }: Equation) => asCode(shortened(text.slice(span.start, span.end)));
  return LAYOUTS.map((layout) => {
    const { problemsOf } = inferShapes(built, 'auto', { ...NO_READINGS, sections: new Map([[section, layout]]) });
    const misfits = claims.filter((claim) =>
      (problemsOf.get(claim) ?? []).some(({ kind }) => kind !== 'tensor' && kind !== 'broadcast' && kind !== 'range'),
    );
    return `- ${say('{0} layout', layout)}: ${fittingInWords(say, claims, misfits, quote)}`;
  }).join('\n');
}

function fittingInWords(say: Say, claims: readonly Equation[], misfits: readonly Equation[], quote: (claim: Equation) => string): string {
  const fitting = claims.filter((claim) => !misfits.includes(claim));
  if (misfits.length === 0) return claims.length === 1 ? say('the claim fits') : say('all {0} claims fit', claims.length);
  if (fitting.length === 0) return claims.length === 1 ? say('the claim does not fit') : say('no claim fits');
  if (misfits.length <= fitting.length) return say('all fit but {0}', named(say, misfits, quote));
  return fitting.length === 1 ? say('only {0} fits', named(say, fitting, quote)) : say('only {0} fit', named(say, fitting, quote));
}

function named(say: Say, claims: readonly Equation[], quote: (claim: Equation) => string): string {
  const names = claims.slice(0, MOST_NAMED).map(quote).join(', ');
  return claims.length > MOST_NAMED ? say('{0} and {1} more', names, claims.length - MOST_NAMED) : names;
}

function shortened(words: string): string {
  const line = words.replace(/\s+/g, ' ');
  return line.length > 50 ? `${line.slice(0, 49)}…` : line;
}
