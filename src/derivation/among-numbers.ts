import { ENTRYWISE_OPS } from '../ops/entrywise.ts';
import { childrenOf, type MatrixTerm, type SymbolId, type Term, walk } from '../ops/term.ts';
import { isOpen, ONE } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import { isBoldLetter } from './bold-convention.ts';
import { symbolsIn } from './dependencies.ts';
import type { Derivation, Equation, SymbolInfo } from './derivation.ts';
import { inferTerm } from './infer-term.ts';
import { type Inference, known, symbolShape } from './inference.ts';

/**
 * Letters that nothing declares and that stand among numbers only: in `k = A \exp(-E / (R T))`, which divides by a letter and asks nothing of any that one
 * does not ask of numbers, or is of the kind of `e^{-\kappa t}`; in the entries of a written matrix beside letters that are numbers; and in what a text takes the gradient of.
 */
export function amongNumbers(inference: Inference): readonly SymbolInfo[] {
  const { derivation } = inference;
  const formulas = formulasIn(derivation).filter((formula) => isOfNumbers(inference, formula));
  const divided = formulas.filter((formula) => walk(formula).some((term) => dividesByLetter(term) || isOfTime(term)));
  const entries = writtenMatrices(derivation).flatMap((matrix) => (hasNumber(inference, matrix) ? matrix.rows.flat() : []));
  const values = [...gradientsOf(derivation)].filter((id) => isPlain(derivation.symbols.get(id)));
  const ids = new Set([...values, ...[...divided, ...entries.filter((entry) => isOfNumbers(inference, entry))].flatMap(symbolsIn)]);
  return plainLetters(derivation, ids);
}

/** The R and the T of `E / (R T)`, where nothing is known of them or asked of them that is not known and asked of numbers. */
export function divisors(inference: Inference): readonly SymbolInfo[] {
  const { derivation } = inference;
  const dividing = formulasIn(derivation)
    .flatMap(walk)
    .flatMap((term) => (term.kind === 'apply' && term.op === 'div' ? term.args.slice(1) : []));
  return plainLetters(derivation, new Set(dividing.filter((divisor) => isOfNumbers(inference, divisor)).flatMap(symbolsIn)));
}

/**
 * The μ of `\|f - y\|^2 + \frac{\mu}{2} f^\top L f`, in a text without statements: what stands before a number, beside another number, weighs it. It
 * is asked of a section before its layout is chosen, which depends on what is a number.
 */
export function weights(inference: Inference, equations: readonly Equation[]): readonly SymbolInfo[] {
  const sides = equations.filter(({ settings }) => settings.broadcast).flatMap((one) => one.sides);
  const sums = sides.flatMap(walk).filter(isSum);
  const products = sums.flatMap((sum) => {
    const terms = childrenOf(sum);
    return terms.some((term) => isNumber(inference, term)) ? terms.flatMap(factorsOf) : [];
  });
  const ids = new Set(products.flatMap((factors) => weightIn(inference, factors)));
  return [...ids].flatMap((id) => inference.derivation.symbols.get(id) ?? []).filter(isPlain);
}

function isSum(term: Term): boolean {
  return term.kind === 'apply' && (term.op === 'add' || term.op === 'sub');
}

function factorsOf(term: Term): readonly (readonly Term[])[] {
  return term.kind === 'apply' && term.op === 'mul' ? [term.args] : [];
}

/** The letter before factors that make a number. */
function weightIn(inference: Inference, [first, ...others]: readonly Term[]): readonly SymbolId[] {
  const letter = first?.kind === 'apply' && first.op === 'div' && first.args[1]?.kind === 'number' ? first.args[0] : first;
  return letter?.kind === 'symbol' && isProductOfOne(inference, others) ? [letter.id] : [];
}

/** Whether factors make a number: `f^\top L f`, `\|x\|^2`. */
function isProductOfOne(inference: Inference, factors: readonly Term[]): boolean {
  const shapes = factors.map((factor) => known(inference, inferTerm(inference, factor)));
  const [first, last] = [shapes[0], shapes.at(-1)];
  return first?.kind === 'matrix' && last?.kind === 'matrix' && first.rows.key === ONE.key && last.cols.key === ONE.key;
}

function isNumber(inference: Inference, term: Term): boolean {
  return isScalar(known(inference, inferTerm(inference, term)));
}

function plainLetters(derivation: Derivation, ids: ReadonlySet<SymbolId>): readonly SymbolInfo[] {
  const others = unlikeNumbers(derivation);
  return [...ids].flatMap((id) => derivation.symbols.get(id) ?? []).filter((info) => isPlain(info) && !others.has(info.id));
}

