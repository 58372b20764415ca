import { number } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { product, scaled } from '../ops/algebra/product.ts';
import { isNegative } from '../ops/algebra/sign.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { isApply, isColumn, isConstant, isRow, isVector, type Value } from '../ops/algebra/value.ts';
import type { Dim } from '../shape/dimension.ts';
import { isScalar, type MatrixShape } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';
import { isEnclosed } from './brackets-in-code.ts';
import { Refused } from './refusal.ts';

/** How a language writes matrix expressions. */
export interface Dialect {
  /** Vectors have one axis and no orientation, or are columns and rows. */
  readonly vectors: 'arrays' | 'columns';
  readonly matmul: string;
  readonly entrywise: string;
  readonly divide: string;
  /** Plus and minus between a number and an array. */
  readonly broadcast: { readonly plus: string; readonly minus: string };
  readonly power: (base: string, exponent: string, isScalar: boolean) => string;
  readonly transpose: (text: string) => string;
  readonly outer: (left: string, right: string) => string;
  readonly solve: (matrix: string, right: string, isVector: boolean) => string;
  readonly filled: (value: 0 | 1, sizes: readonly string[]) => string;
  readonly identity: (size: string) => string;
  /** Operators as functions of texts; what is not here is refused. */
  readonly functions: Partial<Record<OpName, (args: readonly string[], values: readonly Value[]) => string>>;
  readonly entry: (base: string, indices: readonly string[]) => string;
  /** A matrix of blocks, row by row, from texts and from what they are. */
  readonly blocks: (rows: readonly (readonly string[])[], values: readonly (readonly Value[])[]) => string;
  readonly sum: ((body: string, index: string, from: string, to: string) => string) | null;
  readonly nameOf: (id: string) => string;
}

/** Text, and how tightly its outermost operator binds. */
interface Code {
  readonly text: string;
  readonly power: number;
}

const SUM = 1;
const PRODUCT = 2;
const ATOM = 9;

/** A value as an expression of a language. Throws `Refused` where the language has no word for a part. */
export function emitValue(dialect: Dialect, value: Value): string {
  return emit(dialect, value).text;
}

function emit(dialect: Dialect, value: Value): Code {
  switch (value.kind) {
    case 'number':
      return ofNumber(value.value);
    case 'symbol':
      return atom(dialect.nameOf(value.id));
    case 'dimension':
      return { text: dimText(value.dim), power: value.dim.terms.size === 1 && /^\w+$/.test(dimText(value.dim)) ? ATOM : SUM };
    case 'constant':
      return atom(emitConstant(dialect, value));
    case 'sum':
      return emitSum(dialect, value.terms);
    case 'product':
      return emitProduct(dialect, value);
    case 'hadamard':
      return emitHadamard(dialect, value.factors);
    case 'power':
      return emitPower(dialect, value);
    case 'apply':
      return emitApply(dialect, value);
    case 'entry':
      return emitEntry(dialect, value);
    case 'binder':
      return emitBinder(dialect, value);
    case 'blocks':
      return atom(
        dialect.blocks(
          value.rows.map((row) => row.map((one) => emit(dialect, one).text)),
          value.rows,
        ),
      );
    default:
      throw new Refused('a part of it has no form in code');
  }
}

function atom(text: string): Code {
  return { text, power: ATOM };
}

/** What a function gives; brackets around all of it stand only where an operand needs them. */
function called(text: string): Code {
  return text.startsWith('(') && isEnclosed(text) ? { text: text.slice(1, -1), power: SUM } : atom(text);
}

/** As an operand of something that binds with `floor`. */
function at(dialect: Dialect, value: Value, floor: number): string {
  const { text, power } = emit(dialect, value);
  return power < floor ? `(${text})` : text;
}

function ofNumber(value: number): Code {
  const text = numberText(value);
  return { text, power: /^\d+(\.\d+)?$/.test(text) ? ATOM : SUM };
}

