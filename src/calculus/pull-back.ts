import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { call, entry, identity, number } from '../ops/algebra/leaves.ts';
import { inner, total } from '../ops/algebra/matrix-functions.ts';
import { power, reciprocal } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { rowSelection, selection } from '../ops/algebra/selection.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import {
  type CallValue,
  type EntryValue,
  isColumn,
  isRow,
  isZero,
  mentions,
  partsOf,
  sameShape,
  symbolsKept,
  type Value,
} from '../ops/algebra/value.ts';
import { betweenPowers, MATRIX_SLOPES } from '../ops/matrix-rules.ts';
import { OPS } from '../ops/table.ts';
import type { SymbolId } from '../ops/term.ts';
import { type Dim, ONE } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix } from '../shape/shape.ts';
import { type RangeOf, summed } from './index-form.ts';
import { Refused } from './refusal.ts';

/** Where cotangents are gathered: for every symbol that moves, what its changes do to the result. */
export interface Tape {
  /** Symbols that move. */
  readonly moves: (id: SymbolId) => boolean;
  readonly add: (id: SymbolId, cotangent: Value) => void;
  readonly range: RangeOf;
  /** Told of every rule that is applied. */
  readonly note: (rule: string, value: Value, cotangent: Value) => void;
  /** The number that the text fixes a value at; null where it fixes none. */
  readonly numberOf: (value: Value) => number | null;
  /** The derivative, of a given shape, of a function of several arguments by one of them. */
  readonly slopeBy: (value: CallValue, at: number, shape: MatrixShape) => Value;
  /** The second derivative of such a function of one column, by its gradient there. */
  readonly hessianAt: (gradient: CallValue, shape: MatrixShape) => Value;
  readonly isEntrywise: (callee: CallValue['callee']) => boolean;
  readonly moving: Map<Value, boolean>;
  /** The member of a family that moves, where it is one. */
  readonly member?: FamilyMember;
}

/** `x_k` where every `x_i` is declared. */
export interface FamilyMember {
  readonly of: SymbolId;
  readonly index: Value;
}

/** Whether a value changes when the symbols that move do. */
function isMoving(tape: Tape, value: Value): boolean {
  if (value.kind === 'symbol') return tape.moves(value.id);
  if (value.kind === 'opaque') return symbolsKept(value).some(tape.moves);
  const known = tape.moving.get(value);
  if (known !== undefined) return known;
  const found = calleeMoves(tape, value) || partsOf(value).some((part) => isMoving(tape, part));
  tape.moving.set(value, found);
  return found;
}

function calleeMoves(tape: Tape, value: Value): boolean {
  return value.kind === 'call' && value.callee.kind === 'symbol' && tape.moves(value.callee.id);
}

/** Carries the cotangent of a value back to the symbols it is made of: reverse accumulation, in matrices. */
export function pullBack(tape: Tape, value: Value, cotangent: Value): void {
  if (isZero(cotangent) || !isMoving(tape, value)) return;
  if (value.kind !== 'symbol') tape.note(value.kind === 'apply' ? value.op : value.kind, value, cotangent);
  switch (value.kind) {
    case 'symbol':
      return tape.add(value.id, cotangent);
    case 'sum':
      for (const term of value.terms) pullBack(tape, term, cotangent);
      return;
    case 'product':
      return pullProduct(tape, value, cotangent);
    case 'hadamard':
      return pullHadamard(tape, value.factors, cotangent);
    case 'power':
      return pullPower(tape, value, cotangent);
    case 'apply':
      return pullApply(tape, value, cotangent);
    case 'call':
      return pullCall(tape, value, cotangent);
    case 'entry':
      return pullEntry(tape, value, cotangent);
    case 'binder':
      return pullBinder(tape, value, cotangent);
    case 'blocks':
      return pullBlocks(tape, value, cotangent);
    case 'opaque':
      throw new Refused('a derivative whose definition is left open stands in it');
  }
}

// ---- products

/** Of the i-th factor L' G R' of what stands left and right of it; of a scalar ⟨G, the rest⟩. */
function pullProduct(tape: Tape, { coefficient, scalars, factors }: Value & { kind: 'product' }, g: Value): void {
  const scale = number(coefficient);
  factors.forEach((factor, at) => {
    if (!isMoving(tape, factor)) return;
    const left = factors.slice(0, at).reverse().map(transpose);
    const right = factors
      .slice(at + 1)
      .reverse()
      .map(transpose);
    pullBack(tape, factor, product(scale, ...scalars, product(...left, g, ...right)));
  });
  if (!scalars.some((scalar) => isMoving(tape, scalar))) return;
  const rest = factors.length === 0 ? product(g) : inner(g, product(...factors));
  scalars.forEach((scalar, at) => pullBack(tape, scalar, product(scale, ...scalars.slice(0, at), ...scalars.slice(at + 1), rest)));
}