/** Letters under what one asks of vectors and matrices only, as a transpose or a norm; also those of `(y / p)^\top`, which divides entry by entry. */
function unlikeNumbers(derivation: Derivation): ReadonlySet<SymbolId> {
  const asking = formulasIn(derivation)
    .flatMap(walk)
    .filter((term) => term.kind === 'apply' && !isNumberOp(term.op));
  return new Set(asking.flatMap(symbolsIn));
}

/** Definitions and the sides of equations. */
function formulasIn({ equations, symbols }: Derivation): readonly Term[] {
  return [...[...symbols.values()].flatMap(({ definition }) => definition?.body ?? []), ...equations.flatMap(({ sides }) => sides)];
}

function writtenMatrices(derivation: Derivation): readonly MatrixTerm[] {
  return formulasIn(derivation)
    .flatMap(walk)
    .filter((term): term is MatrixTerm => term.kind === 'matrix');
}

/** The ρ of `∇_θ ρ`, which says itself that it is a number. */
function gradientsOf(derivation: Derivation): ReadonlySet<SymbolId> {
  const gradients = formulasIn(derivation).flatMap(walk);
  return new Set(
    gradients.flatMap((term) => (term.kind === 'derivative' && term.form === 'gradient' && term.of.kind === 'symbol' ? [term.of.id] : [])),
  );
}

function isPlain(info: SymbolInfo | undefined): boolean {
  if (info === undefined || isBoldLetter(info)) return false;
  return info.role === 'variable' && info.declared === null && info.family === null && info.open === null;
}

/** What numbers and matrices have in common; nobody takes the transpose, a norm or an entry of a number. */
const OF_NUMBERS: ReadonlySet<OpName> = new Set(['add', 'sub', 'neg', 'mul', 'div', 'pow', 'times', 'dot']);

/** Whether a formula has nothing in it that cannot be a number, as far as anything is known. */
function isOfNumbers(inference: Inference, term: Term): boolean {
  if (term.kind === 'symbol') return isNumberOrOpen(inference, term.id);
  if (term.kind === 'apply') return isNumberOp(term.op) && term.args.every((arg) => isOfNumbers(inference, arg));
  return term.kind === 'number' || term.kind === 'entry';
}

/** Whether one asks it of numbers, too. */
export function isNumberOp(op: OpName): boolean {
  return OF_NUMBERS.has(op) || op in ENTRYWISE_OPS;
}

function isNumberOrOpen(inference: Inference, id: SymbolId): boolean {
  const shape = known(inference, symbolShape(inference, id));
  return shape.kind === 'matrix' && (isScalar(shape) || (isOpen(shape.rows) && isOpen(shape.cols)));
}

/** `E / (R T)`, but not `x / 2`. */
function dividesByLetter(term: Term): boolean {
  const [, divisor] = term.kind === 'apply' && term.op === 'div' ? term.args : [];
  return divisor !== undefined && symbolsIn(divisor).length > 0;
}

/** `e^{-\kappa t}`, `\sin(\omega t + \varphi)`: functions of a product of letters as those of decays and of waves. */
function isOfTime(term: Term): boolean {
  if (term.kind !== 'apply' || !(term.op === 'exp' || term.op === 'sin' || term.op === 'cos')) return false;
  return term.args.some((arg) => [...walk(arg)].some((part) => part.kind === 'apply' && part.op === 'mul' && symbolsIn(part).length > 1));
}

/** `\cos\varphi`. */
function isOfAngle(term: Term): boolean {
  return term.kind === 'apply' && (term.op === 'sin' || term.op === 'cos') && term.args.every(({ kind }) => kind === 'symbol');
}

/** Whether one of the letters in a written matrix is a number, or it has the sine or cosine of one, and none is more. */
function hasNumber(inference: Inference, matrix: MatrixTerm): boolean {
  const leaves = leavesOf(matrix);
  const isNumber = (term: Term) =>
    term.kind === 'entry' || (term.kind === 'symbol' && isScalar(known(inference, symbolShape(inference, term.id))));
  return (
    (leaves.some(isNumber) || walk(matrix).some(isOfAngle)) &&
    leaves.every((term) => term.kind !== 'symbol' || isNumberOrOpen(inference, term.id))
  );
}

/** The letters and entries of letters that a term is made of. */
function leavesOf(term: Term): readonly Term[] {
  return term.kind === 'symbol' || term.kind === 'entry' ? [term] : childrenOf(term).flatMap(leavesOf);
}
