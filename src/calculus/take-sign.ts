import { withParts } from '../ops/algebra/rebuild.ts';
import { isNegative } from '../ops/algebra/sign.ts';
import { negative, sum } from '../ops/algebra/sum.ts';
import { isApply, isNumber, partsOf, type Value } from '../ops/algebra/value.ts';

/** The keys of sums. */
type Sums = ReadonlySet<string>;

/**
 * A minus in front goes into a difference behind it, -X' (y - p) is X' (p - y), unless the difference stands in the text
 * as it is: of y - X w a person reads the derivative as -2 X' (y - X w). Nor is 1 - p turned, which is a form of its own.
 */
export function takeSign(value: Value, sumsInText: () => Sums): Value {
  const turned = value.kind === 'product' && isNegative(value) ? withSignTurned(value, sumsInText()) : null;
  return turned === null ? value : negative(turned);
}

/** The value with the other sign, by the first difference in it that may be turned; null without one. */
function withSignTurned(value: Value, inText: Sums): Value | null {
  if (value.kind === 'sum') return isDifference(value) && !inText.has(value.key) ? sum(...value.terms.map(negative)) : null;
  if (!takesSignOfParts(value)) return null;
  let isDone = false;
  const turned = withParts(value, (part) => {
    const other = isDone ? null : withSignTurned(part, inText);
    isDone ||= other !== null;
    return other ?? part;
  });
  return isDone ? turned : null;
}

function isDifference({ terms }: Value & { kind: 'sum' }): boolean {
  return terms.some(isNegative) && !terms.some((term) => term.kind === 'constant' || (isNumber(term) && !isNegative(term)));
}

/** Whether the sign changes with that of any of its parts. */
function takesSignOfParts(value: Value): boolean {
  return value.kind === 'product' || value.kind === 'hadamard' || isApply(value, 'transpose') || isApply(value, 'diag');
}

/** All sums in values. */
export function sumsIn(values: readonly Value[]): Sums {
  const keys = new Set<string>();
  const add = (value: Value): void => {
    if (value.kind === 'sum') keys.add(value.key);
    partsOf(value).forEach(add);
  };
  values.forEach(add);
  return keys;
}
