import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import type { Problem } from '../derivation/problem.ts';
import { type Term, walk } from '../ops/term.ts';
import { type Dim, isOpen, showDim } from '../shape/dimension.ts';
import { isWide, type MatrixShape, type Shape } from '../shape/shape.ts';

/** A text as it was read. */
export interface Reading {
  readonly derivation: Derivation;
  readonly shapes: ShapeTable;
  readonly text: string;
}

type SideProblem = Problem & { readonly kind: 'side' };
type SumProblem = Problem & { readonly kind: 'sum' };

/** What looks like a contradiction, and is a customary way to say something else. */
export function isSaidOtherwise(reading: Reading, problem: Problem, equation: Equation): boolean {
  switch (problem.kind) {
    case 'side':
      if (isLifted(reading, problem.first) || isLifted(reading, problem.side)) return true;
      return (
        isMapping(equation) ||
        isIdentity(problem) ||
        isNumeral(problem) ||
        isBound(problem, equation) ||
        isInstance(problem) ||
        isAnotherExample(reading, problem)
      );
    case 'sum':
      return isInstance(problem) || isOwnTranspose(problem);
    case 'range':
      return isLooselyCounted(problem, equation) || isBeyondList(reading, problem) || isPartialSum(reading, problem);
    case 'block':
      return isTuple(reading, problem.term);
    case 'argument':
      return isMemberAsArgument(problem) || isLifted(reading, problem.term);
    case 'annotation':
      return isPrimedName(reading, problem) || isSizedExample(problem);
    case 'independent':
      return equation.sides.slice(1).some((side) => [...walk(side)].some(({ kind }) => kind === 'derivative'));
    default:
      return false;
  }
}

/** `p = 1`, or a case distinction between numbers, is said of each entry of a vector. */
function isNumeral({ side, first, shape }: SideProblem): boolean {
  return side.kind === 'number' || first.kind === 'number' || (side.kind === 'apply' && side.op === 'cases' && isScalar(shape));
}

/** `-\infty < \lambda_k < u`, `l \le x` with a number l: a bound on every entry. */
function isBound({ shape, firstShape }: SideProblem, { relations }: Equation): boolean {
  return relations.every((relation) => BOUNDING.has(relation)) && (isScalar(shape) || isScalar(firstShape));
}

const BOUNDING: ReadonlySet<string> = new Set(['<', '≤', '>', '≥']);

/** `R = I` of a declared n×r: the case in which r is n. */
function isIdentity({ first, side, firstShape }: SideProblem): boolean {
  const isOfLetters = firstShape.kind === 'matrix' && firstShape.rows.names.length > 0 && firstShape.cols.names.length > 0;
  return (
    first.kind === 'symbol' &&
    side.kind === 'apply' &&
    side.op === 'identity' &&
    isOfLetters &&
    isWide(firstShape.rows) &&
    isWide(firstShape.cols)
  );
}

/** `f = x \mapsto A x`: what stands behind the arrow is what f does, and not what it is. */
function isMapping({ relations }: Equation): boolean {
  return relations.includes('→') && relations.includes('=');
}

/** A symbol for which a text writes out one matrix of numbers, and another one elsewhere, or of which an equation elsewhere is true. */
function isAnotherExample({ derivation: { symbols } }: Reading, { first, side }: SideProblem): boolean {
  const info = first.kind === 'symbol' ? symbols.get(first.id) : undefined;
  const body = info?.definition?.body;
  return isOfNumbers(side) && (body === side ? info?.declared === null : isOfNumbers(body));
}

function isOfNumbers(term: Term | undefined): boolean {
  if (term?.kind !== 'matrix') return false;
  const isNumber = (entry: Term) =>
    entry.kind === 'number' || (entry.kind === 'apply' && entry.op === 'neg' && entry.args[0]?.kind === 'number');
  return term.rows.flat().every(isNumber);
}

/** `[x, \lambda, \mu]`, `w = (x, u)`: things that are told one after the other need not be blocks of a matrix. */
function isTuple({ text }: Reading, term: Term): boolean {
  return term.kind === 'matrix' && term.rows.length === 1 && !/\\begin|&/.test(text.slice(term.span.start, term.span.end));
}

/** `m(\gamma_i)` where `\gamma` is a declared vector: one of several parts of it. */
function isMemberAsArgument({ arg }: Problem & { kind: 'argument' }): boolean {
  return arg.kind === 'entry' && arg.selectors.length === 1;
}

/** `\bm m(\gamma)` beside a declared `m : \mathbb R^s \to \mathbb R` is what does the same to every part. */
function isLifted({ text, derivation: { symbols } }: Reading, term: Term): boolean {
  if (term.kind !== 'call' || term.callee.kind !== 'symbol') return false;
  const declared = symbols.get(term.callee.id)?.span.start;
  return declared !== undefined && isStyled(text, term.span.start) && !isStyled(text, declared);
}

