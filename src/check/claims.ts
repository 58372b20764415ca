import { lazily } from '../base/lazily.ts';
import { contains, type Span } from '../base/span.ts';
import type { Built } from '../derivation/build.ts';
import { withLettersDeclaredAgain } from '../derivation/declared-again.ts';
import { pathBetween, symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, Equation } from '../derivation/derivation.ts';
import { impliedIn, isToldAsSolved, withImplicitValues } from '../derivation/implicit-values.ts';
import { hasPartialSum, movedByEquation } from '../derivation/left-open.ts';
import { withLinearMotion } from '../derivation/linear-motion.ts';
import { isReached, readingBehind, readingEquations } from '../derivation/read-equations.ts';
import { isOfNumberedCase } from '../derivation/special-case.ts';
import {
  definedByItself,
  readingModels,
  recursiveMember,
  stranger,
  strayMember,
  undeclaredMember,
  undeclaredVariable,
} from '../derivation/undeclared.ts';
import { withHandedLoss } from '../derivation/upstream.ts';
import { counterexample } from '../numeric/counterexample.ts';
import type { KeepingVerdicts } from '../numeric/kept-verdicts.ts';
import { OPEN_CONSTANT } from '../numeric/unverifiable.ts';
import type { Verdict } from '../numeric/verdict.ts';
import { type ClaimVerifiers, claimVerifiers, verifyClaim } from '../numeric/verify-claim.ts';
import type { VerifyOptions } from '../numeric/verify-options.ts';
import { made, numeral } from '../ops/rewrite.ts';
import { ITSELF, isZeroTerm, type SymbolId, type Term, termKey, walk } from '../ops/term.ts';
import { isWritten } from '../shape/dimension.ts';
import { unstyled } from '../syntax/name.ts';
import { inGeneral, narrowed, verdictInAnySize, verdictInOnlySize } from './any-size.ts';
import { isByDiagonal } from './by-diagonal.ts';
import type { CheckedClaim, CheckedStep } from './checked-document.ts';
import { doubtOf, looseDifferential, restyledSymbol, speaksOfOnePoint } from './doubt.ts';
import { formulaLatex, formulaOf } from './formula.ts';
import type { CheckOptions } from './options.ts';
import { otherReading } from './other-reading.ts';
import { withProofs } from './proof.ts';
import { isOfSecondOrder } from './second-order.ts';
import { subjectOf } from './subject.ts';
import { unsaidSymmetry } from './unsaid-symmetry.ts';
import { claimSpan, excerpt, type RuleContext } from './words.ts';

/** A claim with its verdict, and the equation it was made in. */
export interface Examined {
  readonly equation: Equation;
  readonly verdict: Verdict;
  readonly claim: CheckedClaim;
}

/** How claims are examined, and which verdicts are known already. */
export type ExamineOptions = CheckOptions & {
  readonly keeping: KeepingVerdicts;
  /** Whether the text is read this once, and nothing is kept for the next reading. */
  readonly once?: boolean;
};

/** Whether an equation is one that numbers can check, in a place where they should. */
function isVerifiable({ kind, settings }: Equation): boolean {
  return settings.verify && (kind === 'claim' || kind === 'condition' || kind === 'identity');
}

/** Examines every claim in order, until there are no more or the caller asks to stop. */
export function examineClaims(
  context: RuleContext,
  options: ExamineOptions,
  unfit: (equation: Equation) => string | null,
): readonly Examined[] {
  const examined: Examined[] = [];
  const verifierOf = claimVerifiers(context.inferred.shapes);
  const claims = context.built.derivation.equations.filter(
    (equation) => isVerifiable(equation) && (options.examine === undefined || contains(options.examine, equation.span)),
  );
  const general = lazily(() => inGeneral(context));
  for (const [done, equation] of claims.entries()) {
    if (options.cancelled?.() === true) break;
    options.progressed?.(done, claims.length);
    const reason = unfit(equation) ?? narrowed(context, equation);
    const [read, verifier] = equation.settings.boldConvention ? general() : [context, verifierOf];
    const verdict = reason === null ? verdictOn(read, verifier, equation, begun(options)) : undecided(reason);
    examined.push({ equation, verdict, claim: claimOf(read, equation, verdict, options) });
  }
  return examined;
}

