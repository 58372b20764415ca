import type { ShapeProblem } from '../../derivation/problem.ts';
import type { Found } from '../checked-document.ts';
import { type RuleContext, inWords, origins, quoted } from '../words.ts';

/** `shape/annotation`: a shape note, a shape line or a membership differs from what is inferred. The range is the note. */
export function shapeAnnotation(context: RuleContext, problem: ShapeProblem & { readonly kind: 'annotation' }): Found {
  const { term, shape, noted, note, span } = problem;
  const found = term === null || shape === null ? 'something else' : `${quoted(context, term)} is ${inWords(shape)}`;
  return {
    code: 'shape/annotation',
    severity: 'error',
    message: `The ${note} says ${noted}, but ${found}.`,
    span,
    related: term === null ? [] : origins(context, [term]),
    fixes: [],
  };
}
