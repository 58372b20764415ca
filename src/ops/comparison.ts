import { zipInto } from '../tensor/map.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { CONSTANT, type Differential, pullback } from './differential.ts';
import type { Kernel, Op } from './op.ts';
import { pullCase, pullExtreme } from './selection-rules.ts';
import { SPECIAL } from './signature.ts';

function comparison(holds: (a: number, b: number) => boolean, doc: string): Op {
  return {
    shape: SPECIAL,
    kernel: (out, [a, b]) =>
      a && b && zipInto(out, a, b, (x, y) => (Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : holds(x, y) ? 1 : 0)),
    domain: 'real',
    smoothness: 'constant',
    differential: CONSTANT,
    doc,
  };
}

function extremeOf(data: Float64Array, better: (a: number, b: number) => number): number {
  let found = data[0] as number;
  for (let k = 1; k < data.length; k++) found = better(found, data[k] as number);
  return found;
}

/** Of one operand the extreme entry, of several the extreme entry by entry. */
function extreme(better: (a: number, b: number) => number, doc: string, differential: Differential): Op {
  const kernel: Kernel = (out, args) => {
    const first = args[0] as Tensor;
    if (args.length === 1) out.data[0] = extremeOf(first.data, better);
    else for (let at = 1; at < args.length; at++) zipInto(out, at === 1 ? first : out, args[at] as Tensor, better);
  };
  return { shape: SPECIAL, kernel, domain: 'real', smoothness: 'kinked', differential, doc };
}

/** Value, condition, value, condition, …, and the value otherwise; NaN where none of the conditions holds. */
const casesKernel: Kernel = (out, args) => {
  for (let k = 0; k < out.data.length; k++) out.data[k] = caseAt(args, k);
};

function caseAt(args: readonly Tensor[], k: number): number {
  for (let at = 0; at < args.length; at += 2) {
    const condition = args[at + 1];
    const holds = condition === undefined ? 1 : entryOf(condition, k);
    if (holds !== 0) return Number.isNaN(holds) ? Number.NaN : entryOf(args[at] as Tensor, k);
  }
  return Number.NaN;
}

function entryOf({ data }: Tensor, k: number): number {
  return data[data.length === 1 ? 0 : k] as number;
}

export const COMPARISON_OPS = {
  greater: comparison((a, b) => a > b, 'One where the left side is larger, entry by entry.'),
  greaterEqual: comparison((a, b) => a >= b, 'One where the left side is larger or equal, entry by entry.'),
  less: comparison((a, b) => a < b, 'One where the left side is smaller, entry by entry.'),
  lessEqual: comparison((a, b) => a <= b, 'One where the left side is smaller or equal, entry by entry.'),
  equal: comparison((a, b) => a === b, 'One where both sides are equal, entry by entry.'),
  unequal: comparison((a, b) => a !== b, 'One where the sides differ, entry by entry.'),
  max: extreme(Math.max, 'The largest entry of one operand, the larger of several entry by entry.', pullback(pullExtreme('greater'))),
  min: extreme(Math.min, 'The smallest entry of one operand, the smaller of several entry by entry.', pullback(pullExtreme('less'))),
  cases: {
    shape: SPECIAL,
    kernel: casesKernel,
    domain: 'real',
    smoothness: 'kinked',
    differential: pullback(pullCase),
    doc: 'The value whose condition holds first, otherwise the last one.',
  },
} satisfies Record<string, Op>;
