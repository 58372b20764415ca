import type { Span } from '../base/span.ts';
import { contains } from '../base/span.ts';
import { type Built, buildDerivation } from '../derivation/build.ts';
import { chainProblems, orderProblem } from '../derivation/chain-rule.ts';
import type { Equation, Settings } from '../derivation/derivation.ts';
import { type Inferred, inferShapes } from '../derivation/infer.ts';
import type { Problem, ShapeProblem } from '../derivation/problem.ts';
import type { DiagnosticCode, Layout } from '../protocol/report.ts';
import { showShape } from '../shape/shape.ts';
import type { NotebookText } from '../syntax/blocks/notebook.ts';
import type { CheckedClaim, CheckedDocument, CheckedEquation, Found, SectionLayout } from './checked-document.ts';
import { type Examined, examineClaims } from './claims.ts';
import { diagnose } from './diagnose.ts';
import { type Recheck, type Repair, repairSide } from './repair/repair.ts';
import { repairPath } from './repair/repair-path.ts';
import { namesUndeclared } from './rules/names.ts';
import { verification } from './rules/verify.ts';
import { type Source, type Surface, openCells, openSource } from './source.ts';
import { type RuleContext, excerpt } from './words.ts';

export type * from './checked-document.ts';
export type { Surface } from './source.ts';

export interface CheckOptions {
  /** Check every claim numerically too. */
  readonly verify: boolean;
  /** The layout of sections that no directive sets one for. */
  readonly layout?: Layout | 'auto';
  /** Overrides the seed of the numeric check. */
  readonly seed?: number;
  readonly tolerance?: number;
  /** Sizes of dimensions, by name. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Asked between claims and steps; when it answers true, the work stops and what is left is absent. */
  readonly cancelled?: () => boolean;
  /** The text of a file that this one \inputs, or undefined where it may not be read. */
  readonly readInput?: (path: string) => string | undefined;
  /** Milliseconds on a monotonic clock; without one there is no time limit. */
  readonly now?: () => number;
  /** Whether to look for repairs, which takes longer than everything else where something is wrong. */
  readonly repair?: boolean;
  /** Only claims that begin in here are verified. */
  readonly examine?: Span;
}

/** The seed of a document that sets none. */
const SEED = 20_240_229;

/** Reads and checks one document. Gives a result for any text and throws for none. */
export function checkDocument(text: string, surface: Surface, options: CheckOptions): CheckedDocument {
  return checkSource(openSource(text, surface, options.readInput), options);
}

/** Checks the Markdown cells of a notebook that an editor holds; offsets count in their joined text. */
export function checkCells(notebook: NotebookText, options: CheckOptions): CheckedDocument {
  return checkSource(openCells(notebook), options);
}

function checkSource(source: Source, options: CheckOptions): CheckedDocument {
  const { text, document, surface, notebook } = source;
  const built = buildDerivation(document, text, startingSettings(options, document.annotated));
  const inferred = inferShapes(built, options.layout ?? 'auto');
  const context: RuleContext = { text, notation: surface === 'plain' ? 'plain' : 'latex', built, inferred };
  const examined = options.verify ? examineClaims(context, options, (equation) => isMistaken(inferred, equation)) : [];
  const { found, repaired } = findingsOf(context, source, examined, options);
  return {
    text, diagnostics: found, equations: equationsOf(context), sections: sectionsOf(context), coverage: document.coverage,
    ...(options.verify ? { claims: examined.map((one) => withRepair(one, repaired)) } : {}),
    ...(notebook === undefined ? {} : { notebook }),
  };
}

function withRepair({ equation, claim }: Examined, repaired: ReadonlyMap<Equation, Repair>): CheckedClaim {
  const repair = repaired.get(equation);
  return repair === undefined ? claim : { ...claim, repair: repair.mended };
}

function startingSettings(options: CheckOptions, annotated: boolean): Settings {
  return {
    layout: 'auto', layoutSpan: null, verify: true, broadcast: !annotated, boldConvention: false,
    tolerance: options.tolerance ?? 1e-6, seed: options.seed ?? SEED, sizes: new Map(Object.entries(options.sizes ?? {})),
  };
}

// ---- diagnostics

/**
 * Of a document that never heard of Chainrule only what contradicts itself under every layout is
 * reported, not that it should have kept to one.
 */
const CONVENTIONS: ReadonlySet<Problem['kind']> = new Set(['layout', 'directive', 'order', 'broken', 'tensor']);

