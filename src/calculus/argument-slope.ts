import type { Derivation } from '../derivation/derivation.ts';
import type { CallValue, Value } from '../ops/algebra/value.ts';
import type { DerivativeTerm } from '../ops/term.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
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
