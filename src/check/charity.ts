import { groupedBy } from '../base/lists-by-key.ts';
import { contains } from '../base/span.ts';
import { reachOf } from '../derivation/dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from '../derivation/derivation.ts';
import { isEntrywise } from '../derivation/infer-term.ts';
import type { Problem } from '../derivation/problem.ts';
import { letterUnder } from '../derivation/undeclared.ts';
import { childrenOf, type SymbolId, type Term, walk } from '../ops/term.ts';
import { isScalar, isWide, type MatrixShape, showShape } from '../shape/shape.ts';
import { homeOf } from './home-of.ts';
import { listItemAt } from './list-items.ts';
import { countedFirst, isSaidOtherwise, type Reading } from './said-otherwise.ts';
import type { RuleContext } from './words.ts';

/** Letters that the text gives two shapes, by symbol; made once for a document. */
type Contested = ReadonlySet<SymbolId>;

/** Where an equation stands in what text. */
interface Place extends Reading {
  readonly contested: Contested;
  /** `z = W x \in \mathbb R^h`: what has its shape stated where it is defined. */
  readonly stated: ReadonlySet<SymbolId>;
  readonly equation: Equation;
  /** Whether shapes do not fit; that nothing leads to a variable is said of letters in sight alone. */
  readonly ofShapes: boolean;
}

/** The u of `n(u) = …`, which decides what `n` may be applied to where no domain is declared. */
function placesOf({ derivation: { symbols } }: Reading, problem: Problem): readonly SymbolId[] {
  if (problem.kind !== 'argument' || problem.term.kind !== 'call' || problem.term.callee.kind !== 'symbol') return [];
  const info = symbols.get(problem.term.callee.id);
  return info === undefined || info.from !== null ? [] : (info.definition?.params ?? []);
}

/** What is no matter of shapes in a product, a sum or an equation. */
const NOT_OF_SHAPES: ReadonlySet<Problem['kind']> = new Set(['range', 'independent', 'missingPath']);

/** Whether a problem is a contradiction between shapes that the text itself declares, however it is customarily read. */
export function contradictions(
  { built, inferred, text }: RuleContext,
  equationOf: ReadonlyMap<Problem, Equation | null>,
): (problem: Problem) => boolean {
  const reading: Reading = { derivation: built.derivation, shapes: inferred.shapes, text };
  const contested = new Set([...contestedSymbols(built.derivation), ...[...equationOf.keys()].flatMap(givenAnew)]);
  const stated = new Set([...built.memberships.keys()].flatMap(({ defines }) => defines ?? []));
  return (problem) => {
    if (ALWAYS_ALLOWED.has(problem.kind) || isOfMembers(problem) || isOwnEntry(problem)) return false;
    const equation = equationOf.get(problem) ?? null;
    const involved = termsOf(problem, equation);
    if (involved === null || equation === null) return true;
    if (isMention(problem, equation) || isSaidOtherwise(reading, problem, equation)) return false;
    const isOfSection = (id: SymbolId) => isOfOwnSection({ ...reading, equation }, id);
    const others = problem.kind === 'range' ? new Set([...contested].filter((id) => !isOfSection(id))) : contested;
    const firm = firmness({ ...reading, contested: others, stated, equation, ofShapes: !NOT_OF_SHAPES.has(problem.kind) });
    return (
      involved.every((term) => isReadOneWay(reading, term) && shapedBy(reading, term).every(firm)) && placesOf(reading, problem).every(firm)
    );
  };
}

/** What speaks against itself; null where a problem is not about shapes. */
function termsOf(problem: Problem, equation: Equation | null): readonly Term[] | null {
  switch (problem.kind) {
    case 'product':
      return [...problem.left, problem.right];
    case 'sum':
      return [problem.left, problem.right];
    case 'side':
      return [problem.first, problem.side];
    case 'argument':
      return problem.term.kind === 'call' ? [problem.term, problem.arg] : [problem.arg];
    case 'block':
      return [problem.arg, problem.neighbour];
    case 'annotation':
      if (equation !== null && isOfDefinition(problem, equation)) return equation.sides.slice(1);
      return problem.term === null ? [] : [problem.term];
    case 'range':
      return [problem.of, ...(equation === null ? [] : countedFirst(problem, equation))];
    case 'layout':
      return problem.equation.sides;
    case 'independent':
    case 'missingPath':
      return problem.equation.sides.slice(0, 1);
    default:
      return null;
  }
}

