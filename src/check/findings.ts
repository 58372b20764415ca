import { contains, type Span } from '../base/span.ts';
import type { Built } from '../derivation/build.ts';
import { chainProblems, orderProblem } from '../derivation/chain-rule.ts';
import { withLettersDeclaredAgain } from '../derivation/declared-again.ts';
import type { Equation } from '../derivation/derivation.ts';
import type { Inferred } from '../derivation/infer.ts';
import type { Problem, ShapeProblem } from '../derivation/problem.ts';
import { isReached, readingEquations } from '../derivation/read-equations.ts';
import { unboundIndex } from '../derivation/unbound-indices.ts';
import { walk } from '../ops/term.ts';
import { isByDiagonal } from './by-diagonal.ts';
import { contradictions } from './charity.ts';
import type { Found } from './checked-document.ts';
import { type Examined, MISFIT } from './claims.ts';
import { diagnose } from './diagnose.ts';
import { namesUndeclared } from './rules/names.ts';
import { verification } from './rules/verify.ts';
import type { RuleContext } from './words.ts';

/** A diagnostic, and the equation it is about where there is one. */
export interface Finding {
  readonly found: Found;
  readonly problem: Problem | null;
  readonly equation: Equation | null;
}

/**
 * Of a document that never heard of Chainrule only what contradicts itself under every layout is
 * reported, not that it should have kept to one.
 */
const CONVENTIONS: ReadonlySet<Problem['kind']> = new Set(['directive', 'broken', 'tensor']);

function isConvention(inferred: Inferred, problem: Problem): boolean {
  return CONVENTIONS.has(problem.kind) || (problem.kind === 'order' && (problem.fits !== null || hasTensor(inferred, problem.equation)));
}

/** With a derivative of more than two axes in it, texts write the chain rule in any order. */
function hasTensor({ shapes }: Inferred, { sides }: Equation): boolean {
  return sides.some((side) => [...walk(side)].some((term) => term.kind === 'derivative' && shapes.ofTerm(term).kind === 'tensor'));
}

export interface Findings {
  /** Everything that is wrong, each mistake told by whoever knows it best: the dependency graph before the numbers. */
  readonly told: readonly Finding[];
  /** What contradicts itself as it was read, and may be read otherwise: one for each claim that does not fit for nothing else. */
  readonly doubted: readonly Finding[];
}

export function allFindings(context: RuleContext, examined: readonly Examined[], examine?: Span): Findings {
  const { built, inferred, annotated } = context;
  const isTellable = ({ equation }: Examined) => !isByDiagonal(built.derivation, equation);
  const graph = graphProblems(built, inferred, examined, examine);
  const equationOf = equationsOfProblems([...inferred.problemsOf, ...graph]);
  const problems: readonly Problem[] = [...built.problems, ...refined(context, equationOf), ...[...graph.values()].flat()];
  const at = (problem: Problem) => equationOf.get(problem) ?? ('equation' in problem ? problem.equation : null);
  const isContradiction = contradictions(context, new Map(problems.map((problem) => [problem, at(problem)])));
  const reported = annotated ? problems : problems.filter((problem) => !isConvention(inferred, problem) && isContradiction(problem));
  const told = new Set(reported);
  const ranges = reported.filter((problem) => problem.kind === 'range');
  const verdicts = examined.flatMap((one): readonly Finding[] => {
    const found = graph.get(one.equation)?.some((problem) => told.has(problem)) === true ? null : verification(context, one);
    return found === null || ranges.some(({ span }) => contains(found.span, span))
      ? []
      : [{ found, problem: null, equation: one.equation }];
  });
  const findingOf = (problem: Problem) => ({ found: diagnose(context, problem, at(problem)), problem, equation: at(problem) });
  return {
    told: [...reported.map(findingOf), ...namesUndeclared(context).map((one) => ({ ...one, problem: null })), ...verdicts],
    doubted: silenced(problems, told, examined.filter(isTellable), at).map(findingOf),
  };
}

