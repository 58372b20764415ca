import { lazily } from '../base/lazily.ts';
import type { Derivation } from '../derivation/derivation.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { number } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { scaled } from '../ops/algebra/product.ts';
import { isNegative } from '../ops/algebra/sign.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import type { BinderValue, EntryValue, Value } from '../ops/algebra/value.ts';
import { isApply, isConstant, isRow, isSquare } from '../ops/algebra/value.ts';
import { OPS } from '../ops/table.ts';
import { type BinderTerm, type Selector, type SymbolId, type Term, walk } from '../ops/term.ts';
import { type Dim, ONE } from '../shape/dimension.ts';
import { isScalar } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';

const NOWHERE = { start: 0, end: 0 };

export interface Raising {
  readonly derivation: Derivation;
}

/** Writing within one value. */
interface Writing extends Raising {
  /** Whether the text writes 0.1 where another has 1/10. */
  readonly writesDecimals: () => boolean;
}

/**
 * Writes a value as a term: signs and fractions where a person would put them. Zeros that are all there
 * is are a bare 0, which has every shape; zeros within something say how many they are.
 */
export function raise(raising: Raising, value: Value): Term {
  return isConstant(value, 'zeros') ? numberTerm(0) : written({ ...raising, writesDecimals: lazily(() => writesDecimals(raising)) }, value);
}

function writesDecimals({ derivation: { symbols } }: Raising): boolean {
  const bodies = [...symbols.values()].flatMap(({ definition }) => definition?.body ?? []);
  return bodies.some((body) => walk(body).some((term) => term.kind === 'number' && !Number.isInteger(term.value)));
}

function written(raising: Writing, value: Value): Term {
  switch (value.kind) {
    case 'number':
      return raiseNumber(raising, value.value);
    case 'symbol':
      return { kind: 'symbol', id: value.id, span: NOWHERE };
    case 'dimension':
      return raiseDimension(raising, value.dim);
    case 'constant':
      return raiseConstant(raising, value);
    case 'sum':
      return raiseSum(raising, value.terms);
    case 'product':
      return raiseProduct(raising, value);
    case 'hadamard':
      return raiseHadamard(raising, value.factors);
    case 'power':
      return raisePower(raising, value);
    case 'apply':
      return applied(
        value.op,
        value.args.map((arg) => (COMPARES.has(value.op) ? raise : written)(raising, arg)),
      );
    case 'call':
      return {
        kind: 'call',
        callee: value.callee,
        order: value.order,
        args: value.args.map((arg) => written(raising, arg)),
        span: NOWHERE,
      };
    case 'entry':
      return raiseEntry(raising, value);
    case 'binder':
      return raiseBinder(raising, value);
    case 'blocks':
      return { kind: 'matrix', rows: value.rows.map((row) => row.map((one) => raise(raising, one))), span: NOWHERE };
    case 'opaque':
      return copyOf(value.term);
  }
}

/** Beside one of these a bare 0 has the shape of the other side. */
const COMPARES: ReadonlySet<OpName> = new Set<OpName>(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'unequal']);

function applied(op: OpName, args: readonly Term[]): Term {
  return { kind: 'apply', op, args, span: NOWHERE };
}

/** No node may stand in two places. */
function copyOf<T>(node: T): T {
  if (Array.isArray(node)) return node.map(copyOf) as T;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, copyOf(value)])) as T;
}

// ---- numbers, dimensions, constants

/** 0.5 is 1/2; what is no fraction of small numbers stays a decimal. */
function raiseNumber(raising: Writing, value: number): Term {
  if (value < 0) return applied('neg', [raiseNumber(raising, -value)]);
  const { above, below } = fractionOf(raising, value);
  return below === 1 ? numberTerm(above) : applied('div', [numberTerm(above), numberTerm(below)]);
}

function numberTerm(value: number): Term {
  return { kind: 'number', value, span: NOWHERE };
}

function fractionOf({ writesDecimals }: Writing, value: number): { readonly above: number; readonly below: number } {
  for (let below = 1; below <= 64; below++) {
    const above = value * below;
    if (Math.abs(above - Math.round(above)) < 1e-12 * Math.max(1, above) && Math.round(above) !== 0)
      return below % 5 === 0 && isShort(value) && writesDecimals() ? { above: value, below: 1 } : { above: Math.round(above), below };
  }
  return { above: value, below: 1 };
}

/** Whether a number has few digits behind its point. */
function isShort(value: number): boolean {
  return Number(value.toFixed(4)) === value;
}

function raiseDimension({ derivation }: Raising, dim: Dim): Term {
  const terms = [...dim.terms].map(([monomial, coefficient]) => monomialTerm(derivation, monomial, coefficient));
  return terms.reduce((left, right) => applied('add', [left, right]));
}

function monomialTerm(derivation: Derivation, monomial: string, coefficient: number): Term {
  const names =
    monomial === ''
      ? []
      : monomial.split('*').map((name): Term => ({ kind: 'symbol', id: dimensionNamed(derivation, name), span: NOWHERE }));
  const factors = coefficient === 1 && names.length > 0 ? names : [numberTerm(coefficient), ...names];
  return factors.length === 1 ? (factors[0] as Term) : applied('mul', factors);
}

