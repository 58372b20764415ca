import type { Span } from '../../base/span.ts';
import { dependenciesOf, symbolsIn } from '../../derivation/dependencies.ts';
import type { Derivation, Equation } from '../../derivation/derivation.ts';
import type { ShapeProblem } from '../../derivation/problem.ts';
import { childrenOf, type SymbolId, type SymbolTerm, type Term, walk } from '../../ops/term.ts';
import { ONE } from '../../shape/dimension.ts';
import { isInSight } from '../charity.ts';
import type { Found, FoundFix } from '../checked-document.ts';
import { origins, quoted, type RuleContext } from '../words.ts';

type IndexProblem = ShapeProblem & { readonly kind: 'range' | 'freeIndex' | 'rebound' };

/** `index/range`: an index that runs over something else than the axis it indexes, is bound twice or not at all. */
export function indexRange(context: RuleContext, problem: IndexProblem): Found {
  return {
    code: 'index/range',
    severity: 'warning',
    message: sentence(context, problem),
    span: problem.span,
    related: problem.kind === 'range' ? origins(context, [problem.of]) : [],
    fixes: problem.kind === 'range' && problem.bound !== null ? [runningTo(context, problem.bound, problem.axis)] : [],
  };
}

/** The bound of the sum is the size of the axis. */
function runningTo({ text, say }: RuleContext, span: Span, axis: string): FoundFix {
  const isBare = /^\w$/.test(text.slice(span.start, span.end)) && text[span.start - 1] === '^';
  return { title: say('Sum to {0}', axis), edits: [{ span, newText: isBare && axis.length > 1 ? `{${axis}}` : axis }] };
}

function sentence(context: RuleContext, problem: IndexProblem): string {
  switch (problem.kind) {
    case 'range':
      if (problem.index === null)
        return `There is no entry ${problem.range} on an axis of size ${problem.axis} in ${quoted(context, problem.of)}.`;
      return `\`${problem.index}\` runs to ${problem.range}, but it indexes an axis of size ${problem.axis} in ${quoted(context, problem.of)}.`;
    case 'freeIndex':
      return `\`${problem.index}\` counts on this side only: no sum runs over it, and the first side does not have it.`;
    case 'rebound':
      return `\`${problem.index}\` is bound again inside a sum over \`${problem.index}\`.`;
  }
}

/** `index/range` on what names members that only an index tells apart, in a claim about something that is defined by its members. */
export function memberWithoutIndex(context: RuleContext, equation: Equation): Found | null {
  const [claimed, ...steps] = equation.sides;
  const { derivation } = context.built;
  if (claimed === undefined) return null;
  const bareIn = (term: Term) => bareFamilies(derivation, context.text, term);
  const isColumn = columnsOfNumbers(context);
  // In a text without statements a family of another section may be another letter.
  const isNear = (id: SymbolId) => {
    const info = derivation.symbols.get(id);
    return context.annotated || (info !== undefined && isInSight({ derivation, equation }, info));
  };
  const defined = [claimed, ...reachedFrom(derivation, claimed).flatMap((id) => derivation.symbols.get(id)?.definition?.body ?? [])];
  const meant = new Set(defined.flatMap((term) => bareIn(term).map(({ id }) => id)));
  const inSums = new Set(steps.flatMap((step) => [...walk(step)].flatMap((one) => (one.kind === 'binder' ? bareIn(one.body) : []))));
  const bare = steps
    .flatMap((step) => bareIn(step))
    .find((one) => !meant.has(one.id) && one.span.end > one.span.start && (inSums.has(one) || !isColumn(one.id)) && isNear(one.id));
  if (bare === undefined) return null;
  return {
    code: 'index/range',
    severity: 'warning',
    message: `${quoted(context, bare)} is one of several: an index has to say which.`,
    span: bare.span,
    related: origins(context, [bare]),
    fixes: [],
  };
}

/** Members that are numbers make a column, which a text may name by the letter alone where no sum runs over them. */
function columnsOfNumbers({ built: { derivation }, inferred }: RuleContext): (id: SymbolId) => boolean {
  return (id) => {
    const count = derivation.symbols.get(id)?.family?.count;
    const shape = inferred.shapes.ofSymbol(id);
    return count != null && shape.kind === 'matrix' && shape.cols.key === ONE.key && shape.rows.key === count.key;
  };
}

function reachedFrom(derivation: Derivation, term: Term): readonly SymbolId[] {
  const found = new Set(symbolsIn(term));
  for (const id of found) for (const next of dependenciesOf(derivation, id)) found.add(next);
  return [...found];
}

/** The families that stand in a term without an index below. What `{\rho R}_a` shows below is the R. */
function bareFamilies(derivation: Derivation, text: string, term: Term): readonly SymbolTerm[] {
  if (term.kind === 'symbol') return derivation.symbols.get(term.id)?.family == null ? [] : [term];
  const isIndexed = term.kind === 'entry' && (term.base.kind === 'symbol' || text[term.base.span.start] === '{');
  const inside = isIndexed ? childrenOf(term).slice(1) : childrenOf(term);
  return inside.flatMap((child) => bareFamilies(derivation, text, child));
}
