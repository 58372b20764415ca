import { type Dim, equal, ONE } from '../shape/dimension.ts';
import { isScalar, matrix, SCALAR } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import { apply } from './algebra/apply.ts';
import { hadamard } from './algebra/hadamard.ts';
import { binder, dimension, entry, identity, number, ones, symbol, zeros } from './algebra/leaves.ts';
import { inner, inverse, inverseOfFactors, kronecker, matrixPower, skew } from './algebra/matrix-functions.ts';
import { product } from './algebra/product.ts';
import { difference, negative, sum } from './algebra/sum.ts';
import { transpose } from './algebra/transpose.ts';
import { contains, isApply, isColumn, isConstant, isNumber, isRow, isZero, type Value, type ValueSelector } from './algebra/value.ts';
import type { Pulled } from './differential.ts';
import { frechet } from './frechet.ts';

/** −Y' G Y'. */
export function pullInverse(g: Value, _x: Value, y: Value): Value {
  return negative(product(transpose(y), g, transpose(y)));
}

export function pullDeterminant(g: Value, x: Value, det: Value): Value {
  return product(g, det, transpose(inverseOfFactors(x)));
}

export function pullLogDeterminant(g: Value, x: Value): Value {
  return product(g, transpose(inverseOfFactors(x)));
}

/** Golub and Pereyra (1973), for a rank that does not change. */
export function pullPseudoInverse(g: Value, x: Value, y: Value): Value {
  const left = difference(identity(x.shape.rows), product(x, y));
  const right = difference(identity(x.shape.cols), product(y, x));
  return sum(
    negative(product(transpose(y), g, transpose(y))),
    product(left, transpose(g), y, transpose(y)),
    product(transpose(y), y, transpose(g), right),
  );
}

/** dλ = v' dA v of a simple eigenvalue of a symmetric matrix (Petersen and Pedersen 2012, equation 67). */
export function pullEigenvalue(g: Value, v: Value): Value {
  return product(g, v, transpose(v));
}

/** dv = (λ I - A)^+ dA v (equation 68), of the symmetric part of A and of its change. */
export function pullEigenvector(g: Value, x: Value, v: Value, lambda: Value): Value {
  const symmetric = product(number(1 / 2), sum(x, transpose(x)));
  const others = apply('pinv', [difference(product(lambda, identity(x.shape.rows)), symmetric)]);
  return product(number(1 / 2), sum(product(others, g, transpose(v)), product(v, transpose(g), others)));
}

/** f'(X) of functions of matrices f that have a power series, of X and f(X). */
export const MATRIX_SLOPES = {
  expm: (_x: Value, y: Value) => y,
  logm: (x: Value) => inverse(x),
  sinm: (x: Value) => apply('cosm', [x]),
  cosm: (x: Value) => negative(apply('sinm', [x])),
} as const satisfies Partial<Record<OpName, (x: Value, y: Value) => Value>>;

/** f'(X)' G of a cotangent that commutes with X', as that of tr(f(X)) does; elsewhere the change of f(X') along G. */
export function pullMatrixFunction(f: keyof typeof MATRIX_SLOPES): (g: Value, x: Value, y: Value) => Value {
  return (g, x, y) =>
    isMadeOf(g, transpose(x)) ? product(g, transpose(MATRIX_SLOPES[f](x, y))) : frechet((inner) => apply(f, [inner]), transpose(x), g);
}

/** Functions of one matrix, which commute with one another. */
const FUNCTIONS_OF_MATRICES: ReadonlySet<OpName> = new Set<OpName>(['inverse', 'pow', 'expm', 'logm', 'sinm', 'cosm']);

/** Whether a value is made of one matrix alone, by sums, products and functions of matrices, and so commutes with it and its multiples. */
function isMadeOf(value: Value, x: Value): boolean {
  const [only, ...more] = x.kind === 'product' ? x.factors : [];
  if (only !== undefined && more.length === 0) return isMadeOf(value, only);
  if (value.key === x.key || isConstant(value, 'identity')) return true;
  if (value.kind === 'sum') return value.terms.every((term) => isMadeOf(term, x));
  if (value.kind === 'product') return value.factors.every((factor) => isMadeOf(factor, x));
  if (value.kind !== 'apply') return false;
  const [arg] = value.args as readonly [Value];
  return value.op === 'transpose' ? isMadeOf(arg, transpose(x)) : FUNCTIONS_OF_MATRICES.has(value.op) && isMadeOf(arg, x);
}

