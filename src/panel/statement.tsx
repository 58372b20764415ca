import type { JSX } from 'preact';
import type { ShownClaim } from '../protocol/lsp.ts';
import { Formula } from './formula.tsx';
import { splitSides } from './split-sides.ts';
import { STATUS_WORDS } from './status-mark.tsx';

/** The claim as it is written by hand: its sides, the shape of each below it, and wrong ones marked. */
export function Statement({ claim }: { readonly claim: ShownClaim }): JSX.Element {
  const { latex, text, sides } = claim;
  const parts = sides.length > 1 ? splitSides(latex, sides.length) : null;
  return (
    <div class="statement" tabIndex={0} role="group" aria-label="The claim">
      {parts === null ? <Formula latex={latex} fallback={text} display /> : <div class="sides">{parts.map((part, at) => <Side key={at} claim={claim} at={at} latex={part} />)}</div>}
    </div>
  );
}

/** A side together with the equals sign before it, so that a line breaks before the sign. */
function Side({ claim, at, latex }: { readonly claim: ShownClaim; readonly at: number; readonly latex: string }): JSX.Element {
  const { text = '', shape = '', factors } = claim.sides[at] ?? {};
  const isWrong = claim.steps[at - 1]?.status === 'refuted';
  return (
    <div class="side-and-sign">
      {at > 0 && <div class="sign"><Formula latex="=" fallback="=" /></div>}
      <div class={isWrong ? 'side side-wrong' : 'side'}>
        <Formula latex={`\\displaystyle ${latex}`} fallback={text} />
        {isWrong && <span class="sr-only"> ({STATUS_WORDS.refuted}) </span>}
        {shape !== '?' && <div class="side-shape">{factors === undefined ? <><span class="sr-only"> of shape </span>{shape}</> : <><span class="sr-only"> of shape {shape}, made of </span>{factors}</>}</div>}
      </div>
    </div>
  );
}
