import type { Equation } from '../derivation/derivation.ts';
import { hasDerivative } from '../derivation/elaborate.ts';
import { NO_READINGS, inferShapes } from '../derivation/infer.ts';
import type { Layout } from '../protocol/report.ts';
import type { DerivationView } from './derivation-view.ts';
import { asCode } from './figures.ts';

const LAYOUTS: readonly Layout[] = ['denominator', 'mixed', 'numerator'];

/** Documents with more equations are not read once more for each layout while somebody waits for a hover. */
const MOST_EQUATIONS = 1000;
/** Claims that are named; of more only their number is told. */
const MOST_NAMED = 3;

/** Which claims of a section without a directive fit which layout, a line for each; the first that most fit is taken. */
export function layoutEvidence({ text, built }: DerivationView, section: number): string {
  const { equations } = built.derivation;
  const claims = equations.filter(
    (equation) =>
      equation.section === section &&
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
    return `- ${layout} layout: ${fittingInWords(claims, misfits, quote)}`;
  }).join('\n');
}

function fittingInWords(claims: readonly Equation[], misfits: readonly Equation[], quote: (claim: Equation) => string): string {
  const fitting = claims.filter((claim) => !misfits.includes(claim));
  if (misfits.length === 0) return claims.length === 1 ? 'the claim fits' : `all ${claims.length} claims fit`;
  if (fitting.length === 0) return claims.length === 1 ? 'the claim does not fit' : 'no claim fits';
  const [few, word] = misfits.length <= fitting.length ? [misfits, 'all fit but'] : [fitting, 'only'];
  const named = few.slice(0, MOST_NAMED).map(quote).join(', ');
  const more = few.length > MOST_NAMED ? ` and ${few.length - MOST_NAMED} more` : '';
  return word === 'only' ? `only ${named}${more} ${few.length === 1 ? 'fits' : 'fit'}` : `${word} ${named}${more}`;
}

function shortened(words: string): string {
  const line = words.replace(/\s+/g, ' ');
  return line.length > 50 ? `${line.slice(0, 49)}…` : line;
}