/** What texts do that never heard of Chainrule: bind an index again, leave one to the reader, and take sizes for one another. */
const ALWAYS_ALLOWED: ReadonlySet<Problem['kind']> = new Set(['rebound', 'freeIndex', 'dimensions']);

/** Texts count the members `s_i` of a number, and to letters that are something else too. */
function isOfMembers(problem: Problem): boolean {
  return problem.kind === 'argument' && (problem.term.kind === 'entry' || problem.term.kind === 'binder');
}

/** `S = S_{11}`: no matrix is one of its entries, so that the numbers tell a block, or are another notation. */
function isOwnEntry(problem: Problem): boolean {
  if (problem.kind !== 'side') return false;
  const sides = [problem.first, problem.side];
  const whole = sides.find((side) => side.kind === 'symbol');
  return whole !== undefined && sides.some((side) => side.kind === 'entry' && side.base.kind === 'symbol' && side.base.id === whole.id);
}

/** A formula that states nothing, as in "the inverse is written `A^{-1}`", is not about the `A` of the text. */
function isMention({ kind }: Problem, { sides }: Equation): boolean {
  return sides.length === 1 && kind !== 'annotation';
}

// ---- symbols

/** Texts use letters again: what is given one shape here and another there may have either where nothing near says which. */
function contestedSymbols({ symbols }: Derivation): Contested {
  const declared = [...symbols.values()].filter((info) => info.declared !== null);
  const byLetter = groupedBy(declared, ({ id }) => id.slice(0, id.lastIndexOf('@')));
  const differing = [...byLetter.values()].filter(([first, ...others]) =>
    others.some(({ declared }) => showShape(declared as MatrixShape) !== showShape(first?.declared as MatrixShape)),
  );
  return new Set(differing.flat().map(({ id }) => id));
}

/** `f(x) \in \mathbb R^m` of a function that had another shape so far. */
function givenAnew(problem: Problem): readonly SymbolId[] {
  if (problem.kind !== 'annotation' || problem.note !== 'membership') return [];
  const { term } = problem;
  if (term?.kind === 'symbol') return [term.id];
  return term?.kind === 'call' && term.callee.kind === 'symbol' ? [term.callee.id] : [];
}

/** `z = W x \in \mathbb R^d`, where z is defined, is said of `W x`. */
function isOfDefinition({ note, term }: Problem & { kind: 'annotation' }, { defines }: Equation): boolean {
  return note === 'membership' && term?.kind === 'symbol' && term.id === defines;
}

/**
 * Whether a symbol has its shape from a declaration in sight, itself or through what defines it. One that only its uses
 * give a shape is another letter as easily as a mistake, and `x_B` may be a part of x.
 */
function firmness(place: Place): (id: SymbolId) => boolean {
  const firm = new Map<SymbolId, boolean>();
  const isFirm = (id: SymbolId): boolean => {
    const known = firm.get(id);
    if (known !== undefined) return known;
    firm.set(id, true);
    const found = isFirmSymbol(place, id, isFirm);
    firm.set(id, found);
    return found;
  };
  return isFirm;
}

function isFirmSymbol(place: Place, id: SymbolId, isFirm: (id: SymbolId) => boolean): boolean {
  const { derivation, contested, stated } = place;
  const info = derivation.symbols.get(id);
  if (info === undefined || info.role === 'index' || info.role === 'dimension') return true;
  if (contested.has(id)) return false;
  const isNear =
    (!info.namedAfter || isMember(place, id)) &&
    (isInSight(place, info) || (place.ofShapes && isSpokenOf(place, info))) &&
    !isOfAnotherItem(place, info);
  if (info.declared !== null) return isNear;
  if (info.definition !== null && !isNear && isWrittenOut(place, info.definition.body)) return false;
  if (info.definition === null || (id === place.equation.defines && isParameter(derivation, id))) return false;
  if (stated.has(id) && isNear) return true;
  const { body, params } = info.definition;
  return isReadOneWay(place, body) && shapedBy(place, body).every((one) => params.includes(one) || isFirm(one));
}

/** `T = [[1, 1, 0], [0, 1, 0], [0, 0, 1]]`: what has its shape from no symbol is a letter of the example that it stands in. */
function isWrittenOut(reading: Reading, body: Term): boolean {
  return shapedBy(reading, body).every((id) => isScalar(reading.shapes.ofSymbol(id)));
}

/** The `x_i` in a claim of a text that says what each `x_i` is; in other equations it may be any letter with an index. */
function isMember({ derivation: { symbols }, equation: { kind } }: Place, id: SymbolId): boolean {
  const isClaim = kind === 'claim' || kind === 'condition';
  return isClaim && [...symbols.values()].some((info) => info.family !== null && letterUnder(info.id) === letterUnder(id));
}

