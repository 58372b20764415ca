import { apply } from '../ops/algebra/apply.ts';
import { hadamard } from '../ops/algebra/hadamard.ts';
import { blocks, call, number, zeros } from '../ops/algebra/leaves.ts';
import { diagonal, inner, kronecker, matrixPower, total, trace, vec } from '../ops/algebra/matrix-functions.ts';
import { power } from '../ops/algebra/power.ts';
import { product } from '../ops/algebra/product.ts';
import { negative, sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { type ApplyValue, type CallValue, isZero, type OpaqueValue, type Value } from '../ops/algebra/value.ts';
import { frechet } from '../ops/frechet.ts';
import { betweenPowers, MATRIX_SLOPES, rootAlong } from '../ops/matrix-rules.ts';
import { OPS } from '../ops/table.ts';
import type { SymbolId } from '../ops/term.ts';
import { isScalar } from '../shape/shape.ts';
import type { OpName } from '../syntax/notation.ts';

/** How things move. */
export interface Motion {
  /** The change of a symbol, null for one that stands still. */
  readonly of: (id: SymbolId) => Value | null;
  /** That of a derivative that is left open; null where it has no form in matrices. */
  readonly ofOpen: (value: OpaqueValue) => Value | null;
  /** The number that the text fixes a value at; null where it fixes none. */
  readonly numberOf?: (value: Value) => number | null;
}

/** Operators that are linear in their one operand. */
const LINEAR: Partial<Record<OpName, (x: Value) => Value>> = { transpose, trace, total, vec, diag: diagonal };

/**
 * The change of a value when its symbols move, by the product rule: the differential method of Magnus
 * and Neudecker. Null where an operator's rule is known only backwards.
 */
export function pushForward(value: Value, motion: Motion): Value | null {
  switch (value.kind) {
    case 'symbol':
      return motion.of(value.id) ?? zeros(value.shape);
    case 'number':
    case 'dimension':
    case 'constant':
      return zeros(value.shape);
    case 'sum':
      return all(
        value.terms.map((term) => pushForward(term, motion)),
        (terms) => sum(...terms, zeros(value.shape)),
      );
    case 'product':
      return pushProduct(value, motion);
    case 'hadamard':
      return overEach(value.factors, motion, (factors) => hadamard(...factors), value);
    case 'power':
      return value.exponent.kind === 'number' ? pushPower(value, motion) : null;
    case 'apply':
      return pushApply(value, motion);
    case 'blocks':
      return all(
        value.rows.flat().map((part) => pushForward(part, motion)),
        (moved) => blocks(sameRows(value.rows, moved), value.shape),
      );
    case 'opaque':
      return motion.ofOpen(value);
    case 'call':
      return pushCall(value, motion);
    default:
      return null;
  }
}

function all(parts: readonly (Value | null)[], combine: (parts: readonly Value[]) => Value): Value | null {
  return parts.includes(null) ? null : combine(parts as readonly Value[]);
}

/** Parts in rows as long as those of a matrix. */
function sameRows(rows: readonly (readonly Value[])[], parts: readonly Value[]): readonly (readonly Value[])[] {
  const next = parts.values();
  return rows.map((row) => row.map(() => next.next().value as Value));
}

/** The sum over the parts of the whole with that part's change in its place. */
function overEach(parts: readonly Value[], motion: Motion, whole: (parts: readonly Value[]) => Value, like: Value): Value | null {
  const changes = parts.map((part) => pushForward(part, motion));
  return all(changes, (moved) =>
    sum(...moved.map((change, at) => whole(parts.map((part, place) => (place === at ? change : part)))), zeros(like.shape)),
  );
}

/** Of a function that gives a number ⟨gradient, change⟩. */
function pushCall(value: CallValue, motion: Motion): Value | null {
  const { callee, order, args, shape } = value;
  const [arg, ...others] = args;
  const isHigher = order > 0 && arg !== undefined && !isScalar(arg.shape);
  if (arg === undefined || others.length > 0 || !isScalar(shape) || isHigher) return null;
  if (callee.kind === 'symbol' && motion.of(callee.id) !== null) return null;
  const change = pushForward(arg, motion);
  return change === null ? null : inner(call(callee, order + 1, args, arg.shape), change);
}

function pushProduct({ coefficient, scalars, factors, ...rest }: Value & { kind: 'product' }, motion: Motion): Value | null {
  const count = scalars.length;
  return overEach(
    [...scalars, ...factors],
    motion,
    (parts) => product(number(coefficient), ...parts.slice(0, count), product(...parts.slice(count), number(1))),
    rest as Value,
  );
}

function pushPower({ base, exponent }: Value & { kind: 'power' }, motion: Motion): Value | null {
  const change = pushForward(base, motion);
  return change === null ? null : hadamard(change, product(exponent, power(base, sum(exponent, number(-1)))));
}

function pushApply(value: ApplyValue, motion: Motion): Value | null {
  const [arg] = value.args;
  const linear = LINEAR[value.op];
  const { differential } = OPS[value.op];
  if (arg === undefined || differential.kind === 'constant') return zeros(value.shape);
  if (value.op === 'kron') return overEach(value.args, motion, ([a, b]) => kronecker(a as Value, b as Value), value);
  const change = pushForward(arg, motion);
  if (change === null) return null;
  if (linear !== undefined) return linear(change);
  if (value.op === 'pow') return pushMatrixPower(value, arg, change, motion);
  if (isMatrixFunction(value.op)) return pushMatrixFunction(value.op, value, arg, change);
  if (value.op === 'inverse') return negative(product(value, change, value));
  if (differential.kind === 'entrywise') return hadamard(change, differential.derivative(arg, value));
  return isScalar(value.shape) && value.args.length === 1 ? pushScalar(value, arg, change) : null;
}

/** Σ X^r dX X^(k-1-r) of a whole exponent that stands still; of another number the change of the root. */
function pushMatrixPower({ args }: ApplyValue, base: Value, change: Value, motion: Motion): Value | null {
  const exponent = args[1] as Value;
  const exponentChange = pushForward(exponent, motion);
  if (exponentChange === null || !isZero(exponentChange)) return null;
  if (isZero(change)) return change;
  const fixed = motion.numberOf?.(exponent) ?? null;
  const between = betweenPowers(change, transpose(base), fixed === null ? exponent : number(fixed));
  return between === null && exponent.kind === 'number' ? pushRoot(base, change, exponent) : between;
}

function pushRoot(base: Value, change: Value, exponent: Value & { kind: 'number' }): Value | null {
  if (!commute(base, change)) return rootAlong(change, base, exponent.value);
  return product(exponent, change, matrixPower(base, number(exponent.value - 1)));
}

function pushMatrixFunction(op: keyof typeof MATRIX_SLOPES, value: ApplyValue, arg: Value, change: Value): Value {
  if (isZero(change)) return change;
  return commute(arg, change) ? product(change, MATRIX_SLOPES[op](arg, value)) : frechet((inner) => apply(op, [inner]), arg, change);
}

function isMatrixFunction(op: OpName): op is keyof typeof MATRIX_SLOPES {
  return op in MATRIX_SLOPES;
}

/** Multiples of one matrix commute: s A and A, along which exp(s A) changes by A exp(s A). */
function commute(a: Value, b: Value): boolean {
  return unscaled(a) === unscaled(b);
}

function unscaled(value: Value): string {
  return value.kind === 'product' ? product(...value.factors).key : value.key;
}

/** Of a number the gradient tells the change: ⟨gradient, change⟩. */
function pushScalar(value: ApplyValue, arg: Value, change: Value): Value | null {
  const { differential } = OPS[value.op];
  if (differential.kind !== 'pullback') return null;
  const gradient = differential.pull({ cotangent: number(1), at: 0, args: value.args, value });
  return gradient === null ? null : inner(sameAs(gradient, arg), change);
}

function sameAs(gradient: Value, arg: Value): Value {
  return gradient.shape.rows.key === arg.shape.rows.key ? gradient : transpose(gradient);
}
