import { contains } from '../base/span.ts';
import type { CheckedClaim, FoundFix } from '../check/checked-document.ts';
import { type Claim, claimAt, claimsOf, dimensionsOf, sectionAt, statusOf } from '../ide/claims.ts';
import type { DerivationView } from '../ide/derivation-view.ts';
import { withoutMacros } from '../ide/name-without-macros.ts';
import { provedSteps } from '../ide/proofs.ts';
import { readable } from '../ide/readable.ts';
import type { ListedClaim, ShownClaim, VerifyOptions } from '../protocol/lsp.ts';
import type { Fix, NamedMatrixReport, Range } from '../protocol/report.ts';
import type { Analysis } from './checking.ts';
import { cellOf, locate } from './source.ts';

/** Every claim of a source, with what is known of it. */
export function listClaims({ source, checked }: Pick<Analysis, 'source' | 'checked'>): readonly ListedClaim[] {
  return claimsOf(checked).flatMap((claim): ListedClaim[] => {
    const at = locate(source, claim.span);
    if (at === null) return [];
    const { verdict } = claim;
    const reason = reasonOf(claim);
    const section = sectionAt(checked, claim.span.start);
    return [
      {
        ...at,
        text: checked.text.slice(claim.span.start, claim.span.end),
        section: section?.title ?? '',
        layout: verdict?.layout ?? section?.layout ?? 'denominator',
        status: statusOf(claim),
        ...shapesOf(claim),
        ...(verdict === null ? {} : { latex: verdict.latex, ...factorsOf(verdict) }),
        ...(reason === undefined ? {} : { reason }),
        ...(verdict?.maxRelativeError === undefined ? {} : { maxRelativeError: verdict.maxRelativeError }),
      },
    ];
  });
}

/** Where the factors with a shape stand within the claim; absent where none is known. */
function factorsOf({ formula, span: { start } }: CheckedClaim): Pick<ListedClaim, 'factors'> {
  const factors = formula
    .flatMap(({ pieces }) => pieces)
    .flatMap(({ shape, span }) =>
      shape === undefined || span === undefined ? [] : [{ start: span.start - start, end: span.end - start, shape }],
    );
  return factors.length === 0 ? {} : { factors };
}

/** Why it is not decided, or why it cannot be right: the first line of what the checker says. */
function reasonOf({ verdict, misfit }: Claim): string | undefined {
  return misfit === null ? verdict?.reason : misfit.message;
}

/**
 * The claim at an offset with everything a page shows; null where there is none, or it was not examined.
 * Its fixes are those of `repairs`, another analysis of the same text.
 */
export function showClaim(
  view: DerivationView,
  analysis: Analysis,
  offset: number,
  options: VerifyOptions,
  repairs: Analysis,
): ShownClaim | null {
  const claim = claimAt(analysis.checked, offset);
  if (claim?.verdict == null) return null;
  const at = locate(analysis.source, claim.span);
  return at === null
    ? null
    : {
        ...at,
        ...reported(analysis, claim, withNames(view, { ...claim.verdict, steps: provedSteps(view, claim.verdict) })),
        ...mendingOf(repairs, offset, claim.verdict),
        fixes: fixesOf(repairs, claim.verdict),
        options,
      };
}

/** What would be right, which other sizes and points do not change. */
function mendingOf({ checked }: Analysis, offset: number, { status }: CheckedClaim): Pick<ShownClaim, 'repair' | 'mended'> {
  const { repair, mended } = claimAt(checked, offset)?.verdict ?? {};
  return status === 'verified' || repair === undefined ? {} : { repair, ...(mended === undefined ? {} : { mended }) };
}

/** With LaTeX for the variables that macros of the document name, which no page knows. */
function withNames({ document: { macros } }: DerivationView, verdict: CheckedClaim): CheckedClaim {
  const named = <T extends NamedMatrixReport>(all: readonly T[]) => all.map((one) => ({ ...one, ...withoutMacros(one.name, macros) }));
  const { counterexample, of, wrt } = verdict;
  return {
    ...verdict,
    of: withoutMacros(of, macros).latex ?? of,
    wrt: withoutMacros(wrt, macros).latex ?? wrt,
    steps: verdict.steps.map((step) => (step.point === undefined ? step : { ...step, point: named(step.point) })),
    ...(counterexample === undefined ? {} : { counterexample: { ...counterexample, values: named(counterexample.values) } }),
  };
}

function reported(
  { source, checked }: Analysis,
  claim: Claim,
  verdict: CheckedClaim,
): Omit<ShownClaim, 'uri' | 'range' | 'fixes' | 'options'> {
  const { span, steps, formula, ...rest } = verdict;
  const rangeOf = (one: typeof span): Range =>
    locate(source, one)?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return {
    ...rest,
    ...misfitOf(claim),
    ...cellAround(source, span.start),
    of: readable(rest.of),
    wrt: readable(rest.wrt),
    section: sectionAt(checked, span.start)?.title ?? '',
    steps: steps.map(({ span: own, ...step }) => ({ ...step, range: rangeOf(own) })),
    sides: claim.equation.sides.map(({ text, shape, span: own }, at) => ({
      text,
      shape,
      range: rangeOf(own),
      ...(formula[at] ?? { relation: '=', pieces: [] }),
    })),
    dimensions: dimensionsOf(checked, claim),
  };
}

function cellAround(source: Analysis['source'], offset: number): Pick<ShownClaim, 'cell'> {
  const cell = cellOf(source, offset);
  return cell === undefined ? {} : { cell };
}

/** What cannot fit is wrong, and says why and on which side. */
function misfitOf({ misfit, equation: { sides } }: Claim): Pick<ShownClaim, 'misfit'> & Partial<Pick<ShownClaim, 'status' | 'reason'>> {
  if (misfit === null) return {};
  const side = sides.findIndex(({ span }) => contains(span, misfit.span));
  return { status: 'refuted', reason: misfit.message, misfit: Math.max(0, side) };
}

/** `n×1 = n×m m×1` */
function shapesOf({ equation: { sides } }: Claim): Pick<ListedClaim, 'shapes'> {
  const shapes = sides.map(({ shape, factors }) => factors ?? shape);
  return shapes.some((shape) => shape.includes('?')) ? {} : { shapes: shapes.join(' = ') };
}

/** The fixes of what is wrong in the claim; of lesser things, such as an undeclared letter, only where nothing is. */
function fixesOf({ source, checked }: Analysis, { span }: CheckedClaim): readonly Fix[] {
  const own = checked.diagnostics.filter((found) => span.start <= found.span.start && found.span.end <= span.end);
  const edits = ({ edits }: FoundFix) =>
    edits.flatMap(({ span: at, newText }) => {
      const place = locate(source, at);
      return place === null ? [] : [{ range: place.range, newText }];
    });
  const errors = own.filter(({ severity, fixes }) => severity === 'error' && fixes.length > 0);
  return (errors.length > 0 ? errors : own).flatMap(({ fixes }) => fixes.map((fix) => ({ title: fix.title, edits: edits(fix) })));
}
