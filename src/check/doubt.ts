import { dependenciesOf, pathBetween, symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, Equation } from '../derivation/derivation.ts';
import { withDefinitions } from '../derivation/read-equations.ts';
import type { Verdict } from '../numeric/verdict.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Relation } from '../syntax/ast.ts';

/** What the text and numbers say: whether it speaks of one point near a claim, whether another equation of the text is true, and whether the claim is wrong in another derivation. */
export interface Trials {
  readonly isOfOnePoint: (equation: Equation) => boolean;
  /** Whether an equation tells of a case, "for `$x = 0$`". */
  readonly isOfCase: (equation: Equation) => boolean;
  /** Whether what is differentiated has this derivative at every point. */
  readonly isEverywhere: (equation: Equation, value: number) => boolean;
  readonly holds: (equation: Equation) => boolean;
  readonly isWrongIn: (derivation: Derivation) => boolean;
}

/** Why a refuted claim of a text without statements may be right all the same, because it means something else than it says; null where it cannot. */
export function doubtOf(derivation: Derivation, claim: Equation, verdict: Verdict, trials: Trials): string | null {
  const step = verdict.steps.findIndex(({ status }) => status === 'refuted');
  const wrong = claim.sides[step + 1];
  if (
    wrong !== undefined &&
    isNumeral(wrong) &&
    !isContradicted(claim) &&
    trials.isOfOnePoint(claim) &&
    !isConstant(claim, verdict, step, trials)
  )
    return 'it may be the value at one point';
  const name = (id: SymbolId) => derivation.symbols.get(id)?.text ?? id;
  if (isBoundary(claim)) return 'nothing in it moves with what it is the differential of';
  const free = looseDerivative(derivation, claim);
  if (free !== null) return `nothing says how ${name(free)} depends on what it is differentiated by`;
  const reused = claim.sides.flatMap((side) => reachOf(derivation, side)).find((id) => isGivenAnew(derivation, claim, id, trials));
  return reused === undefined ? null : `the text says in several ways what ${name(reused)} is`;
}

/** `\mathbf y` in a claim where the text says of `y` alone what it is: the vector of several numbers y as easily as that number; null where there is none. */
export function restyledSymbol({ symbols }: Derivation, text: string, { sides }: Equation): SymbolId | null {
  for (const term of sides.flatMap((side) => [...walk(side)])) {
    const info = term.kind === 'symbol' ? symbols.get(term.id) : undefined;
    if (info === undefined || info.declared !== null || info.definition === null) continue;
    if (isBold(text, term.span.start) && !isBold(text, info.span.start)) return info.id;
  }
  return null;
}

