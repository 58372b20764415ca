import type { Derivation, Equation, ShapeTable } from '../derivation/derivation.ts';
import type { Problem } from '../derivation/problem.ts';
import { type EntryTerm, type SymbolId, type Term, walk } from '../ops/term.ts';
import { constantOf, type Dim, isOpen, minus, showDim } from '../shape/dimension.ts';
import { isWide, type MatrixShape, type Shape, showShape } from '../shape/shape.ts';
import { homeOf } from './home-of.ts';

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
        isCaseInBrackets(reading, equation) ||
        isNumeral(problem) ||
        isTurnedZero(problem) ||
        isListing(reading, problem) ||
        isEvent(reading, problem) ||
        isBound(problem, equation) ||
        isInstance(problem) ||
        isAnotherExample(reading, problem) ||
        isAtOtherArgument(reading, problem) ||
        isSaidAnew(reading, problem, equation)
      );
    case 'sum':
      return isInstance(problem) || isOwnTranspose(problem);
    case 'product':
      return (
        isFactorOfExample(reading, problem) ||
        isInnerProduct(reading, problem) ||
        isSquaredValues(reading, problem) ||
        isExpanded(reading, problem, equation)
      );
    case 'range':
      return (
        isLooselyCounted(reading, problem, equation) ||
        isBeyondList(reading, problem) ||
        isPartialSum(reading, problem) ||
        isCountedFromZero(problem) ||
        isNoSize(reading, problem, equation)
      );
    case 'block':
      return isTuple(reading, problem.term);
    case 'argument':
      return isMemberAsArgument(problem) || isLifted(reading, problem.term) || isNamesake(problem) || isSkewOfSkew(reading, problem);
    case 'annotation':
      return isPrimedName(reading, problem) || isSizedExample(problem) || isOfDots(problem, equation) || isMarkedName(reading, equation);
    case 'layout':
      return isShapedLikeMatrix(reading, problem);
    case 'independent':
      return (
        isDifferentiatedByExample(reading, equation) ||
        equation.sides.slice(1).some((side) => [...walk(side)].some(({ kind }) => kind === 'derivative'))
      );
    default:
      return false;
  }
}

/** `\mathbf 1^\top X = \mathbf 0_p`: a zero that lies where a column of zeros is written. */
function isTurnedZero({ side, shape, firstShape }: SideProblem): boolean {
  if (side.kind !== 'apply' || side.op !== 'zeros' || shape.kind !== 'matrix' || firstShape.kind !== 'matrix') return false;
  return shape.rows.key === firstShape.cols.key && shape.cols.key === firstShape.rows.key;
}

/** `y = [y_1, \dots, y_N]` of a column y tells what its entries are called. */
function isListing({ derivation: { symbols }, text }: Reading, { first, side, shape, firstShape }: SideProblem): boolean {
  if (first.kind !== 'symbol' || shape.kind !== 'matrix' || firstShape.kind !== 'matrix') return false;
  const isTurned = shape.rows.key === firstShape.cols.key && shape.cols.key === firstShape.rows.key;
  const list = /^(?:\\left)?\[([^&]*?)(?:\\right)?\]$/u.exec(text.slice(side.span.start, side.span.end));
  const letter = /(\\[A-Za-z]+|\p{L})\W*$/u.exec(symbols.get(first.id)?.text ?? '')?.[1];
  if (!isTurned || list === null || letter === undefined) return false;
  const items = (list[1] as string).split(',').map((item) => item.trim());
  const isOwn = (item: string) => new RegExp(String.raw`^\{?\W*(?:\\\w+\s*\{?)?${letter.replace('\\', '\\\\')}\}?_`, 'u').test(item);
  return items.length > 1 && items.every((item) => isOwn(item) || /^(?:\\[clx]?dots[a-z]?|\.{2,3}|…)$/u.test(item));
}

/** "Belongs to a cluster `$Z_i = k$`": which one of those that k counts. */
function isEvent({ derivation: { symbols } }: Reading, { first, side }: SideProblem): boolean {
  const [left, right] = [first, side].map((one) => (one.kind === 'symbol' ? symbols.get(one.id) : undefined));
  return left?.declared === null && right !== undefined && (right.role === 'index' || COUNTED.test(right.text)) && right.declared === null;
}

