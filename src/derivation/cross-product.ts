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

/** A letter of which nothing is said. */
function isUnsaid({ scope }: Context, term: Term): boolean {
  const draft = term.kind === 'symbol' ? scope.drafts.get(term.id) : undefined;
  if (draft === undefined || draft.role !== 'variable') return false;
  return [draft.declared, draft.definedAt, draft.open, draft.from, draft.family].every((said) => said === null);
}

/** `a × b` of two vectors of length 3, or of one and a letter of which nothing is said, is `[a]_× b`; null of any other factors. */
export function crossProduct(context: Context, factors: readonly Term[], span: Span): Term | null {
  const [a, b] = factors as readonly [Term, Term];
  const isVector = (term: Term) => isVectorOfThree(context, term);
  if (!(isVector(a) && (isVector(b) || isUnsaid(context, b))) && !(isVector(b) && isUnsaid(context, a))) return null;
  return { kind: 'apply', op: 'mul', args: [{ kind: 'apply', op: 'skew', args: [a], span: a.span }, b], span };
}