function isBold(text: string, at: number): boolean {
  return /^\{?\\(?:bm|mathbf|boldsymbol|bf|pmb|vec)\b/.test(text.slice(at, at + 14));
}

/** A number written out. `\psi'(0) = 1` says what a derivative is somewhere. */
function isNumeral(term: Term): boolean {
  if (term.kind === 'number') return true;
  return term.kind === 'apply' && ['neg', 'div', 'add', 'mul'].includes(term.op) && term.args.every(isNumeral);
}

/** Whether what is differentiated has one derivative everywhere, so that no point has the other one that is claimed. */
function isConstant(claim: Equation, { steps }: Verdict, step: number, { isEverywhere }: Trials): boolean {
  const worst = steps[step]?.worst;
  return worst !== undefined && worst.size.rows * worst.size.cols === 1 && isEverywhere(claim, worst.numeric);
}

/** Characters before and behind a claim in which a text says at what point it holds. */
const [BEFORE, BEHIND] = [300, 100];
const PLACES =
  /\b(?:at|points?|origin|evaluat\w*|values?|vertex|corner|where|there|here|optim\w*|minim\w*|maxim\w*)\b|\\(?:big+|left)?\|_|\bvert\b/iu;

/** Whether a text speaks of a point near a claim, or gives a letter a number, so that a number on the right may be the value there. */
export function speaksOfOnePoint({ derivation: { equations }, text }: { readonly derivation: Derivation; readonly text: string }) {
  return ({ section, span, sides }: Equation): boolean =>
    PLACES.test(text.slice(Math.max(0, span.start - BEFORE), span.end + BEHIND)) ||
    sides.some((side) => [...walk(side)].some((term) => term.kind === 'call' && term.args.some(isNumeral))) ||
    equations.some((one) => one.section === section && one.sides[0]?.kind === 'symbol' && one.sides.slice(1).some(isOfNumerals));
}

/** `0`, `\mathbf 0`, `(1, 2)`. */
function isOfNumerals(term: Term): boolean {
  if (term.kind === 'matrix') return term.rows.every((row) => row.every(isNumeral));
  return isNumeral(term) || (term.kind === 'apply' && (term.op === 'zeros' || term.op === 'ones'));
}

/** `1 = 0` holds at no point. */
function isContradicted({ sides, relations }: Equation): boolean {
  const numbers = sides.slice(1).filter((side, at) => isNumeral(side) && relations[at] === '=');
  return new Set(numbers.map(numberOf)).size > 1;
}

/** The value of a number written out. */
function numberOf(term: Term): number {
  if (term.kind === 'number') return term.value;
  if (term.kind !== 'apply') return Number.NaN;
  const [first = Number.NaN, ...others] = term.args.map(numberOf);
  switch (term.op) {
    case 'neg':
      return -first;
    case 'div':
      return others.reduce((left, right) => left / right, first);
    case 'add':
      return others.reduce((left, right) => left + right, first);
    default:
      return others.reduce((left, right) => left * right, first);
  }
}

/** `\partial D = \{x\}`: what a differential equals has one in it, or is zero; the boundary of a set has not. */
function isBoundary({ sides: [first, ...others] }: Equation): boolean {
  const moves = (side: Term) => [...walk(side)].some(({ kind }) => kind === 'differential' || kind === 'derivative');
  return first?.kind === 'differential' && first.along === undefined && !others.some((side) => moves(side) || isNumeral(side));
}

/**
 * `dt = dx / c` of a t that nothing defines, `dL = \operatorname{tr}(G^\top dX)` of such an L: steps in time and in space, or what is given, rather than
 * what follows from a definition; null for any other claim.
 */
export function looseDifferential(derivation: Derivation, { sides: [first] }: Equation): SymbolId | null {
  if (first?.kind !== 'differential' || first.of.kind !== 'symbol') return null;
  return isLoose(derivation, first.of.id) ? first.of.id : null;
}

/**
 * What a claim differentiates though nothing says what it is made of, as in `dy = dy/dx dx`, or though what is said of it leads to no variable
 * of which nothing else is said, as `∂u/∂t` of `u = \cos y`; null where there is none.
 */
function looseDerivative(derivation: Derivation, { sides }: Equation): SymbolId | null {
  for (const term of sides.flatMap((side) => [...walk(side)])) {
    if (term.kind !== 'derivative') continue;
    const variables = term.wrt.flatMap((one) => symbolsIn(one.term));
    const loose = symbolsIn(term.of).find((id) => isLoose(derivation, id) && !variables.includes(id));
    const isReached = symbolsIn(term.of).some((id) =>
      variables.some((to) => id === to || pathBetween(derivation, id, to, { without: new Set() }) !== null),
    );
    if (loose !== undefined && !isReached) return loose;
    if (!isReached && variables.some((id) => isUnsaid(derivation, id))) return symbolsIn(term.of)[0] ?? null;
  }
  return null;
}

function isUnsaid(derivation: Derivation, id: SymbolId): boolean {
  return isLoose(derivation, id) && derivation.symbols.get(id)?.declared === null;
}

function isLoose({ symbols }: Derivation, id: SymbolId): boolean {
  const info = symbols.get(id);
  return info?.role === 'variable' && info.definition === null && info.open === null;
}

function reachOf(derivation: Derivation, term: Term): readonly SymbolId[] {
  const found = new Set(symbolsIn(term));
  for (const id of found) for (const next of dependenciesOf(derivation, id)) found.add(next);
  return [...found];
}

/** Whether another equation says of a defined symbol what it is, is not true of it, and may make the claim right: the letter is used again. */
function isGivenAnew(derivation: Derivation, claim: Equation, id: SymbolId, { holds, isWrongIn, isOfCase }: Trials): boolean {
  const definition = derivation.symbols.get(id)?.definition;
  if (definition == null) return false;
  return derivation.equations.some((equation) => {
    const [left, right] = equation.sides;
    if (equation === claim || equation.kind !== 'equation' || left === undefined || right === undefined) return false;
    if (!EQUALITIES.has(equation.relations[0] as Relation) || listsEntriesOf(right, id)) return false;
    if (isOfNumerals(right) && isOfCase(equation)) return false;
    if (!mayBeDifferentiated(derivation, claim, id, right)) return false;
    return isAbout(left, id) && right !== definition.body && !holds(equation) && !isWrongIn(withDefinitions(derivation, [[id, right]]));
  });
}

/** Whether a claim about a letter may be meant with another value of it: of one that its variable does not move all derivatives are zero. */
function mayBeDifferentiated(derivation: Derivation, { sides: [first] }: Equation, id: SymbolId, value: Term): boolean {
  if (first?.kind !== 'derivative' || !symbolsIn(first.of).includes(id)) return true;
  const reached = new Set(reachOf(derivation, value));
  return first.wrt.flatMap(({ term }) => symbolsIn(term)).every((variable) => reached.has(variable));
}

/** `h = (h_1, \dots, h_N)` says what the entries are called. */
function listsEntriesOf(right: Term, id: SymbolId): boolean {
  return right.kind === 'matrix' && symbolsIn(right).includes(id);
}

/** "Under compression, `l < r`" says nothing of what l is. */
const EQUALITIES: ReadonlySet<Relation> = new Set(['=', ':=', '≡', '≈', '←']);

function isAbout(left: Term, id: SymbolId): boolean {
  return left.kind === 'symbol'
    ? left.id === id
    : left.kind === 'call' && left.order === 0 && left.callee.kind === 'symbol' && left.callee.id === id;
}
