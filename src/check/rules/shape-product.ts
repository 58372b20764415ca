import { cover } from '../../base/span.ts';
import type { ProductProblem } from '../../derivation/problem.ts';
import type { Term } from '../../ops/term.ts';
import { constantOf, type Dim, equal, showDim } from '../../shape/dimension.ts';
import { isScalar, type MatrixShape, type Shape, showShape } from '../../shape/shape.ts';
import type { Found } from '../checked-document.ts';
import { origins, quoted, type RuleContext } from '../words.ts';

/** `shape/product`: inner dimensions differ. The range is the pair of factors that does not fit. */
export function shapeProduct(context: RuleContext, problem: ProductProblem): Found {
  const left = lastFactor(context, problem);
  const { right, shapes } = problem;
  const leftShape = problem.left.length === 1 ? shapes[0] : context.inferred.shapes.ofTerm(left);
  return {
    code: 'shape/product',
    severity: 'error',
    message: sentence(quoted(context, left), quoted(context, right), leftShape, shapes[1]),
    span: cover(left.span, right.span),
    related: origins(context, [left, right]),
    fixes: [],
  };
}

/** The factor whose columns meet the rows of `right`: the last one that is no scalar. */
function lastFactor(context: RuleContext, { left }: ProductProblem): Term {
  const wide = left.filter((factor) => !isScalar(context.inferred.shapes.ofTerm(factor)));
  return wide.at(-1) ?? (left.at(-1) as Term);
}

function sentence(left: string, right: string, a: Shape, b: Shape): string {
  if (a.kind === 'tensor' || b.kind === 'tensor')
    return `${left} times ${right} does not fit: ${left} is ${showShape(a)} and ${right} is ${showShape(b)}, and the axes in which they meet differ.`;
  if (isColumn(a) && isColumn(b) && equal(a.rows, b.rows))
    return `${left} times ${right} does not fit: both are columns. ${left} transposed times ${right} is their inner product, ${left} times ${right} transposed their outer one.`;
  return `${left} times ${right} does not fit: ${left} is ${showShape(a)}, so ${right} needs ${rowsInWords(a.cols)}, but it is ${showShape(b)}.`;
}

function rowsInWords(rows: Dim): string {
  return `${showDim(rows)} ${constantOf(rows) === 1 ? 'row' : 'rows'}`;
}

function isColumn(shape: MatrixShape): boolean {
  return constantOf(shape.cols) === 1 && constantOf(shape.rows) !== 1;
}