/** A third as a quotient, so that it is exact. */
function numberText(value: number): string {
  for (let below = 2; below <= 64; below++) {
    const above = value * below;
    if (!Number.isInteger(value) && Math.abs(above - Math.round(above)) < 1e-12 && !/^-?\d+\.\d{1,4}$/.test(String(value)))
      return `${Math.round(above)} / ${below}`;
  }
  return String(value);
}

// ---- dimensions and constants

function dimText(dim: Dim): string {
  const terms = [...dim.terms].map(([monomial, coefficient]) => {
    const names = monomial === '' ? [] : monomial.split('*');
    return [...(coefficient === 1 && names.length > 0 ? [] : [String(coefficient)]), ...names].join(' * ');
  });
  return terms.length === 0 ? '0' : terms.join(' + ');
}

function sizesOf(dialect: Dialect, { rows, cols }: MatrixShape): readonly string[] {
  const isOne = (dim: Dim) => dim.key === '1*';
  if (dialect.vectors === 'columns') return [dimText(rows), dimText(cols)];
  return [rows, cols].filter((dim) => !isOne(dim)).map((dim) => dimText(dim));
}

function emitConstant(dialect: Dialect, { op, shape }: Value & { kind: 'constant' }): string {
  if (op === 'identity') return dialect.identity(dimText(shape.rows));
  return dialect.filled(op === 'ones' ? 1 : 0, sizesOf(dialect, shape));
}

// ---- sums and products

function emitSum(dialect: Dialect, terms: readonly Value[]): Code {
  const numbers = terms.map(numberThroughout);
  const isBroadcast = numbers.some((one) => one !== null) && numbers.includes(null);
  const { plus, minus } = isBroadcast ? dialect.broadcast : { plus: '+', minus: '-' };
  const parts = ordered(isBroadcast ? terms.map((term, place) => numbers[place] ?? term) : terms);
  const text = parts.map((term, place) => {
    if (place === 0) return emit(dialect, term).text;
    return isNegative(term) ? `${minus} ${at(dialect, scaled(-1, term), PRODUCT)}` : `${plus} ${at(dialect, term, PRODUCT)}`;
  });
  return { text: text.join(' '), power: SUM };
}

/** The number that every entry is, of ones and multiples of them. */
function numberThroughout(term: Value): Value | null {
  if (isConstant(term, 'ones')) return number(1);
  const isMultiple = term.kind === 'product' && term.factors.length === 1 && isConstant(term.factors[0] as Value, 'ones');
  return isMultiple ? product(number(term.coefficient), ...term.scalars) : null;
}

/** What is raised to negative powers stands below the line. */
function emitHadamard(dialect: Dialect, factors: readonly Value[]): Code {
  const below = factors.filter(isBelow).map(inverted);
  const above = factors.filter((factor) => !isBelow(factor));
  const joined = (list: readonly Value[]) => list.map((one) => at(dialect, one, PRODUCT + 1)).join(` ${dialect.entrywise} `);
  if (below.length === 0) return { text: joined(above), power: PRODUCT };
  const lower = below.length > 1 ? `(${joined(below)})` : joined(below);
  return { text: `${above.length === 0 ? '1' : joined(above)} ${dialect.divide} ${lower}`, power: PRODUCT };
}

/** A term that is added comes first, where there is one. */
function ordered(terms: readonly Value[]): readonly Value[] {
  const first = Math.max(
    0,
    terms.findIndex((term) => !isNegative(term)),
  );
  return [terms[first] as Value, ...terms.slice(0, first), ...terms.slice(first + 1)];
}

