import type { Equation } from '../derivation/derivation.ts';
import type { Problem } from '../derivation/problem.ts';
import type { Found } from './checked-document.ts';
import { chain } from './rules/chain.ts';
import { indexRange } from './rules/index-range.ts';
import { layoutOfClaim, layoutOfDirective, layoutOrder, layoutTensor } from './rules/layout.ts';
import { nameRedeclared } from './rules/names.ts';
import { shapeAnnotation } from './rules/shape-annotation.ts';
import { blockMisfit, shapeArgument } from './rules/shape-argument.ts';
import { dimensionsDiffer, shapeEquation } from './rules/shape-equation.ts';
import { shapeProduct } from './rules/shape-product.ts';
import { shapeSum } from './rules/shape-sum.ts';
import type { RuleContext } from './words.ts';

/** The words, the code and the range for a problem. */
export function diagnose(context: RuleContext, problem: Problem, equation: Equation | null): Found {
  switch (problem.kind) {
    case 'syntax':
      return {
        code: 'syntax',
        severity: problem.origin === 'plain' ? 'error' : 'hint',
        message: problem.message,
        span: problem.span,
        related: [],
        fixes: [],
      };
    case 'redeclared':
      return nameRedeclared(context, problem);
    case 'dimensions':
      return dimensionsDiffer(context, problem);
    case 'product':
      return shapeProduct(context, problem);
    case 'sum':
    case 'broadcast':
      return shapeSum(context, problem, equation);
    case 'argument':
      return shapeArgument(context, problem);
    case 'block':
      return blockMisfit(context, problem);
    case 'side':
      return shapeEquation(context, problem);
    case 'annotation':
      return shapeAnnotation(context, problem);
    case 'layout':
      return layoutOfClaim(context, problem);
    case 'directive':
      return layoutOfDirective(context, problem);
    case 'order':
      return layoutOrder(context, problem);
    case 'tensor':
      return layoutTensor(context, problem);
    case 'range':
    case 'freeIndex':
    case 'rebound':
      return indexRange(context, problem);
    case 'broken':
    case 'missingPath':
    case 'independent':
      return chain(context, problem);
  }
}
