import { contains, type Span } from '../../base/span.ts';
import type { Equation, ShapeTable } from '../../derivation/derivation.ts';
import { moversOf } from '../../derivation/movers.ts';
import { type Refuter, refuterFor, UNDECIDED } from '../../numeric/refutation.ts';
import { verifyClaim } from '../../numeric/verify-claim.ts';
import { copyOf, parentIn, replaced } from '../../ops/rewrite.ts';
import { type Term, termKey, walk } from '../../ops/term.ts';
import type { Shape } from '../../shape/shape.ts';
import { inAnySize } from '../any-size.ts';
import type { Found, FoundFix } from '../checked-document.ts';
import { refutedIn } from '../claims.ts';
import { excerpt, oneLine, type RuleContext } from '../words.ts';
import { type Purse, purse, type Spend } from './budget.ts';
import { repairByMember } from './neighbouring-member.ts';
import type { Demand, Recheck } from './recheck.ts';
import { difference, respell } from './respell.ts';
import { sharedParts } from './shared-parts.ts';
import { SLIPS, type Slip, type Surroundings, settled } from './slips.ts';
import { keepsWhatCannotFit } from './stuck.ts';
import { surroundingsOf } from './surroundings.ts';
import { writtenOut } from './written-out.ts';

/** A small change that makes a wrong side right. */
export interface Repair {
  /** The smallest change first; several where only shapes judge and more than one fits. */
  readonly fixes: readonly [FoundFix, ...FoundFix[]];
  /** What went wrong, in a sentence; null where that is not certain. */
  readonly hint: string | null;
  /** The mended side, as the document would have it. */
  readonly mended: string;
}

/** Candidates tried for one mistake. */
const MOST_CANDIDATES = 1500;
/** Fixes offered where only shapes judge. */
const MOST_FIXES = 3;
/** Nodes of a side, in which a slip is looked for. */
const MOST_NODES = 80;

/** Multiplications in the time that inference takes for a node, and in that of its part of a key. */
const INFERRING = 15_000;
const SPELLING = 3_000;

/** Where the derivative is zero these make anything right by a factor that is zero too: `f x` for the `x` that `f = ||x - x||` has not. */
const SCALING: ReadonlySet<string> = new Set(['square', 'factor', 'symbol', 'inverse', 'lost']);

interface Candidate {
  readonly slip: Slip;
  readonly target: Term;
  readonly replacement: Term;
  /** The side with it. */
  readonly version: Term;
}

/**
 * The smallest change to one side of an equation, of those that people's slips suggest, that makes the
 * equation fit and hold: each is judged by shapes and by numbers, and at last the mended text is read again.
 */
export function repairSide(
  context: RuleContext,
  equation: Equation,
  side: Term,
  found: Found,
  recheck: Recheck,
  means: Purse,
  lostIn: LostIn,
): Repair | null {
  const byNumbers = found.code === 'verify/refuted' || isJudgedByNumbers(context, equation, means.spend);
  return byNumbers
    ? repairByNumbers(context, equation, side, recheck, means, SLIPS, lostIn)
    : repairByShapes(context, equation, side, found, means, recheck);
}

/** What is told to be missing in a side by something else than trying, as a change that puts it back. */
export type LostIn = (side: Term) => Repair | null;

export const NOTHING_LOST: LostIn = () => null;

/**
 * The smallest change to a side, of those that some slips suggest, with which numbers show the equation to hold. What is lost is tried
 * last, as it may be anything.
 */
export function repairByNumbers(
  context: RuleContext,
  equation: Equation,
  side: Term,
  recheck: Recheck,
  means = purse(),
  slips = SLIPS,
  lostIn = NOTHING_LOST,
): Repair | null {
  const bySlips = (some: readonly Slip[]): Repair | null => {
    const [spelled] = spelledOut(context, equation, search(context, equation, side, means.spend, true, some), recheck, 'verified', means);
    return spelled === undefined ? null : { ...answerOf(context, side, spelled), fixes: [fixOf(context, side, spelled)] };
  };
  if (slips !== SLIPS) return bySlips(slips);
  const [near, others, lost] = [
    slipsUntil('symbol'),
    slipsUntil('sides').slice(slipsUntil('symbol').length),
    SLIPS.slice(slipsUntil('sides').length),
  ];
  const byMember = () => (context.built.derivation.steps === null ? null : repairByMember(context, equation, side, recheck));
  return bySlips(near) ?? byMember() ?? bySlips(others) ?? lostIn(side) ?? bySlips(lost);
}

