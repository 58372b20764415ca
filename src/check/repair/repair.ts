import type { Span } from '../../base/span.ts';
import type { Equation } from '../../derivation/derivation.ts';
import { moversOf } from '../../numeric/movers.ts';
import { verifyClaim } from '../../numeric/verify-claim.ts';
import { type Term, termKey, walk } from '../../ops/term.ts';
import type { FoundFix } from '../checked-document.ts';
import { derivationFor } from '../claims.ts';
import { type RuleContext, excerpt } from '../words.ts';
import { type Spend, budget } from './budget.ts';
import type { Recheck } from './recheck.ts';
import { copyOf, parentIn, replaced } from '../../ops/rewrite.ts';
import { SLIPS, type Slip } from './slips.ts';
import { difference, respell } from './respell.ts';
import { surroundingsOf } from './surroundings.ts';

/** A small change that makes a wrong side right. */
export interface Repair {
  readonly fix: FoundFix;
  /** What went wrong, in a sentence. */
  readonly hint: string;
  /** The mended side, as the document would have it. */
  readonly mended: string;
}

/** Candidates tried for one mistake, and texts read again. */
const MOST_CANDIDATES = 1500;
const MOST_TEXTS = 8;
/** Nodes of a side, in which a slip is looked for. */
const MOST_NODES = 80;

interface Candidate {
  readonly slip: Slip;
  readonly target: Term;
  readonly replacement: Term;
}

/**
 * The smallest change to one side of an equation, of those that people's slips suggest, that makes the
 * equation fit and hold: each is judged by shapes and by numbers, and at last the mended text is read again.
 */
export function repairSide(context: RuleContext, equation: Equation, side: Term, recheck: Recheck): Repair | null {
  const spend = budget();
  const byNumbers = isJudgedByNumbers(context, equation, spend);
  const holding = byNumbers ? search(context, equation, side, spend, true) : onlyOne(search(context, equation, side, spend, false));
  let texts = 0;
  for (const candidate of holding) {
    for (const newText of respell(context, candidate.target, candidate.replacement)) {
      if (texts++ >= MOST_TEXTS) return null;
      const edits = [{ span: candidate.target.span, newText }];
      if (recheck(edits, equation, byNumbers ? 'verified' : 'unrefuted')) return repairOf(context, side, candidate, newText);
    }
  }
  return null;
}

function isNumeric({ kind }: Equation): boolean {
  return kind === 'claim' || kind === 'condition' || kind === 'identity';
}

/** Whether numbers can tell a right side of the equation from a wrong one: they know its first side. */
function isJudgedByNumbers(context: RuleContext, equation: Equation, spend: Spend): boolean {
  const [first] = equation.sides;
  if (first === undefined || !isNumeric(equation)) return false;
  const trial: Equation = { ...equation, kind: 'identity', sides: [first, copyOf(first)], relations: ['='] };
  return verifyClaim(derivationFor(context, equation), context.inferred.shapes, trial, { ...CANDIDATE, spend }).status === 'verified';
}

/** Candidates are many, and verified again in the mended text. */
const CANDIDATE = { sizeSets: 1, points: 1, smallSizes: true } as const;

/** Where only shapes judge, a suggestion is made if exactly one fits. */
function onlyOne(candidates: Iterable<Candidate>): readonly Candidate[] {
  const found = [...candidates];
  return found.length === 1 ? found : [];
}

/** Candidates that hold, slip by slip, of each the shortest change first; the next slip is looked into only when the texts of the last did not do. */
function* search(context: RuleContext, equation: Equation, side: Term, spend: Spend, byNumbers: boolean): Generator<Candidate> {
  const nodes = [...walk(side)].filter(hasText).slice(0, MOST_NODES);
  const around = surroundingsOf(context, equation, side);
  const seen = new Set([termKey(side)]);
  for (const slip of SLIPS.filter(({ byShape }) => byNumbers || byShape)) {
    const proposals = nodes.flatMap((target) =>
      slip.propose(target, around).map((replacement): Candidate => ({ slip, target, replacement })),
    );
    const fresh = proposals.filter(({ target, replacement }) => {
      const key = termKey(replaced(side, target, replacement));
      return seen.size <= MOST_CANDIDATES && !seen.has(key) && seen.add(key) !== undefined;
    });
    const holding = fresh.filter(({ target, replacement }) =>
      holds(context, equation, copyOf(replaced(side, target, replacement)), spend, byNumbers),
    );
    yield* [...holding].sort((a, b) => changeOf(context, a) - changeOf(context, b));
  }
}

/** How much of the text a change touches. */
function changeOf(context: RuleContext, { target, replacement }: Candidate): number {
  const written = context.text.slice(target.span.start, target.span.end);
  return difference(written, respell(context, target, replacement)[0] ?? written);
}

function hasText({ span, kind }: Term): boolean {
  return span.end > span.start && kind !== 'hole';
}

/** Whether the equation of its first side with the mended one fits, and where numbers can tell, holds. */
function holds(context: RuleContext, equation: Equation, version: Term, spend: Spend, byNumbers: boolean): boolean {
  const { built, inferred } = context;
  const [first] = equation.sides;
  if (first === undefined) return false;
  const trial: Equation = {
    ...equation,
    kind: equation.kind === 'condition' ? 'claim' : equation.kind,
    sides: [copyOf(first), version],
    relations: ['='],
  };
  if (!sameSet(moversOf(built.derivation, equation), moversOf(built.derivation, trial))) return false;
  const answer = inferred.attempt(equation, trial, (shapes) => {
    if (!isNumeric(trial)) return true;
    const { status } = verifyClaim(derivationFor(context, equation), shapes, trial, { ...CANDIDATE, spend });
    return status === 'verified' || (status === 'inconclusive' && !byNumbers);
  });
  return answer === true;
}

/** A term of a differential may not go because what moves in it goes with it. */
function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

// ---- the answer

function repairOf({ text }: RuleContext, side: Term, { slip, target, replacement }: Candidate, newText: string): Repair {
  const { span } = target;
  const shown = target.kind === 'number' ? (parentIn(side, target) ?? target).span : span;
  const [before, after] = [excerpt(text, shown), oneLine(splice(text, shown, span, newText))];
  return {
    fix: { title: `Replace \`${before}\` by \`${after}\``, edits: [{ span, newText }], slip: slip.name },
    hint: `${slip.says(target, replacement)}: \`${after}\` instead of \`${before}\` agrees.`,
    mended: splice(text, side.span, span, newText),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function splice(text: string, whole: Span, { start, end }: Span, newText: string): string {
  return text.slice(whole.start, start) + newText + text.slice(end, whole.end);
}
