import { derive } from '../../calculus/derive.ts';
import type { Equation } from '../../derivation/derivation.ts';
import { printTerm } from '../../derivation/print-term.ts';
import type { Term } from '../../ops/term.ts';
import { type RuleContext, excerpt } from '../words.ts';
import type { Recheck } from './recheck.ts';
import type { Repair } from './repair.ts';
import { spellingOf } from './spelling.ts';

/** The derivative that Chainrule finds itself, in the place of a side that no small change mends. */
export function repairByDeriving(context: RuleContext, equation: Equation, side: Term, recheck: Recheck): Repair | null {
  const [claimed] = equation.sides;
  if (claimed?.kind !== 'derivative') return null;
  const { built, inferred, notation, text } = context;
  const derived = derive(built, inferred, claimed, inferred.shapes.layoutOf(equation));
  if (derived === null) return null;
  for (const one of notation === 'plain' ? (['plain'] as const) : (['latex', 'plain'] as const)) {
    const newText = printTerm(derived, { notation: one, symbol: (id) => spellingOf(context, id, one) });
    const edits = [{ span: side.span, newText }];
    if (!recheck(edits, equation)) continue;
    const title = `Replace \`${excerpt(text, side.span)}\` by the derivative \`${newText}\``;
    return { fix: { title, edits }, hint: `Chainrule finds \`${newText}\`.`, mended: newText };
  }
  return null;
}
