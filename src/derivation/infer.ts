import { type Span, contains } from '../base/span.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import { isOpen } from '../shape/dimension.ts';
import { shapeOf } from '../shape/read-dimension.ts';
import { type Shape, showShape } from '../shape/shape.ts';
import { reasonsFor, resolve, unifyShapes } from '../shape/unify.ts';
import type { Relation, ShapeExpr } from '../syntax/ast.ts';
import type { Built } from './build.ts';
import type { Equation, ShapeTable } from './derivation.ts';
import { hasDerivative } from './elaborate.ts';
import { inferTerm } from './infer-term.ts';
import {
  type Checkpoint,
  type Inference,
  because,
  checkpoint,
  known,
  newInference,
  report,
  rollback,
  settle,
  symbolShape,
} from './inference.ts';
import {
  type KeptInference,
  type KeptSection,
  type Recognized,
  keepSection,
  recognize,
  surroundingsOf,
  takeSection,
} from './kept-sections.ts';
import type { ShapeProblem } from './problem.ts';
import { checkShapeLine } from './shape-line.ts';

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

export interface LayoutChoice {
  readonly layout: Layout;
  readonly by: 'directive' | 'evidence' | 'default';
  /** How many claims of the group fit it, of how many. */
  readonly fitting: number;
  readonly claims: number;
}

/** The order in which layouts are preferred where several fit. */
const LAYOUTS: readonly Layout[] = ['denominator', 'mixed', 'numerator'];

/** What a claim that does not fit a layout is probably in: the opposite convention before the mixed one. */
export const OTHERS: Readonly<Record<Layout, readonly Layout[]>> = {
  denominator: ['numerator', 'mixed'],
  numerator: ['denominator', 'mixed'],
  mixed: ['numerator', 'denominator'],
};

interface Run {
  readonly inference: Inference;
  readonly built: Built;
  readonly layouts: Map<Equation, LayoutChoice>;
  readonly problemsOf: Map<Equation, readonly ShapeProblem[]>;
  /** Sections to take over, and those to keep. */
  readonly before: ReadonlyMap<string, KeptSection>;
  readonly kept: Map<string, KeptSection>;
  readonly notes: ReadonlyMap<Term, readonly ShapeExpr[]>;
  sectionsInferred: number;
  readonly preferred: Layout | 'auto';
  readonly readings: Readings;
}

/** Layouts that are already known, because claims hold in them. */
export interface Readings {
  /** Of sections without a directive, by their number. */
  readonly sections: ReadonlyMap<number, Layout>;
  /** In the place of a directive's own, by where it stands. */
  readonly directives: ReadonlyMap<number, Layout>;
}

export const NO_READINGS: Readings = { sections: new Map(), directives: new Map() };

/**
 * Infers section by section: what has no derivatives first, then the claims, in the layout that suits them.
 * A section that says and sees what one of the last inference did is taken over from it, its shapes without the reasons for them.
 */
export function inferShapes(
  built: Built,
  preferred: Layout | 'auto',
  readings: Readings = NO_READINGS,
  before: KeptInference | null = null,
): Inferred {
  const surroundings = surroundingsOf(built, preferred);
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
    before: before?.surroundings === surroundings && readings === NO_READINGS ? before.sections : new Map(),
  };
  reportDirectives(run);
  for (const equations of bySection(built.derivation.equations)) {
    inferOrTake(run, equations);
    // Nothing is wound back beyond a section that is done, and what could undo it would only fill memory.
    inference.unifier.trail.length = 0;
  }
  settle(inference);
  sizeNumerals(run);
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

function attemptIn(run: Run): Inferred['attempt'] {
  const table = tableOf(run);
  return (original, version, use) => {
    const mark = checkpoint(run.inference);
    const layout = table.layoutOf(original);
    inferEquation(run, version, layout);
    const isClean = !run.inference.problems.slice(mark.problems).some(isMistake);
    const result = isClean ? use({ ...table, layoutOf: (equation) => (equation === version ? layout : table.layoutOf(equation)) }) : null;
    rollback(run.inference, mark);
    return result;
  };
}

