import { ONE } from '../../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix, SCALAR } from '../../shape/shape.ts';
import { pickedByUnits } from './entry.ts';
import { hadamard } from './hadamard.ts';
import { dimension, identity, number, sizeOf, zeros } from './leaves.ts';
import { kronecker, matrixPower, total } from './matrix-functions.ts';
import { power } from './power.ts';
import { isAnnihilated, projected, uprightProjections } from './pseudo-inverse.ts';
import { joinQuotients, type Powers } from './quotient.ts';
import { turnedSum } from './sign.ts';
import { sum } from './sum.ts';
import { transpose } from './transpose.ts';
import { type ApplyValue, isApply, isColumn, isConstant, isNumber, isRow, isSquare, isZero, type Value } from './value.ts';

/** What a product is gathered in before it is put in order. */
interface Gathering {
  coefficient: number;
  /** Scalars by the key of their base, with their exponents. */
  readonly scalars: Powers;
  readonly factors: Value[];
}

/** The product from the left; a scalar among the factors scales. */
export function product(...values: readonly Value[]): Value {
  const shape = shapeOfProduct(values);
  if (values.some(isZero)) return zeros(shape);
  const gathering: Gathering = { coefficient: 1, scalars: new Map(), factors: [] };
  for (const value of values) gather(gathering, value);
  const chain = simplifyChain(gathering.factors);
  if (chain.some(isZero)) return zeros(shape);
  const rest = withoutScalarChains(gathering, chain);
  return assemble(gathering, isScalar(shape) ? oneChain(gathering, rest) : rest, shape);
}

/**
 * Of a scalar the chain of its factors, where there is one: several, as in x'y a'b, stand among the
 * scalars, so that it is the same product in whatever order they came.
 */
function oneChain(into: Gathering, rest: readonly Value[]): readonly Value[] {
  const chains = [...into.scalars].filter(([, { base }]) => isChain(base));
  if (rest.length > 1 && chains.length > 0) gatherScalar(into, assembleProduct(1, [], rest, SCALAR));
  if (rest.length > 0) return chains.length > 0 && rest.length > 1 ? [] : rest;
  const [only] = chains;
  if (only === undefined || chains.length > 1 || !isNumber(only[1].exponent, 1)) return rest;
  into.scalars.delete(only[0]);
  return (only[1].base as Value & { kind: 'product' }).factors;
}

function isChain(value: Value): boolean {
  return value.kind === 'product' && value.factors.length > 1 && value.scalars.length === 0;
}

/**
 * The product of factors as they are written, from the left; where that does not fit, factors that
 * make a scalar among themselves are taken together, as `x' x` in `W x' x`.
 */
export function multiplied(values: readonly Value[]): Value {
  let result: Value = values[0] as Value;
  for (let at = 1; at < values.length; ) {
    const run = fits(result, values[at] as Value) ? 1 : lengthOfScalar(values, at);
    result = product(result, product(...values.slice(at, at + run)));
    at += run;
  }
  return result;
}

function fits(a: Value, b: Value): boolean {
  return isScalar(a.shape) || isScalar(b.shape) || a.shape.cols.key === b.shape.rows.key;
}

/** The shortest run of factors from `from` on that is a scalar; 1 where there is none. */
function lengthOfScalar(values: readonly Value[], from: number): number {
  const start = values[from] as Value;
  for (let to = from + 2; to <= values.length; to++) {
    if (start.shape.rows.key === ONE.key && values[to - 1]?.shape.cols.key === ONE.key) return to - from;
  }
  return 1;
}

/** The value times a number. */
export function scaled(coefficient: number, value: Value): Value {
  if (coefficient === 1) return value;
  if (coefficient === 0) return zeros(value.shape);
  if (isNumber(value)) return number(tidy(coefficient * value.value));
  if (isZero(value)) return value;
  if (value.kind === 'sum' && coefficient === -1) return sum(...value.terms.map((term) => scaled(-1, term)));
  if (value.kind === 'product') return assembleProduct(tidy(coefficient * value.coefficient), value.scalars, value.factors, value.shape);
  return isScalar(value.shape) ? assembleProduct(coefficient, [value], [], SCALAR) : assembleProduct(coefficient, [], [value], value.shape);
}