/** The slips up to one. */
function slipsUntil(last: string): readonly Slip[] {
  return SLIPS.slice(0, SLIPS.findIndex(({ name }) => name === last) + 1);
}

/** Where only shapes judge, small changes that fit are offered, those to what is blamed first; a reason is given if there is one only. */
function repairByShapes(
  context: RuleContext,
  equation: Equation,
  side: Term,
  { span }: Found,
  means: Purse,
  recheck: Recheck,
): Repair | null {
  const isElsewhere = ({ target }: Candidate) => Number(!contains(span, target.span));
  const fitting = [...smallestFirst(context, [...search(context, equation, side, means.spend, false)])].sort(
    (a, b) => isElsewhere(a) - isElsewhere(b),
  );
  const spelled = [...spelledOut(context, equation, fitting, recheck, 'unrefuted', means)].slice(0, MOST_FIXES);
  const [first, ...others] = spelled;
  if (first === undefined) return null;
  const { hint, mended } = answerOf(context, side, first);
  return {
    fixes: [fixOf(context, side, first), ...others.map((one) => fixOf(context, side, one))],
    hint: fitting.length === 1 ? hint : null,
    mended,
  };
}

interface Spelled {
  readonly candidate: Candidate;
  readonly newText: string;
}

/** Candidates as texts, each read again, and kept if the document is better with it. */
function* spelledOut(
  context: RuleContext,
  equation: Equation,
  candidates: Iterable<Candidate>,
  recheck: Recheck,
  demand: Demand,
  { mayRead }: Purse,
): Generator<Spelled> {
  for (const candidate of candidates) {
    const { target, replacement } = candidate;
    for (const newText of respell(context, target, replacement)) {
      if (!mayRead()) return;
      if (!recheck([{ span: target.span, newText }], equation, demand)) continue;
      yield { candidate, newText };
      break;
    }
  }
}

function isNumeric({ kind }: Equation): boolean {
  return kind === 'claim' || kind === 'condition' || kind === 'identity';
}

/** Whether numbers can tell a right side of the equation from a wrong one: they know its first side. */
function isJudgedByNumbers(context: RuleContext, equation: Equation, spend: Spend): boolean {
  const [first] = equation.sides;
  if (first === undefined || !isNumeric(equation)) return false;
  const trial: Equation = { ...equation, kind: 'identity', sides: [first, copyOf(first)], relations: ['='] };
  return verifyClaim(refutedIn(context, equation), context.inferred.shapes, trial, { ...CANDIDATE, spend }).status === 'verified';
}

/** Candidates are many, and verified again in the mended text. */
const CANDIDATE = { sizeSets: 1, points: 1, smallSizes: true } as const;
/** At one set of small sizes ½ may be 1/N. */
const CONFIRMED = { ...CANDIDATE, sizeSets: 2 } as const;
/** With conditions in it a side is looked at on all sides of them, and has to have a value wherever the first side has one. */
const CONFIRMED_WITH_CONDITIONS = { ...CONFIRMED, points: 3, mayHaveGaps: false } as const;

/** Candidates that hold, slip by slip, of each the shortest change first; the next slip is looked into only when the texts of the last did not do. */
function* search(
  context: RuleContext,
  equation: Equation,
  side: Term,
  spend: Spend,
  byNumbers: boolean,
  slips = SLIPS,
): Generator<Candidate> {
  const letters = memberLetters(context, side);
  const { copies, unwritten } = writtenOut(side);
  const nodes = [...walk(side)].filter((term) => hasText(term) && !letters.has(term) && !unwritten.has(term)).slice(0, MOST_NODES);
  const around = surroundingsOf(context, equation, side);
  const refuter = byNumbers && side !== equation.sides[0] ? refuterOf(context, equation, around, spend) : UNDECIDED;
  const isStuck = keepsWhatCannotFit(context, equation);
  const shared = sharedParts(context.inferred, equation);
  const keyOf = (version: Term) => termKey(settled(version, around));
  const seen = new Set([keyOf(side)]);
  const isMeant = ({ name, byShape }: Slip) => (byNumbers || byShape) && !(refuter.vanishes && SCALING.has(name));
  for (const slip of slips.filter(isMeant)) {
    const proposals = nodes.flatMap((target) =>
      changesOf(slip, target, copies.get(target) ?? [], around).map(
        (changes): Candidate => ({ slip, target, replacement: (changes[0] as Change)[1], version: withChanges(side, changes) }),
      ),
    );
    const fresh = proposals.filter(({ version }) => {
      if (seen.size > MOST_CANDIDATES || !spend(SPELLING * walk(version).length)) return false;
      const key = keyOf(version);
      return !seen.has(key) && seen.add(key) !== undefined;
    });
    const holding = fresh.filter((candidate) => {
      const version = shared(candidate.version);
      return (
        !isStuck(version) &&
        !hasEmptyDifference(version) &&
        spend(inferring(version)) &&
        holds(context, equation, side, version, { spend, byNumbers, refuter, shared })
      );
    });
    yield* smallestFirst(context, holding);
  }
}

