import type { ShapeProblem } from '../../derivation/problem.ts';
import type { Found } from '../checked-document.ts';
import { type RuleContext, excerpt, inWords, origins, quoted } from '../words.ts';

/** `shape/argument`: a function needs a scalar, a vector, a square matrix. The range is the argument. */
export function shapeArgument(context: RuleContext, problem: ShapeProblem & { readonly kind: 'argument' }): Found {
  const { arg, needs, shape, term } = problem;
  const whole = excerpt(context.text, term.span);
  return {
    code: 'shape/argument',
    severity: 'error',
    message: `\`${whole}\` needs ${needs}, but ${quoted(context, arg)} is ${inWords(shape)}.`,
    span: arg.span,
    related: origins(context, [arg]),
    fixes: [],
  };
}
