import type { ShapeTable } from '../derivation/derivation.ts';
import { factorsOf, termsOf } from '../derivation/shape-line.ts';
import { type Term, walk } from '../ops/term.ts';
import { showShape } from '../shape/shape.ts';
import type { CheckedSide } from './checked-document.ts';

/** Longer lines are not read below a formula. */
const LONGEST = 60;

/** The shapes of the factors of each term, as they are written by hand below a formula. */
export function factorShapes({ ofTerm }: ShapeTable, side: Term): Pick<CheckedSide, 'factors'> {
  const shapesOf = (term: Term) =>
    factorsOf(term).flatMap((factor) => {
      const shape = showShape(ofTerm(factor));
      return isNumber(factor) && shape === '1×1' ? [] : [shape];
    });
  const terms = termsOf(side)
    .map(shapesOf)
    .map((shapes) => (shapes.length === 0 ? ['1×1'] : shapes));
  const text = terms.map((factors) => factors.join(' ')).join(' + ');
  const says = terms.flat().length > 1 && !text.includes('?') && !text.includes('|') && terms.flat().some((shape) => shape !== '1×1');
  return says && text.length <= LONGEST ? { factors: text } : {};
}

/** Whether a term is made of numbers alone: nobody writes a shape below it. */
export function isNumber(term: Term): boolean {
  return [...walk(term)].every(({ kind }) => kind === 'number' || kind === 'apply');
}
