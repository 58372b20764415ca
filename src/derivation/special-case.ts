import type { PlacedEquation } from './collected.ts';
import { someIn } from './find-in.ts';
import type { Seen } from './role.ts';

/** Of each section with claims the item of the last one. */
export function lastClaims(equations: readonly PlacedEquation[]): ReadonlyMap<number, number> {
  const claims = equations.filter(
    ({ statement: { sides } }) => sides.length > 1 && sides.some((side) => someIn(side, ({ kind }) => kind === 'derivative')),
  );
  return new Map(claims.map(({ section, item }) => [section, item]));
}

/** Words before a formula that say of which case a sentence speaks. */
const CASES =
  /(?:^|[\s(])(?:with|for|if|when|whenever|at|taking|take|setting|set|putting|choosing|choose|check|case|once|suppose|assuming)\s+(?:the\s+|e\.g\.\s+)?(?:\$|\\\()$/iu;

/**
 * "With `$W = I$` we are back at least squares", behind all claims of a section, of a letter that was met before: the sentence
 * speaks of a special case, and what is claimed above is not claimed of it alone.
 */
export function isSpecialCase(
  equation: PlacedEquation,
  key: string,
  { mentions, lastClaims }: Pick<Seen, 'mentions' | 'lastClaims'>,
  text: string,
): boolean {
  const { statement, section, item, origin } = equation;
  if (origin === 'plain' || statement.displayed || (lastClaims().get(section) ?? item) >= item) return false;
  const firstMention = mentions().first.get(key);
  const isMet = firstMention !== undefined && firstMention.item < item;
  return isMet && CASES.test(text.slice(Math.max(0, statement.span.start - 40), statement.span.start));
}