/** All that is asked about one claim has to be answered within its time. */
function begun(options: ExamineOptions): ExamineOptions {
  return options.now === undefined ? options : { ...options, started: options.now() };
}

/** Reasons that a diagnostic of their own explains. */
export const MISFIT = 'its shapes do not fit';
export const UNREAD = 'a part of it could not be read';

/** Numbers are not asked about a claim whose shapes do not fit, or that was not read in full. */
function undecided(reason: string): Verdict {
  return { status: 'inconclusive', method: 'entries', reason, steps: [] };
}

/** The context of a claim, in which what solves an equation has that value, and a letter that is declared again is one. */
function solvedFor<Context extends Pick<RuleContext, 'built'>>(context: Context, equation: Equation): Context {
  const derivation = withImplicitValues(withLettersDeclaredAgain(context.built.derivation, equation), equation);
  return derivation === context.built.derivation ? context : { ...context, built: { ...context.built, derivation } };
}

/** The derivation in which a claim is judged: with what equations say where definitions alone do not lead to its variable. */
export function derivationFor(context: Pick<RuleContext, 'built'>, equation: Equation): Derivation {
  const { derivation } = solvedFor(context, equation).built;
  if (isReached(derivation, equation)) return readingBehind(derivation, equation) ?? derivation;
  return readingEquations(derivation, equation) ?? withHandedLoss(derivation, equation) ?? derivation;
}

/** The derivation in which a claim is wrong: with data taken as given, where the text says how they are modelled. */
export function refutedIn(context: RuleContext, equation: Equation): Derivation {
  return readingModels(context.built, context.inferred.shapes, equation) ?? derivationFor(context, equation);
}

function verdictOn(asBuilt: RuleContext, verifierOf: ClaimVerifiers, equation: Equation, options: ExamineOptions): Verdict {
  const context = solvedFor(asBuilt, equation);
  const { built, inferred } = context;
  const judge = (derivation: Derivation) => verifierOf(derivation)(equation, limitsOf(options));
  const derivation = derivationFor(context, equation);
  const asRead = judge(derivation);
  const first = asRead.reason === OPEN_CONSTANT ? (verdictInOnlySize(context, derivation, equation, limitsOf(options)) ?? asRead) : asRead;
  const unmoved = first.status === 'verified' ? unmovedFunction(derivation, equation) : null;
  if (unmoved !== null)
    return (
      verdictInAnySize(context, derivation, equation, limitsOf(options)) ??
      undecided(`nothing says how ${excerpt(context.text, unmoved)} depends on what it is differentiated by`)
    );
  if (first.status === 'inconclusive') return verdictInAnySize(context, derivation, equation, limitsOf(options)) ?? first;
  if (first.status !== 'refuted') return first;
  const equations = readingEquations(built.derivation, equation);
  const second = equations === null ? first : judge(equations);
  if (second.status === 'verified') return second;
  const models = readingModels(built, inferred.shapes, equation);
  const verdict = models === null ? first : judge(models);
  if (verdict.status !== 'refuted' || options.hasty === true) return verdict;
  const told = { ...built, derivation: models ?? withHandedLoss(built.derivation, equation) ?? derivation };
  const untold = untoldSolution(asBuilt, equation);
  if (untold !== null) return undecided(untold);
  const question = openQuestion(built, told, equation);
  if (question?.startsWith(MOVES)) return verdictInMotion(context, equation, options) ?? undecided(question);
  if (question !== null) return undecided(question);
  if (context.annotated) return verdict;
  const symmetric = unsaidSymmetry(built, models ?? derivation, inferred.shapes, equation, limitsOf(options));
  if (symmetric.length > 0)
    return undecided(`it holds if ${symmetric.map(({ text }) => text).join(' and ')} is symmetric, and nothing says what that is`);
  if (isOfSecondOrder(equation)) return undecided('beside what a differential has stand terms of second order');
  if (isByDiagonal(built.derivation, equation)) return undecided('of a diagonal matrix only the diagonal may vary');
  if (holdsOtherwise(context, equation, options)) return undecided(TWO_SENSES);
  const restyled = restyledSymbol(built.derivation, context.text, equation);
  if (restyled !== null) return undecided(`${nameIn(built, restyled)} may be another symbol in bold`);
  const doubt = doubtOf(refutedIn(context, equation), equation, verdict, {
    isOfOnePoint: speaksOfOnePoint({ derivation: built.derivation, text: context.text }),
    isOfCase: ({ span }) => isOfNumberedCase(context.text, span.start),
    isEverywhere: (claim, value) => isTrue(context, withValue(claim, value), options),
    holds: (other) => isTrue(context, other, options),
    isWrongIn: (derivation) => judge(derivation).status === 'refuted',
  });
  return doubt === null ? verdict : undecided(doubt);
}