function emitProduct(dialect: Dialect, value: Value & { kind: 'product' }): Code {
  const { scalars, factors } = value;
  const size = Math.abs(value.coefficient);
  const below = scalars.filter(isBelow);
  const above = scalars.filter((scalar) => !isBelow(scalar));
  const chain = factors.length === 0 ? [] : [emitChain(dialect, factors)];
  const alone = chain.length === 1 && above.length === 0 && size === 1;
  const front = [
    ...(size === 1 ? [] : [numberText(size)]),
    ...above.map((one) => at(dialect, one, PRODUCT + 1)),
    ...chain.map(({ text, power }) => (alone && below.length === 0 ? text : power <= PRODUCT ? `(${text})` : text)),
  ];
  const upper =
    front.length === 0
      ? '1'
      : front.map((one) => (/ \/ /.test(one) && /^\d+ \/ \d+$/.test(one) && front.length > 1 ? `(${one})` : one)).join(' * ');
  const lower = below.map((one) => at(dialect, inverted(one), PRODUCT + 1)).join(' * ');
  const text = lower === '' ? upper : `${upper} / ${below.length > 1 ? `(${lower})` : lower}`;
  return value.coefficient < 0
    ? {
        text: `-${front.length > 1 || lower !== '' ? text : alone && (chain[0] as Code).power <= PRODUCT ? `(${text})` : text}`,
        power: SUM,
      }
    : { text, power: PRODUCT };
}

function isBelow(scalar: Value): boolean {
  return scalar.kind === 'power' && scalar.exponent.kind === 'number' && scalar.exponent.value < 0;
}

/** What stands below the line: s^-2 is one over s^2. */
function inverted(below: Value): Value {
  const { base, exponent } = below as Value & { kind: 'power' };
  return power(base, number(-(exponent as Value & { kind: 'number' }).value));
}

/** A chain, multiplied from the end where it has a vector, so that no matrix is made that is not needed. */
function emitChain(dialect: Dialect, factors: readonly Value[]): Code {
  if (factors.length === 1) return emit(dialect, factors[0] as Value);
  const cut = factors.findIndex((factor, place) => place + 1 < factors.length && factor.shape.cols.key === '1*');
  if (cut >= 0) {
    const left = emitChain(dialect, factors.slice(0, cut + 1));
    const right = emitChain(dialect, factors.slice(cut + 1));
    if (dialect.vectors === 'arrays') return atom(dialect.outer(left.text, right.text));
    return { text: `${bracketed(left)} ${dialect.matmul} ${bracketed(right)}`, power: PRODUCT };
  }
  const [first, last] = [factors[0] as Value, factors.at(-1) as Value];
  if (isColumn(last) || (!isRow(first) && isApply(first, 'inverse'))) return fromTheRight(dialect, first, factors.slice(1));
  if (isRow(first) && isInverse(last)) return solvedFromTheRight(dialect, factors);
  const left = emitChain(dialect, factors.slice(0, -1));
  return {
    text: `${isMatrixProduct(factors.slice(0, -1)) ? left.text : at(dialect, first, PRODUCT + 1)} ${dialect.matmul} ${at(dialect, last, PRODUCT + 1)}`,
    power: PRODUCT,
  };
}

/** Whether factors are joined by matrix products, and by nothing that binds as tightly. */
function isMatrixProduct(factors: readonly Value[]): boolean {
  return factors.length > 1;
}

/** b' X^-T is the transpose of X^-1 b, for which a system is solved; an array with one axis has no orientation. */
function solvedFromTheRight(dialect: Dialect, factors: readonly Value[]): Code {
  const column = emitChain(dialect, [...factors].reverse().map(transpose));
  return dialect.vectors === 'arrays' ? column : atom(dialect.transpose(`(${column.text})`));
}

/** Of a matrix or of its transpose. */
function isInverse(value: Value): boolean {
  return isApply(value, 'inverse') || (isApply(value, 'transpose') && isInverse(value.args[0] as Value));
}