interface Findings {
  readonly found: readonly Found[];
  readonly repaired: ReadonlyMap<Equation, Repair>;
}

/** A diagnostic, and the equation it is about where there is one. */
interface Finding {
  readonly found: Found;
  readonly problem: Problem | null;
  readonly equation: Equation | null;
}

function findingsOf(context: RuleContext, source: Source, examined: readonly Examined[], options: CheckOptions): Findings {
  const { built } = context;
  const findings = allFindings(context, source.document.annotated, examined);
  const kept = findings.filter(({ found: { span } }) => !built.ignored.some((ignored) => contains(ignored, span)));
  const repaired = options.repair === false ? new Map<Equation, Repair>() : repairs(context, kept, rechecking(source, options, kept));
  const found = kept.map(({ found: one, equation }) => withFix(one, equation === null ? undefined : repaired.get(equation)));
  return { found: inOrder(withoutDoubles(meetExpectations(built, found))), repaired };
}

function allFindings(context: RuleContext, annotated: boolean, examined: readonly Examined[]): readonly Finding[] {
  const { built, inferred } = context;
  const graph = graphProblems(built, inferred, examined);
  const equationOf = equationsOfProblems([...inferred.problemsOf, ...graph]);
  const problems: readonly Problem[] = [...built.problems, ...refined(context, equationOf), ...[...graph.values()].flat()];
  const reported = annotated ? problems : problems.filter(({ kind }) => !CONVENTIONS.has(kind));
  const verdicts = examined.flatMap((one): readonly Finding[] => {
    const found = graph.get(one.equation)?.length ? null : verification(context, one);
    return found === null ? [] : [{ found, problem: null, equation: one.equation }];
  });
  return [
    ...reported.map((problem) => ({ found: diagnose(context, problem), problem, equation: equationOf.get(problem) ?? ('equation' in problem ? problem.equation : null) })),
    ...namesUndeclared(context).map((found) => ({ found, problem: null, equation: null })),
    ...verdicts,
  ];
}

function equationsOfProblems(lists: readonly (readonly [Equation, readonly Problem[]])[]): ReadonlyMap<Problem, Equation> {
  return new Map(lists.flatMap(([equation, problems]) => problems.map((problem) => [problem, equation] as const)));
}

/** What inference found, with products in the order of another layout told from other products. */
function refined({ built, inferred }: RuleContext, equationOf: ReadonlyMap<Problem, Equation>): readonly ShapeProblem[] {
  return inferred.problems.map((problem) => {
    const equation = equationOf.get(problem);
    if (problem.kind !== 'product' || equation === undefined) return problem;
    return orderProblem(built, inferred.shapes.layoutOf(equation), equation, problem) ?? problem;
  });
}

/** The dependency graph is asked only about claims whose shapes fit, and not where numbers say that nothing is wrong. */
function graphProblems(built: Built, inferred: Inferred, examined: readonly Examined[]): ReadonlyMap<Equation, readonly ShapeProblem[]> {
  const verified = new Set(examined.filter(({ claim }) => claim.status === 'verified').map(({ equation }) => equation));
  const claims = built.derivation.equations.filter(({ kind }) => kind === 'claim' || kind === 'condition');
  const doubtful = claims.filter((equation) => !verified.has(equation) && !isMistaken(inferred, equation));
  return new Map(doubtful.map((equation) => [equation, chainProblems(built, inferred, equation)]));
}

/** Whether inference found a mistake in the equation. */
export function isMistaken(inferred: Inferred, equation: Equation): boolean {
  return (inferred.problemsOf.get(equation) ?? []).some(({ kind }) => kind !== 'tensor' && kind !== 'broadcast' && kind !== 'range');
}

// ---- repairs

/** Mistakes that a change to a side of their equation may mend. */
const MENDABLE: ReadonlySet<DiagnosticCode> = new Set([
  'shape/product', 'shape/sum', 'shape/equation', 'shape/argument', 'layout/order', 'layout/shape', 'layout/mixed', 'chain/broken', 'chain/missing-path', 'verify/refuted',
]);
/** Mistakes of one document that are looked into; who has more mends these first. */
const MOST_REPAIRS = 12;

function repairs(context: RuleContext, findings: readonly Finding[], recheck: Recheck): ReadonlyMap<Equation, Repair> {
  const mendable = findings.filter(({ found, equation }) => equation !== null && found.fixes.length === 0 && MENDABLE.has(found.code));
  return new Map(
    mendable.slice(0, MOST_REPAIRS).flatMap(({ found, problem, equation }) => {
      const repair = problem?.kind === 'missingPath' ? repairPath(context, problem, recheck) : repairEquation(context, equation as Equation, found, recheck);
      return repair === null ? [] : [[equation as Equation, repair] as const];
    }),
  );
}

