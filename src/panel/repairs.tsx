import type { JSX } from 'preact';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { Fix } from '../protocol/report.ts';
import { firstWrong } from './verdict.ts';
import { wordDiff } from './word-diff.ts';

interface RepairsProps {
  readonly claim: ShownClaim;
  readonly onApply: (fix: Fix) => void;
}

/** The suggested step beside the written one, and the button that puts it there. */
export function Repairs({ claim, onApply }: RepairsProps): JSX.Element | null {
  const written = claim.steps[firstWrong(claim.steps)]?.text;
  if (written === undefined || (claim.repair === undefined && claim.fixes.length === 0)) return null;
  return (
    <section class="part repair" aria-labelledby="repair-title">
      <h2 id="repair-title">What would be right</h2>
      {claim.repair !== undefined && <Change written={written} mended={claim.repair} />}
      <p class="buttons">
        {claim.fixes.map((fix, at) => <button key={at} type="button" class="button" onClick={() => onApply(fix)}>{`Apply: ${fix.title}`}</button>)}
      </p>
    </section>
  );
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