function fromTheRight(dialect: Dialect, first: Value, rest: readonly Value[]): Code {
  const right = emitChain(dialect, rest);
  if (!isInverse(first)) return { text: `${at(dialect, first, PRODUCT + 1)} ${dialect.matmul} ${bracketed(right)}`, power: PRODUCT };
  const inner = isApply(first, 'inverse')
    ? emit(dialect, first.args[0] as Value).text
    : dialect.transpose(
        at(
          dialect,
          (first as Value & { kind: 'apply' }).args[0]?.kind === 'apply'
            ? (((first as Value & { kind: 'apply' }).args[0] as Value & { kind: 'apply' }).args[0] as Value)
            : first,
          ATOM,
        ),
      );
  return called(dialect.solve(inner, right.text, isVector(rest.at(-1) as Value)));
}

function bracketed({ text, power }: Code): string {
  return power <= PRODUCT ? `(${text})` : text;
}

function emitPower(dialect: Dialect, { base, exponent }: Value & { kind: 'power' }): Code {
  const root = dialect.functions.sqrt;
  if (exponent.kind === 'number' && exponent.value === 0.5 && root !== undefined) return atom(root([emit(dialect, base).text], [base]));
  if (exponent.kind === 'number' && exponent.value === -1)
    return { text: `1 ${isScalar(base.shape) ? '/' : dialect.divide} ${at(dialect, base, PRODUCT + 1)}`, power: PRODUCT };
  return { text: dialect.power(at(dialect, base, ATOM), at(dialect, exponent, ATOM), isScalar(base.shape)), power: PRODUCT + 1 };
}

// ---- operators

function emitApply(dialect: Dialect, value: Value & { kind: 'apply' }): Code {
  const [arg] = value.args;
  if (value.op === 'transpose' && arg !== undefined) return emitTranspose(dialect, arg);
  const write = dialect.functions[value.op];
  if (write === undefined) throw new Refused(`${value.op} has no form in this language`);
  const args = COMPARISONS.has(value.op) ? besideNumbers(value.args) : value.args;
  return called(
    write(
      args.map((one) => emit(dialect, one).text),
      args,
    ),
  );
}

const COMPARISONS: ReadonlySet<OpName> = new Set(['greater', 'greaterEqual', 'less', 'lessEqual', 'equal', 'unequal']);

/** An array is compared with a number, not with an array of it. */
function besideNumbers(args: readonly Value[]): readonly Value[] {
  const isFilled = (arg: Value) => isConstant(arg, 'ones') || isConstant(arg, 'zeros');
  if (args.every(isFilled)) return args;
  return args.map((arg) => (isFilled(arg) ? number(isConstant(arg, 'ones') ? 1 : 0) : arg));
}

function emitTranspose(dialect: Dialect, arg: Value): Code {
  if (dialect.vectors === 'arrays' && isVector(arg)) return emit(dialect, arg);
  return atom(dialect.transpose(at(dialect, arg, ATOM)));
}

function emitEntry(dialect: Dialect, { base, selectors }: Value & { kind: 'entry' }): Code {
  const [, second] = selectors;
  if (isConstant(base, 'identity') && second?.kind === 'at') {
    const whole = dialect.identity(dimText(base.shape.rows));
    return atom(dialect.entry(whole, [':', emit(dialect, second.index).text]));
  }
  return atom(
    dialect.entry(
      at(dialect, base, ATOM),
      selectors.map((selector) => (selector.kind === 'all' ? ':' : emit(dialect, selector.index).text)),
    ),
  );
}

function emitBinder(dialect: Dialect, { binder, indices, from, to, body, distinct }: Value & { kind: 'binder' }): Code {
  const [index, ...more] = indices;
  if (binder !== 'sum' || dialect.sum === null || index === undefined || more.length > 0 || distinct || to === null)
    throw new Refused('a sum over an index has no form in code here');
  return atom(
    dialect.sum(emit(dialect, body).text, dialect.nameOf(index), from === null ? '1' : emit(dialect, from).text, emit(dialect, to).text),
  );
}
