import { lazily } from '../base/lazily.ts';
import { conventionFor } from '../derivation/bold-convention.ts';
import { transposedSymbols } from '../derivation/customary-shapes.ts';
import { pathBetween, reachOfSides, symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { madeNumber } from '../derivation/open-numbers.ts';
import { isReached } from '../derivation/read-equations.ts';
import { withUpstreamLoss } from '../derivation/upstream.ts';
import type { Verdict } from '../numeric/verdict.ts';
import { type ClaimVerifiers, claimVerifiers, verifyClaim } from '../numeric/verify-claim.ts';
import type { VerifyOptions } from '../numeric/verify-options.ts';
import { type SymbolId, type Term, walk } from '../ops/term.ts';
import { type Dim, isOpen, withAnySizes } from '../shape/dimension.ts';
import { isScalar, isWide, type Shape } from '../shape/shape.ts';
import type { RuleContext } from './words.ts';

/**
 * The verdict on a claim whose letters a text uses without a word about their sizes, `∂(c'w)/∂w = c`: each size that the uses
 * leave open is drawn as one of its own, and what holds then holds for all. Null where the claim does not hold in that generality, which
 * says nothing against it, and in a text with statements, whose author has declarations at hand.
 */
export function verdictInAnySize(
  { built, inferred, annotated, asNumbers }: RuleContext,
  judged: Derivation,
  equation: Equation,
  options: VerifyOptions,
): Verdict | null {
  if (annotated) return null;
  const derivation = isReached(judged, equation) ? judged : (withUpstreamLoss(judged, equation) ?? judged);
  if (!equation.sides.every((side) => derivativesIn(side).every((one) => moves(derivation, one)))) return null;
  const verifiedBy = (shapes: ShapeTable) => {
    const verdict = verifyClaim(derivation, inAnySize(shapes), equation, options);
    return verdict.status === 'verified' ? verdict : null;
  };
  const general = verifiedBy(inferred.shapes);
  if (general !== null) return general;
  const numbers = asNumbers();
  if (numbers === null) return null;
  const isNarrowed = madeNumber(built, inferred.shapes, numbers);
  return [...reachOfSides(judged, equation)].some(isNarrowed) ? null : verifiedBy(numbers);
}

/**
 * The verdict on a claim with a constant whose size nothing decides, `2\mu\, \mathbf 1^\top \mathbf 1`, where all that it speaks of
 * has one size only: the constant then has that one. Null where there are several.
 */
export function verdictInOnlySize(
  { inferred: { shapes } }: RuleContext,
  judged: Derivation,
  equation: Equation,
  options: VerifyOptions,
): Verdict | null {
  const sizes = [...reachOfSides(judged, equation)].flatMap((id) => {
    const shape = shapes.ofSymbol(id);
    return shape.kind === 'matrix' ? [shape.rows, shape.cols].map(shapes.resolved).filter(isWide) : [];
  });
  const [only, ...others] = new Map(sizes.map((dim) => [dim.key, dim])).values();
  if (only === undefined || others.length > 0 || isOpen(only)) return null;
  return verifyClaim(
    judged,
    mappedShapes(shapes, (dim) => (isOpen(dim) ? only : dim)),
    equation,
    options,
  );
}

function derivativesIn(side: Term): readonly (Term & { readonly kind: 'derivative' })[] {
  return [...walk(side)].filter((term) => term.kind === 'derivative');
}

/** Whether what is differentiated depends on each variable: of a letter that nothing defines every derivative is zero, and all claims hold. */
function moves(derivation: Derivation, { of, wrt }: Term & { readonly kind: 'derivative' }): boolean {
  const from = symbolsIn(of);
  return wrt.every(({ term }) =>
    symbolsIn(term).some((to) => from.some((id) => id === to || pathBetween(derivation, id, to, { without: new Set() }) !== null)),
  );
}

/** Under `convention bold` the forms of all letters are known, and each size that is left open is one of its own. */
export function inGeneral(context: RuleContext): readonly [RuleContext, ClaimVerifiers] {
  const shapes = inAnySize(context.inferred.shapes);
  return [{ ...context, inferred: { ...context.inferred, shapes } }, claimVerifiers(shapes)];
}

/**
 * Where `convention bold` says that a letter is a column or a matrix, or a text without statements transposes it, and its uses leave room
 * for a number only: that number is what is left of a mistake.
 */
export function narrowed(context: RuleContext, equation: Equation): string | null {
  const { built, annotated } = context;
  if (!equation.settings.boldConvention && annotated) return null;
  const isNarrow = equation.settings.boldConvention ? isNumberByConvention(context) : isTransposedNumber(context);
  const letter = [...reachOfSides(built.derivation, equation)].find(isNarrow);
  return letter === undefined ? null : `${built.derivation.symbols.get(letter)?.text}${NARROWED}`;
}

/** How the reason ends that a claim is left alone for, where its letters are narrowed. */
export const NARROWED = ' is a number by its uses, and no vector or matrix';

function isNumberByConvention({ built: { derivation }, inferred: { shapes } }: RuleContext): (id: SymbolId) => boolean {
  return (id) => {
    const info = derivation.symbols.get(id);
    const form = info === undefined ? null : conventionFor(derivation, info);
    return form !== null && form !== 'number' && isScalar(shapes.ofSymbol(id));
  };
}

/** Tells the letters that nothing declares, that a text transposes, and that its uses make numbers. */
export function isTransposedNumber({ built, inferred: { shapes } }: RuleContext): (id: SymbolId) => boolean {
  const transposed = lazily(() => transposedSymbols(built.derivation));
  return (id) => built.implicit.has(id) && isScalar(shapes.ofSymbol(id)) && transposed().has(id);
}

/** The shapes with each size that the uses leave open as one of its own. */
export function inAnySize(shapes: ShapeTable): ShapeTable {
  return mappedShapes(shapes, withAnySizes);
}

/** The shapes with every size as the mapping has it. */
function mappedShapes(shapes: ShapeTable, sized: (dim: Dim) => Dim): ShapeTable {
  const mapped = (shape: Shape): Shape =>
    shape.kind === 'matrix'
      ? { ...shape, rows: sized(shape.rows), cols: sized(shape.cols) }
      : { ...shape, axes: shape.axes.map((axis) => axis.map(sized)) as unknown as typeof shape.axes };
  return {
    ...shapes,
    ofTerm: (term) => mapped(shapes.ofTerm(term)),
    ofSymbol: (id) => mapped(shapes.ofSymbol(id)),
    rangeOf: (id) => {
      const range = shapes.rangeOf(id);
      return range === null ? null : { from: sized(range.from), to: sized(range.to) };
    },
    resolved: (dim) => sized(shapes.resolved(dim)),
  };
}
