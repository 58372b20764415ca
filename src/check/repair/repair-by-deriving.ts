import { derive } from '../../calculus/derive.ts';
import type { Equation } from '../../derivation/derivation.ts';
import { printTerm } from '../../derivation/print-term.ts';
import type { Term } from '../../ops/term.ts';
import type { NotationName } from '../../syntax/cursor.ts';
import { excerpt, type RuleContext } from '../words.ts';
import type { Recheck } from './recheck.ts';
import type { Repair } from './repair.ts';
import { difference } from './respell.ts';
import { spellingOf } from './spelling.ts';
import { whatWasLost } from './what-was-lost.ts';

/**
 * The derivative that Chainrule finds itself, in the place of a side that no small change mends. Of several ways to read the
 * document that which is nearest to what is written.
 */
export function repairByDeriving(readings: readonly RuleContext[], equation: Equation, side: Term, recheck: Recheck): Repair | null {
  const [{ text, notation }] = readings as readonly [RuleContext];
  const written = text.slice(side.span.start, side.span.end);
  const notations = notation === 'plain' ? (['plain'] as const) : (['latex', 'plain'] as const);
  const derived = notations.flatMap((one) =>
    readings
      .flatMap((context) => derivedIn(context, equation, one))
      .sort((a, b) => difference(written, a.newText) - difference(written, b.newText)),
  );
  for (const { newText, lost } of derived) {
    const edits = [{ span: side.span, newText }];
    if (!recheck(edits, equation)) continue;
    const title = `Replace \`${excerpt(text, side.span)}\` by the derivative \`${newText}\``;
    const reason = lost(side);
    return { fixes: [{ title, edits }], hint: `${reason === null ? '' : `${reason} `}Chainrule finds \`${newText}\`.`, mended: newText };
  }
  return null;
}

interface Derived {
  readonly newText: string;
  /** What a side lacks beside it, in a sentence. */
  readonly lost: (side: Term) => string | null;
}

function derivedIn(context: RuleContext, equation: Equation, notation: NotationName): readonly Derived[] {
  const { built, inferred } = context;
  const [claimed] = equation.sides;
  const derived = claimed?.kind === 'derivative' ? derive(built, inferred, claimed, inferred.shapes.layoutOf(equation)) : null;
  if (derived === null) return [];
  const newText = printTerm(derived, { notation, symbol: (id) => spellingOf(context, id, notation) });
  return [{ newText, lost: (side) => whatWasLost(context, equation, side, derived, notation) }];
}
