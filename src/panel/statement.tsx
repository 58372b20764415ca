import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { FormulaPiece } from '../protocol/report.ts';
import { Formula } from './formula.tsx';
import { changedPieces } from './piece-diff.ts';
import { type MarkedPiece, Pieces, unmarked } from './pieces.tsx';
import { useSay } from './say.ts';
import { STATUS_WORDS } from './status-mark.tsx';

/** The claim as it is written by hand: the shape of each factor below it, and what is wrong marked. */
export function Statement({ claim }: { readonly claim: ShownClaim }): JSX.Element {
  const say = useSay();
  const { latex, text, sides } = claim;
  const isCut = sides.length > 1 && sides.every(({ pieces }) => pieces.length > 0);
  return (
    <div class="statement" tabIndex={0} role="group" aria-label={say('The claim')}>
      {isCut ? <Sides key={latex} claim={claim} /> : <Formula latex={latex} fallback={text} display />}
    </div>
  );
}

/** One line where it fits; otherwise each step on a line of its own, below the equals sign of the first. */
function Sides({ claim }: { readonly claim: ShownClaim }): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const isLong = useOverflow(frame);
  return (
    <div ref={frame} class={isLong ? 'sides sides-stacked' : 'sides sides-row'}>
      {claim.sides.map((_, at) => (
        <Side key={at} claim={claim} at={at} />
      ))}
    </div>
  );
}

/** Whether the content, laid out in one line, is wider than the frame; measured again when either changes. */
function useOverflow(frame: { readonly current: HTMLElement | null }): boolean {
  const [isLong, setLong] = useState(false);
  const needed = useRef(0);
  useLayoutEffect(() => {
    const element = frame.current;
    const room = element?.parentElement;
    if (element == null || room == null) return undefined;
    const measure = () => {
      if (element.classList.contains('sides-row')) needed.current = element.scrollWidth;
      setLong(needed.current > room.clientWidth);
    };
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    resized.observe(room);
    return () => resized.disconnect();
  }, []);
  return isLong;
}

function Side({ claim, at }: { readonly claim: ShownClaim; readonly at: number }): JSX.Element {
  const say = useSay();
  const { relation = '', text = '' } = claim.sides[at] ?? {};
  const isWrong = claim.steps[at - 1]?.status === 'refuted' || claim.misfit === at;
  const pieces = markedPieces(claim, at);
  const isWhole = isWrong && !pieces.some(({ mark }) => mark !== null);
  return (
    <>
      {at > 0 && (
        <div class={isWrong ? 'sign sign-wrong' : 'sign'}>
          <Formula latex={isWrong && relation === '=' ? '\\neq' : relation} fallback={relation} />
        </div>
      )}
      <div class={isWhole ? 'side side-wrong' : 'side'}>
        <Pieces pieces={pieces} fallback={text} display />
        {isWrong && <span class="sr-only"> ({say(STATUS_WORDS.refuted)}) </span>}
      </div>
    </>
  );
}

/** The pieces that the repair changes are what is wrong; where it changes all of them, that is the side. */
function markedPieces({ sides, mended }: ShownClaim, at: number): readonly MarkedPiece[] {
  const written: readonly FormulaPiece[] = sides[at]?.pieces ?? [];
  if (mended?.side !== at) return unmarked(written);
  const { before } = changedPieces(written, mended.pieces);
  return before.every(Boolean)
    ? unmarked(written)
    : written.map((piece, place) => ({ piece, mark: before[place] === true ? 'wrong' : null }));
}
