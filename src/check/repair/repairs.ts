import { contains } from '../../base/span.ts';
import type { Equation } from '../../derivation/derivation.ts';
import { withHandedLoss } from '../../derivation/upstream.ts';
import type { Term } from '../../ops/term.ts';
import type { DiagnosticCode } from '../../protocol/report.ts';
import type { Found } from '../checked-document.ts';
import type { Finding } from '../findings.ts';
import type { RuleContext } from '../words.ts';
import { type Assumption, assumptionFor } from './assumption.ts';
import { budget, type Purse, purse } from './budget.ts';
import type { Recheck } from './recheck.ts';
import { type LostIn, NOTHING_LOST, type Repair, repairByNumbers, repairSide } from './repair.ts';
import { deriving } from './repair-by-deriving.ts';
import { repairPath } from './repair-path.ts';
import { LAST_SLIPS } from './slips.ts';

/** Mistakes that a change to a side of their equation may mend. */
const MENDABLE: ReadonlySet<DiagnosticCode> = new Set([
  'shape/product',
  'shape/sum',
  'shape/equation',
  'shape/argument',
  'layout/order',
  'layout/shape',
  'layout/mixed',
  'chain/broken',
  'chain/missing-path',
  'index/range',
  'verify/refuted',
]);
/** What a diagnostic gets besides its words: changes that mend it, and why they do. */
export interface Mending {
  readonly repair: Repair | null;
  readonly assumption: Assumption | null;
}

/** Mistakes of one document that are looked into; who has more mends these first. */
const MOST_REPAIRS = 12;

/** The document as it was read, and where it does not say which layout it is in, as it may be read otherwise. */
export interface ReadingsOfDocument {
  readonly context: RuleContext;
  readonly inMixedLayout: (equation: Equation) => RuleContext | null;
}

/** For every mistake that a small change mends, or an assumption, that. */
export function repairs(reading: ReadingsOfDocument, findings: readonly Finding[], recheck: Recheck): ReadonlyMap<Equation, Mending> {
  const mendable = findings.filter(({ found, equation }) => equation !== null && found.fixes.length === 0 && MENDABLE.has(found.code));
  return new Map(
    mendable.slice(0, MOST_REPAIRS).map((finding) => [finding.equation as Equation, mending(reading, finding, recheck)] as const),
  );
}

function mending(reading: ReadingsOfDocument, { found, problem, equation }: Finding, recheck: Recheck): Mending {
  const mistaken = equation as Equation;
  const judged = asJudged(reading, mistaken);
  const { context } = judged;
  return {
    repair: problem?.kind === 'missingPath' ? repairPath(context, problem, recheck) : repairEquation(judged, mistaken, found, recheck),
    assumption: found.code === 'verify/refuted' ? assumptionFor(context, mistaken, recheck) : null,
  };
}

/** The document as the claim was judged in it: with a loss of which the text only hands on a derivative as some function of that value. */
function asJudged({ context, inMixedLayout }: ReadingsOfDocument, equation: Equation): ReadingsOfDocument {
  const derivation = withHandedLoss(context.built.derivation, equation);
  if (derivation === null) return { context, inMixedLayout };
  return { context: { ...context, built: { ...context.built, derivation } }, inMixedLayout };
}

/**
 * The side in which the mistake lies is looked into first; where no slip explains it, in no layout that the text may be in, the
 * derivative itself is offered.
 */
function repairEquation({ context, inMixedLayout }: ReadingsOfDocument, equation: Equation, found: Found, recheck: Recheck): Repair | null {
  const { span } = found;
  const sides = equation.kind === 'equation' ? equation.sides : equation.sides.slice(1);
  const near = sides.filter((side) => contains(side.span, span) || contains(span, side.span));
  const suspects = near.length > 0 ? near : sides;
  const spend = budget();
  const isRefuted = found.code === 'verify/refuted';
  const slipIn = (reading: RuleContext, means: Purse, lostIn: LostIn) =>
    firstOf(suspects, (side) => repairSide(reading, equation, side, found, recheck, means, lostIn));
  const means = purse(spend);
  const own = deriving([context], equation, recheck, means);
  const slip = slipIn(context, means, isRefuted ? own.lostIn : NOTHING_LOST);
  if (slip !== null) return slip;
  const mixed = inMixedLayout(equation);
  const derived =
    mixed === null && isRefuted ? own : deriving(mixed === null ? [context] : [context, mixed], equation, recheck, purse(spend));
  return (
    (mixed === null ? null : slipIn(mixed, purse(spend), NOTHING_LOST)) ??
    firstOf(suspects, (side) => derived.lostIn(side) ?? derived.wholeFor(side)) ??
    (isRefuted ? firstOf(suspects, (side) => repairByNumbers(context, equation, side, recheck, purse(spend), LAST_SLIPS)) : null)
  );
}

export function firstOf(sides: readonly Term[], mend: (side: Term) => Repair | null): Repair | null {
  for (const side of sides) {
    const repair = mend(side);
    if (repair !== null) return repair;
  }
  return null;
}

/** A rule's own fixes, as far as they mend what they are offered for and break nothing. */
export function withSureFixes(finding: Finding, recheck: Recheck): Finding {
  const { found, equation } = finding;
  if (equation === null || found.fixes.length === 0) return finding;
  const demand = found.severity === 'hint' ? 'unharmed' : 'unrefuted';
  return { ...finding, found: { ...found, fixes: found.fixes.filter(({ edits }) => recheck(edits, equation, demand)) } };
}

/** The diagnostic with what mends it: in its words, and as its fixes. */
export function withFix(found: Found, mending: Mending | undefined): Found {
  if (mending === undefined || found.fixes.length > 0 || !MENDABLE.has(found.code)) return found;
  const { repair, assumption } = mending;
  const hints = [...(repair?.hint == null ? [] : [repair.hint]), ...(assumption === null ? [] : [hintOf(assumption, repair !== null)])];
  const fixes = [...(repair === null ? [] : repair.fixes), ...(assumption?.fix == null ? [] : [assumption.fix])];
  return { ...found, message: [found.message, ...hints].join(' '), fixes };
}

function hintOf({ says }: Assumption, isSecond: boolean): string {
  return `It ${isSecond ? 'also ' : ''}holds if ${says}, which nothing above says.`;
}