/** 0.1 · 3 is 0.3, and 1/3 · 3 is 1; a third has as many digits as there are. */
function tidy(value: number): number {
  if (Number.isInteger(value)) return value;
  const rounded = Number(value.toPrecision(15));
  const isShorter = String(rounded).length + 2 < String(value).length;
  return isShorter && Math.abs(rounded - value) <= 1e-15 * Math.abs(value) ? rounded : value;
}

function shapeOfProduct(values: readonly Value[]): MatrixShape {
  const wide = values.filter((value) => !isScalar(value.shape));
  const [first] = wide;
  return first === undefined ? SCALAR : matrix(first.shape.rows, (wide.at(-1) as Value).shape.cols);
}

// ---- gathering

function gather(into: Gathering, value: Value): void {
  if (isNumber(value)) into.coefficient = tidy(into.coefficient * value.value);
  else if (value.kind === 'product') gatherProduct(into, value);
  else if (isScalar(value.shape)) gatherScalar(into, value);
  else gatherFactor(into, value);
}

/** Of -A - B the sign goes in front. */
function gatherFactor(into: Gathering, value: Value): void {
  const turned = turnedSum(value);
  if (turned !== null) into.coefficient = -into.coefficient;
  into.factors.push(turned ?? value);
}

function gatherProduct(into: Gathering, value: Value & { kind: 'product' }): void {
  into.coefficient = tidy(into.coefficient * value.coefficient);
  for (const scalar of value.scalars) gather(into, scalar);
  // A chain that is a scalar as a whole stays together: x'x in x'x A.
  if (isScalar(value.shape) && value.factors.length > 0) gatherScalar(into, assembleProduct(1, [], value.factors, SCALAR));
  else into.factors.push(...value.factors);
}

function gatherScalar(into: Gathering, value: Value): void {
  const { base, exponent } = value.kind === 'power' ? value : { base: value, exponent: number(1) };
  const turned = isNumber(exponent) && Number.isInteger(exponent.value) ? turnedSum(base) : null;
  if (turned !== null && isNumber(exponent)) {
    if (exponent.value % 2 !== 0) into.coefficient = -into.coefficient;
    return gatherScalar(into, power(turned, exponent));
  }
  const found = into.scalars.get(base.key);
  into.scalars.set(base.key, { base, exponent: found === undefined ? exponent : sum(found.exponent, exponent) });
}

// ---- the chain of matrices

/** Neighbours that make something simpler are put together, until there are none; zero where some make zero. */
function simplifyChain(factors: readonly Value[]): readonly Value[] {
  let chain = factors.filter((factor) => !isConstant(factor, 'identity'));
  if (chain.length === 0 && factors.length > 0) return factors.slice(0, 1);
  for (let at = 0; at + 1 < chain.length; ) {
    const [a, b, c] = chain.slice(at, at + 3) as [Value, Value, Value | undefined];
    const three = c === undefined ? null : projected(a, b, c);
    const run = three === null ? lengthOfInverses(chain, at) : 3;
    const joined = three ?? (run > 2 ? identity(a.shape.rows) : join(a, b));
    if (joined === null) at++;
    else {
      const rest = [...chain.slice(0, at), joined, ...chain.slice(at + run)];
      chain = rest.length > 1 ? rest.filter((factor) => !isConstant(factor, 'identity')) : rest;
      if (chain.length === 0) return [joined];
      at = Math.max(0, at - 1);
    }
  }
  return joinDiagonals(uprightProjections(withFunctionsOrdered(chain), transpose));
}

/** Functions of a whole matrix, which commute with it and with one another. */
const FUNCTIONS: ReadonlySet<string> = new Set(['expm', 'logm', 'sinm', 'cosm']);

/** Neighbours that are functions of one matrix in one order, the matrix itself first: log(X) X is X log(X). */
function withFunctionsOrdered(factors: readonly Value[]): readonly Value[] {
  if (!factors.some(isFunctionOfMatrix)) return factors;
  const result: Value[] = [];
  for (const factor of factors) {
    let at = result.length;
    while (at > 0 && comesBefore(factor, result[at - 1] as Value)) at--;
    result.splice(at, 0, factor);
  }
  return result;
}