function dimensionNamed({ symbols }: Derivation, name: string): SymbolId {
  for (const info of symbols.values()) if (info.role === 'dimension' && info.text === name) return info.id;
  return name;
}

function raiseConstant(raising: Writing, { op, shape }: Value & { kind: 'constant' }): Term {
  if (op === 'identity') return applied('identity', [raiseDimension(raising, shape.rows)]);
  if (shape.cols.key === ONE.key) return applied(op, [raiseDimension(raising, shape.rows)]);
  if (shape.rows.key === ONE.key) return applied('transpose', [applied(op, [raiseDimension(raising, shape.cols)])]);
  return applied(op, [raiseDimension(raising, shape.rows), raiseDimension(raising, shape.cols)]);
}

// ---- sums

/** A term without its sign. */
interface Summand {
  readonly isSubtracted: boolean;
  readonly term: Term;
}

/** A term that is added comes first, where there is one. */
function raiseSum(raising: Writing, terms: readonly Value[]): Term {
  const summands = summandsOf(raising, terms);
  const first = Math.max(
    0,
    summands.findIndex(({ isSubtracted }) => !isSubtracted),
  );
  const { isSubtracted, term } = summands[first] as Summand;
  const others = [...summands.slice(0, first), ...summands.slice(first + 1)];
  return others.reduce<Term>(
    (left, one) => applied(one.isSubtracted ? 'sub' : 'add', [left, one.term]),
    isSubtracted ? applied('neg', [term]) : term,
  );
}

/** What is added and subtracted; of the rows that are turned columns, x' - y' + z' A, the first ones as one, (x - y)'. */
function summandsOf(raising: Writing, terms: readonly Value[]): readonly Summand[] {
  const turned = terms.filter(isTurnedColumn);
  if (turned.length < 2) return terms.map((term) => summandOf(raising, term));
  const isSubtracted = turned.every(isNegative);
  const columns = turned.map((row) => transpose(isSubtracted ? scaled(-1, row) : row));
  const together = { isSubtracted, term: applied('transpose', [raiseSum(raising, columns)]) };
  return terms.flatMap((term) => (term === turned[0] ? [together] : turned.includes(term) ? [] : [summandOf(raising, term)]));
}

function summandOf(raising: Writing, value: Value): Summand {
  const isSubtracted = isNegative(value);
  return { isSubtracted, term: written(raising, isSubtracted ? scaled(-1, value) : value) };
}

/** A row all of whose factors are turned: 2 x' or y' A', which is (A y)'. */
function isTurnedColumn(value: Value): boolean {
  const factors = value.kind === 'product' ? value.factors : [value];
  return isRow(value) && factors.every((factor) => isApply(factor, 'transpose') || (isRow(factor) && WRITTEN_TURNED.has(factor.kind)));
}

/** Rows that are written as columns with a transpose. */
const WRITTEN_TURNED: ReadonlySet<Value['kind']> = new Set<Value['kind']>(['constant', 'hadamard', 'power']);

// ---- products

interface Fraction {
  readonly above: readonly Value[];
  readonly below: readonly Value[];
}

function raiseProduct(raising: Writing, value: Value & { kind: 'product' }): Term {
  if (value.coefficient < 0) return applied('neg', [written(raising, scaled(-1, value))]);
  const { above, below } = fractionOf(raising, value.coefficient);
  const parts = splitFraction(value.scalars);
  const scalars = lettersFirst(parts.above).map((one) => written(raising, one));
  const chain = raiseChain(raising, value.factors);
  if (parts.below.length === 0)
    return timesAll([...(above === 1 && below === 1 ? [] : [raiseNumber(raising, value.coefficient)]), ...scalars, ...chain]);
  const upper = timesAll([...(above === 1 && scalars.length + chain.length > 0 ? [] : [numberTerm(above)]), ...scalars, ...chain]);
  const lower = timesAll([...(below === 1 ? [] : [numberTerm(below)]), ...parts.below.map((one) => written(raising, one))]);
  return applied('div', [upper, lower]);
}

/** Letters before functions: g log(p), not log(p) g. */
function lettersFirst(scalars: readonly Value[]): readonly Value[] {
  const isLetter = ({ kind }: Value) => kind === 'symbol' || kind === 'dimension';
  return [...scalars.filter(isLetter), ...scalars.filter((one) => !isLetter(one))];
}

function timesAll(factors: readonly Term[]): Term {
  return factors.length === 1 ? (factors[0] as Term) : applied('mul', factors);
}

/** Powers with negative exponents go below the line. */
function splitFraction(factors: readonly Value[]): Fraction {
  const above: Value[] = [];
  const below: Value[] = [];
  for (const factor of factors) {
    if (factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value < 0)
      below.push(power(factor.base, number(-factor.exponent.value)));
    else above.push(factor);
  }
  return { above, below };
}