/** `A Q - A Q`, which is right where the derivative is zero, and nobody means. */
function hasEmptyDifference(version: Term): boolean {
  return walk(version).some((term) => term.kind === 'apply' && term.op === 'sub' && areAlike(term.args as readonly [Term, Term]));
}

function areAlike([a, b]: readonly [Term, Term]): boolean {
  return termKey(a) === termKey(b);
}

/** A node and what stands in its place. */
type Change = readonly [target: Term, replacement: Term];

/** What a slip proposes for a node, and alike for each of its copies. */
function changesOf(slip: Slip, target: Term, copies: readonly Term[], around: Surroundings): readonly (readonly Change[])[] {
  const proposals = [target, ...copies].map((term) => slip.propose(term, around).map((replacement): Change => [term, replacement]));
  const [first = [], ...others] = proposals;
  return others.some(({ length }) => length !== first.length)
    ? []
    : first.map((change, at) => [change, ...others.map((one) => one[at] as Change)]);
}

function withChanges(side: Term, changes: readonly Change[]): Term {
  return changes.reduce((version, [target, replacement]) => replaced(version, target, replacement), side);
}

/** What it costs to infer the shapes of a term, in multiplications. */
function inferring(version: Term): number {
  return INFERRING * walk(version).length;
}

/** Those that touch least of the text first, of two alike the one that makes it shorter. */
function smallestFirst(context: RuleContext, candidates: readonly Candidate[]): readonly Candidate[] {
  const measured = candidates.map((candidate) => {
    const { target, replacement } = candidate;
    const written = context.text.slice(target.span.start, target.span.end);
    const mended = respell(context, target, replacement)[0] ?? written;
    return { candidate, touched: difference(written, mended), grown: mended.length - written.length };
  });
  return measured.sort((a, b) => a.touched - b.touched || a.grown - b.grown).map(({ candidate }) => candidate);
}

function hasText({ span, kind }: Term): boolean {
  return span.end > span.start && kind !== 'hole';
}

/** The `x` of an `x_n` that stands for a column of X: it is no X, and changes with its index only. */
function memberLetters({ built: { derivation }, text }: RuleContext, side: Term): ReadonlySet<Term> {
  const bases = [...walk(side)].flatMap((term) => (term.kind === 'entry' && term.base.kind === 'symbol' ? [term.base] : []));
  return new Set(bases.filter(({ id, span }) => derivation.symbols.get(id)?.text !== text.slice(span.start, span.end)));
}

/** A repair is right, and not only as near as a claim has to be: `(1e-5 c)^2` mends nothing where `1e-5 c` is too much. */
const EXACTER = 10_000;

/** Most candidates are wrong, and a glance at one point shows it. */
function refuterOf(context: RuleContext, equation: Equation, { mentions }: Surroundings, spend: Spend): Refuter {
  const { tolerance } = equation.settings;
  const exactTolerance = tolerance / EXACTER;
  return refuterFor(refutedIn(context, equation), sized(equation, context.inferred.shapes), equation, {
    mentions,
    tolerance,
    exactTolerance,
    spend,
  });
}

interface Judges {
  readonly spend: Spend;
  readonly byNumbers: boolean;
  readonly refuter: Refuter;
  /** A term of the equation, or a version of one, as it may stand in another equation. */
  readonly shared: (term: Term) => Term;
}

