import { isScalar } from '../../shape/shape.ts';
import { ones, onesColumn } from './leaves.ts';
import { product } from './product.ts';
import { transpose } from './transpose.ts';
import { isRow, isVector, isZero, sameShape, type Value } from './value.ts';

/** Values repeated to one shape, as reading entry by entry asks for: a scalar everywhere, a row or a column along the other axis. */
export function stretched(values: readonly Value[]): readonly Value[] {
  const widest =
    values.find((value) => !isScalar(value.shape) && !isVector(value)) ??
    values.find((value) => !isScalar(value.shape)) ??
    (values[0] as Value);
  return values.map((value) => stretchTo(value, widest));
}

function stretchTo(value: Value, { shape }: Value): Value {
  if (sameShape(value.shape, shape) || isZero(value)) return value;
  if (isScalar(value.shape)) return product(value, ones(shape));
  if (isRow(value)) return product(onesColumn(shape.rows), value);
  return product(value, transpose(onesColumn(shape.cols)));
}