function isFunctionOfMatrix(value: Value): boolean {
  const inner = isApply(value, 'transpose') ? (value.args[0] as Value) : value;
  return inner.kind === 'apply' && FUNCTIONS.has(inner.op);
}

function comesBefore(a: Value, b: Value): boolean {
  if (!isFunctionOfMatrix(b) || argumentKey(a) !== argumentKey(b)) return false;
  return !isFunctionOfMatrix(a) || a.key < b.key;
}

/** What a function of a matrix is of, and whether it is turned; of any other value that itself. */
function argumentKey(value: Value): string {
  const isTurned = isApply(value, 'transpose');
  const inner = isTurned ? (value.args[0] as Value) : value;
  const of = inner.kind === 'apply' && FUNCTIONS.has(inner.op) ? (inner.args[0] as Value) : inner;
  return `${isTurned ? "'" : ''}${of.key}`;
}

/** Two neighbours as one value, where that is simpler. */
function join(a: Value, b: Value): Value | null {
  if (areInverse(a, b)) return identity(a.shape.rows);
  if (isApply(a, 'commutation') || isApply(b, 'commutation')) return turnedKronecker(a, b);
  if (isApply(a, 'diag') && isApply(b, 'diag') && a.args[0] && b.args[0]) return diagonalOf(hadamard(a.args[0], b.args[0]));
  if (isAnnihilated(a, b) || isAnnihilated(b, a)) return zeros(matrix(a.shape.rows, b.shape.cols));
  if (isOrthogonalPair(a, b)) return isScalar(b.shape) || isColumn(b) ? number(1) : identity(a.shape.rows);
  return isRow(a) && isColumn(b) ? innerOfQuotient(a, b) : joinPowers(a, b);
}

/** K (a ⊗ B) is B ⊗ a where a has one column, or B, and (a' ⊗ B) K is B ⊗ a' where one of them has one row (Magnus and Neudecker). */
function turnedKronecker(a: Value, b: Value): Value | null {
  const isBefore = isApply(a, 'commutation');
  const [k, product] = isBefore ? [a, b] : [b, a];
  if (!isApply(k, 'commutation') || !isApply(product, 'kron')) return null;
  const [left, right] = product.args as readonly [Value, Value];
  const own = ({ shape }: Value) => (isBefore ? shape.rows : shape.cols);
  const other = ({ shape }: Value) => (isBefore ? shape.cols : shape.rows);
  const [first, second] = isBefore ? [right, left] : [left, right];
  const fits = k.args[0]?.key === dimension(own(first)).key && k.args[1]?.key === dimension(own(second)).key;
  return fits && [left, right].some((one) => other(one).key === ONE.key) ? kronecker(right, left) : null;
}

/** How many factors from one on are the inverse of a product and its factors, as in (X'X)^-1 X' X, in either order; 2 where they are not. */
function lengthOfInverses(chain: readonly Value[], at: number): number {
  const before = factorsInverted(chain[at] as Value);
  if (before !== null && startsWith(chain.slice(at + 1), before)) return before.length + 1;
  const end = chain.findIndex((factor, place) => place > at + 1 && factorsInverted(factor)?.length === place - at);
  return end > 0 && startsWith(chain.slice(at), factorsInverted(chain[end] as Value) as readonly Value[]) ? end - at + 1 : 2;
}

function factorsInverted(value: Value): readonly Value[] | null {
  const inside = isApply(value, 'inverse') ? value.args[0] : undefined;
  return inside?.kind === 'product' && inside.factors.length > 1 ? inside.factors : null;
}

function startsWith(chain: readonly Value[], start: readonly Value[]): boolean {
  return start.every(({ key }, at) => chain[at]?.key === key);
}

/** X^3 X^-1 is X^2; two bare factors stay two. */
function joinPowers(a: Value, b: Value): Value | null {
  const [p, q] = [powerOf(a), powerOf(b)];
  if (
    p.base.key !== q.base.key ||
    p.isTransposed !== q.isTransposed ||
    (p.exponent === q.exponent && Math.abs(p.exponent) === 1) ||
    !isSquare(a)
  )
    return null;
  const whole = p.exponent + q.exponent;
  if (whole === 2) return null;
  const joined = matrixPower(p.base, number(whole));
  return p.isTransposed ? transpose(joined) : joined;
}

