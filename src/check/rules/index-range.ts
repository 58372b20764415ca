import type { ShapeProblem } from '../../derivation/problem.ts';
import type { Found } from '../checked-document.ts';
import { type RuleContext, origins, quoted } from '../words.ts';

type IndexProblem = ShapeProblem & { readonly kind: 'range' | 'freeIndex' | 'rebound' };

/** `index/range`: an index that runs over something else than the axis it indexes, is bound twice or not at all. */
export function indexRange(context: RuleContext, problem: IndexProblem): Found {
  return {
    code: 'index/range',
    severity: 'warning',
    message: sentence(context, problem),
    span: problem.span,
    related: problem.kind === 'range' ? origins(context, [problem.of]) : [],
    fixes: [],
  };
}

function sentence(context: RuleContext, problem: IndexProblem): string {
  switch (problem.kind) {
    case 'range':
      return `\`${problem.index}\` runs to ${problem.range}, but it indexes an axis of size ${problem.axis} in ${quoted(context, problem.of)}.`;
    case 'freeIndex':
      return `\`${problem.index}\` is free on one side of the equation only.`;
    case 'rebound':
      return `\`${problem.index}\` is bound again inside a sum over \`${problem.index}\`.`;
  }
}
