import { groupedBy } from '../base/lists-by-key.ts';
import { type Term, walk } from '../ops/term.ts';
import type { Layout } from '../protocol/report.ts';
import type { Equation } from './derivation.ts';
import { inferEquation } from './infer-equation.ts';
import { inferTerm } from './infer-term.ts';
import { checkpoint, known, report, rollback } from './inference.ts';
import type { Run } from './inference-run.ts';
import { explainByLayout } from './layout-mistake.ts';
import { formOf } from './layout-shapes.ts';
import { dependsOnLayout, isLaidOut, mistakesUnder } from './layout-trial.ts';
import { isMistake } from './problem.ts';

/** The layout of a group of equations, and how it was found. */
export interface LayoutChoice {
  readonly layout: Layout;
  readonly by: 'directive' | 'evidence' | 'default';
  /** How many claims of the group fit it, of how many. */
  readonly fitting: number;
  readonly claims: number;
}

/** The order in which layouts are preferred where several fit. */
const LAYOUTS: readonly Layout[] = ['denominator', 'mixed', 'numerator'];

/** Equations that stand under the same `layout` directive, or under none. */
export function byDirective(equations: readonly Equation[]): readonly (readonly Equation[])[] {
  return [...groupedBy(equations, ({ settings }) => settings.layoutSpan?.start ?? -1).values()];
}

/** Infers equations that stand under one directive, or under none, in the layout that suits them. */
export function inferGroup(run: Run, group: readonly Equation[]): void {
  const wanted = wantedLayout(run, group);
  const { layout, kept } = wanted === 'auto' ? bestLayout(run, group) : { layout: wanted, kept: NONE };
  const claims = group.filter(({ kind }) => kind === 'claim' || kind === 'condition');
  const by = wanted !== 'auto' ? 'directive' : claims.length > 0 ? 'evidence' : 'default';
  const layoutOf = (equation: Equation) => (kept.includes(equation) ? 'mixed' : layout);
  for (const equation of group) inferOne(run, equation, layoutOf(equation));
  const fitting = claims.filter((equation) => !run.problemsOf.get(equation)?.some(isMistake)).length;
  for (const equation of group) run.layouts.set(equation, { layout: layoutOf(equation), by, fitting, claims: claims.length });
}

/** A layout, and equations in it about gradients by matrices that have the shape of the matrix. */
interface Chosen {
  readonly layout: Layout;
  readonly kept: readonly Equation[];
}

const NONE: readonly Equation[] = [];

/** Where a matrix is differentiated by a number, which nearly everyone writes in the shape of the matrix. */
const LAYOUTS_BY_NUMBER: readonly Layout[] = ['mixed', 'numerator', 'denominator'];

/** The layout with the fewest mistakes; the one that directives above name, or the first of several. */
function bestLayout(run: Run, group: readonly Equation[]): Chosen {
  let best: (Chosen & { readonly mistakes: number }) | null = null;
  const above = group[0]?.settings.layoutAbove ?? null;
  const usual = group.some((equation) => hasMatrixByNumber(run, equation)) ? LAYOUTS_BY_NUMBER : LAYOUTS;
  for (const layout of above === null ? usual : [above, ...usual]) {
    if (best?.mistakes === 0) break;
    const mistakes = mistakesUnder(run, group, layout);
    if (best === null || mistakes < best.mistakes) best = { layout, mistakes, kept: NONE };
  }
  const chosen = best as NonNullable<typeof best>;
  return keepingMatrices(run, group, chosen.mistakes) ?? chosen;
}

/**
 * Texts whose gradients are rows may well give those by matrices the shape of the matrix: where that leaves fewer mistakes than any layout, or
 * numbers have said so; else null.
 */
function keepingMatrices(run: Run, group: readonly Equation[], mistakes: number): Chosen | null {
  const [first] = group;
  const isSaid = first !== undefined && run.readings.keepingMatrices?.has(first.section) === true;
  if (first === undefined || !first.settings.broadcast || (mistakes === 0 && !isSaid)) return null;
  const kept = group.filter((equation) => isByMatrix(run, equation));
  if (kept.length === 0 || kept.length === group.length) return null;
  const others = group.filter((equation) => !kept.includes(equation));
  const then = mistakesUnder(run, others, 'numerator') + mistakesUnder(run, kept, 'mixed');
  return then < mistakes || (isSaid && then === mistakes) ? { layout: 'numerator', kept } : null;
}

/** A claim about `dL/dW` of a number L by a matrix W. */
function isByMatrix({ inference }: Pick<Run, 'inference'>, { sides: [first] }: Equation): boolean {
  if (first?.kind !== 'derivative' || first.wrt.length !== 1 || (first.form !== 'derivative' && first.form !== 'direct')) return false;
  const mark = checkpoint(inference);
  const [of, by] = [first.of, first.wrt[0]?.term as Term].map((term) => known(inference, inferTerm(inference, term)));
  rollback(inference, mark);
  return by?.kind === 'matrix' && formOf(by) === 'matrix' && of?.kind === 'matrix' && formOf(of) === 'scalar';
}

function hasMatrixByNumber({ inference }: Run, { sides }: Equation): boolean {
  const derivatives = sides.flatMap((side) => [...walk(side)]).filter((term) => term.kind === 'derivative');
  const mark = checkpoint(inference);
  const formOfTerm = (term: Term) => {
    const shape = known(inference, inferTerm(inference, term));
    return shape.kind === 'matrix' ? formOf(shape) : null;
  };
  const isByNumber = derivatives.some(({ of, wrt, form }) => {
    const [by, ...others] = wrt;
    if (by === undefined || others.length > 0 || (form !== 'derivative' && form !== 'direct')) return false;
    return formOfTerm(by.term) === 'scalar' && formOfTerm(of) === 'matrix';
  });
  rollback(inference, mark);
  return isByNumber;
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
export function reportDirectives({ inference, built, readings }: Run): void {
  for (const group of byDirective(built.derivation.equations.filter(dependsOnLayout))) {
    const { layout, layoutSpan } = (group[0] as Equation).settings;
    const fits = layoutSpan === null ? undefined : readings.directives.get(layoutSpan.start);
    if (layoutSpan === null || fits === undefined || layout === 'auto') continue;
    report(inference, { kind: 'directive', span: layoutSpan, layout, fits, claims: group.filter(isLaidOut).map(({ span }) => span) });
  }
}

/** Infers an equation for good; what does not fit but fits another layout is a problem of layout. */
export function inferOne(run: Run, equation: Equation, layout: Layout): void {
  const { inference } = run;
  const mark = checkpoint(inference);
  inferEquation(run, equation, layout);
  const own = inference.problems.slice(mark.problems);
  if (!own.some(isMistake)) return void (own.length > 0 && run.problemsOf.set(equation, own));
  const explained = explainByLayout(run, equation, layout, mark, own);
  inference.problems.splice(mark.problems, inference.problems.length, ...explained);
  run.problemsOf.set(equation, explained);
}
