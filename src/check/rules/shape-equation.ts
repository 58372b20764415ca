import type { ShapeProblem } from '../../derivation/problem.ts';
import type { Found } from '../checked-document.ts';
import { type RuleContext, inWords, origins, quoted } from '../words.ts';

/** `shape/equation`: a side differs from the first one. The range is that side. */
export function shapeEquation(context: RuleContext, problem: ShapeProblem & { readonly kind: 'side' }): Found {
  const { side, first, shape, firstShape } = problem;
  return {
    code: 'shape/equation',
    severity: 'error',
    message: `The sides differ: ${quoted(context, first)} is ${inWords(firstShape)}, but ${quoted(context, side)} is ${inWords(shape)}.`,
    span: side.span,
    related: origins(context, [first, side]),
    fixes: [],
  };
}