/** The side in which the mistake lies is looked into first. */
function repairEquation(context: RuleContext, equation: Equation, { span }: Found, recheck: Recheck): Repair | null {
  const sides = equation.sides.slice(1);
  const near = sides.filter((side) => contains(side.span, span) || contains(span, side.span));
  for (const side of near.length > 0 ? near : sides) {
    const repair = repairSide(context, equation, side, recheck);
    if (repair !== null) return repair;
  }
  return null;
}

function withFix(found: Found, repair: Repair | undefined): Found {
  if (repair === undefined || found.fixes.length > 0 || !MENDABLE.has(found.code)) return found;
  return { ...found, message: `${found.message} ${repair.hint}`, fixes: [repair.fix] };
}

/** Candidates are verified at other points than the claim was refuted at. */
const FRESH = 104_729;

/** Reads and checks the edited text: what is wrong has to become less, and the equation right. */
function rechecking(source: Source, options: CheckOptions, before: readonly Finding[]): Recheck {
  return (edits, equation) => {
    const growth = edits.reduce((sum, { span, newText }) => sum + newText.length - (span.end - span.start), 0);
    const within = { start: equation.span.start, end: equation.span.end + growth };
    const after = checkSource(source.edited(edits), { ...options, repair: false, examine: within, seed: (options.seed ?? SEED) + FRESH });
    const isOutside = ({ code, span }: Found) => code === 'verify/refuted' && !contains(equation.span, span);
    const count = (found: readonly Found[]) => found.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
    const mistakes = count(before.map(({ found }) => found).filter((found) => !isOutside(found)));
    const isRight = (after.claims ?? []).every(({ status }) => status === 'verified');
    return isRight && count(after.diagnostics) < mistakes;
  };
}

// ---- what is shown, and in which order

/** What `expect` demands and what came of it cancel out; what did not come is a diagnostic of its own. */
function meetExpectations(built: Built, found: readonly Found[]): readonly Found[] {
  let left = found;
  for (const { code, span, within } of built.expectations) {
    const met = left.filter((one) => one.code === code && contains(within, one.span));
    left = left.filter((one) => !met.includes(one));
    if (met.length > 0) continue;
    left = [...left, { code: 'expect/unmet', severity: 'error', message: `The next block was expected to show \`${code}\`, but does not.`, span, related: [], fixes: [] }];
  }
  return left;
}

function withoutDoubles(found: readonly Found[]): readonly Found[] {
  const seen = new Set<string>();
  return found.filter(({ code, span, message }) => {
    const key = `${code}:${span.start}:${span.end}:${message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function inOrder(found: readonly Found[]): readonly Found[] {
  return [...found].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

// ---- equations and sections

function equationsOf({ text, built, inferred }: RuleContext): readonly CheckedEquation[] {
  const side = (span: Span, shape: string) => ({ text: excerpt(text, span), shape, span });
  const declarations = built.declarations.map(({ id, name, statement }): CheckedEquation => {
    const info = built.derivation.symbols.get(id);
    const shape = info?.family != null && info.declared !== null ? info.declared : inferred.shapes.ofSymbol(id);
    return { kind: 'declaration', span: statement, sides: [side(name, showShape(shape))] };
  });
  const equations = built.derivation.equations.map((equation): CheckedEquation => {
    return { kind: equation.kind, span: equation.span, sides: equation.sides.map((term) => side(term.span, showShape(inferred.shapes.ofTerm(term)))) };
  });
  return [...declarations, ...equations].sort((a, b) => a.span.start - b.span.start);
}

/** Each section that has claims, with its layout and what speaks for it. */
function sectionsOf({ built, inferred }: RuleContext): readonly SectionLayout[] {
  return built.derivation.sections.flatMap((section, at) => {
    const equation = built.derivation.equations.find((one) => one.section === at && inferred.layouts.has(one));
    const choice = equation === undefined ? undefined : inferred.layouts.get(equation);
    if (choice === undefined) return [];
    const evidence = choice.by === 'directive' ? 'set by a layout directive' : `${choice.fitting} of ${choice.claims} claims fit it`;
    return [{ span: section.span, title: section.title, layout: choice.layout, evidence }];
  });
}
