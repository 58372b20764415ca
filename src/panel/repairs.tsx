import type { JSX } from 'preact';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { Fix, Position, Range } from '../protocol/report.ts';
import { firstWrong } from './verdict.ts';
import { wordDiff } from './word-diff.ts';

interface RepairsProps {
  readonly claim: ShownClaim;
  readonly onApply: (fix: Fix) => void;
}

/** The suggested step beside the written one, and the button that puts it there. */
export function Repairs({ claim, onApply }: RepairsProps): JSX.Element | null {
  if (claim.repair === undefined && claim.fixes.length === 0) return null;
  const written = writtenStep(claim);
  return (
    <section class="part repair" aria-labelledby="repair-title">
      <h2 id="repair-title">What would be right</h2>
      {claim.repair !== undefined && written !== null && <Change written={written} mended={claim.repair} />}
      <p class="buttons">
        {claim.fixes.map((fix, at) => <button key={at} type="button" class="button" onClick={() => onApply(fix)}>{`Apply: ${fix.title}`}</button>)}
      </p>
    </section>
  );
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

function Change({ written, mended }: { readonly written: string; readonly mended: string }): JSX.Element {
  const runs = wordDiff(written, mended);
  return (
    <dl class="change">
      <dt>Written</dt>
      <dd><code>{runs.filter(({ kind }) => kind !== 'added').map(({ kind, text }, at) => (kind === 'same' ? text : <del key={at}>{text}</del>))}</code></dd>
      <dt>Verified instead</dt>
      <dd><code>{runs.filter(({ kind }) => kind !== 'removed').map(({ kind, text }, at) => (kind === 'same' ? text : <ins key={at}>{text}</ins>))}</code></dd>
    </dl>
  );
}
