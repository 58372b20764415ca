import { told } from '../../base/say.ts';
import { printTerm } from '../../derivation/print-term.ts';
import type { MissingPathProblem } from '../../derivation/problem.ts';
import { made, productOf } from '../../ops/rewrite.ts';
import type { DerivativeTerm, SymbolId, Term } from '../../ops/term.ts';
import { isScalar } from '../../shape/shape.ts';
import type { RuleContext } from '../words.ts';
import { notationsAt } from './notations.ts';
import type { Recheck } from './recheck.ts';
import type { Repair } from './repair.ts';
import { spellingOf } from './spelling.ts';

const NOWHERE = { start: 0, end: 0 } as const;

/** Adds the product of derivatives along the path that a sum lacks, in the order of the layout. */
export function repairPath(context: RuleContext, { equation, span, path, through }: MissingPathProblem, recheck: Recheck): Repair | null {
  const side = equation.sides.find((one) => one.span.start === span.start && one.span.end === span.end);
  if (side === undefined) return null;
  const written = context.text.slice(span.start, span.end);
  for (const notation of notationsAt(context, span.start)) {
    const symbol = (id: SymbolId) => spellingOf(context, id, notation);
    const printed = printTerm(productAlong(context, path, context.inferred.shapes.layoutOf(equation)), { notation, symbol });
    const isDirect = path.length === 2;
    const term = isDirect ? printed : inStyleOf(written, printed);
    const edits = [{ span: { start: span.end, end: span.end }, newText: ` + ${term}` }];
    if (!recheck(edits, equation)) continue;
    const name = context.built.derivation.symbols.get(through)?.text ?? through;
    const title = isDirect ? context.say('Add the direct path: `{0}`', term) : context.say('Add the path through {0}: `{1}`', name, term);
    return {
      fixes: [{ title, edits, slip: told('path') }],
      hint: `With \`+ ${term}\` it is complete.`,
      mended: `${written} + ${term}`,
    };
  }
  return null;
}

/** For the path L ← v ← x: dv/dx dL/dv, in numerator layout dL/dv dv/dx. */
function productAlong({ inferred }: RuleContext, path: readonly SymbolId[], layout: 'denominator' | 'numerator' | 'mixed'): Term {
  const links = path.slice(1).map((id, at) => derivativeOf(path[at] as SymbolId, id, path.length === 2));
  const [outer] = path;
  const turned = layout === 'mixed' && outer !== undefined && isScalar(inferred.shapes.ofSymbol(outer));
  if (turned)
    return productOf([
      ...links
        .slice(1)
        .reverse()
        .map((link) => made('transpose', link)),
      links[0] as Term,
    ]);
  return productOf(layout === 'denominator' ? [...links].reverse() : links);
}

function derivativeOf(of: SymbolId, wrt: SymbolId, direct: boolean): DerivativeTerm {
  const symbol = (id: SymbolId): Term => ({ kind: 'symbol', id, span: NOWHERE });
  return {
    kind: 'derivative',
    form: direct ? 'direct' : 'derivative',
    of: symbol(of),
    wrt: [{ term: symbol(wrt), transposed: false }],
    span: NOWHERE,
  };
}

/** With `d` where the side writes its derivatives so. */
function inStyleOf(written: string, printed: string): string {
  if (written.includes('\\partial')) return printed;
  if (written.includes('\\mathrm{d}')) return printed.replaceAll('\\partial ', '\\mathrm{d}');
  return printed.replaceAll('\\partial ', 'd');
}
