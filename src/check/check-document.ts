import type { Span } from '../base/span.ts';
import { contains } from '../base/span.ts';
import { type Built, buildDerivation } from '../derivation/build.ts';
import { chainProblems, orderProblem } from '../derivation/chain-rule.ts';
import type { Equation, Settings } from '../derivation/derivation.ts';
import { type Inferred, inferShapes } from '../derivation/infer.ts';
import type { Problem, ShapeProblem } from '../derivation/problem.ts';
import type { Layout } from '../protocol/report.ts';
import { showShape } from '../shape/shape.ts';
import type { NotebookText } from '../syntax/blocks/notebook.ts';
import type { SourceDocument } from '../syntax/document.ts';
import { readLatex } from '../syntax/read-latex.ts';
import { readMarkdown } from '../syntax/read-markdown.ts';
import { readCells, readNotebook } from '../syntax/read-notebook.ts';
import { readPlain } from '../syntax/read-plain.ts';
import type { CheckedDocument, CheckedEquation, Found, SectionLayout } from './checked-document.ts';
import { type Examined, examineClaims } from './claims.ts';
import { diagnose } from './diagnose.ts';
import { namesUndeclared } from './rules/names.ts';
import { verification } from './rules/verify.ts';
import { type RuleContext, excerpt } from './words.ts';

export type * from './checked-document.ts';

/** The surface a derivation is written in. */
export type Surface = 'plain' | 'markdown' | 'latex' | 'notebook';

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
}

/** The seed of a document that sets none. */
const SEED = 20_240_229;

/** Reads and checks one document. Gives a result for any text and throws for none. */
export function checkDocument(text: string, surface: Surface, options: CheckOptions): CheckedDocument {
  switch (surface) {
    case 'plain':
      return checkSource(readPlain(text), text, options);
    case 'markdown':
      return checkSource(readMarkdown(text), text, options);
    case 'latex':
      return checkSource(readLatex(text, options.readInput === undefined ? {} : { readInput: options.readInput }), text, options);
    case 'notebook': {
      const { document, notebook } = readNotebook(text);
      return { ...checkSource(document, notebook.text, options), notebook };
    }
  }
}

/** Checks the Markdown cells of a notebook that an editor holds; offsets count in their joined text. */
export function checkCells(notebook: NotebookText, options: CheckOptions): CheckedDocument {
  return { ...checkSource(readCells(notebook), notebook.text, options), notebook };
}

function checkSource(document: SourceDocument, text: string, options: CheckOptions): CheckedDocument {
  const built = buildDerivation(document, text, startingSettings(options, document.annotated));
  const inferred = inferShapes(built, options.layout ?? 'auto');
  const context: RuleContext = { text, built, inferred };
  const examined = options.verify ? examineClaims(context, options, (equation) => isMistaken(inferred, equation)) : [];
  return {
    text, diagnostics: diagnosticsOf(context, document.annotated, examined), equations: equationsOf(context), sections: sectionsOf(context), coverage: document.coverage,
    ...(options.verify ? { claims: examined.map(({ claim }) => claim) } : {}),
  };
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

function diagnosticsOf(context: RuleContext, annotated: boolean, examined: readonly Examined[]): readonly Found[] {
  const { built, inferred } = context;
  const graph = graphProblems(built, inferred, examined);
  const problems: readonly Problem[] = [...built.problems, ...refined(context), ...[...graph.values()].flat()];
  const reported = annotated ? problems : problems.filter(({ kind }) => !CONVENTIONS.has(kind));
  const verdicts = examined.flatMap((one) => (graph.get(one.equation)?.length ? [] : (verification(context, one) ?? [])));
  const found = [...reported.map((problem) => diagnose(context, problem)), ...namesUndeclared(context), ...verdicts];
  const kept = found.filter(({ span }) => !built.ignored.some((ignored) => contains(ignored, span)));
  return inOrder(withoutDoubles(meetExpectations(built, kept)));
}

/** What inference found, with products in the order of another layout told from other products. */
function refined({ built, inferred }: RuleContext): readonly ShapeProblem[] {
  const equationOf = new Map<ShapeProblem, Equation>();
  for (const [equation, problems] of inferred.problemsOf) for (const problem of problems) equationOf.set(problem, equation);
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