interface MatrixPower {
  readonly base: Value;
  readonly exponent: number;
  readonly isTransposed: boolean;
}

function powerOf(value: Value): MatrixPower {
  if (isApply(value, 'transpose')) return { ...powerOf(value.args[0] as Value), isTransposed: true };
  if (isApply(value, 'inverse')) return { base: value.args[0] as Value, exponent: -1, isTransposed: false };
  const exponent = isApply(value, 'pow') ? value.args[1] : undefined;
  if (exponent !== undefined && isNumber(exponent))
    return { base: (value as ApplyValue).args[0] as Value, exponent: exponent.value, isTransposed: false };
  return { base: value, exponent: 1, isTransposed: false };
}

/** p' (y ⊘ p) is the sum of y: an inner product in which entries cancel. */
function innerOfQuotient(a: Value, b: Value): Value | null {
  const column = transpose(a);
  if (!isEntrywiseProduct(column) && !isEntrywiseProduct(b)) return null;
  const both = hadamard(column, b);
  return both.size < column.size + b.size ? total(both) : null;
}

function isEntrywiseProduct({ kind }: Value): boolean {
  return kind === 'hadamard' || kind === 'power';
}

function diagonalOf(column: Value): Value {
  const { rows } = column.shape;
  return { kind: 'apply', op: 'diag', args: [column], shape: matrix(rows, rows), key: `diag(${column.key})`, size: sizeOf([column]) };
}

function areInverse(a: Value, b: Value): boolean {
  return isSquare(a) && (isInverseOf(a, b) || isInverseOf(b, a));
}

function isInverseOf(a: Value, b: Value): boolean {
  if (isApply(a, 'inverse')) return a.args[0]?.key === b.key;
  const inner = isApply(a, 'transpose') ? a.args[0] : undefined;
  return inner !== undefined && isApply(inner, 'inverse') && inner.args[0] !== undefined && transpose(inner.args[0]).key === b.key;
}

function isOrthogonalPair(a: Value, b: Value): boolean {
  return (isOrthogonal(a) || isOrthogonal(b) || hasOrthonormalColumns(b)) && transpose(a).key === b.key;
}

function hasOrthonormalColumns(value: Value): boolean {
  return (value.kind === 'symbol' && value.properties.includes('orthogonal')) || isApply(value, 'vMax') || isApply(value, 'vMin');
}

export function isOrthogonal(value: Value): boolean {
  if (isApply(value, 'transpose')) return isOrthogonal(value.args[0] as Value);
  return value.kind === 'symbol' && isSquare(value) && value.properties.includes('orthogonal');
}

/** diag(u) in front of a column is u ⊙ that column. */
function joinDiagonals(chain: readonly Value[]): readonly Value[] {
  const last = chain.at(-1);
  if (last === undefined || !isColumn(last)) return chain;
  const at = chain.findLastIndex(
    (factor, place) => place < chain.length - 1 && isApply(factor, 'diag') && isColumn(factor.args[0] as Value),
  );
  if (at < 0) return chain;
  const [column] = (chain[at] as Value & { kind: 'apply' }).args as readonly [Value];
  const rest = hadamard(column, product(...chain.slice(at + 1)));
  const whole = product(...chain.slice(0, at), rest);
  return whole.kind === 'product' && whole.coefficient === 1 && whole.scalars.length === 0 ? whole.factors : [whole];
}

// ---- scalars within the chain

/** Takes a run of factors that is 1×1 out of a longer chain: x'x out of A x x'x y'. */
function withoutScalarChains(into: Gathering, chain: readonly Value[]): readonly Value[] {
  let rest = chain;
  for (let run = scalarRun(rest); run !== null; run = scalarRun(rest)) {
    gather(into, product(...rest.slice(run.from, run.to)));
    rest = simplifyChain([...rest.slice(0, run.from), ...rest.slice(run.to)]);
  }
  return rest;
}

