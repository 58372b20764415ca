import type { Span } from '../base/span.ts';
import type { Term } from '../ops/term.ts';
import { ONE } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import type { Context } from './context.ts';
import { roughShape } from './rough-shape.ts';

/** `‖x‖_p` of a vector by a number or a declared scalar, (Σ |x_i|^p)^(1/p); null where what stands below is a matrix that weights it. */
export function pNorm({ scope }: Context, [x, p]: readonly Term[], exponent: () => Term, span: Span): Term | null {
  if (x === undefined || p === undefined) return null;
  const [shape, weight] = [roughShape(scope, x), roughShape(scope, p)];
  if (shape === null || shape.cols.key !== ONE.key || weight === null || !isScalar(weight)) return null;
  const apply = (op: OpName, ...args: readonly Term[]): Term => ({ kind: 'apply', op, args, span });
  const one: Term = { kind: 'number', value: 1, span };
  return apply('pow', apply('total', apply('hadamardPow', apply('abs', x), p)), apply('div', one, exponent()));
}