/** The z of `h(z) = 1/(1 + e^{-z})`: the function's own, whatever else the letter stands for. */
function isParameter({ symbols }: Derivation, id: SymbolId): boolean {
  return [...symbols.values()].some(({ definition }) => definition?.params.includes(id) === true);
}

/** The symbols that a term has its shape from: `f(x)` and `Df(x)` have theirs from a declaration `f : \mathbb R^n \to \mathbb R^m`, where x has its own from there. */
function shapedBy(reading: Reading, term: Term): readonly SymbolId[] {
  if (term.kind === 'symbol') return [term.id];
  const called = term.kind === 'call' && term.callee.kind === 'symbol' ? [term.callee.id] : [];
  const shaping = childrenOf(term).filter((child) => !hasDeclaredPlace(reading, term, child));
  return [...called, ...shaping.flatMap((child) => shapedBy(reading, child))];
}

/** Whether a term stands where a function takes an argument, or is the argument of one that is differentiated. */
function hasDeclaredPlace({ derivation: { symbols }, shapes }: Reading, whole: Term, part: Term): boolean {
  if (whole.kind === 'call') return whole.callee.kind === 'symbol' && domainOf(symbols.get(whole.callee.id)) !== null;
  if (whole.kind !== 'derivative' || whole.of.kind !== 'symbol' || part.kind !== 'symbol') return false;
  const info = symbols.get(whole.of.id);
  const declared = domainOf(info)?.[info?.definition?.params.indexOf(part.id) ?? -1];
  return declared !== undefined && showShape(declared) === showShape(shapes.ofSymbol(part.id));
}

/** A function that works entry by entry leaves the shape to its argument. */
function domainOf(info: SymbolInfo | undefined): readonly MatrixShape[] | null {
  return info === undefined || info.from === null || isEntrywise(info.from, info.declared) ? null : info.from;
}

/** Declared in this section or in one around it. */
export function isInSight({ derivation, equation }: Pick<Place, 'derivation' | 'equation'>, info: SymbolInfo): boolean {
  const home = homeOf(derivation, info);
  for (let at: number | null = equation.section; at !== null; at = derivation.sections[at]?.parent ?? null) if (at === home) return true;
  return false;
}

/** Declared where the function is defined that a claim differentiates, or part of what that is made of: the claim speaks of it, wherever it stands. */
function isSpokenOf(place: Place, info: SymbolInfo): boolean {
  const { derivation } = place;
  return claimedFunctions(place).some(
    (one) => homeOf(derivation, one) === homeOf(derivation, info) || reachOf(derivation, [one.id]).has(info.id),
  );
}

/** The u of a claim about `∂u/∂ρ` that the text defines. */
function claimedFunctions({
  derivation: { symbols },
  equation: { kind, sides },
}: Pick<Place, 'derivation' | 'equation'>): readonly SymbolInfo[] {
  const [first] = sides;
  if ((kind !== 'claim' && kind !== 'condition') || first?.kind !== 'derivative' || first.of.kind !== 'symbol') return [];
  const info = symbols.get(first.of.id);
  return info === undefined || info.definition === null ? [] : [info];
}

/** Declared in the innermost section, before the equation: there an index that runs over one of its axes runs over no other's. */
function isOfOwnSection({ derivation, equation }: Pick<Place, 'derivation' | 'equation'>, id: SymbolId): boolean {
  const info = derivation.symbols.get(id) as SymbolInfo;
  return equation.section > 0 && homeOf(derivation, info) === equation.section && info.span.end <= equation.span.start;
}

/** What one exercise of a list declares for its own formulas is not said of the others. */
function isOfAnotherItem({ derivation: { equations }, text, equation }: Place, { span }: SymbolInfo): boolean {
  const item = listItemAt(text, span.start);
  if (item === null || contains(item, equation.span)) return false;
  return equations.some((one) => one.sides.length > 1 && contains(item, one.span));
}

// ---- forms

/** Whether nothing in the term is customarily read in another way, too. */
function isReadOneWay(reading: Reading, term: Term): boolean {
  const { text } = reading;
  const terms = [...walk(term)];
  const laid = new Set(terms.filter((one) => one.kind === 'apply' && one.op === 'transpose').flatMap(childrenOf));
  return terms.every(
    (one) =>
      !isOneLine(reading, one) &&
      !isArgument(text, one) &&
      !(isList(reading, one) && !laid.has(one)) &&
      !isPadded(reading, one) &&
      !isRuled(text, one) &&
      !isZeroth(one) &&
      !isDiagonal(reading, one) &&
      !isPrimed(reading, one) &&
      !isBetweenBars(reading, one),
  );
}