/** The verdict on what follows from `dx/dt = A x`; null where no such equation decides it. */
function verdictInMotion({ built: { derivation }, inferred }: RuleContext, equation: Equation, options: ExamineOptions): Verdict | null {
  const motion = withLinearMotion(derivation, equation);
  if (motion === null) return null;
  const verdict = inferred.attempt(motion.said, motion.equation, (shapes) =>
    verifyClaim(motion.derivation, shapes, equation, limitsOf(options)),
  );
  return verdict?.status === 'inconclusive' ? null : verdict;
}

/**
 * Where a function that is differentiated, if nothing leads from it to its variable though more is claimed than that the derivative is zero: all of the
 * claim would be zero, and hold with any factor.
 */
function unmovedFunction(derivation: Derivation, { sides }: Equation): Span | null {
  const [first, ...others] = sides;
  if (first?.kind !== 'derivative' || others.every(isZeroTerm)) return null;
  if (isReached(derivation, { sides: [first] })) return brokenLink(derivation, first, others);
  // `L : \mathbb R^m \to \mathbb R` is differentiated at the value of its domain that follows from the variable.
  if (first.of.kind === 'symbol' && derivation.symbols.get(first.of.id)?.from != null) return null;
  return first.of.span;
}

/**
 * Where a chain `∂L/∂Q W^\top + …` has the derivative of its function by something in between to which nothing leads: that path is told in words which were not
 * understood, so that it counts for nothing, there or not.
 */
function brokenLink(derivation: Derivation, { of, wrt }: Term & { readonly kind: 'derivative' }, sides: readonly Term[]): Span | null {
  const variables = wrt.flatMap(({ term }) => symbolsIn(term));
  const isBetween = (id: SymbolId) =>
    derivation.symbols.get(id)?.definition != null &&
    variables.some((to) => id !== to && pathBetween(derivation, id, to, { without: new Set() }) !== null);
  const links = sides.flatMap((side) => [...walk(side)]).filter((term) => term.kind === 'derivative');
  const broken = links.find(
    (link) =>
      lettersOf(link.of) === lettersOf(of) &&
      !isReached(derivation, { sides: [link] }) &&
      link.wrt.flatMap(({ term }) => symbolsIn(term)).some(isBetween),
  );
  return broken?.of.span ?? null;
}

/** A variable that nobody declared and that nothing leads to; null where there is none. */
export function strayVariable(built: Built, claim: Equation): SymbolId | null {
  return unmovedFunction(built.derivation, claim) === null ? null : undeclaredVariable(built, claim);
}