function pullHadamard(tape: Tape, factors: readonly Value[], g: Value): void {
  factors.forEach((factor, at) => {
    if (isMoving(tape, factor)) pullBack(tape, factor, hadamard(g, ...factors.slice(0, at), ...factors.slice(at + 1)));
  });
}

function pullPower(tape: Tape, { base, exponent }: Value & { kind: 'power' }, g: Value): void {
  if (isMoving(tape, base)) pullBack(tape, base, hadamard(g, scaledBy(exponent, power(base, sum(exponent, number(-1))))));
  if (!isMoving(tape, exponent)) return;
  const slope = hadamard(g, power(base, exponent), apply('log', [base]));
  pullBack(tape, exponent, isScalar(exponent.shape) ? total(slope) : slope);
}

function scaledBy(exponent: Value, value: Value): Value {
  return isScalar(exponent.shape) ? product(exponent, value) : hadamard(exponent, value);
}

// ---- operators and functions

function pullApply(tape: Tape, value: Value & { kind: 'apply' }, g: Value): void {
  const { differential } = OPS[value.op];
  switch (differential.kind) {
    case 'constant':
      return;
    case 'entrywise': {
      const [x] = value.args as readonly [Value];
      return pullBack(tape, x, hadamard(g, differential.derivative(x, value)));
    }
    case 'none':
      throw new Refused(`${value.op} has no derivative here: ${differential.reason}`);
    case 'means':
      return pullBack(tape, differential.means(value.args, value.shape), g);
    case 'pullback':
      value.args.forEach((arg, at) => {
        if (!isMoving(tape, arg)) return;
        const pulled = differential.pull({ cotangent: g, at, args: value.args, value }) ?? pullLetteredPower(tape, value, g, at);
        if (pulled === null) throw new Refused(withoutForm(value));
        pullBack(tape, arg, pulled);
      });
  }
}

/** Of X^k, written out where the text fixes k, else as a sum. */
function pullLetteredPower(tape: Tape, value: Value & { kind: 'apply' }, g: Value, at: number): Value | null {
  const [base, exponent] = value.args as readonly [Value, Value | undefined];
  if (value.op !== 'pow' || at !== 0 || exponent === undefined) return null;
  const fixed = tape.numberOf(exponent);
  return betweenPowers(g, base, fixed === null ? exponent : number(fixed));
}

function withoutForm({ op, args }: Value & { kind: 'apply' }): string {
  if (op === 'pow' && args[1]?.kind !== 'number')
    return 'the power of a matrix has a derivative in matrices only where its exponent is whole, a number or a letter';
  const word = op === 'pow' ? 'a root of a matrix' : op in MATRIX_SLOPES ? `${op} of a matrix` : null;
  if (word !== null) return `${word} has a derivative in matrices only within a trace, alone or beside functions of the same matrix`;
  return `the derivative of ${op} has no form in matrices here`;
}

/** f'(u) entry by entry; of a function of a vector its gradient, or its Jacobian transposed. */
function pullCall(tape: Tape, value: CallValue, g: Value): void {
  const [arg, ...others] = value.args;
  if (arg === undefined) throw new Refused('a function without an argument');
  if (value.callee.kind === 'symbol' && tape.moves(value.callee.id)) throw new Refused('a function that changes itself is applied in it');
  if (others.length > 0) return value.args.forEach((_, at) => pullArgument(tape, value, at, g, (shape) => tape.slopeBy(value, at, shape)));
  const slope = (shape: MatrixShape) => call(value.callee, value.order + 1, value.args, shape);
  if (tape.isEntrywise(value.callee)) return pullBack(tape, arg, hadamard(g, slope(arg.shape)));
  const isGradient = value.order === 1 && value.callee.kind === 'symbol' && isColumn(arg) && sameShape(value.shape, arg.shape);
  if (isGradient) return isMoving(tape, arg) ? pullBack(tape, arg, product(tape.hessianAt(value, arg.shape), g)) : undefined;
  if (value.order > 0) throw new Refused('a higher derivative of a function that is left open');
  pullArgument(tape, value, 0, g, slope);
}

