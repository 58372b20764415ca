import type { ShapeTable } from '../derivation/derivation.ts';
import { factorsOf, termsOf } from '../derivation/shape-line.ts';
import type { Term } from '../ops/term.ts';
import { showShape } from '../shape/shape.ts';
import type { CheckedSide } from './checked-document.ts';

/** Longer lines are not read below a formula. */
const LONGEST = 60;

/** The shapes of the factors of each term, as they are written by hand below a formula. */
export function factorShapes({ ofTerm }: ShapeTable, side: Term): Pick<CheckedSide, 'factors'> {
  const terms = termsOf(side).map((term) => factorsOf(term).map((factor) => showShape(ofTerm(factor))));
  const text = terms.map((factors) => factors.join(' ')).join(' + ');
  const says = terms.flat().length > 1 && !text.includes('?') && !text.includes('|') && terms.flat().some((shape) => shape !== '1×1');
  return says && text.length <= LONGEST ? { factors: text } : {};
}
