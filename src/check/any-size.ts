import { dependenciesOf, pathBetween, symbolsIn } from '../derivation/dependencies.ts';
import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import { isReached } from '../derivation/read-equations.ts';
import { withUpstreamLoss } from '../derivation/upstream.ts';
import type { Verdict } from '../numeric/verdict.ts';
import { verifyClaim } from '../numeric/verify-claim.ts';
import type { VerifyOptions } from '../numeric/verify-options.ts';
import { ENTRYWISE_OPS } from '../ops/entrywise.ts';
import { childrenOf, type SymbolId, type Term, walk } from '../ops/term.ts';
import { type Dim, isOpen, isWritten, ONE, substitute, withAnySizes } from '../shape/dimension.ts';
import type { Shape } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import type { RuleContext } from './words.ts';

/**
 * The verdict on a claim whose letters a text uses without a word about their sizes, `∂(c'w)/∂w = c`: each size that the uses
 * leave open is drawn as one of its own, and what holds then holds for all. Null where the claim does not hold in that generality, which
 * says nothing against it, and in a text with statements, whose author has declarations at hand.
 */
export function verdictInAnySize(
  { inferred, annotated }: RuleContext,
  judged: Derivation,
  equation: Equation,
  options: VerifyOptions,
): Verdict | null {
  if (annotated) return null;
  const derivation = isReached(judged, equation) ? judged : (withUpstreamLoss(judged, equation) ?? judged);
  if (!equation.sides.every((side) => derivativesIn(side).every((one) => moves(derivation, one)))) return null;
  const general = verifyClaim(derivation, inAnySize(inferred.shapes, withAnySizes), equation, options);
  if (general.status === 'verified') return general;
  const numbers = openNumbers(derivation, inferred.shapes, equation);
  if (numbers.size === 0) return null;
  const ofNumbers = (dim: Dim) => withAnySizes([...numbers].reduce((one, name) => substitute(one, name, ONE), dim));
  const verdict = verifyClaim(derivation, inAnySize(inferred.shapes, ofNumbers), equation, options);
  return verdict.status === 'verified' ? verdict : null;
}

/** The unknowns in the shapes of small letters that a text uses as numbers only: the `λ` of `λ x`, and those of `x^2 y`. */
function openNumbers(derivation: Derivation, shapes: ShapeTable, { sides }: Equation): ReadonlySet<string> {
  const reached = new Set(sides.flatMap(symbolsIn));
  for (const id of reached) for (const next of dependenciesOf(derivation, id)) reached.add(next);
  const bodies = [...reached].flatMap((id) => derivation.symbols.get(id)?.definition?.body ?? []);
  const others = new Set([...sides, ...bodies].flatMap(notAsNumbers));
  const letters = [...reached].filter((id) => !others.has(id) && isPlainSmall(derivation, id));
  return new Set(letters.flatMap((id) => openSizes(shapes.ofSymbol(id))));
}

/** What numbers and matrices have in common: nobody takes a norm, an inner product, an entry or a gradient by a number. */
const OF_NUMBERS: ReadonlySet<OpName> = new Set(['add', 'sub', 'neg', 'mul', 'div', 'pow', 'times', 'dot']);

/** The letters of which a term asks what one asks of vectors and matrices only. */
function notAsNumbers(root: Term): readonly SymbolId[] {
  return [...walk(root)].flatMap((term) =>
    isOfNumbers(term) ? [] : childrenOf(term).flatMap((child) => (child.kind === 'symbol' ? child.id : [])),
  );
}

function isOfNumbers(term: Term): boolean {
  if (term.kind === 'derivative') return term.form === 'derivative' || term.form === 'direct';
  if (term.kind === 'apply') return OF_NUMBERS.has(term.op) || term.op in ENTRYWISE_OPS;
  return term.kind === 'call' || term.kind === 'binder';
}

function openSizes(shape: Shape): readonly string[] {
  if (shape.kind !== 'matrix' || !isOpen(shape.rows) || !isOpen(shape.cols)) return [];
  return [...shape.rows.names, ...shape.cols.names].filter((name) => !isWritten(name));
}

/** `x`, `\lambda_1`; a bold letter or one with an arrow is no number. */
function isPlainSmall({ symbols }: Derivation, id: SymbolId): boolean {
  const info = symbols.get(id);
  const letter = info?.text.replace(/[\^_].*/su, '') ?? '';
  return info?.definition === null && /^(?:\p{Ll}|\\[a-z]+)$/u.test(letter);
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

function inAnySize(shapes: ShapeTable, size: (dim: Dim) => Dim): ShapeTable {
  const sized = (shape: Shape): Shape =>
    shape.kind === 'matrix'
      ? { ...shape, rows: size(shape.rows), cols: size(shape.cols) }
      : { ...shape, axes: shape.axes.map((axis) => axis.map(size)) };
  return {
    ...shapes,
    ofTerm: (term) => sized(shapes.ofTerm(term)),
    ofSymbol: (id) => sized(shapes.ofSymbol(id)),
    rangeOf: (id) => {
      const range = shapes.rangeOf(id);
      return range === null ? null : { from: size(range.from), to: size(range.to) };
    },
    resolved: (dim) => size(shapes.resolved(dim)),
  };
}