const SHAPES: ReadonlySet<Problem['kind']> = new Set(['product', 'sum', 'side', 'argument', 'annotation']);

/** Of each claim that numbers were not asked about for its shapes, and of which nothing is told, the first thing that does not fit. */
function silenced(
  problems: readonly Problem[],
  told: ReadonlySet<Problem>,
  examined: readonly Examined[],
  at: (problem: Problem) => Equation | null,
): readonly Problem[] {
  const spoken = new Set([...told].filter(({ kind }) => kind !== 'broadcast').map(at));
  const unfit = examined.filter(({ verdict, equation }) => verdict.reason === MISFIT && !spoken.has(equation));
  return unfit.flatMap(({ equation }) => problems.find((problem) => at(problem) === equation && SHAPES.has(problem.kind)) ?? []);
}

function equationsOfProblems(lists: readonly (readonly [Equation, readonly Problem[]])[]): ReadonlyMap<Problem, Equation> {
  return new Map(lists.flatMap(([equation, problems]) => problems.map((problem) => [problem, equation] as const)));
}

/** What inference found, with products in the order of another layout told from other products. */
function refined({ built, inferred }: RuleContext, equationOf: ReadonlyMap<Problem, Equation>): readonly ShapeProblem[] {
  const kept = inferred.problems.filter((problem) => {
    // An index that runs too far is what the wrong shape comes from, or follows from it.
    const equation = problem.kind === 'range' ? equationOf.get(problem) : undefined;
    return equation === undefined || !isMistaken(inferred, equation);
  });
  return kept.map((problem) => {
    const equation = equationOf.get(problem);
    if (problem.kind !== 'product' || equation === undefined) return problem;
    return orderProblem(built, inferred, equation, problem) ?? problem;
  });
}

/**
 * The dependency graph is asked only about claims whose shapes fit, and not where numbers say that nothing is wrong, nor where they are not
 * asked because another claim is examined.
 */
function graphProblems(
  built: Built,
  inferred: Inferred,
  examined: readonly Examined[],
  examine: Span | undefined,
): ReadonlyMap<Equation, readonly ShapeProblem[]> {
  const verified = new Set(examined.filter(({ claim }) => claim.status === 'verified').map(({ equation }) => equation));
  const doubtful = built.derivation.equations.filter(
    (equation) => !verified.has(equation) && !isMistaken(inferred, equation) && (examine === undefined || contains(examine, equation.span)),
  );
  return new Map(doubtful.map((equation) => [equation, argumentProblems(built, inferred, equation)]));
}

function argumentProblems(built: Built, inferred: Inferred, equation: Equation): readonly ShapeProblem[] {
  const unbound = unboundIndex(built.derivation, equation);
  if (unbound !== null) return [unbound];
  const isClaim = equation.kind === 'claim' || equation.kind === 'condition';
  return isClaim ? chainProblems(readAs(built, equation), inferred, equation) : [];
}

/** Paths that lead through an equation count, where no definitions lead to the variable. */
function readAs(built: Built, equation: Equation): Built {
  const joined = withLettersDeclaredAgain(built.derivation, equation);
  return { ...built, derivation: (isReached(joined, equation) ? null : readingEquations(joined, equation)) ?? joined };
}

/** Tells the equations of which a part could not be read, so that numbers would judge something else than what is written. */
export function unreadIn({ problems }: Built): (equation: Equation) => boolean {
  const unread = problems.flatMap((problem) => (problem.kind === 'syntax' ? [problem.span] : []));
  return unread.length === 0 ? () => false : ({ span }) => unread.some((one) => contains(span, one));
}

/** Whether inference found a mistake in the equation. */
export function isMistaken(inferred: Inferred, equation: Equation): boolean {
  return (inferred.problemsOf.get(equation) ?? []).some(({ kind }) => kind !== 'tensor' && kind !== 'broadcast' && kind !== 'range');
}
