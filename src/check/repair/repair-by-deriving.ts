import { lazily } from '../../base/lazily.ts';
import { derive } from '../../calculus/derive.ts';
import { type Equation, takesBrackets } from '../../derivation/derivation.ts';
import { printTerm } from '../../derivation/print-term.ts';
import { copyOf } from '../../ops/rewrite.ts';
import type { DerivativeTerm, Term } from '../../ops/term.ts';
import type { NotationName } from '../../syntax/cursor.ts';
import { excerpt, type RuleContext } from '../words.ts';
import { budget, type Purse } from './budget.ts';
import { notationsAt } from './notations.ts';
import type { Recheck } from './recheck.ts';
import { type Repair, repairByNumbers } from './repair.ts';
import { difference } from './respell.ts';
import { spellingOf } from './spelling.ts';
import { type Lost, whatWasLost } from './what-was-lost.ts';

/** What the derivative that Chainrule finds itself says of a wrong side. */
export interface Deriving {
  /** A small change that puts back what a side lacks beside it. */
  readonly lostIn: (side: Term) => Repair | null;
  /** The derivative in the place of a side that no small change mends. */
  readonly wholeFor: (side: Term) => Repair | null;
}

/** Of several ways to read the document that which is nearest to what is written comes first. */
export function deriving(readings: readonly RuleContext[], equation: Equation, recheck: Recheck, { mayRead }: Purse): Deriving {
  const [nearest] = readings as readonly [RuleContext];
  const known = new Map<Term, readonly Beside[]>();
  const beside = (side: Term): readonly Beside[] => {
    const found =
      known.get(side) ??
      derivativesNear(readings, nearest.text, equation, side).map((one) => besideSide(one, equation, side, recheck, mayRead));
    known.set(side, found);
    return found;
  };
  return {
    lostIn: (side) => firstThat(beside(side), ({ small }) => small()),
    wholeFor: (side) => firstThat(beside(side), (one) => whole(nearest.text, one, equation, side, recheck)),
  };
}

/** A derivative beside a side, with what the side lacks, and the small change that puts it back. */
interface Beside {
  readonly newText: string;
  readonly lost: () => Lost | null;
  readonly small: () => Repair | null;
}

function besideSide(
  { context, newText, lost: lostIn }: Derived,
  equation: Equation,
  side: Term,
  recheck: Recheck,
  mayRead: Purse['mayRead'],
): Beside {
  const lost = lazily(() => lostIn(side));
  const small = lazily(() => {
    const found = lost();
    return found === null ? null : repairByNumbers(context, equation, side, recheck, { spend: budget(), mayRead }, [found.slip]);
  });
  return { newText, lost, small };
}

function derivativesNear(readings: readonly RuleContext[], text: string, equation: Equation, { span }: Term): readonly Derived[] {
  const written = text.slice(span.start, span.end);
  return notationsAt(readings[0] as RuleContext, span.start).flatMap((one) =>
    readings
      .flatMap((context) => derivedIn(context, equation, one))
      .sort((a, b) => difference(written, a.newText) - difference(written, b.newText)),
  );
}

function whole(text: string, { newText, lost }: Beside, equation: Equation, { span }: Term, recheck: Recheck): Repair | null {
  const edits = [{ span, newText }];
  if (!recheck(edits, equation)) return null;
  const found = lost();
  const title = `Replace \`${excerpt(text, span)}\` by the derivative \`${newText}\``;
  return { fixes: [{ title, edits }], hint: `${found === null ? '' : `${found.says}. `}Chainrule finds \`${newText}\`.`, mended: newText };
}

function firstThat<T>(all: readonly T[], mend: (one: T) => Repair | null): Repair | null {
  for (const one of all) {
    const repair = mend(one);
    if (repair !== null) return repair;
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