const COUNTED = /^[i-n]$/u;

/** `(u^\times)^\times`: nothing but a column has a cross product matrix, so another mark is meant. */
function isSkewOfSkew({ text }: Reading, { term }: Problem & { kind: 'argument' }): boolean {
  return /\^\{?\\times\}?\s*(?:\\right)?\s*\)\s*\^\{?\\times/u.test(text.slice(term.span.start, term.span.end));
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

/** "(For the other filter, `$H = I_3$`.)": what brackets say of another case. */
function isCaseInBrackets({ text }: Reading, { kind, span }: Equation): boolean {
  const before = text.slice(Math.max(0, span.start - 80), span.start);
  return kind !== 'claim' && /\(\s*(?:for|in|with|if|when)\b[^().\n$]*(?:\$|\\\()$/iu.test(before);
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

/** `J_g(y)` of a `g : \mathbb R^2 \to \mathbb R^2` beside a y of other length: g is told of an argument of its own. */
function isAtOtherArgument({ derivation: { symbols }, shapes }: Reading, { first }: SideProblem): boolean {
  const info = first.kind === 'derivative' && first.of.kind === 'symbol' ? symbols.get(first.of.id) : undefined;
  const params = info?.definition?.params ?? [];
  return (info?.from ?? []).some((domain, at) => {
    const param = params[at];
    return param !== undefined && showShape(domain) !== showShape(shapes.ofSymbol(param));
  });
}

/** `\theta^{ML} = (\Phi^\top\Phi)^{-1}\Phi^\top y`, where another section has said what that is in its model: this one says it of its own. */
function isSaidAnew({ derivation: { symbols, sections } }: Reading, { first }: SideProblem, { kind, section }: Equation): boolean {
  const info = first.kind === 'symbol' ? symbols.get(first.id) : undefined;
  const own = sections[section]?.span;
  if (info === undefined || info.definition === null || own === undefined || kind !== 'equation') return false;
  return section > 0 && info.definition.span.start < own.start;
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

/** `R^0_1 \in SO(2)` beside an R: a letter with marks above and below is a name of its own. */
function isMarkedName({ text }: Reading, { sides }: Equation): boolean {
  const [only, ...more] = sides;
  if (only === undefined || more.length > 0) return false;
  return /^\\?\p{L}+(?:\^\S*?_\S*|_\S*?\^\S*)$/u.test(text.slice(only.span.start, only.span.end));
}

/** `∂J/∂W = \delta^\top x^\top` of a row `\delta = ∂J/∂z` in a text that says that a gradient has the shape of its matrix. */
function isShapedLikeMatrix({ text, shapes }: Reading, { fits, layout, isAsked, equation }: Problem & { kind: 'layout' }): boolean {
  const [first] = equation.sides;
  const by = first?.kind === 'derivative' && first.wrt.length === 1 ? first.wrt[0]?.term : undefined;
  if (isAsked || layout !== 'numerator' || fits !== 'denominator' || first?.kind !== 'derivative' || by === undefined) return false;
  const [of, matrix] = [shapes.ofTerm(first.of), shapes.ofTerm(by)];
  const isByMatrix = isScalar(of) && matrix.kind === 'matrix' && isWide(matrix.rows) && isWide(matrix.cols);
  return isByMatrix && /\b(?:same|identical)\s+(?:shape|size|dimension)s?\s+(?:as|to|of|like)\b/iu.test(text);
}

/** A letter that stands for numbers, as in `o = (2, 3, 4)`, was an example, and means more in what is claimed. */
function isDifferentiatedByExample({ derivation: { symbols } }: Reading, { sides: [first] }: Equation): boolean {
  const by = first?.kind === 'derivative' ? first.wrt[0]?.term : undefined;
  const body = by?.kind === 'symbol' ? symbols.get(by.id)?.definition?.body : undefined;
  return body !== undefined && [...walk(body)].every(({ kind }) => kind !== 'symbol');
}

/** `m(\gamma_i)` where `\gamma` is a declared vector: one of several parts of it. */
function isMemberAsArgument({ arg }: Problem & { kind: 'argument' }): boolean {
  return arg.kind === 'entry' && arg.selectors.length === 1;
}

/** `f'(t)` of a number t beside a declared `f : \mathbb R^n \to \mathbb R`: another function, as nobody primes that one. */
function isNamesake({ term, shape }: Problem & { kind: 'argument' }): boolean {
  return term.kind === 'call' && term.order > 0 && isScalar(shape);
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

/** `\phi(x) = [x^0; …; x^K] \in \mathbb R^{K+1}`: with dots in what defines it, its length is what is said here. */
function isOfDots({ note }: Problem & { kind: 'annotation' }, { sides: [, ...others], defines }: Equation): boolean {
  const isDotted = (term: Term) =>
    [...walk(term)].some((one) => one.kind === 'matrix' && one.rows.flat().some(({ kind }) => kind === 'hole'));
  return note === 'membership' && defines !== null && others.some(isDotted);
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

/** `x^\top [4, 1; 1, 2] x` of an x with n entries: an example in which n is 2. */
function isFactorOfExample(reading: Reading, { left, right, shapes: [before, after] }: Problem & { kind: 'product' }): boolean {
  if (before.kind === 'tensor' || after.kind === 'tensor' || ![...left.slice(-1), right].some((term) => isMadeOfNumbers(reading, term)))
    return false;
  return isWide(before.cols) && isWide(after.rows) && isSameOrNumber(before.cols, after.rows, false);
}

/** `c \cdot x` of two columns, where the length of one is open, or a number that the other's may be in an example. */
function isInnerProduct({ text }: Reading, { left, right, shapes: [before, after] }: Problem & { kind: 'product' }): boolean {
  const isDotted = /^[\s})]*(?:\\cdot|·)[\s({]*$/u.test(text.slice(left.at(-1)?.span.end, right.span.start));
  if (!isDotted || before.kind === 'tensor' || after.kind === 'tensor' || isWide(before.cols) || isWide(after.cols)) return false;
  return isSameOrNumber(before.rows, after.rows, false);
}

/** `V \Sigma^2 V^\top` of an oblong diagonal Σ: the matrix of squared singular values, as large as it has to be. */
function isSquaredValues({ derivation: { symbols } }: Reading, { left, right }: Problem & { kind: 'product' }): boolean {
  const isOblong = (term: Term | undefined) => term?.kind === 'symbol' && symbols.get(term.id)?.properties.includes('diagonal') === true;
  return [...left, right].some((term) => term.kind === 'apply' && term.op === 'pow' && isOblong(term.args[0]));
}

/** `r(\theta + \Delta) \approx r + J \Delta` of a vector r: what it depends on stands in the brackets. */
function isExpanded({ text }: Reading, { left, right, term }: Problem & { kind: 'product' }, { sides, relations }: Equation): boolean {
  const [value, ...others] = left;
  const isWhole = relations[0] === '≈' && sides[0] === term && others.length === 0;
  return isWhole && value?.kind === 'symbol' && /^\s*(?:\\left|\\[Bb]igl?)?\s*\($/u.test(text.slice(value.span.end, right.span.start + 1));
}

/** A matrix of numbers, the letter of one, and what is made of these by itself. */
function isMadeOfNumbers(reading: Reading, term: Term): boolean {
  if (term.kind === 'symbol') {
    const definition = reading.derivation.symbols.get(term.id)?.definition;
    return definition != null && isOfNumbers(definition.body);
  }
  if (term.kind === 'apply' && term.op === 'transpose') return isMadeOfNumbers(reading, term.args[0] as Term);
  return isOfNumbers(term) || (term.kind === 'matrix' && term.rows.flat().some((block) => isMadeOfNumbers(reading, block)));
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

type RangeProblem = Problem & { readonly kind: 'range' };

/** An index that a sum gives no bounds has those of some other place, where it may have counted something else, unless that is what the claim is by. */
function isLooselyCounted({ derivation: { symbols } }: Reading, problem: RangeProblem, equation: Equation): boolean {
  const counting = indicesOf(problem).filter((id) => symbols.get(id)?.text === problem.index);
  if (counting.length === 0 || countedFirst(problem, equation).length > 0) return false;
  return !equation.sides.some((side) =>
    [...walk(side)].some((one) => one.kind === 'binder' && one.to !== null && one.indices.some((id) => counting.includes(id))),
  );
}

/** The `W_{ij}` of a claim about `∂L/∂W_{ij}`: what says how far the index of a later side runs. */
export function countedFirst(problem: RangeProblem, { kind, sides: [first] }: Equation): readonly EntryTerm[] {
  const counting = indicesOf(problem);
  if (kind !== 'claim' || first?.kind !== 'derivative') return [];
  return [...walk(first)].filter(
    (one): one is EntryTerm => one.kind === 'entry' && one !== problem.of && indicesIn(one).some((id) => counting.includes(id)),
  );
}

function indicesOf({ of, index }: RangeProblem): readonly SymbolId[] {
  return of.kind === 'entry' && index !== null ? indicesIn(of) : [];
}

function indicesIn({ selectors }: EntryTerm): readonly SymbolId[] {
  return selectors.flatMap((one) => (one.kind === 'at' && one.index.kind === 'symbol' ? [one.index.id] : []));
}

/** `\beta_3` after `\beta = [\beta_1; \beta_2]`: what is called so by itself, where only a list of its parts says how long the letter is. */
function isBeyondList({ text, derivation: { symbols } }: Reading, { of, index }: RangeProblem): boolean {
  if (index !== null || of.kind !== 'entry' || of.base.kind !== 'symbol') return false;
  const info = symbols.get(of.base.id);
  if (info === undefined) return false;
  return info.definition === null
    ? /^[^=$]{1,30}=/.test(text.slice(info.span.start, info.span.end))
    : info.definition.body.kind === 'matrix';
}

/** `t + t' + t''` of a column t: three letters, and no transposes. */
function isOwnTranspose({ left, right }: SumProblem): boolean {
  const turned = right.kind === 'apply' && right.op === 'transpose' ? right.args[0] : undefined;
  return left.kind === 'symbol' && turned?.kind === 'symbol' && turned.id === left.id;
}

/** `\beta_0 + \beta_1 x_1 + … + \beta_p x_p` of a β with p + 1 entries, `z_0, …, z_{F-1}` of F. */
function isCountedFromZero({ index, within, size }: RangeProblem): boolean {
  return index !== null && Math.abs(constantOf(minus(size, within.to)) ?? 0) === 1;
}

/** `\sum_{k=1}^K \theta_k \phi_k(x)` of a θ with D entries, where nothing has K and θ is of another section: a sum over others of the same name. */
function isNoSize({ shapes, derivation }: Reading, { of, within: { to } }: RangeProblem, { section }: Equation): boolean {
  const { symbols } = derivation;
  const letter = of.kind === 'entry' && of.base.kind === 'symbol' && isScalar(shapes.ofTerm(of)) ? symbols.get(of.base.id) : undefined;
  if (to.names.length === 0 || letter === undefined || homeOf(derivation, letter) === section) return false;
  return ![...symbols.values()].some(({ id, declared, role }) => {
    const shape = role === 'variable' && declared !== null ? shapes.ofSymbol(id) : null;
    return shape?.kind === 'matrix' && [shape.rows, shape.cols].some(({ key }) => key === to.key);
  });
}

/** `\sum_{j=1}^k \sigma_j u_j v_j^\top` over the first k of n vectors; k is the size of nothing else in sight of them. */
function isPartialSum({ shapes }: Reading, { of, range }: RangeProblem): boolean {
  const member = shapes.ofTerm(of);
  if (of.kind !== 'entry' || member.kind !== 'matrix' || isScalar(member)) return false;
  const base = shapes.ofTerm(of.base);
  const sizes = [member, base].flatMap((shape) => (shape.kind === 'matrix' ? [showDim(shape.rows), showDim(shape.cols)] : []));
  return !sizes.includes(range);
}

function isScalar(shape: Shape): boolean {
  return shape.kind === 'matrix' && !isWide(shape.rows) && !isWide(shape.cols);
}
