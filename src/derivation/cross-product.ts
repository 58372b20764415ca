import type { Span } from '../base/span.ts';
import type { Term } from '../ops/term.ts';
import { constantOf, ONE } from '../shape/dimension.ts';
import type { Context } from './context.ts';
import { roughShape } from './rough-shape.ts';

/** Whether declarations say that a term is a column of length 3, the vectors that have a cross product. */
export function isVectorOfThree({ scope }: Context, term: Term): boolean {
  const shape = roughShape(scope, term);
  return shape !== null && shape.cols.key === ONE.key && constantOf(shape.rows) === 3;
}

/** `a × b` of two vectors of length 3 is `[a]_× b`; null of any other factors. */
export function crossProduct(context: Context, factors: readonly Term[], span: Span): Term | null {
  const [a, b] = factors as readonly [Term, Term];
  if (!isVectorOfThree(context, a) || !isVectorOfThree(context, b)) return null;
  return { kind: 'apply', op: 'mul', args: [{ kind: 'apply', op: 'skew', args: [a], span: a.span }, b], span };
}
