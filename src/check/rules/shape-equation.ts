import type { Problem, ShapeProblem } from '../../derivation/problem.ts';
import { showDim } from '../../shape/dimension.ts';
import type { Found } from '../checked-document.ts';
import { excerpt, inWords, origins, quoted, type RuleContext } from '../words.ts';

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

/** An equation between dimensions that no whole numbers fulfil, or not those that the text speaks of. */
export function dimensionsDiffer({ text }: RuleContext, problem: Problem & { readonly kind: 'dimensions' }): Found {
  const { span, left, right, because } = problem;
  const [a, b] = [`\`${showDim(left)}\``, `\`${showDim(right)}\``];
  return {
    code: 'shape/equation',
    severity: 'error',
    message:
      because.length === 0
        ? `${a} and ${b} are equal for no size of the dimensions.`
        : `${a} and ${b} cannot be equal, as ${because.map((one) => `\`${excerpt(text, one)}\``).join(' and ')} was said before.`,
    span,
    related: because.map((one) => ({ message: 'this says otherwise', span: one })),
    fixes: [],
  };
}
