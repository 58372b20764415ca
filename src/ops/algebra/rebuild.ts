import { apply } from './apply.ts';
import { hadamard } from './hadamard.ts';
import { binder, blocks, call, entry, number } from './leaves.ts';
import { power } from './power.ts';
import { product } from './product.ts';
import { sum } from './sum.ts';
import { partsOf, type Value, type ValueSelector } from './value.ts';

/** The value made anew from its parts, each of them changed on the way. */
export function rebuild(value: Value, change: (part: Value) => Value): Value {
  return change(withParts(value, (part) => rebuild(part, change)));
}

/** What has no part that changed stays the value it is, which is in normal form already. */
export function withParts(value: Value, change: (part: Value) => Value): Value {
  const parts = partsOf(value);
  const changed = parts.map(change);
  return changed.every((part, at) => part === parts[at]) ? value : madeOf(value, changed);
}

/** The value with other parts, which come in the order of `partsOf`. */
function madeOf(value: Value, parts: readonly Value[]): Value {
  let at = 0;
  const next = () => parts[at++] as Value;
  switch (value.kind) {
    case 'sum':
      return sum(...parts);
    case 'product':
      return product(number(value.coefficient), ...value.scalars.map(next), product(...value.factors.map(next), number(1)));
    case 'hadamard':
      return hadamard(...parts);
    case 'power':
      return power(next(), next());
    case 'apply':
      return apply(value.op, parts, value.shape);
    case 'call':
      return call(value.callee, value.order, parts, value.shape);
    case 'entry':
      return entry(
        next(),
        value.selectors.map((selector): ValueSelector => (selector.kind === 'all' ? selector : { kind: 'at', index: next() })),
        value.shape,
      );
    case 'binder':
      return binder({ ...value, from: value.from && next(), to: value.to && next(), body: next() }, value.shape);
    case 'blocks':
      return blocks(
        value.rows.map((row) => row.map(next)),
        value.shape,
      );
    default:
      return value;
  }
}