/** Equal neighbours become a power. */
function raiseChain(raising: Writing, factors: readonly Value[]): readonly Term[] {
  const runs: { value: Value; length: number }[] = [];
  for (const factor of factors) {
    const last = runs.at(-1);
    if (last !== undefined && last.value.key === factor.key && isSquare(factor)) last.length++;
    else runs.push({ value: factor, length: 1 });
  }
  return runs.flatMap(({ value, length }) => {
    if (length > 1 && isApply(value, 'transpose') && !isApply(value.args[0] as Value, 'inverse'))
      return [applied('transpose', [applied('pow', [written(raising, value.args[0] as Value), numberTerm(length)])])];
    const inverted = length > 1 ? invertedIn(value) : null;
    if (inverted !== null) return [raiseInversePower(raising, value, inverted, length)];
    return length > 1
      ? [applied('pow', [written(raising, value), numberTerm(length)])]
      : Array.from({ length }, () => written(raising, value));
  });
}

/** A letter moves before functions that stand right before it: y ⊙ exp(z), not exp(z) ⊙ y. */
function lettersBeforeFunctions(factors: readonly Value[]): readonly Value[] {
  return factors.reduce<readonly Value[]>((list, factor) => {
    const at = factor.kind === 'symbol' ? list.findLastIndex((one) => !isFunction(one)) + 1 : list.length;
    return [...list.slice(0, at), factor, ...list.slice(at)];
  }, []);
}

function isFunction(value: Value): boolean {
  return value.kind === 'call' || (value.kind === 'apply' && OPS[value.op].shape.kind === 'entrywise');
}

/** The X of X^-1 and of X^-T. */
function invertedIn(value: Value): Value | null {
  const inner = isApply(value, 'transpose') ? (value.args[0] as Value) : value;
  return isApply(inner, 'inverse') ? (inner.args[0] as Value) : null;
}

/** X^-1 X^-1 is X^-2. */
function raiseInversePower(raising: Writing, value: Value, base: Value, length: number): Term {
  const raised = applied('pow', [written(raising, base), applied('neg', [numberTerm(length)])]);
  return isApply(value, 'transpose') ? applied('transpose', [raised]) : raised;
}

/** A row is written as the column that it is turned, and letters before functions. */
function raiseHadamard(raising: Writing, factors: readonly Value[]): Term {
  if (factors.some(isRow)) return applied('transpose', [written(raising, hadamard(...factors.map(transpose)))]);
  const { above: all, below } = splitFraction(factors);
  const above = lettersBeforeFunctions(all);
  const upper =
    above.length === 0
      ? raiseOnes(raising, factors[0] as Value)
      : pairs(
          'hadamard',
          above.map((one) => written(raising, one)),
        );
  return below.length === 0
    ? upper
    : applied('hadamardDiv', [
        upper,
        pairs(
          'hadamard',
          below.map((one) => written(raising, one)),
        ),
      ]);
}

function raiseOnes(raising: Writing, { shape }: Value): Term {
  return raiseConstant(raising, { kind: 'constant', op: 'ones', shape, key: '', size: 1 });
}

function pairs(op: OpName, terms: readonly Term[]): Term {
  return terms.reduce((left, right) => applied(op, [left, right]));
}

function raisePower(raising: Writing, value: Value & { kind: 'power' }): Term {
  const { base, exponent } = value;
  if (isRow(value)) return applied('transpose', [written(raising, transpose(value))]);
  if (exponent.kind === 'number' && exponent.value < 0) {
    const below = written(raising, power(base, number(-exponent.value)));
    return isScalar(base.shape) ? applied('div', [numberTerm(1), below]) : applied('hadamardDiv', [raiseOnes(raising, base), below]);
  }
  const raised = written(raising, base);
  if (exponent.kind === 'number' && exponent.value === 0.5) return applied('sqrt', [raised]);
  return applied(isScalar(base.shape) ? 'pow' : 'hadamardPow', [raised, written(raising, exponent)]);
}

// ---- entries and sums over indices

function raiseEntry(raising: Writing, { base, selectors }: EntryValue): Term {
  const [, second] = selectors;
  if (isConstant(base, 'identity') && second?.kind === 'at') return applied('basis', [written(raising, second.index)]);
  const raised = selectors.map(
    (selector): Selector => (selector.kind === 'all' ? selector : { kind: 'at', index: written(raising, selector.index) }),
  );
  return { kind: 'entry', base: written(raising, base), selectors: raised, span: NOWHERE };
}

/** `i ≠ j` of two indices. */
function apart(indices: readonly SymbolId[]): BinderTerm['comparison'] {
  const [left, right] = indices.map((id): Term => ({ kind: 'symbol', id, span: NOWHERE }));
  return left === undefined || right === undefined ? null : { left, relation: '≠', right };
}

function raiseBinder(raising: Writing, value: BinderValue): Term {
  const bound = (one: Value | null) => (one === null ? null : written(raising, one));
  return {
    kind: 'binder',
    binder: value.binder,
    indices: value.indices,
    from: bound(value.from),
    to: bound(value.to),
    comparison: value.distinct ? apart(value.indices) : null,
    body: written(raising, value.body),
    span: NOWHERE,
  };
}
