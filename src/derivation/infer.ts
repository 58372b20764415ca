import { addTo, groupedBy } from '../base/lists-by-key.ts';
import type { Span } from '../base/span.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { reasonsFor, resolve, unifyShapes } from '../shape/unify.ts';
import type { ShapeExpr } from '../syntax/ast.ts';
import { weights } from './among-numbers.ts';
import type { Built } from './build.ts';
import { takeCustomaryShapes, takeForNumber } from './customary-shapes.ts';
import type { Equation, ShapeTable } from './derivation.ts';
import { inferEquation } from './infer-equation.ts';
import { inferTerm } from './infer-term.ts';
import { checkpoint, type Inference, known, newInference, rollback, settle, symbolShape } from './inference.ts';
import { NO_READINGS, type Readings, type Run } from './inference-run.ts';
import { type KeptInference, keepSection, type Recognized, recognize, surroundingsOf, takeSection } from './kept-sections.ts';
import { byDirective, inferGroup, inferOne, type LayoutChoice, reportDirectives } from './layout-choice.ts';
import { dependsOnLayout } from './layout-trial.ts';
import { isMistake, type ShapeProblem } from './problem.ts';

/** The shapes of a whole derivation, the layouts its sections were read in, and what does not fit. */
export interface Inferred {
  readonly shapes: ShapeTable;
  readonly problems: readonly ShapeProblem[];
  /** For each equation that has problems of its own, those problems. */
  readonly problemsOf: ReadonlyMap<Equation, readonly ShapeProblem[]>;
  /** For each group of equations the layout, and how it was found. */
  readonly layouts: ReadonlyMap<Equation, LayoutChoice>;
  /** For the next inference of the document, when it was edited. */
  readonly kept: KeptInference;
  /** How many sections were inferred, and not taken over from the last inference. */
  readonly sectionsInferred: number;
  /**
   * Infers another version of an equation, say with one side mended, in the layout of the first one.
   * Where it has no mistake, `use` is called with the shapes that hold for it; afterwards all is as before.
   */
  readonly attempt: <T>(original: Equation, version: Equation, use: (shapes: ShapeTable) => T) => T | null;
}

/**
 * Infers section by section: what has no derivatives first, then the claims, in the layout that suits them.
 * A section that says and sees what one of the last inference did is taken over from it, its shapes without the reasons for them;
 * of a text that is read `once` nothing is kept for the next.
 */
export function inferShapes(
  built: Built,
  preferred: Layout | 'auto',
  readings: Readings = NO_READINGS,
  before: KeptInference | 'once' | null = null,
): Inferred {
  const surroundings = before === 'once' ? '' : surroundingsOf(built, preferred);
  const inference = newInference(built.derivation, built.facts, built.sizes);
  const run: Run = {
    inference,
    built,
    layouts: new Map(),
    problemsOf: new Map(),
    preferred,
    readings,
    kept: new Map(),
    notes: notesByTerm(built),
    sectionsInferred: 0,
    before:
      before !== null && before !== 'once' && before.surroundings === surroundings && readings === NO_READINGS ? before.sections : NOTHING,
    isKept: before !== 'once',
  };
  reportDirectives(run);
  for (const equations of groupedBy(built.derivation.equations, ({ section }) => section).values()) {
    inferOrTake(run, equations);
    // Nothing is wound back beyond a section that is done, and what could undo it would only fill memory.
    inference.unifier.trail.length = 0;
  }
  settle(inference);
  takeCustomaryShapes(inference);
  sizeNumerals(run);
  inferConflictingAnew(run);
  return {
    shapes: tableOf(run),
    problems: inference.problems,
    problemsOf: run.problemsOf,
    layouts: run.layouts,
    attempt: attemptIn(run),
    kept: { surroundings, sections: run.kept },
    sectionsInferred: run.sectionsInferred,
  };
}

const NOTHING: KeptInference['sections'] = new Map();

/** Members have the shape that the recursion gives them. What does not fit in it the recursion itself is told. */
function inferMembers({ inference, built: { unrolled, derivation } }: Run, recursion: Equation): void {
  const problems = inference.problems.length;
  for (const id of unrolled.get(recursion.span.start) ?? []) {
    const body = derivation.symbols.get(id)?.definition?.body;
    if (body !== undefined) unifyShapes(inference.unifier, symbolShape(inference, id), inferTerm(inference, body));
    settle(inference);
  }
  inference.problems.length = problems;
}

