import { contains } from '../base/span.ts';
import type { Built } from '../derivation/build.ts';
import type { Found } from './checked-document.ts';

/** Diagnostics as they are shown: expected ones gone, each once, in the order of the text. */
export function presented(built: Built, found: readonly Found[]): readonly Found[] {
  return inOrder(onceEachMistake(withoutDoubles(meetExpectations(built, found))));
}

/** What `expect` demands and what came of it cancel out; what did not come is a diagnostic of its own. */
function meetExpectations(built: Built, found: readonly Found[]): readonly Found[] {
  let left = found;
  for (const { code, span, within } of built.expectations) {
    const met = left.filter((one) => one.code === code && contains(within, one.span));
    left = left.filter((one) => !met.includes(one));
    if (met.length > 0) continue;
    left = [
      ...left,
      {
        code: 'expect/unmet',
        severity: 'error',
        message: `The next block was expected to show \`${code}\`, but does not.`,
        span,
        related: [],
        fixes: [],
      },
    ];
  }
  return left;
}

function withoutDoubles(found: readonly Found[]): readonly Found[] {
  const seen = new Set<string>();
  return found.filter(({ code, span, message }) => {
    const key = `${code}:${span.start}:${span.end}:${message}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

/** What the same change mends is one mistake: it is told where the range is smallest. */
function onceEachMistake(found: readonly Found[]): readonly Found[] {
  const mendedBy = ({ fixes: [fix] }: Found) => (fix === undefined ? null : JSON.stringify(fix.edits));
  const smallest = new Map<string | null, Found>();
  for (const one of found) {
    const known = smallest.get(mendedBy(one));
    if (known === undefined || lengthOf(one) < lengthOf(known)) smallest.set(mendedBy(one), one);
  }
  return found.filter((one) => mendedBy(one) === null || smallest.get(mendedBy(one)) === one);
}

function lengthOf({ span }: Found): number {
  return span.end - span.start;
}

function inOrder(found: readonly Found[]): readonly Found[] {
  return [...found].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