/** What a claim rests on and the text leaves open, so that what is wrong as it was read may be right; null where there is nothing. */
function openQuestion(built: Built, told: Built, equation: Equation): string | null {
  const member = undeclaredMember(told, equation) ?? strayMember(told, equation);
  if (member !== null) return `nothing says what ${nameIn(built, member)} is`;
  const recursive = recursiveMember(told, equation);
  if (recursive !== null) return `the text tells each ${nameIn(built, recursive)} by another one`;
  const circular = definedByItself(built, equation);
  if (circular !== null) return `${nameIn(built, circular)} is defined by itself`;
  const unknown = stranger(told, equation);
  if (unknown !== null) return `nothing says what ${nameIn(built, unknown)} is`;
  const loose = looseDifferential(built.derivation, equation);
  if (loose !== null) return `nothing says how ${nameIn(built, loose)} depends on what it is differentiated by`;
  if (statesOrder(equation)) return 'it says how the entries of the derivative are laid out';
  const stray = strayVariable(told, equation);
  if (stray !== null) return `nothing says what depends on ${nameIn(built, stray)}`;
  const moved = movedByEquation(told.derivation, equation);
  if (moved !== null) return `${MOVES}${nameIn(built, moved)} moves`;
  return hasPartialSum(told.derivation, equation) ? 'nothing says which values a sum in it runs over' : null;
}

/** What `z = f(z)` tells by itself below a claim, or `A v = \lambda v`, where the text does not say enough of it; null where there is none. */
function untoldSolution({ built, text }: RuleContext, equation: Equation): string | null {
  const implied = impliedIn(built.derivation, equation);
  if (implied !== null && !isReached(withImplicitValues(built.derivation, equation), equation))
    return 'nothing says how what it differentiates moves';
  if (implied === null || isToldAsSolved(built.derivation, implied, text)) return null;
  const [first] = implied.sides as readonly [Term];
  const name = excerpt(text, first.span);
  return first.kind === 'symbol'
    ? `${name} is defined by itself`
    : `the text does not say that the matrix of \`${name}\` is symmetric, and its vector of length one`;
}

/** `(\partial a/\partial z)_{ij} = \partial a_i/\partial z_j`, which is a convention rather than a claim. */
function statesOrder({ sides }: Equation): boolean {
  const [first, second, ...more] = sides.map((side) => (side.kind === 'entry' ? side.base : side));
  const isOfEntries = (term: Term | undefined) =>
    term?.kind === 'derivative' && [term.of, ...term.wrt.map((one) => one.term)].every(({ kind }) => kind === 'entry');
  if (first?.kind !== 'derivative' || second?.kind !== 'derivative' || more.length > 0) return false;
  const [whole, entry] = isOfEntries(second) ? [first, second] : [second, first];
  const isOf = (part: Term, of: Term) => part.kind === 'entry' && lettersOf(part.base) === lettersOf(of);
  return isOfEntries(entry) && isOf(entry.of, whole.of) && entry.wrt.every(({ term }, at) => isOf(term, whole.wrt[at]?.term ?? term));
}

/** A term by the letters of its symbols, in whatever style: the `z_j` of `\mathbf z`. */
function lettersOf(term: Term): string {
  return termKey(term, { ...ITSELF, symbol: (id) => unstyled(id.slice(0, id.lastIndexOf('@'))) });
}

/** How the question begins that is left where an equation of motion is all that is known of a letter. */
const MOVES = 'an equation says how ';

function nameIn({ derivation }: Built, id: SymbolId): string | undefined {
  return derivation.symbols.get(id)?.text;
}

const TWO_SENSES = 'it holds where a norm or a function of a matrix is meant in its other sense';

/** In a text that never heard of Chainrule a norm or a function of a matrix may be meant in its other sense. */
function holdsOtherwise({ inferred, built }: RuleContext, equation: Equation, options: ExamineOptions): boolean {
  const other = otherReading(built.derivation, inferred.shapes, equation);
  return other !== null && verifyClaim(other.derivation, other.shapes, other.equation, limitsOf(options)).status === 'verified';
}

