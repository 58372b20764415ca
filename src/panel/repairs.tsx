import type { JSX } from 'preact';
import type { Say } from '../base/say.ts';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { Fix, Position, Range } from '../protocol/report.ts';
import { changedPieces } from './piece-diff.ts';
import { Pieces } from './pieces.tsx';
import { useSay } from './say.ts';
import { Ticked } from './ticked.tsx';
import { firstWrong } from './verdict.ts';
import { wordDiff } from './word-diff.ts';

interface RepairsProps {
  readonly claim: ShownClaim;
  readonly onApply: (fix: Fix) => void;
}

/** The suggested step beside the written one, and the button that puts it there. */
export function Repairs({ claim, onApply }: RepairsProps): JSX.Element | null {
  const say = useSay();
  if (claim.repair === undefined && claim.fixes.length === 0) return null;
  return (
    <section class="part repair" aria-labelledby="repair-title">
      <h2 id="repair-title">{say('What would be right')}</h2>
      <Change claim={claim} />
      <p class="buttons">
        {claim.fixes.map((fix, at) => (
          <button key={at} type="button" class={at === 0 ? 'button' : 'button button-quiet'} onClick={() => onApply(fix)}>
            <Ticked text={say('Apply: {0}', titleOf(say, fix, claim))} />
          </button>
        ))}
      </p>
    </section>
  );
}

/** Its title; where several fixes do the same at different places, with the step that it changes. */
function titleOf(say: Say, fix: Fix, { fixes, sides }: ShownClaim): string {
  const place = fix.edits[0]?.range.start;
  const isOne = fixes.filter(({ title }) => title === fix.title).length === 1;
  const step = place === undefined ? -1 : sides.findIndex(({ range }) => contains(range, place));
  return isOne || step < 1 ? fix.title : say('{0} (step {1})', fix.title, step);
}

function Change({ claim }: { readonly claim: ShownClaim }): JSX.Element | null {
  const { repair, mended, sides } = claim;
  if (mended !== undefined && (sides[mended.side]?.pieces.length ?? 0) > 0) return <TypesetChange claim={claim} />;
  const written = writtenStep(claim);
  return repair === undefined || written === null ? null : <TextChange written={written} mended={repair} />;
}

/** The step that is wrong; where shapes kept it from being evaluated, the side that the repair edits. */
function writtenStep({ steps, sides, fixes }: ShownClaim): string | null {
  const wrong = steps[firstWrong(steps)]?.text;
  const place = fixes[0]?.edits[0]?.range.start;
  return wrong ?? sides.find(({ range }) => place !== undefined && contains(range, place))?.text ?? null;
}

function contains({ start, end }: Range, at: Position): boolean {
  return !isBefore(at, start) && !isBefore(end, at);
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

function TypesetChange({ claim: { mended, sides, repair = '' } }: { readonly claim: ShownClaim }): JSX.Element {
  const say = useSay();
  const side = sides[mended?.side ?? 0];
  const [written, instead] = [side?.pieces ?? [], mended?.pieces ?? []];
  const changed = changedPieces(written, instead);
  return (
    <dl class="change change-typeset">
      <dt>{say('Written')}</dt>
      <dd class="side" tabIndex={0}>
        <Pieces
          pieces={written.map((piece, at) => ({ piece, mark: changed.before[at] === true ? 'removed' : null }))}
          fallback={side?.text ?? ''}
        />
      </dd>
      <dt>{say('Instead')}</dt>
      <dd class="side" tabIndex={0}>
        <Pieces pieces={instead.map((piece, at) => ({ piece, mark: changed.after[at] === true ? 'added' : null }))} fallback={repair} />
      </dd>
    </dl>
  );
}

function TextChange({ written, mended }: { readonly written: string; readonly mended: string }): JSX.Element {
  const say = useSay();
  const runs = wordDiff(written, mended);
  return (
    <dl class="change">
      <dt>{say('Written')}</dt>
      <dd>
        <code>
          {runs.filter(({ kind }) => kind !== 'added').map(({ kind, text }, at) => (kind === 'same' ? text : <del key={at}>{text}</del>))}
        </code>
      </dd>
      <dt>{say('Instead')}</dt>
      <dd>
        <code>
          {runs.filter(({ kind }) => kind !== 'removed').map(({ kind, text }, at) => (kind === 'same' ? text : <ins key={at}>{text}</ins>))}
        </code>
      </dd>
    </dl>
  );
}