function pullArgument(tape: Tape, { shape, args }: CallValue, at: number, g: Value, slope: (shape: MatrixShape) => Value): void {
  const arg = args[at] as Value;
  if (!isMoving(tape, arg)) return;
  if (isScalar(shape)) return pullBack(tape, arg, product(g, slope(arg.shape)));
  if (shape.cols.key !== ONE.key || arg.shape.cols.key !== ONE.key) throw new Refused('a function of a matrix is left open in it');
  pullBack(tape, arg, product(transpose(slope(matrix(shape.rows, arg.shape.rows))), g));
}

// ---- entries, sums, blocks

/** g e_i, g e_i e_j', and of a row or a column of a matrix likewise. */
function pullEntry(tape: Tape, value: EntryValue, g: Value): void {
  const { base, selectors, shape } = value;
  if (base.kind === 'symbol' && base.id === tape.member?.of) return pullMember(tape, tape.member, value, g);
  if (
    base.kind === 'symbol' &&
    tape.moves(base.id) &&
    selectors.length === 1 &&
    shape.rows.key === base.shape.rows.key &&
    !isScalar(shape)
  ) {
    throw new Refused('a member of a family that changes stands in it');
  }
  const [first, second] = selectors;
  if (first === undefined) return;
  if (second === undefined)
    return pullBack(
      tape,
      base,
      isRow(base) ? product(g, transpose(unit(first, base.shape.cols))) : product(g, unit(first, base.shape.rows)),
    );
  const left = first.kind === 'at' ? [unit(first, base.shape.rows)] : [];
  const right = second.kind === 'at' ? [transpose(unit(second, base.shape.cols))] : [];
  pullBack(tape, base, product(...left, g, ...right));
}

/** Of x_i by x_k the whole cotangent where i is k, and nothing elsewhere. */
function pullMember(tape: Tape, { of, index }: FamilyMember, { base, selectors }: EntryValue, g: Value): void {
  const [own, part] = selectors;
  if (own?.kind !== 'at') throw new Refused('a family stands in it without saying which member');
  const same = apply('kronecker', [own.index, index]);
  tape.add(of, part === undefined ? product(same, g) : product(same, g, unit(part, base.shape.rows)));
}

/** The unit vector that a selector picks its entry with. */
export function unit(selector: EntryValue['selectors'][number], size: Dim): Value {
  return entry(identity(size), [{ kind: 'all' }, selector], matrix(size, ONE));
}

/** The sum of the cotangents of the terms; what is summed may come out in matrix form. */
function pullBinder(tape: Tape, value: Value & { kind: 'binder' }, g: Value): void {
  const { member } = tape;
  if (member !== undefined && value.indices.some((id) => mentions(member.index, id)))
    throw new Refused('the index of the member that it is by is bound within it; another letter is needed');
  if (value.binder === 'product') return pullProductOver(tape, value, g);
  if (value.binder !== 'sum') throw new Refused('what is written by its entries stands in it');
  const inside: Tape = {
    ...tape,
    add: (id, cotangent) => tape.add(id, summed({ ...value, body: cotangent }, tape.range)),
  };
  pullBack(inside, value.body, g);
}

/** d ∏ b_i is ∏ b_i times Σ d b_i / b_i. The index is bound in both, so neither may stand within the other. */
function pullProductOver(tape: Tape, value: Value & { kind: 'binder' }, g: Value): void {
  if (!isScalar(value.body.shape)) throw new Refused('a product of matrices over an index stands in it');
  const inside: Tape = {
    ...tape,
    add: (id, cotangent) => tape.add(id, product(g, value, summed({ ...value, binder: 'sum', body: cotangent }, tape.range))),
  };
  pullBack(inside, value.body, reciprocal(value.body));
}

/** A block's share of the cotangent: its own block where that comes in blocks too, else what identities pick. */
function pullBlocks(tape: Tape, { rows }: Value & { kind: 'blocks' }, g: Value): void {
  const [first] = rows;
  if (first === undefined || rows.some((row) => row.length !== first.length)) throw new Refused('a matrix of blocks stands in it');
  const [heights, widths] = [rows.map((row) => (row[0] as Value).shape.rows), first.map(({ shape }) => shape.cols)];
  const share = (i: number, j: number) =>
    g.kind === 'blocks' ? (g.rows[i]?.[j] ?? number(0)) : product(rowSelection(heights, i), g, selection(widths, j));
  rows.forEach((row, i) => row.forEach((block, j) => pullBack(tape, block, share(i, j))));
}
