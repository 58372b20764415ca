import { withParts } from '../ops/algebra/rebuild.ts';
import { isNegative } from '../ops/algebra/sign.ts';
import { negative, sum } from '../ops/algebra/sum.ts';
import { isApply, isNumber, partsOf, type Value } from '../ops/algebra/value.ts';

/** The keys of sums. */
type Sums = ReadonlySet<string>;

/**
 * A minus in front goes into a difference behind it, -X' (y - p) is X' (p - y), unless the difference stands in the text
 * as it is: of y - X w a person reads the derivative as -2 X' (y - X w), of A x - b that by b as -2 (A x - b). Nor is 1 - p
 * turned, which is a form of its own.
 */
export function takeSign(value: Value, sumsInText: () => Sums): Value {
  if (value.kind !== 'product') return value;
  const isNegated = isNegative(value);
  // A minus of its own would be one sign more.
  if (value.coefficient === 1) return value;
  const turned = withSignTurned(value, (one, opposite) => {
    if (isOnlyDivided(value) && value.factors[0] === one) return true;
    const inText = sumsInText();
    return !inText.has(one.key) && (isNegated || inText.has(opposite.key));
  });
  return turned === null ? value : negative(turned);
}

/** Whether it is one factor with a minus, of which nothing but a divisor is said: -(x - y)/||x - y|| is (y - x)/||x - y||. */
function isOnlyDivided({ coefficient, scalars, factors }: Value & { kind: 'product' }): boolean {
  const isDivisor = (one: Value) => one.kind === 'power' && isNegative(one.exponent);
  return coefficient === -1 && factors.length === 1 && scalars.every(isDivisor);
}

/** Whether a difference had better be written as its opposite. */
type IsTurned = (difference: Value, opposite: Value) => boolean;

/** The value with the other sign, by the first difference in it that may be turned; null without one. */
function withSignTurned(value: Value, isTurned: IsTurned): Value | null {
  if (value.kind === 'sum') {
    const opposite = isDifference(value) ? sum(...value.terms.map(negative)) : null;
    return opposite !== null && isTurned(value, opposite) ? opposite : null;
  }
  if (!takesSignOfParts(value)) return null;
  let isDone = false;
  const turned = withParts(value, (part) => {
    const other = isDone ? null : withSignTurned(part, isTurned);
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