/** Whether the equation of another side with the mended one fits, and where numbers can tell, holds. */
function holds(
  context: RuleContext,
  equation: Equation,
  side: Term,
  version: Term,
  { spend, byNumbers, refuter, shared }: Judges,
): boolean {
  const { built, inferred } = context;
  const other = equation.sides.find((one) => one !== side);
  if (other !== undefined && termKey(other) === termKey(version)) return false;
  const trial: Equation = {
    ...equation,
    kind: equation.kind === 'condition' ? 'claim' : equation.kind,
    sides: other === undefined ? [version] : side === equation.sides[0] ? [version, shared(other)] : [shared(other), version],
    relations: other === undefined ? [] : ['='],
  };
  if (!sameSet(moversOf(built.derivation, equation.sides), moversOf(built.derivation, trial.sides))) return false;
  const answer = inferred.attempt(equation, trial, (found) => {
    if (!isNumeric(trial)) return true;
    if (equation.settings.boldConvention && !keepsShapes(equation, inferred.shapes, found)) return false;
    const shapes = sized(equation, found);
    if (refuter.refutes(trial, shapes)) return false;
    const verdict = (limits: typeof CANDIDATE | typeof CONFIRMED | typeof CONFIRMED_WITH_CONDITIONS) =>
      verifyClaim(refutedIn(context, equation), shapes, trial, { ...limits, spend }).status;
    const status = verdict(CANDIDATE);
    return (
      (status === 'verified' && verdict(hasCases(version) ? CONFIRMED_WITH_CONDITIONS : CONFIRMED) === 'verified') ||
      (status === 'inconclusive' && !byNumbers)
    );
  });
  return answer === true;
}

function hasCases(version: Term): boolean {
  return walk(version).some((term) => term.kind === 'apply' && term.op === 'cases');
}

/** Where the convention tells the form of each letter, what is left open of its size is any size. */
function sized({ settings }: Equation, shapes: ShapeTable): ShapeTable {
  return settings.boldConvention ? inAnySize(shapes) : shapes;
}

/** Whether what is named in an equation has no other shape than before: a change that makes a column a number mends nothing. */
function keepsShapes({ sides }: Equation, before: ShapeTable, after: ShapeTable): boolean {
  return sides
    .flatMap((side) => [...walk(side)])
    .every((term) => term.kind !== 'symbol' || shapeKey(before.ofSymbol(term.id)) === shapeKey(after.ofSymbol(term.id)));
}

function shapeKey(shape: Shape): string {
  return shape.kind === 'matrix' ? `${shape.rows.key} ${shape.cols.key}` : '';
}

/** A term of a differential may not go because what moves in it goes with it. */
function sameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

// ---- the answer

function fixOf({ text, say }: RuleContext, side: Term, spelled: Spelled): FoundFix {
  const { before, after } = changeIn(text, side, spelled);
  const { slip, target } = spelled.candidate;
  const added = termAdded(text, side, spelled);
  if (added !== null) {
    const edits = [{ span: { start: target.span.end, end: target.span.end }, newText: added }];
    return { title: say('Add `{0}`', oneLine(added).trim()), edits, slip: slip.name };
  }
  return { title: say('Replace `{0}` by `{1}`', before, after), edits: [{ span: target.span, newText: spelled.newText }], slip: slip.name };
}

function answerOf({ text }: RuleContext, side: Term, spelled: Spelled): Pick<Repair, 'hint' | 'mended'> {
  const { before, after } = changeIn(text, side, spelled);
  const { slip, target, replacement } = spelled.candidate;
  const added = termAdded(text, side, spelled);
  const agrees = added === null ? `\`${after}\` instead of \`${before}\` agrees` : `with \`${oneLine(added).trim()}\` it agrees`;
  return {
    hint: `${slip.says(target, replacement)}: ${agrees}.`,
    mended: splice(text, side.span, target.span, spelled.newText),
  };
}

/** What a change writes behind a side that stays as it is: ` + B x`; null where it changes anything else. */
function termAdded(text: string, side: Term, { candidate: { target, replacement }, newText }: Spelled): string | null {
  const written = text.slice(target.span.start, target.span.end);
  const isSum = replacement.kind === 'apply' && (replacement.op === 'add' || replacement.op === 'sub');
  const added = newText.startsWith(written) ? newText.slice(written.length) : '';
  return target === side && isSum && /^\s*[+-]/.test(added) ? added : null;
}

/** What is shown of a change: a number, what a derivative is of or by, and what stands there twice, with what stands around it. */
function changeIn(
  text: string,
  side: Term,
  { candidate: { target }, newText }: Spelled,
): { readonly before: string; readonly after: string } {
  const parent = parentIn(side, target);
  const isTwice = [...walk(side)].some((term) => term !== target && termKey(term) === termKey(target));
  const isPart = target.kind === 'number' || parent?.kind === 'derivative' || parent?.kind === 'entry' || isTwice;
  const shown = (isPart ? (parent ?? target) : target).span;
  return { before: excerpt(text, shown), after: oneLine(splice(text, shown, target.span, newText)) };
}

function splice(text: string, whole: Span, { start, end }: Span, newText: string): string {
  return text.slice(whole.start, start) + newText + text.slice(end, whole.end);
}
