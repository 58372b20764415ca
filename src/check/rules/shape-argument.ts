import type { ShapeProblem } from '../../derivation/problem.ts';
import { showDim } from '../../shape/dimension.ts';
import { showShape } from '../../shape/shape.ts';
import type { Found } from '../checked-document.ts';
import { excerpt, inWords, origins, quoted, type RuleContext } from '../words.ts';

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

/** A block that is not as high as the one beside it, or not as wide as the one above. The range is the block. */
export function blockMisfit(context: RuleContext, problem: ShapeProblem & { readonly kind: 'block' }): Found {
  const {
    arg,
    neighbour,
    along,
    shapes: [shape, other],
  } = problem;
  const what = along === 'rows' ? 'rows' : 'columns';
  const where = along === 'rows' ? 'beside' : 'above';
  const quote = quoted(context, arg);
  return {
    code: 'shape/argument',
    severity: 'error',
    message: `The blocks do not fit: ${quote} is ${showShape(shape)}, but ${quoted(context, neighbour)} ${where} it has ${showDim(other[along])} ${what}.`,
    span: arg.span,
    related: origins(context, [neighbour, arg]),
    fixes: [],
  };
}