function bySection(equations: readonly Equation[]): readonly (readonly Equation[])[] {
  const sections = new Map<number, Equation[]>();
  for (const equation of equations) push(sections, equation.section, equation);
  return [...sections.values()];
}

function inferOrTake(run: Run, equations: readonly Equation[]): void {
  const recognized = recognize(run.inference, run.built, equations, run.notes);
  const known = recognized === null ? undefined : run.before.get(recognized.key);
  if (recognized === null || known === undefined) return inferSection(run, equations, recognized);
  takeSection(run.inference, run.layouts, recognized, known);
  run.kept.set(recognized.key, known);
}

function inferSection(run: Run, equations: readonly Equation[], recognized: Recognized | null): void {
  const problems = run.inference.problems.length;
  run.sectionsInferred++;
  for (const equation of equations) if (!dependsOnLayout(equation)) inferOne(run, equation, 'denominator');
  for (const group of byDirective(equations.filter(dependsOnLayout))) inferGroup(run, group);
  if (recognized === null || run.inference.problems.length > problems || run.readings !== NO_READINGS) return;
  const found = keepSection(run.inference, run.layouts, recognized);
  if (found !== null) run.kept.set(recognized.key, found);
}

export function dependsOnLayout({ sides }: Equation): boolean {
  return sides.some(hasDerivative);
}

