import { hadamard } from '../ops/algebra/hadamard.ts';
import { dimension, identity, number, rawApply, zeros } from '../ops/algebra/leaves.ts';
import { diagonal, kronecker, vec } from '../ops/algebra/matrix-functions.ts';
import { product } from '../ops/algebra/product.ts';
import { sum } from '../ops/algebra/sum.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import { isApply, isColumn, isRow, isVector, mentions, type Value } from '../ops/algebra/value.ts';
import { MATRIX_SLOPES } from '../ops/matrix-rules.ts';
import type { SymbolId } from '../ops/term.ts';
import { times } from '../shape/dimension.ts';
import { isScalar, type MatrixShape, matrix } from '../shape/shape.ts';
import { type RangeOf, summed } from './index-form.ts';
import { Refused } from './refusal.ts';

/** What reading off needs: the symbol, and how the gradient of a scalar by it is found. */
export interface Reading {
  readonly id: SymbolId;
  readonly shape: MatrixShape;
  readonly gradient: (scalar: Value) => Value;
  readonly range: RangeOf;
}

/** M with vec(value) = M vec(G), of a value that is linear in the symbol G. */
export function readOff(reading: Reading, value: Value): Value {
  const { rows, cols } = value.shape;
  if (!mentions(value, reading.id)) return zeros(matrix(times(rows, cols), times(reading.shape.rows, reading.shape.cols)));
  switch (value.kind) {
    case 'symbol':
      return identity(times(rows, cols));
    case 'sum':
      return sum(...value.terms.map((term) => readOff(reading, term)));
    case 'product':
      return readProduct(reading, value);
    case 'hadamard':
      return readHadamard(reading, value.factors);
    case 'apply':
      return readApply(reading, value);
    case 'entry':
      return readScalar(reading, value);
    case 'binder':
      return summed({ ...value, body: readOff(reading, value.body) }, reading.range);
    default:
      throw new Refused('it has no form in matrices');
  }
}

/** ⟨S, G⟩ is vec(S)' vec(G). */
function readScalar(reading: Reading, scalar: Value): Value {
  if (!isScalar(scalar.shape)) throw new Refused('it has no form in matrices');
  return transpose(vec(reading.gradient(scalar)));
}

/** vec(A E B) is (B' ⊗ A) vec(E). */
function readProduct(reading: Reading, value: Value & { kind: 'product' }): Value {
  const { coefficient, scalars, factors } = value;
  const scale = number(coefficient);
  if (isScalar(value.shape)) return readScalar(reading, value);
  const moving = scalars.findIndex((scalar) => mentions(scalar, reading.id));
  if (moving >= 0) {
    const rest = product(scale, ...scalars.filter((_, at) => at !== moving), ...factors);
    return product(vec(rest), readScalar(reading, scalars[moving] as Value));
  }
  const at = factors.findIndex((factor) => mentions(factor, reading.id));
  const own = factors[at] as Value;
  const left = at === 0 ? identity(own.shape.rows) : product(...factors.slice(0, at));
  const right = at === factors.length - 1 ? identity(own.shape.cols) : product(...factors.slice(at + 1));
  if (isApply(own, 'diag')) return product(scale, ...scalars, readDiagonal(reading, left, own, right));
  return product(scale, ...scalars, kronecker(transpose(right), left), readOff(reading, own));
}

/** A diag(e) b is A diag(b) e. */
function readDiagonal(reading: Reading, left: Value, own: Value & { kind: 'apply' }, right: Value): Value {
  const [column] = own.args as readonly [Value];
  if (!isVector(column)) throw new Refused('the diagonal of a matrix has no form in matrices here');
  if (isColumn(right)) return product(left, diagonal(right), readOff(reading, column));
  if (isRow(left)) return product(transpose(right), diagonal(left), readOff(reading, column));
  throw new Refused('a diagonal matrix between matrices has no form in matrices here');
}

function readHadamard(reading: Reading, factors: readonly Value[]): Value {
  const at = factors.findIndex((factor) => mentions(factor, reading.id));
  const others = factors.filter((_, place) => place !== at);
  return product(diagonal(vec(hadamard(...others))), readOff(reading, factors[at] as Value));
}

function readApply(reading: Reading, value: Value & { kind: 'apply' }): Value {
  const [inner] = value.args as readonly [Value];
  if (isScalar(value.shape)) return readScalar(reading, value);
  switch (value.op) {
    case 'transpose':
      return product(commutation(inner.shape), readOff(reading, inner));
    case 'vec':
      return readOff(reading, inner);
    case 'kron':
      return readKronecker(reading, value.args as readonly [Value, Value]);
    default:
      throw new Refused(
        value.op in MATRIX_SLOPES || value.op === 'pow'
          ? `the Jacobian of ${value.op === 'pow' ? 'a root of a matrix' : value.op} as a whole has no form in matrices; its change along one matrix has`
          : `${value.op} has no form in matrices here`,
      );
  }
}

/** vec(A ⊗ B) is (I_n ⊗ K_qm ⊗ I_p) (vec(A) ⊗ vec(B)), of an m×n matrix A and a p×q matrix B (Magnus and Neudecker 1999, theorem 3.10). */
function readKronecker(reading: Reading, [a, b]: readonly [Value, Value]): Value {
  const moves = [a, b].map((factor) => mentions(factor, reading.id));
  if (moves[0] && moves[1]) throw new Refused('a Kronecker product of two changes stands in it');
  const columns = moves[0] ? kronecker(readOff(reading, a), vec(b)) : kronecker(vec(a), readOff(reading, b));
  const turned = commutation(matrix(b.shape.cols, a.shape.rows));
  return product(kronecker(kronecker(identity(a.shape.cols), turned), identity(b.shape.rows)), columns);
}

/** K with vec(X') = K vec(X): nothing where X is a vector. */
function commutation({ rows, cols }: MatrixShape): Value {
  const size = times(rows, cols);
  if (rows.key === '1*' || cols.key === '1*') return identity(size);
  return rawApply('commutation', [dimension(rows), dimension(cols)], matrix(size, size));
}
