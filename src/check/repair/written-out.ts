import { type ApplyTerm, type Term, walk } from '../../ops/term.ts';

/** What of a side is written once and stands in it several times. */
interface WrittenOut {
  /** For each node as it is written, those that stand for it in the other steps. */
  readonly copies: ReadonlyMap<Term, readonly Term[]>;
  /** What is not written by itself: the copies, and the sums of some of the steps. */
  readonly unwritten: ReadonlySet<Term>;
}

/**
 * Sums that were written out, `\sum_{t=1}^{3} W_t^\top x_t`: what is written once stands in one once for each of its steps, so that a change to it is
 * one to all of them. Sums in which a step is shorter than another, as one that begins with `t x_t` at zero, are left as they are.
 */
export function writtenOut(side: Term): WrittenOut {
  const copies = new Map<Term, readonly Term[]>();
  const unwritten = new Set<Term>();
  for (const sum of walk(side)) {
    if (unwritten.has(sum) || copies.has(sum) || !isSum(sum)) continue;
    const { steps, partial } = stepsOf(sum);
    const [first = [], ...others] = steps.map((step) => [...walk(step)]);
    if (others.length === 0 || others.some(({ length }) => length !== first.length)) continue;
    for (const [at, node] of first.entries()) {
      const alike = others.map((other) => other[at] as Term);
      copies.set(node, alike);
      for (const one of alike) unwritten.add(one);
    }
    for (const one of partial) unwritten.add(one);
  }
  return { copies, unwritten };
}

function isSum(term: Term): term is ApplyTerm {
  return term.kind === 'apply' && term.op === 'add' && isOneText(term.args);
}

/** The terms of a sum, and the sums of the first of them, as `a + b + c` is `(a + b) + c`. */
function stepsOf({ args, span }: ApplyTerm): { readonly steps: readonly Term[]; readonly partial: readonly Term[] } {
  const [left, ...rest] = args as readonly [Term, ...Term[]];
  if (!isSum(left) || left.span.start !== span.start || left.span.end !== span.end) return { steps: args, partial: [] };
  const { steps, partial } = stepsOf(left);
  return { steps: [...steps, ...rest], partial: [left, ...partial] };
}

/** Whether terms stand at one place; a sum of some of them has the place of the whole sum. */
function isOneText(terms: readonly Term[]): boolean {
  const last = terms.at(-1)?.span;
  const [first] = terms;
  if (last === undefined || first === undefined || last.end === last.start) return false;
  return first.span.start <= last.start && last.end <= first.span.end;
}
