import { isScalar, matrix } from '../../shape/shape.ts';
import { hadamard } from './hadamard.ts';
import { binder, blocks, identity, number, ones, rawApply, zeros } from './leaves.ts';
import { power } from './power.ts';
import { product } from './product.ts';
import { negative, sum } from './sum.ts';
import { isApply, isSquare, sameShape, type Value } from './value.ts';

/** The transpose, pushed in as far as that does not make the value longer. */
export function transpose(value: Value): Value {
  if (isScalar(value.shape)) return value;
  if (value.kind === 'product') return pushProduct(value);
  // A second derivative of a number, which is kept as it is, is symmetric.
  if (value.kind === 'opaque' && value.term.kind === 'derivative' && value.term.form === 'hessian') return value;
  if (isApply(value, 'kron')) return rawApply('kron', value.args.map(transpose), matrix(value.shape.cols, value.shape.rows));
  const pushed = push(value);
  return pushed !== null && pushed.size <= value.size + 1 ? pushed : kept(value);
}

function transposeBlocks({ rows, shape }: Value & { kind: 'blocks' }): Value {
  const columns = (rows[0] as readonly Value[]).map((_, col) => rows.map((row) => transpose(row[col] as Value)));
  return blocks(columns, matrix(shape.cols, shape.rows));
}

function kept(value: Value): Value {
  return rawApply('transpose', [value], matrix(value.shape.cols, value.shape.rows));
}

function push(value: Value): Value | null {
  switch (value.kind) {
    case 'constant':
      return value.op === 'identity'
        ? identity(value.shape.rows)
        : (value.op === 'ones' ? ones : zeros)(matrix(value.shape.cols, value.shape.rows));
    case 'symbol':
      return isSymmetricSymbol(value) ? value : null;
    case 'entry':
      return value.base.kind === 'symbol' && sameShape(value.base.shape, value.shape) && isSymmetricSymbol(value.base) ? value : null;
    case 'sum':
      return sum(...value.terms.map(transpose));
    case 'hadamard':
      return hadamard(...value.factors.map(transpose));
    case 'power':
      return power(transpose(value.base), value.exponent);
    case 'apply':
      return pushApply(value);
    case 'blocks':
      return transposeBlocks(value);
    case 'binder':
      return value.binder === 'sum' ? binder({ ...value, body: transpose(value.body) }, matrix(value.shape.cols, value.shape.rows)) : null;
    default:
      return null;
  }
}

/** A text may call a vector symmetric; it is no matrix for that. */
function isSymmetricSymbol(value: Value & { kind: 'symbol' }): boolean {
  const { properties } = value;
  return isSquare(value) && (properties.includes('symmetric') || properties.includes('spd') || properties.includes('diagonal'));
}

/** Always: the transpose of a product is the product of the transposes from behind. */
function pushProduct({ coefficient, scalars, factors }: Value & { kind: 'product' }): Value {
  return product(number(coefficient), ...scalars, ...[...factors].reverse().map(transpose));
}

function pushApply(value: Value & { kind: 'apply' }): Value | null {
  const [arg] = value.args as readonly [Value];
  switch (value.op) {
    case 'transpose':
      return arg;
    case 'skew':
      return negative(value);
    case 'diag':
      return isSquare(value) ? value : null;
    case 'commutation':
      return rawApply('commutation', [...value.args].reverse(), value.shape);
    case 'inverse':
    case 'pinv':
    case 'pow':
    case 'expm':
    case 'logm':
    case 'sinm':
    case 'cosm': {
      const turned = transpose(arg);
      return turned.key === arg.key ? value : null;
    }
    default:
      return null;
  }
}
