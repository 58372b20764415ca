import { number, symbol } from '../ops/algebra/leaves.ts';
import { power } from '../ops/algebra/power.ts';
import { product, scaled } from '../ops/algebra/product.ts';
import { rebuild } from '../ops/algebra/rebuild.ts';
import { transpose } from '../ops/algebra/transpose.ts';
import type { Value } from '../ops/algebra/value.ts';
import type { SymbolId } from '../ops/term.ts';
import { isScalar } from '../shape/shape.ts';

/** A value in which a name stands for a part of it, and in how many places. */
export interface Folded {
  readonly value: Value;
  readonly count: number;
}

/**
 * Writes a symbol wherever a part occurs in a value: as it is, transposed, with the other sign, or as
 * neighbouring factors of a longer product.
 */
export function fold(value: Value, part: Value, id: SymbolId): Folded {
  const by = symbol(id, part.shape);
  const turned = isScalar(part.shape) ? null : transpose(part);
  const opposite = part.kind === 'sum' ? scaled(-1, part) : null;
  let count = 0;
  const replaced = (found: Value): Value => {
    count++;
    return found;
  };
  const result = rebuild(value, (node) => {
    if (node.key === part.key) return replaced(by);
    if (node.key === turned?.key) return replaced(transpose(by));
    if (node.key === opposite?.key) return replaced(scaled(-1, by));
    const exponent = exponentOver(node, part);
    if (exponent !== null) return replaced(power(by, number(exponent)));
    if (node.kind !== 'product' || part.kind !== 'product' || part.coefficient !== 1 || part.scalars.length > 0) return node;
    const factors = foldedChain(node.factors, part.factors, () => replaced(by));
    const both = turned?.kind === 'product' ? foldedChain(factors, turned.factors, () => replaced(transpose(by))) : factors;
    return both === node.factors ? node : product(number(node.coefficient), ...node.scalars, product(...both, number(1)));
  });
  return { value: result, count };
}

/**
 * The power of a root that a value is: of `s = \sqrt{u}` the `u^{-1/2}` is `1/s`, and `u^{3/2}` is `s^3`. The u alone stays u, and null stands for it
 * as for all else.
 */
function exponentOver(node: Value, root: Value): number | null {
  if (node.kind !== 'power' || root.kind !== 'power' || node.base.key !== root.base.key) return null;
  const [above, below] = [node.exponent, root.exponent];
  if (above.kind !== 'number' || below.kind !== 'number' || Number.isInteger(above.value)) return null;
  const exponent = above.value / below.value;
  return Number.isInteger(exponent) ? exponent : null;
}

/** The factors with one in the place of each run of them; the same list where there is none. */
function foldedChain(factors: readonly Value[], run: readonly Value[], by: () => Value): readonly Value[] {
  const result: Value[] = [];
  for (let at = 0; at < factors.length; ) {
    const isHere = run.every(({ key }, offset) => factors[at + offset]?.key === key);
    result.push(isHere ? by() : (factors[at] as Value));
    at += isHere ? run.length : 1;
  }
  return result.length === factors.length ? factors : result;
}