/** Equations that stand under the same `layout` directive, or under none. */
export function byDirective(equations: readonly Equation[]): readonly (readonly Equation[])[] {
  const groups = new Map<number, Equation[]>();
  for (const equation of equations) push(groups, equation.settings.layoutSpan?.start ?? -1, equation);
  return [...groups.values()];
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

// ---- layouts

function inferGroup(run: Run, group: readonly Equation[]): void {
  const wanted = wantedLayout(run, group);
  const chosen = wanted === 'auto' ? best(LAYOUTS.map((layout) => lazyTrial(run, group, layout))) : lazyTrial(run, group, wanted);
  const by =
    wanted === 'auto'
      ? group.some((equation) => equation.kind === 'claim' || equation.kind === 'condition')
        ? 'evidence'
        : 'default'
      : 'directive';
  for (const equation of group) inferOne(run, equation, chosen.layout);
  const fitting = group.filter((equation) => !run.problemsOf.get(equation)?.some(isMistake)).length;
  for (const equation of group) run.layouts.set(equation, { layout: chosen.layout, by, fitting, claims: group.length });
}

function wantedLayout({ readings, preferred }: Run, group: readonly Equation[]): Layout | 'auto' {
  const {
    settings: { layout, layoutSpan },
    section,
  } = group[0] as Equation;
  if (layoutSpan !== null) return readings.directives.get(layoutSpan.start) ?? layout;
  return layout === 'auto' ? (readings.sections.get(section) ?? preferred) : layout;
}

/** The claims hold in another layout than the directive above them says. */
function reportDirectives({ inference, built, readings }: Run): void {
  for (const group of byDirective(built.derivation.equations.filter(dependsOnLayout))) {
    const { layout, layoutSpan } = (group[0] as Equation).settings;
    const fits = layoutSpan === null ? undefined : readings.directives.get(layoutSpan.start);
    if (layoutSpan === null || fits === undefined || layout === 'auto') continue;
    report(inference, { kind: 'directive', span: layoutSpan, layout, fits, claims: group.map(({ span }) => span) });
  }
}

/** How many problems each equation of a group has under one layout; found out when it is asked. */
interface Trial {
  readonly layout: Layout;
  readonly counts: () => readonly number[];
}

function lazyTrial(run: Run, group: readonly Equation[], layout: Layout): Trial {
  let found: readonly number[] | null = null;
  return { layout, counts: () => (found ??= tryLayout(run, group, layout)) };
}

function tryLayout(run: Run, group: readonly Equation[], layout: Layout): readonly number[] {
  const mark = checkpoint(run.inference);
  const counts = group.map((equation) => {
    const before = run.inference.problems.length;
    inferEquation(run, equation, layout);
    return run.inference.problems.slice(before).filter(isMistake).length;
  });
  rollback(run.inference, mark);
  return counts;
}

function isMistake(problem: ShapeProblem): boolean {
  return problem.kind !== 'tensor' && problem.kind !== 'broadcast' && problem.kind !== 'range';
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** The layout with the fewest problems; the first of several. */
function best(trials: readonly Trial[]): Trial {
  let found = trials[0] as Trial;
  for (const trial of trials.slice(1)) {
    if (total(found.counts()) === 0) break;
    if (total(trial.counts()) < total(found.counts())) found = trial;
  }
  return found;
}

// ---- one equation

/** Infers an equation for good; what does not fit but fits another layout is a problem of layout. */
function inferOne(run: Run, equation: Equation, layout: Layout): void {
  const { inference } = run;
  const mark = checkpoint(inference);
  inferEquation(run, equation, layout);
  const own = inference.problems.slice(mark.problems);
  if (!own.some(isMistake)) return void (own.length > 0 && run.problemsOf.set(equation, own));
  const explained = explainByLayout(run, equation, layout, mark, own);
  inference.problems.splice(mark.problems, inference.problems.length, ...explained);
  run.problemsOf.set(equation, explained);
}

function explainByLayout(
  run: Run,
  equation: Equation,
  layout: Layout,
  mark: Checkpoint,
  own: readonly ShapeProblem[],
): readonly ShapeProblem[] {
  const first = own.find(isMistake) as ShapeProblem;
  const isOfLayout = own.every(
    (problem) => problem.kind === 'side' || problem.kind === 'product' || problem.kind === 'annotation' || !isMistake(problem),
  );
  if (!dependsOnLayout(equation) || (!isOfLayout && first.kind !== 'product')) return own;
  const { inference } = run;
  rollback(inference, mark);
  const fitsIn = (part: readonly Equation[]) => OTHERS[layout].find((other) => total(tryLayout(run, part, other)) === 0);
  const whole = isOfLayout ? fitsIn([equation]) : undefined;
  const fits = whole ?? fitsIn(upTo(equation, first));
  inferEquation(run, equation, layout);
  if (fits === undefined) return own;
  if (first.kind === 'product' && (whole === undefined || own.filter(isMistake).length === 1))
    return own.map((problem) => (problem === first ? { ...first, fits } : problem));
  return [
    {
      kind: 'layout',
      equation,
      span: spanOf(first, equation),
      layout,
      fits,
      directive: equation.settings.layoutSpan,
      shapes: shapesOf(first),
    },
  ];
}

/**
 * Of an equation the derivatives and the product of derivatives that does not fit. Symbols that name a derivative have its shape from
 * the section's layout, and what comes behind may be wrong in other ways.
 */
function upTo(equation: Equation, problem: ShapeProblem): readonly Equation[] {
  const at = problem.kind === 'product' ? equation.sides.findIndex((side) => contains(side.span, problem.term.span)) : -1;
  if (at < 1) return [equation];
  const isKept = (_: unknown, place: number) => place === at || (place < at && equation.sides[place]?.kind === 'derivative');
  return [{ ...equation, sides: equation.sides.filter(isKept), ranges: equation.ranges.filter(isKept) }];
}

function spanOf(problem: ShapeProblem, equation: Equation): Equation['span'] {
  if (problem.kind === 'side') return problem.side.span;
  if (problem.kind === 'product') return problem.term.span;
  return problem.kind === 'annotation' ? problem.span : equation.span;
}

function shapesOf(problem: ShapeProblem): readonly [string, string] | null {
  return problem.kind === 'side' ? [showShape(problem.firstShape), showShape(problem.shape)] : null;
}

const SHAPELESS: ReadonlySet<Relation> = new Set(['~', '→', '∈', '⇒', '∝', '≻', '⪰']);

function inferEquation(run: Run, equation: Equation, layout: Layout): void {
  const { inference } = run;
  inference.layout = layout;
  inference.broadcast = equation.settings.broadcast;
  const before = inference.problems.length;
  noteFirst(run, equation);
  for (const side of equation.sides) inferTerm(inference, side);
  settle(inference);
  because(inference, equation.span, () => compareSides(inference, equation));
  settle(inference);
  checkNotes(run, equation, inference.problems.slice(before));
}

/** Every side has the shape of the first one, and is compared with it. */
function compareSides(inference: Inference, equation: Equation): void {
  const [first, ...others] = equation.sides as readonly [Term, ...Term[]];
  const firstShape = definedShape(inference, equation) ?? inferTerm(inference, first);
  others.forEach((side, at) => {
    if (SHAPELESS.has(equation.relations[at] as Relation)) return;
    const shape = inferTerm(inference, side);
    if (unifyShapes(inference.unifier, firstShape, shape)) return;
    report(inference, { kind: 'side', equation, side, shape: known(inference, shape), first, firstShape: known(inference, firstShape) });
  });
}

/** What `y = …` defines; `p_i = …` is compared entry by entry, and all of p is as large as its entries make it. */
function definedShape(inference: Inference, { defines, sides }: Equation): Shape | null {
  if (defines === null) return null;
  const body = inference.derivation.symbols.get(defines)?.definition?.body;
  if (sides[0]?.kind === 'symbol' || body === undefined) return known(inference, symbolShape(inference, defines));
  unifyShapes(inference.unifier, symbolShape(inference, defines), inferTerm(inference, body));
  return null;
}

/** A note on a symbol without a shape declares it, before the equation is looked at. */
function noteFirst(run: Run, equation: Equation): void {
  const { inference } = run;
  for (const { term, note } of notesIn(run, equation)) {
    const stated = shapeOf(note);
    if ('rows' in stated && term.kind === 'symbol') unifyShapes(inference.unifier, symbolShape(inference, term.id), stated);
  }
}

function notesIn({ notes }: Run, equation: Equation): readonly { readonly term: Term; readonly note: ShapeExpr }[] {
  if (notes.size === 0) return [];
  const terms = equation.sides.flatMap((side) => [...walk(side)]);
  return terms.flatMap((term) => (notes.get(term) ?? []).map((note) => ({ term, note })));
}

function notesByTerm({ notes }: Built): ReadonlyMap<Term, readonly ShapeExpr[]> {
  const byTerm = new Map<Term, ShapeExpr[]>();
  for (const { term, note } of notes) push(byTerm, term, note);
  return byTerm;
}

/** Shape notes and shape lines are compared with what has no other mistake. */
function checkNotes(run: Run, equation: Equation, mistakes: readonly ShapeProblem[]): void {
  const { inference, built } = run;
  const blamed = mistakes.flatMap((problem) =>
    problem.kind === 'side' ? [problem.side] : 'term' in problem && problem.term !== null ? [problem.term] : [],
  );
  const isMistaken = (term: Term) => blamed.some(({ span }) => contains(term.span, span) || contains(span, term.span));
  for (const { term, note } of notesIn(run, equation)) {
    const stated = shapeOf(note);
    const shape = inferTerm(inference, term);
    if (isMistaken(term) || !('rows' in stated) || unifyShapes(inference.unifier, shape, stated)) continue;
    const found = known(inference, shape);
    report(inference, {
      kind: 'annotation',
      span: note.span,
      term,
      shape: found,
      noted: showShape(stated),
      note: 'shape note',
      notes: [{ note, shape: found }],
    });
  }
  const membership = built.memberships.get(equation);
  const stated = membership === undefined ? null : shapeOf(membership);
  const [first] = equation.sides as readonly [Term];
  if (
    stated !== null &&
    'rows' in stated &&
    !unifyShapes(inference.unifier, inferTerm(inference, first), stated) &&
    membership !== undefined
  ) {
    const shape = inferTerm(inference, first);
    report(inference, {
      kind: 'annotation',
      span: membership.span,
      term: first,
      shape,
      noted: showShape(stated),
      note: 'membership',
      notes: [{ note: membership, shape }],
    });
  }
  for (const line of built.shapeLines.get(equation) ?? []) checkShapeLine(inference, equation, line, isMistaken);
}

// ---- the result

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
      return to === null || to.kind === 'tensor' || isOpen(to.rows) ? null : { from: to.cols, to: to.rows };
    },
    resolved: (dim) => resolve(inference.unifier, dim),
    reasonsFor: (id) => reasonsBehind(inference, id),
    layoutOf: (equation) => layouts.get(equation)?.layout ?? (preferred === 'auto' ? 'denominator' : preferred),
  };
}
