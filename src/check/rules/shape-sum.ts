import type { ShapeProblem } from '../../derivation/problem.ts';
import { isScalar } from '../../shape/shape.ts';
import type { Found } from '../checked-document.ts';
import { type RuleContext, inWords, origins, quoted } from '../words.ts';

type SumProblem = ShapeProblem & { readonly kind: 'sum' | 'broadcast' };

const NAMES: Readonly<Record<string, string>> = { add: 'a sum', sub: 'a difference', hadamard: 'an entrywise product', hadamardDiv: 'an entrywise quotient', compose: 'an entrywise product', inner: 'an inner product' };

/** `shape/sum`, `shape/broadcast`: the operands differ. The range is the operand that stands out. */
export function shapeSum(context: RuleContext, problem: SumProblem): Found {
  const { left, right, shapes, term } = problem;
  const blamed = isScalar(shapes[0]) && !isScalar(shapes[1]) ? left : right;
  const what = term.kind === 'apply' ? (NAMES[term.op] ?? 'this') : 'this';
  const compared = `${quoted(context, left)} is ${inWords(shapes[0])} and ${quoted(context, right)} is ${inWords(shapes[1])}`;
  const broadcast = problem.kind === 'broadcast';
  return {
    code: broadcast ? 'shape/broadcast' : 'shape/sum',
    severity: broadcast ? 'information' : 'error',
    message: broadcast ? `Read entry by entry: ${compared}.` : `The operands of ${what} must have one shape, but ${compared}.`,
    span: blamed.span,
    related: origins(context, [left, right]),
    fixes: [],
  };
}
