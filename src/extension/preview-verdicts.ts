import { type Say, told } from '../base/say.ts';
import type { ListedClaim } from '../protocol/lsp.ts';
import { shownError } from '../protocol/shown-error.ts';

export type Verdict = Exclude<ListedClaim['status'], 'unchecked'>;

/** The worst first. */
const VERDICTS: readonly Verdict[] = ['refuted', 'inconclusive', 'verified'];

const SIGNS: Readonly<Record<Verdict, string>> = { verified: '✓', refuted: '✗', inconclusive: '?' };

const WORDS: Readonly<Record<Verdict, string>> = {
  verified: told('verified'),
  refuted: told('wrong'),
  inconclusive: told('not decided'),
};

/** A claim that numbers, or its shapes, have judged. */
export interface Judged extends ListedClaim {
  readonly status: Verdict;
}

export function isJudged(claim: ListedClaim): claim is Judged {
  return claim.status !== 'unchecked';
}

/** The worst of several verdicts; undefined where there is none. */
export function worstOf(claims: readonly Judged[]): Verdict | undefined {
  return VERDICTS.find((status) => claims.some((claim) => claim.status === status));
}

/** `✓ verified`; of several claims how many are what, the good ones first. */
export function verdictWords(say: Say, claims: readonly Judged[]): string {
  const counts = VERDICTS.toReversed()
    .map((status) => ({ status, count: claims.filter((claim) => claim.status === status).length }))
    .filter(({ count }) => count > 0);
  const isOne = claims.length === 1;
  return counts.map(({ status, count }) => `${SIGNS[status]} ${isOne ? '' : `${count} `}${say(WORDS[status])}`).join(', ');
}

export function explanation(say: Say, { text, status, reason, maxRelativeError }: Judged): string {
  const error =
    maxRelativeError === undefined
      ? ''
      : `, ${say(
          'largest relative error {0}',
          shownError(maxRelativeError, (one) => one.toExponential(1)),
        )}`;
  return `${text.replace(/\s+/g, ' ')}: ${say(WORDS[status])}${reason === undefined ? error : `, ${reason}`}`;
}

/**
 * The claims, each that is not judged yet with the verdict that an earlier text gave to the same words; the very same claims where there is none.
 * Words are the same in the same section, or, where all claims say what they said and a heading is being written, at the same place among them.
 */
export function withVerdictsOf(earlier: readonly ListedClaim[], claims: readonly ListedClaim[]): readonly ListedClaim[] {
  const judged = new Map(earlier.filter(isJudged).map((claim) => [wordsOf(claim), claim]));
  const saySame = claims.length === earlier.length && claims.every(({ text }, at) => text === earlier[at]?.text);
  const kept = claims.map((claim, at) => {
    const known = saySame ? earlier[at] : judged.get(wordsOf(claim));
    return isJudged(claim) || known === undefined || !isJudged(known) ? claim : { ...known, section: claim.section, range: claim.range };
  });
  return kept.every((claim, at) => claim === claims[at]) ? claims : kept;
}

function wordsOf({ section, text }: ListedClaim): string {
  return `${section}\n${text}`;
}