/** `y = (2, 3)`, `s = [s_1, s_2]`: numbers in a row that many a text means for a column, unless it transposes it. */
function isList({ shapes, text }: Reading, term: Term): boolean {
  if (term.kind !== 'matrix' || term.rows.length !== 1) return false;
  const isOfNumbers = () => term.rows.flat().every((entry) => entry.kind === 'hole' || isScalar(shapes.ofTerm(entry)));
  return term.isList === true || (text[term.span.start] === '[' && isOfNumbers());
}

/** `(0 \mid c)` of a column c: a row that is filled up with zeros to some, a column to others. */
function isPadded({ shapes }: Reading, term: Term): boolean {
  if (term.kind !== 'matrix' || term.isList !== true) return false;
  const [entries = []] = term.rows;
  return entries.some(({ kind }) => kind === 'number') && entries.some((entry) => !isScalar(shapes.ofTerm(entry)));
}

/** A matrix with rules between, above or beside its columns, `| & | \\\\ x_1 & x_2 \\\\ | & |`: a picture of what stands in it. */
function isRuled(text: string, { span }: Term): boolean {
  return text.startsWith('\\begin', span.start) && RULE.test(text.slice(span.start, span.end));
}

const RULE = /(?:&|\\\\|\})\s*(?:\||\\[vV]ert|\\mid|\\(?:horz|vert)bar|\\rule\b[^&]*|-{2,}|—)\s*(?:&|\\\\|\\end)/u;

/** `p_0` of a vector p is its first entry to some, and another vector, such as the one to start from, to others. */
function isZeroth(term: Term): boolean {
  return term.kind === 'entry' && term.selectors.some((one) => one.kind === 'at' && one.index.kind === 'number' && one.index.value === 0);
}

/** `\phi'(z)` of a function that an equation defines, at a vector: its slope at each entry to some, its Jacobian to others. */
function isPrimed({ shapes, derivation: { symbols } }: Reading, term: Term): boolean {
  if (term.kind !== 'call' || term.order === 0 || term.callee.kind !== 'symbol') return false;
  return symbols.get(term.callee.id)?.definition != null && term.args.some((arg) => !isScalar(shapes.ofTerm(arg)));
}

/** `|A|` of a square matrix: its determinant to some, the magnitude of each entry to others. */
function isBetweenBars({ shapes }: Reading, term: Term): boolean {
  return term.kind === 'apply' && term.op === 'bars' && term.args.some((arg) => !isScalar(shapes.ofTerm(arg)));
}

/** `D = \operatorname{diag}(A)`: the column of what stands on the diagonal to some, the matrix of nothing else to others. */
function isDiagonal({ shapes }: Reading, term: Term): boolean {
  if (term.kind !== 'apply' || term.op !== 'diag') return false;
  const [of] = term.args as readonly [Term];
  const shape = shapes.ofTerm(of);
  return shape.kind === 'matrix' && isWide(shape.rows) && isWide(shape.cols) && !isUneven(shapes, of);
}

/** Whether an operator in a term goes entry by entry over operands of unlike shapes: what is wrong there is not how diag is read. */
function isUneven(shapes: Reading['shapes'], term: Term): boolean {
  return [...walk(term)].some((one) => {
    const wide = one.kind === 'apply' && one.op === 'hadamard' ? one.args.map((arg) => shapes.ofTerm(arg)) : [];
    return new Set(wide.map(showShape)).size > 1;
  });
}

/** `x_i` of a matrix: some mean its row, some its column, lying or standing. */
function isOneLine({ derivation: { symbols }, shapes }: Reading, term: Term): boolean {
  if (term.kind !== 'entry' || term.selectors.length !== 1 || term.base.kind !== 'symbol') return false;
  const shape = shapes.ofSymbol(term.base.id);
  return symbols.get(term.base.id)?.family === null && shape.kind === 'matrix' && isWide(shape.rows) && isWide(shape.cols);
}

/** `W(\mu)`: brackets around a lone symbol, right behind a letter, hold an argument rather than a factor. */
function isArgument(text: string, { kind, span }: Term): boolean {
  return (kind === 'symbol' || kind === 'entry') && text[span.start] === '(' && /[\p{L}\p{N}})\]]/u.test(text[span.start - 1] ?? '');
}