/** The claim that the first side of another one is a number. */
function withValue(claim: Equation, value: number): Equation {
  const first = claim.sides[0] as Term;
  const size = numeral(Math.abs(value), first);
  return { ...claim, sides: [first, value < 0 ? made('neg', size) : size], relations: ['='] };
}

function isTrue({ built, inferred }: RuleContext, equation: Equation, options: ExamineOptions): boolean {
  return verifyClaim(built.derivation, inferred.shapes, { ...equation, kind: 'identity' }, limitsOf(options)).status === 'verified';
}

function limitsOf({
  seed,
  tolerance,
  sizes,
  method,
  cancelled,
  spend,
  now,
  started,
  timeLimit,
  compared,
  keeping,
  hasty,
}: ExamineOptions): VerifyOptions {
  return {
    keeping,
    ...(seed === undefined ? {} : { seed }),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(sizes === undefined ? {} : { sizes: new Map(Object.entries(sizes)) }),
    ...(method === undefined ? {} : { method }),
    ...(hasty === undefined ? {} : { hasty }),
    ...(cancelled === undefined ? {} : { cancelled }),
    ...(spend === undefined ? {} : { spend }),
    ...(now === undefined ? {} : { now }),
    ...(started === undefined ? {} : { started }),
    ...(timeLimit === undefined ? {} : { timeLimit }),
    ...(compared === undefined ? {} : { compared }),
  };
}

function claimOf(
  context: RuleContext,
  equation: Equation,
  verdict: Verdict,
  { keeping, prove = false, typeset = true, hasty = false }: ExamineOptions,
): CheckedClaim {
  const { text, inferred } = context;
  const [first] = equation.sides as readonly [Term];
  const layout = inferred.shapes.layoutOf(equation);
  const span = claimSpan(equation);
  const { of, wrt } = subjectOf(context, first);
  const formula = typeset ? formulaOf(context, equation) : [];
  const steps = verdict.steps.map((step, at) => stepOf(context, equation.sides[at + 1] as Term, step));
  return {
    kind: equation.kind === 'condition' || equation.kind === 'identity' ? equation.kind : 'claim',
    span,
    text: text.slice(span.start, span.end),
    of,
    wrt,
    layout,
    status: verdict.status,
    method: verdict.method,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    ...(verdict.note === undefined ? {} : { note: verdict.note }),
    ...(verdict.maxRelativeError === undefined ? {} : { maxRelativeError: verdict.maxRelativeError }),
    ...(verdict.points === undefined ? {} : { points: verdict.points }),
    ...(verdict.sizes === undefined ? {} : { sizes: verdict.sizes.map(namedSizes) }),
    ...(hasty ? {} : counterexampleOf(context, equation, verdict, keeping)),
    steps: prove ? withProofs(derivationFor(context, equation), inferred.shapes, layout, equation, steps) : steps,
    latex: formulaLatex(formula),
    formula,
  };
}

function counterexampleOf(
  context: RuleContext,
  equation: Equation,
  { status, steps }: Verdict,
  keeping: KeepingVerdicts,
): Pick<CheckedClaim, 'counterexample'> {
  if (status !== 'refuted') return {};
  const found = counterexample(
    refutedIn(context, equation),
    context.inferred.shapes,
    equation,
    steps.findIndex((step) => step.status === 'refuted'),
    keeping,
  );
  return found === null ? {} : { counterexample: { values: found.values, claimed: found.claimed, numeric: found.numeric } };
}

/** The sizes under the names that a person gave. */
function namedSizes(sizes: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...sizes].filter(([name]) => isWritten(name)));
}

function stepOf({ text }: RuleContext, side: Term, step: Verdict['steps'][number]): CheckedStep {
  const { status, maxRelativeError, reason, entries, point } = step;
  return {
    span: side.span,
    text: text.slice(side.span.start, side.span.end),
    status,
    ...(maxRelativeError === undefined ? {} : { maxRelativeError }),
    ...(reason === undefined ? {} : { reason }),
    ...(entries === undefined ? {} : { entries }),
    ...(point === undefined ? {} : { point }),
  };
}
