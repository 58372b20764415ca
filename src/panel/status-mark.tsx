import type { JSX } from 'preact';
import { told } from '../base/say.ts';
import type { ClaimStatus } from '../protocol/lsp.ts';

/** What a status is called. */
export const STATUS_WORDS: Readonly<Record<ClaimStatus, string>> = {
  verified: told('verified'),
  refuted: told('wrong'),
  inconclusive: told('not decided'),
  unchecked: told('not checked yet'),
};

const STROKES: Readonly<Record<ClaimStatus, string>> = {
  verified: 'M3.5 8.5l3 3 6-7',
  refuted: 'M4 4l8 8M12 4l-8 8',
  inconclusive: 'M5.5 6a2.5 2.5 0 1 1 3.4 2.3c-.6.3-.9.7-.9 1.5M8 12.2v.3',
  unchecked: 'M4.5 8h7',
};

/** The sign of a status. Shapes differ, so that it is read without colours; words go beside it. */
export function StatusMark({ status }: { readonly status: ClaimStatus }): JSX.Element {
  return (
    <svg class={`mark mark-${status}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={STROKES[status]} />
    </svg>
  );
}
