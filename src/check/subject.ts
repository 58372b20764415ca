import { contains, type Span } from '../base/span.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { excerpt, type RuleContext } from './words.ts';

/** What is differentiated and by what, as written; of `σ'(z)` the function and its argument. */
export function subjectOf(context: RuleContext, claimed: Term): { readonly of: string; readonly wrt: string } {
  const derivatives = [...walk(claimed)].flatMap((term) => (term.kind === 'derivative' ? [term] : []));
  const [derivative] = derivatives;
  if (derivative !== undefined) {
    const variables = (claimed.kind === 'matrix' ? derivatives : [derivative]).flatMap(({ of, wrt }) =>
      wrt.map(({ term }) => writtenApart(context, term, of.span)),
    );
    return { of: writtenApart(context, derivative.of, derivative.span), wrt: [...new Set(variables)].join(', ') };
  }
  const [arg] = claimed.kind === 'call' ? claimed.args : [];
  return { of: writtenApart(context, claimed, claimed.span), wrt: arg === undefined ? '' : excerpt(context.text, arg.span) };
}

/** A term as it is written; one that is only implied, such as the variable of `∇f(x)` or the function of `J_f(x)`, has the range of what implies it, and is told by its names. */
function writtenApart({ text, built }: RuleContext, term: Term, around: Span): string {
  const nameOf = (id: SymbolId) => built.derivation.symbols.get(id)?.text;
  const named = contains(term.span, around) ? impliedName(term, nameOf, (part) => excerpt(text, part.span)) : undefined;
  return named ?? excerpt(text, term.span);
}

function impliedName(term: Term, nameOf: (id: SymbolId) => string | undefined, written: (term: Term) => string): string | undefined {
  if (term.kind === 'symbol') return nameOf(term.id);
  if (term.kind !== 'call' || term.callee.kind !== 'symbol') return undefined;
  const name = nameOf(term.callee.id);
  return name === undefined ? undefined : `${name}(${term.args.map(written).join(', ')})`;
}