/** A `\mathbf 1` whose length nothing else decides has the declared one. */
function sizeNumerals({ inference, built: { numerals, derivation } }: Run): void {
  if (numerals.size === 0) return;
  const bodies = [...derivation.symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  for (const side of [...derivation.equations.flatMap(({ sides }) => sides), ...bodies]) {
    for (const term of walk(side)) {
      const declared = term.kind === 'apply' && term.args.length === 0 ? numerals.get(term.op) : undefined;
      if (declared !== undefined) unifyShapes(inference.unifier, inferTerm(inference, term), declared);
    }
  }
  settle(inference);
}

/** Where a term turned out to have another shape than was made of it, the equation says what does not fit, now that shapes are known. */
function inferConflictingAnew(run: Run): void {
  const { inference, built, problemsOf } = run;
  if (inference.conflicts.length === 0) return;
  const conflicting = new Set(inference.conflicts);
  for (const equation of built.derivation.equations) {
    const terms = equation.sides.flatMap((side) => [...walk(side)]);
    if (problemsOf.get(equation)?.some(isMistake) || !terms.some((term) => conflicting.has(term))) continue;
    for (const term of terms) inference.shapes.delete(term);
    inferAnew(run, equation);
  }
}

/** Infers an equation once more; what was said of it is said anew where a mistake has come to light, and stays otherwise. */
function inferAnew(run: Run, equation: Equation): void {
  const { inference, layouts, problemsOf } = run;
  const { problems } = inference;
  const before = problemsOf.get(equation) ?? [];
  const mark = problems.length;
  inferOne(run, equation, layouts.get(equation)?.layout ?? 'denominator');
  if (problems.slice(mark).some(isMistake)) {
    for (const one of before) problems.splice(problems.indexOf(one), 1);
    return;
  }
  problems.length = mark;
  problemsOf.set(equation, before);
}

function attemptIn(run: Run): Inferred['attempt'] {
  const table = tableOf(run);
  return (original, version, use) => {
    const mark = checkpoint(run.inference);
    const conflicts = run.inference.conflicts.length;
    const layout = table.layoutOf(original);
    inferEquation(run, version, layout);
    const isClean = !run.inference.problems.slice(mark.problems).some(isMistake) && run.inference.conflicts.length === conflicts;
    const result = isClean ? use({ ...table, layoutOf: (equation) => (equation === version ? layout : table.layoutOf(equation)) }) : null;
    rollback(run.inference, mark);
    return result;
  };
}

function inferOrTake(run: Run, equations: readonly Equation[]): void {
  const recognized = run.isKept ? recognize(run.inference, run.built, equations, run.notes) : null;
  const known = recognized === null ? undefined : run.before.get(recognized.key);
  if (recognized === null || known === undefined) return inferSection(run, equations, recognized);
  takeSection(run.inference, run.layouts, recognized, known);
  run.kept.set(recognized.key, known);
}

function inferSection(run: Run, equations: readonly Equation[], recognized: Recognized | null): void {
  const problems = run.inference.problems.length + run.inference.conflicts.length;
  run.sectionsInferred++;
  for (const equation of equations) {
    if (!dependsOnLayout(equation)) inferOne(run, equation, 'denominator');
    inferMembers(run, equation);
  }
  const plain = equations.filter((one) => !dependsOnLayout(one));
  for (const info of weights(run.inference, plain)) takeForNumber(run.inference, info);
  for (const group of byDirective(equations.filter(dependsOnLayout))) inferGroup(run, group);
  if (recognized === null || run.inference.problems.length + run.inference.conflicts.length > problems || run.readings !== NO_READINGS)
    return;
  const found = keepSection(run.inference, run.layouts, recognized);
  if (found !== null) run.kept.set(recognized.key, found);
}

function notesByTerm({ notes }: Built): ReadonlyMap<Term, readonly ShapeExpr[]> {
  const byTerm = new Map<Term, ShapeExpr[]>();
  for (const { term, note } of notes) addTo(byTerm, term, note);
  return byTerm;
}

function reasonsBehind({ symbols, unifier }: Inference, id: SymbolId): readonly Span[] {
  const shape = symbols.get(id);
  if (shape === undefined || shape.kind === 'tensor') return [];
  return [...new Set([shape.rows, shape.cols].flatMap((dim) => reasonsFor(unifier, dim)))];
}

function tableOf({ inference, layouts, preferred }: Run): ShapeTable {
  return {
    ofTerm: (term) => inferTerm(inference, term),
    ofSymbol: (id) => known(inference, symbolShape(inference, id)),
    rangeOf: (id) => {
      const range = inference.ranges.get(id) ?? inference.derivation.symbols.get(id)?.range ?? null;
      const to = range === null ? null : known(inference, { kind: 'matrix', rows: range.to, cols: range.from });
      return to === null || to.kind === 'tensor' ? null : { from: to.cols, to: to.rows };
    },
    resolved: (dim) => resolve(inference.unifier, dim),
    reasonsFor: (id) => reasonsBehind(inference, id),
    layoutOf: (equation) => layouts.get(equation)?.layout ?? (preferred === 'auto' ? 'denominator' : preferred),
  };
}
