import type { DerivativeTerm, Term, WrtTerm } from '../ops/term.ts';
import { isScalar, type MatrixShape, matrix, type Shape } from '../shape/shape.ts';
import { inferTerm } from './infer-term.ts';
import { defer, type Inference, report } from './inference.ts';
import { axesOf, derivativeShape, formOf, gradientShape, hessianShape, jacobianShape } from './layout-shapes.ts';

/** The shape of a derivative in the layout of the moment, as soon as function and variables are decided. */
export function inferDerivative(inference: Inference, term: DerivativeTerm): Shape {
  const { layout } = inference;
  inferTerm(inference, term.of);
  const variables = term.wrt.map((one) => counted(term, one.term));
  for (const variable of variables) inferTerm(inference, variable);
  return defer(inference, term, () => {
    const of = decided(inferTerm(inference, term.of));
    const wrt = variables.map((one) => decided(inferTerm(inference, one)));
    if (of === null || wrt.includes(null)) return null;
    const shape = shapeFor(term, of, wrt as readonly MatrixShape[], layout);
    if (shape.kind === 'tensor') report(inference, { kind: 'tensor', term, shape, layout });
    return shape;
  });
}

/** The argument that a number counts in `∇_1 f(A x, B x)`, the form in which such a derivative is written down. */
function counted({ of }: DerivativeTerm, variable: Term): Term {
  return (variable.kind === 'number' && of.kind === 'call' ? of.args[variable.value - 1] : undefined) ?? variable;
}

function decided(shape: Shape): MatrixShape | null {
  return shape.kind === 'matrix' && formOf(shape) !== 'open' ? shape : null;
}

function shapeFor(term: DerivativeTerm, of: MatrixShape, wrt: readonly MatrixShape[], layout: Inference['layout']): Shape {
  const [first] = wrt as readonly [MatrixShape, ...MatrixShape[]];
  if (wrt.length > 1) return higherShape(of, wrt, term.wrt, layout);
  switch (term.form) {
    case 'gradient':
      return gradientShape(of, first, term.wrt[0]?.transposed === true);
    case 'jacobian':
      return jacobianShape(of, first);
    case 'hessian':
      return hessianShape(first, first);
    case 'derivative':
    case 'direct':
      return derivativeShape(of, first, layout, term.wrt[0]?.transposed === true);
  }
}

/** Second and higher derivatives: by numbers of the shape of what is differentiated, by vectors a matrix or a tensor. */
function higherShape(of: MatrixShape, wrt: readonly MatrixShape[], variables: readonly WrtTerm[], layout: Inference['layout']): Shape {
  const wide = wrt.filter((shape) => !isScalar(shape));
  if (wide.length === 0) return layout === 'denominator' ? matrix(of.cols, of.rows) : of;
  const [u, x] = wide;
  if (u === undefined) return of;
  if (x === undefined)
    return derivativeShape(
      of,
      u,
      layout,
      variables.some((one) => one.transposed),
    );
  if (isScalar(of) && wide.length === 2) return hessianShape(u, x);
  return { kind: 'tensor', axes: [...(isScalar(of) ? [] : [axesOf(of)]), ...wide.map(axesOf)] };
}