/** X^k of a whole k: the cotangent between the powers on either side; any power where the cotangent commutes with X', as that of a trace does. */
export function pullMatrixPower({ cotangent, at, args }: Pulled): Value | null {
  const [base, exponent] = args as readonly [Value, Value];
  if (at === 1) return null;
  if (isMadeOf(cotangent, transpose(base))) return product(exponent, cotangent, transpose(matrixPower(base, sum(exponent, number(-1)))));
  if (!isNumber(exponent)) return null;
  return betweenPowers(cotangent, base, exponent) ?? rootAlong(cotangent, transpose(base), exponent.value);
}

/** The change of X^p along a matrix, where p is no whole number. */
export function rootAlong(change: Value, base: Value, exponent: number): Value | null {
  return Number.isInteger(exponent) ? null : frechet((inner) => matrixPower(inner, number(exponent)), base, change);
}

/**
 * Σ_r (X')^r G (X')^(k-1-r): the cotangent between the powers of a whole exponent, which is a number or a letter (Petersen and
 * Pedersen 2012, equation 91); null of other exponents, and of those that no one would write out.
 */
export function betweenPowers(g: Value, base: Value, exponent: Value): Value | null {
  if (isNumber(exponent) && exponent.value <= MOST_WRITTEN) return writtenBetween(g, base, exponent.value);
  const isWhole = isNumber(exponent) ? Number.isInteger(exponent.value) : exponent.kind === 'symbol' || exponent.kind === 'dimension';
  return isWhole ? summedBetween(g, base, exponent) : null;
}

/** Terms that a person writes one after another. */
const MOST_WRITTEN = 12;

/** The sum over r for an exponent that is a letter. */
function summedBetween(g: Value, base: Value, exponent: Value): Value | null {
  const index = letterBeside([g, base, exponent]);
  if (index === null) return null;
  const [r, last] = [symbol(index, SCALAR), sum(exponent, number(-1))];
  const body = product(transpose(matrixPower(base, r)), g, transpose(matrixPower(base, difference(last, r))));
  return sumOverLetter(index, number(0), last, body);
}

