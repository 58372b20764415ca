import { derive } from '../../calculus/derive.ts';
import { type Equation, takesBrackets } from '../../derivation/derivation.ts';
import { printTerm } from '../../derivation/print-term.ts';
import { copyOf } from '../../ops/rewrite.ts';
import type { DerivativeTerm, Term } from '../../ops/term.ts';
import type { NotationName } from '../../syntax/cursor.ts';
import { excerpt, type RuleContext } from '../words.ts';
import { budget } from './budget.ts';
import { notationsAt } from './notations.ts';
import type { Recheck } from './recheck.ts';
import { type Repair, repairByNumbers } from './repair.ts';
import { difference } from './respell.ts';
import { spellingOf } from './spelling.ts';
import { type Lost, whatWasLost } from './what-was-lost.ts';

/**
 * The derivative that Chainrule finds itself, in the place of a side that no small change mends. Of several ways to read the
 * document that which is nearest to what is written.
 */
export function repairByDeriving(readings: readonly RuleContext[], equation: Equation, side: Term, recheck: Recheck): Repair | null {
  const [nearest] = readings as readonly [RuleContext];
  const { text } = nearest;
  const written = text.slice(side.span.start, side.span.end);
  const derived = notationsAt(nearest, side.span.start).flatMap((one) =>
    readings
      .flatMap((context) => derivedIn(context, equation, one))
      .sort((a, b) => difference(written, a.newText) - difference(written, b.newText)),
  );
  for (const { context, newText, lost } of derived) {
    const found = lost(side);
    const small = found === null ? null : repairByNumbers(context, equation, side, recheck, budget(), [found.slip]);
    if (small !== null) return small;
    const edits = [{ span: side.span, newText }];
    if (!recheck(edits, equation)) continue;
    const title = `Replace \`${excerpt(text, side.span)}\` by the derivative \`${newText}\``;
    return {
      fixes: [{ title, edits }],
      hint: `${found === null ? '' : `${found.says}. `}Chainrule finds \`${newText}\`.`,
      mended: newText,
    };
  }
  return null;
}

interface Derived {
  readonly context: RuleContext;
  readonly newText: string;
  /** What a side lacks beside it. */
  readonly lost: (side: Term) => Lost | null;
}

function derivedIn(context: RuleContext, equation: Equation, notation: NotationName): readonly Derived[] {
  const { built, inferred } = context;
  const claimed = derivativeIn(equation);
  const derived = claimed === null ? null : derive(built, inferred, claimed, inferred.shapes.layoutOf(equation));
  if (derived === null) return [];
  const newText = printTerm(derived, {
    notation,
    marks: context.built.marks()[notation],
    symbol: (id) => spellingOf(context, id, notation),
    takesBrackets: takesBrackets(built.derivation.symbols),
  });
  return [{ context, newText, lost: (side) => whatWasLost(context, equation, side, derived, notation) }];
}

/** What a claim is about, where that is a derivative: `ρ'(r)` is that of `ρ(r)` by r. */
function derivativeIn({ sides: [first] }: Equation): DerivativeTerm | null {
  if (first?.kind === 'derivative') return first;
  const [by, ...more] = first?.kind === 'call' ? first.args : [];
  if (first?.kind !== 'call' || by?.kind !== 'symbol' || more.length > 0 || first.order === 0) return null;
  const wrt = Array.from({ length: first.order }, () => ({ term: copyOf(by), transposed: false }));
  return { kind: 'derivative', form: 'derivative', of: { ...first, order: 0, args: [copyOf(by)] }, wrt, span: first.span };
}
