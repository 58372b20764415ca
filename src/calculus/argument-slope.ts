import type { Derivation } from '../derivation/derivation.ts';
import { call } from '../ops/algebra/leaves.ts';
import type { CallValue, Value } from '../ops/algebra/value.ts';
import type { DerivativeTerm } from '../ops/term.ts';
import { isScalar, type MatrixShape, matrix, SCALAR } from '../shape/shape.ts';
import { opaqueTerm } from './lower.ts';
import { raise } from './raise.ts';

/**
 * The derivative of a function that is left open by one of its arguments, counted from 0, at the values it is applied to:
 * `∇_1 f(A x, B x)` of the argument's shape where f is a number, else the Jacobian `D_1 f(A x, B x)`.
 */
export function argumentSlope(derivation: Derivation, value: CallValue, at: number, shape: MatrixShape): Value {
  const span = { start: 0, end: 0 };
  const term: DerivativeTerm = {
    kind: 'derivative',
    form: isScalar(value.shape) ? 'gradient' : 'jacobian',
    of: raise({ derivation }, value),
    wrt: [{ term: { kind: 'number', value: at + 1, span }, transposed: false }],
    span,
  };
  return opaqueTerm(term, shape);
}

/** The second derivative of a function of a column that is left open, a number, at what its gradient is taken at: `∇^2 f(A x)`. */
export function hessianAt(derivation: Derivation, gradient: CallValue, { rows }: MatrixShape): Value {
  const span = { start: 0, end: 0 };
  const of = raise({ derivation }, call(gradient.callee, 0, gradient.args, SCALAR));
  return opaqueTerm({ kind: 'derivative', form: 'hessian', of, wrt: [], span }, matrix(rows, rows));
}