/** A letter for an index that none of the values has. */
function letterBeside(values: readonly Value[]): string | null {
  const isUsed = (letter: string) =>
    values.some((value) => contains(value, (part) => part.kind === 'symbol' && part.id.replace(/[@#].*$/, '') === letter));
  return ['j', 'r', 'i', 'l'].find((letter) => !isUsed(letter)) ?? null;
}

function sumOverLetter(index: string, from: Value, to: Value, body: Value): Value {
  return binder({ binder: 'sum', indices: [index], from, to, distinct: false, body }, body.shape);
}

function writtenBetween(g: Value, base: Value, exponent: number): Value | null {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > MOST_WRITTEN) return null;
  const turned = transpose(exponent < 0 ? inverse(base) : base);
  const size = Math.abs(exponent);
  const powers = Array.from({ length: size }, (_, k) =>
    product(matrixPower(turned, number(k)), g, matrixPower(turned, number(size - 1 - k))),
  );
  const whole = sum(...powers);
  return exponent < 0 ? negative(product(turned, whole, turned)) : whole;
}

/** Cotangents that are Kronecker products themselves come apart; of others a sum over the columns of the other factor. */
export function pullKronecker({ cotangent, at, args }: Pulled): Value | null {
  if (isZero(cotangent)) return zeros((args[at] as Value).shape);
  if (cotangent.kind === 'sum') {
    const parts = cotangent.terms.map((term) => pullKronecker({ cotangent: term, at, args, value: cotangent }));
    return parts.includes(null) ? null : sum(...(parts as Value[]));
  }
  const split = splitKronecker(cotangent, args as readonly [Value, Value]);
  if (split === null) return pullScaledColumns(cotangent, at, args as readonly [Value, Value]);
  const other = 1 - at;
  return product(split.scale, inner(split.parts[other] as Value, args[other] as Value), split.parts[at] as Value);
}

/** Numbers stand before the sum. */
function pullScaledColumns(g: Value, at: number, args: readonly [Value, Value]): Value | null {
  if (g.kind !== 'product') return pullColumns(g, at, args);
  const own = pullColumns(product(...g.factors), at, args);
  return own === null ? null : product(number(g.coefficient), ...g.scalars, own);
}

/**
 * The blocks of A ⊗ X are multiples of X, so that ⟨G, A ⊗ X⟩ = Σ_j ⟨(a_j ⊗ I)' G (e_j ⊗ I), X⟩ with the columns a_j of A; of A itself
 * Σ_j (I ⊗ x_j)' G (I ⊗ e_j). A factor that is a column, or a row, needs no sum.
 */
function pullColumns(g: Value, at: number, args: readonly [Value, Value]): Value | null {
  const [own, other] = [args[at] as Value, args[1 - at] as Value];
  const beside = (value: Value, size: Dim) => (at === 0 ? kronecker(identity(size), value) : kronecker(value, identity(size)));
  if (isColumn(other)) return product(transpose(beside(other, own.shape.rows)), g);
  if (isRow(other)) return product(g, transpose(beside(other, own.shape.cols)));
  const index = letterBeside([g, ...args]);
  if (index === null) return null;
  const j: ValueSelector = { kind: 'at', index: symbol(index, SCALAR) };
  const column = (value: Value) => entry(value, [{ kind: 'all' }, j], matrix(value.shape.rows, ONE));
  const left = transpose(beside(column(other), own.shape.rows));
  const right = beside(column(identity(other.shape.cols)), own.shape.cols);
  return sumOverLetter(index, number(1), dimension(other.shape.cols), product(left, g, right));
}

function splitKronecker(g: Value, [a, b]: readonly [Value, Value]): { readonly scale: Value; readonly parts: readonly Value[] } | null {
  if (g.kind === 'product' && g.factors.length === 1) {
    const inside = splitKronecker(g.factors[0] as Value, [a, b]);
    return inside === null ? null : { ...inside, scale: product(number(g.coefficient), ...g.scalars, inside.scale) };
  }
  const isSquareBoth = equal(a.shape.rows, a.shape.cols) && equal(b.shape.rows, b.shape.cols);
  if (isConstant(g, 'identity') && isSquareBoth) return { scale: number(1), parts: [identity(a.shape.rows), identity(b.shape.rows)] };
  if (isConstant(g, 'ones')) return { scale: number(1), parts: [a, b].map(({ shape }) => ones(shape)) };
  if (!isApply(g, 'kron')) return null;
  const [c, d] = g.args as readonly [Value, Value];
  return equal(c.shape.rows, a.shape.rows) && equal(c.shape.cols, a.shape.cols) ? { scale: number(1), parts: [c, d] } : null;
}

/** Of u v', as a cross product leaves it, v × u; other cotangents have no form in matrices. */
export function pullSkew(g: Value, x: Value): Value | null {
  if (isZero(g)) return zeros(x.shape);
  if (g.kind === 'sum') {
    const parts = g.terms.map((term) => pullSkew(term, x));
    return parts.includes(null) ? null : sum(...(parts as Value[]));
  }
  if (g.kind !== 'product') return null;
  const cut = g.factors.findIndex(isColumn);
  if (cut < 0 || cut + 1 === g.factors.length) return null;
  const [u, v] = [product(...g.factors.slice(0, cut + 1)), transpose(product(...g.factors.slice(cut + 1)))];
  return isColumn(v) ? product(number(g.coefficient), ...g.scalars, skew(v), u) : null;
}

/** vec(H) comes from H, and (B' ⊗ A) vec(H) from A H B. */
export function pullVec(g: Value, x: Value): Value | null {
  if (isScalar(x.shape)) return g;
  if (isZero(g)) return zeros(x.shape);
  if (isApply(g, 'vec')) return g.args[0] as Value;
  if (g.kind === 'sum') {
    const parts = g.terms.map((term) => pullVec(term, x));
    return parts.includes(null) ? null : sum(...(parts as Value[]));
  }
  if (g.kind === 'hadamard') return pullVecOfFactors(g.factors, x);
  if (g.kind === 'product') return pullVecOfProduct(g, x);
  return isConstant(g, 'ones') ? ones(x.shape) : null;
}

function pullVecOfFactors(factors: readonly Value[], x: Value): Value | null {
  const parts = factors.map((factor) => pullVec(factor, x));
  return parts.includes(null) ? null : hadamard(...(parts as Value[]));
}

function pullVecOfProduct({ coefficient, scalars, factors }: Value & { kind: 'product' }, x: Value): Value | null {
  const scale = product(number(coefficient), ...scalars);
  const [first, second] = factors;
  if (factors.length === 1 && first !== undefined) {
    const inside = pullVec(first, x);
    return inside === null ? null : product(scale, inside);
  }
  if (factors.length !== 2 || first === undefined || second === undefined || !isApply(first, 'kron') || !isApply(second, 'vec'))
    return null;
  const [b, a] = first.args as readonly [Value, Value];
  const h = second.args[0] as Value;
  return equal(a.shape.cols, h.shape.rows) && equal(a.shape.rows, x.shape.rows) ? product(scale, a, h, transpose(b)) : null;
}