function isStyled(text: string, at: number): boolean {
  return /^\{?\\(?:bm|mathbf|boldsymbol|bf|pmb|vec|mathcal)\b/.test(text.slice(at, at + 14));
}

/** `\omega = \frac12 \in \mathbb R^1` of an \omega of length n: an example in which n is 1. */
function isSizedExample({ note, noted, term, shape }: Problem & { kind: 'annotation' }): boolean {
  if (note !== 'membership' || term?.kind !== 'symbol' || shape?.kind !== 'matrix') return false;
  const [rows, cols] = noted.split('×');
  const isNumber = (size: string | undefined) => size !== undefined && /^\d+$/.test(size);
  return isNumber(rows) && shape.rows.names.length > 0 && (showDim(shape.cols) === cols || (isNumber(cols) && shape.cols.names.length > 0));
}

/** `X' = [x_i'] \in \mathbb R^{n \times p}`: what has its own shape behind a prime is another symbol rather than a transpose. */
function isPrimedName({ text }: Reading, { note, term }: Problem & { kind: 'annotation' }): boolean {
  return note === 'membership' && term !== null && /^[^\s'=]+'$/.test(text.slice(term.span.start, term.span.end));
}

/** Two numbers below one another where there should be n are an example: n is 2 in it, and may be 1 where all entries are written out. */
function isInstance(problem: SideProblem | SumProblem): boolean {
  const written = problem.kind === 'side' && problem.side.kind === 'matrix';
  const [a, b] = problem.kind === 'side' ? [problem.firstShape, problem.shape] : problem.shapes;
  if (a.kind === 'tensor' || b.kind === 'tensor' || isSquareAsOblong(a, b) || isSquareAsOblong(b, a)) return false;
  return isSameOrNumber(a.rows, b.rows, written) && isSameOrNumber(a.cols, b.cols, written);
}

/** p×p is no 2×3. */
function isSquareAsOblong(a: MatrixShape, b: MatrixShape): boolean {
  return a.rows.key === a.cols.key && !isOpen(b.rows) && !isOpen(b.cols) && b.rows.key !== b.cols.key;
}

function isSameOrNumber(one: Dim, other: Dim, written: boolean): boolean {
  if (isOpen(one) || isOpen(other)) return true;
  const isNumber = (dim: Dim) => dim.names.length === 0;
  return one.key === other.key || ((written || (isWide(one) && isWide(other))) && isNumber(one) !== isNumber(other));
}

/** An index that a sum gives no bounds has those of some other place, where it may have counted something else. */
function isLooselyCounted(problem: Problem & { kind: 'range' }, { sides }: Equation): boolean {
  if (problem.of.kind !== 'entry' || problem.index === null) return false;
  const counting = problem.of.selectors.flatMap((one) => (one.kind === 'at' && one.index.kind === 'symbol' ? [one.index.id] : []));
  return !sides.some((side) =>
    [...walk(side)].some((one) => one.kind === 'binder' && one.to !== null && one.indices.some((id) => counting.includes(id))),
  );
}

/** `\beta_3` after `\beta = [\beta_1; \beta_2]`: what is called so by itself, where only a list of its parts says how long the letter is. */
function isBeyondList({ text, derivation: { symbols } }: Reading, { of, index }: Problem & { kind: 'range' }): boolean {
  if (index !== null || of.kind !== 'entry' || of.base.kind !== 'symbol') return false;
  const info = symbols.get(of.base.id);
  return info !== undefined && info.definition === null && /^[^=$]{1,30}=/.test(text.slice(info.span.start, info.span.end));
}

/** `t + t' + t''` of a column t: three letters, and no transposes. */
function isOwnTranspose({ left, right }: SumProblem): boolean {
  const turned = right.kind === 'apply' && right.op === 'transpose' ? right.args[0] : undefined;
  return left.kind === 'symbol' && turned?.kind === 'symbol' && turned.id === left.id;
}

/** `\sum_{j=1}^k \sigma_j u_j v_j^\top` over the first k of n vectors; k is the size of nothing else in sight of them. */
function isPartialSum({ shapes }: Reading, { of, range }: Problem & { kind: 'range' }): boolean {
  const member = shapes.ofTerm(of);
  if (of.kind !== 'entry' || member.kind !== 'matrix' || isScalar(member)) return false;
  const base = shapes.ofTerm(of.base);
  const sizes = [member, base].flatMap((shape) => (shape.kind === 'matrix' ? [showDim(shape.rows), showDim(shape.cols)] : []));
  return !sizes.includes(range);
}

function isScalar(shape: Shape): boolean {
  return shape.kind === 'matrix' && !isWide(shape.rows) && !isWide(shape.cols);
}