function scalarRun(chain: readonly Value[]): { readonly from: number; readonly to: number } | null {
  for (let to = 2; to <= chain.length; to++) {
    if (chain[to - 1]?.shape.cols.key !== ONE.key) continue;
    for (let from = to - 2; from >= 0; from--) {
      const isWhole = from === 0 && to === chain.length;
      if (chain[from]?.shape.rows.key === ONE.key) return isWhole ? null : { from, to };
    }
  }
  return null;
}

// ---- putting it together

/** sign(s)/|s| is 1/s. */
function joinSigns(scalars: Gathering['scalars']): void {
  for (const [key, { base, exponent }] of scalars) {
    const [inner] = isApply(base, 'sign') ? base.args : [];
    const size = inner === undefined ? undefined : scalars.get(`abs(${inner.key})`);
    if (inner === undefined || size === undefined || !isNumber(exponent, 1) || !isNumber(size.exponent, -1)) continue;
    scalars.delete(key);
    scalars.delete(size.base.key);
    gatherScalar({ coefficient: 1, scalars, factors: [] }, power(inner, number(-1)));
  }
}

function assemble({ coefficient, scalars }: Gathering, chain: readonly Value[], shape: MatrixShape): Value {
  joinSigns(scalars);
  joinQuotients(scalars);
  const powers = [...scalars.values()].map(({ base, exponent }) => power(base, exponent)).filter((one) => !isNumber(one, 1));
  const [only] = chain;
  const simple = chain.length === 1 && only !== undefined && (only.kind === 'product' || isNumber(only) || isScalar(only.shape));
  if (powers.some((one) => isNumber(one) || isScaled(one)) || simple) {
    const numbers = powers.filter((one) => isNumber(one));
    const others = powers.filter((one) => !isNumber(one));
    const factor = numbers.reduce((value, one) => value * (one as Value & { kind: 'number' }).value, coefficient);
    return simple || others.some(isScaled) ? product(number(factor), ...others, ...chain) : assembleProduct(factor, others, chain, shape);
  }
  const measured = isScalar(shape) && chain.length > 1 ? (measureOnes(chain) ?? pickedByUnits(chain)) : null;
  if (measured !== null) return product(number(coefficient), ...powers, measured);
  return assembleProduct(coefficient, powers, chain, shape);
}

/** Whether it has numbers or scalars in front that belong to the product around it. */
function isScaled(value: Value): boolean {
  return value.kind === 'product' && (value.coefficient !== 1 || value.scalars.length > 0);
}

/** 1'1 is the number of ones. */
function measureOnes(chain: readonly Value[]): Value | null {
  const [a, b] = chain;
  if (chain.length !== 2 || a === undefined || b === undefined || !isConstant(a, 'ones') || !isConstant(b, 'ones')) return null;
  return dimension(a.shape.cols);
}

function assembleProduct(coefficient: number, scalars: readonly Value[], factors: readonly Value[], shape: MatrixShape): Value {
  if (scalars.length === 0 && factors.length === 0) return number(coefficient);
  if (coefficient === 1 && scalars.length + factors.length === 1) return (scalars[0] ?? factors[0]) as Value;
  const only =
    scalars.length === 0 && factors.length === 1 ? factors[0] : factors.length === 0 && scalars.length === 1 ? scalars[0] : undefined;
  if (coefficient === -1 && only?.kind === 'sum') return sum(...only.terms.map((term) => scaled(-1, term)));
  const key = `${coefficient === 1 ? '' : `${coefficient}*`}${scalars
    .map((one) => one.key)
    .sort()
    .join('·')}{${chainKey(factors, shape)}}`;
  return { kind: 'product', coefficient, scalars, factors, shape, key, size: sizeOf([...scalars, ...factors]) };
}

/** A chain that is a scalar may be read from either end: a'b is b'a. */
function chainKey(factors: readonly Value[], shape: MatrixShape): string {
  const forward = factors.map(({ key }) => key).join(' ');
  if (!isScalar(shape) || factors.length === 0) return forward;
  const backward = [...factors]
    .reverse()
    .map((factor) => transpose(factor).key)
    .join(' ');
  return backward < forward ? backward : forward;
}
