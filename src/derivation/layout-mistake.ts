import { contains } from '../base/span.ts';
import type { Layout } from '../protocol/report.ts';
import { showShape } from '../shape/shape.ts';
import type { Equation } from './derivation.ts';
import { inferEquation } from './infer-equation.ts';
import { type Checkpoint, rollback } from './inference.ts';
import type { Run } from './inference-run.ts';
import { dependsOnLayout, mistakesUnder } from './layout-trial.ts';
import { isMistake, type ShapeProblem } from './problem.ts';

/** What a claim that does not fit a layout is probably in: the opposite convention before the mixed one. */
export const OTHERS: Readonly<Record<Layout, readonly Layout[]>> = {
  denominator: ['numerator', 'mixed'],
  numerator: ['denominator', 'mixed'],
  mixed: ['numerator', 'denominator'],
};

/**
 * The mistakes `own` of an equation that was inferred in a layout, told as one of layout where another one fits. `mark` is the
 * inference before the equation, which is inferred again in the end.
 */
export function explainByLayout(
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
  const fitsIn = (part: readonly Equation[]) => OTHERS[layout].find((other) => mistakesUnder(run, part, other) === 0);
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
      isAsked: equation.settings.layoutSpan !== null || run.preferred !== 'auto',
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
