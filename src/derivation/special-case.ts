import type { Expr } from '../syntax/ast.ts';
import { symbolKey } from '../syntax/symbol-key.ts';
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
  /(?:^|[\s(])(?:with|for|if|when|whenever|unless|at|taking|take|setting|set|putting|choosing|choose|check|case|once|suppose|assuming)\s+(?:the\s+|e\.g\.\s+)?(?:\$|\\\()$/iu;

/** "is largest at", "vanishes if": words before a formula that tell where something holds; "at `$x = 0$` we have" begins what is claimed there. */
const PLACES = /(?<![,;:.]|\b(?:and|that|so|thus|then|hence|but|now))\s(?:at|if|when|whenever|unless)\s+(?:\$|\\\()$/u;

/** "for `$q_2 = 0$`", "if `$q_2 = 0$` or `$q_2 = \pi$`": words before a letter that is met and gets a number there, and nowhere else. */
const NUMBERED_CASES =
  /(?:^|[\s(])(?:for|at|if|when|whenever|unless)\s+(?:(?:\$[^$]*\$|\\\(.*?\\\))(?:,|,?\s+(?:and|or))\s+)*(?:\$|\\\()$/iu;

/** Whether the words before a formula speak of a case, "vanishes for `$\mu = 0$`, `$\ell = 0$`". */
export function isOfNumberedCase(text: string, start: number): boolean {
  return NUMBERED_CASES.test(text.slice(Math.max(0, start - WORDS_BEFORE), start));
}

/** So many characters before a formula tell of which case it is. */
const WORDS_BEFORE = 60;

function isNumeral(side: Expr | undefined): boolean {
  return side?.kind === 'number' || (side?.kind === 'name' && side.name === 'π');
}

/** What a value is compared with where a sentence speaks of a place: another letter, a number. */
function isBare(side: Expr | undefined): boolean {
  return side !== undefined && (side.kind === 'number' || symbolKey(side) !== null);
}

/**
 * "With `$W = I$` we are back at least squares", behind all claims of a section, of a letter that was met before: the sentence
 * speaks of a special case, and what is claimed above is not claimed of it alone. Before them "the kernel is largest at `$x = z$`" of two
 * declared letters is such a case, too.
 */
export function isSpecialCase(
  equation: PlacedEquation,
  key: string,
  { mentions, lastClaims }: Pick<Seen, 'mentions' | 'lastClaims'>,
  text: string,
  isDeclared: boolean,
): boolean {
  const { statement, section, item, origin } = equation;
  if (origin === 'plain' || statement.displayed) return false;
  const before = text.slice(Math.max(0, statement.span.start - WORDS_BEFORE), statement.span.start);
  const firstMention = mentions().first.get(key);
  const isMet = firstMention !== undefined && firstMention.item < item;
  if (isMet && statement.sides.length === 2 && isNumeral(statement.sides[1]) && NUMBERED_CASES.test(before)) return true;
  const isPlace = isDeclared && statement.sides.length === 2 && isBare(statement.sides[1]) && PLACES.test(before);
  if (!isPlace && (lastClaims().get(section) ?? item) >= item) return false;
  // "Step size one half, `$\mu = 0$`: …", however the sentence begins.
  return isMet && (CASES.test(before) || (statement.sides.length === 2 && isNumeral(statement.sides[1])));
}
