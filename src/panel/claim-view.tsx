import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Say } from '../base/say.ts';
import type { GraphNodeReport, ShownClaim, VerifyOptions } from '../protocol/lsp.ts';
import type { Fix, Range, StepReport } from '../protocol/report.ts';
import { Controls } from './controls.tsx';
import { Convergence } from './convergence.tsx';
import { Counterexample } from './counterexample.tsx';
import { Entries } from './entries.tsx';
import { claimKey } from './filter-claims.ts';
import { DependencyGraph } from './graph.tsx';
import { Point } from './point.tsx';
import { Repairs } from './repairs.tsx';
import { useSay } from './say.ts';
import { Statement } from './statement.tsx';
import { StatusMark } from './status-mark.tsx';
import { Steps } from './steps.tsx';
import { Ticked } from './ticked.tsx';
import { Unfold } from './unfold.tsx';
import { sizesWords, verdictWords } from './verdict.ts';
import { withMethod } from './verify-options.ts';
import type { Answer } from './view.ts';

interface ClaimViewProps {
  readonly claim: ShownClaim;
  readonly version: number;
  readonly convergence: Answer<'convergence'> | null;
  readonly graph: Answer<'graph'> | null;
  readonly open: readonly string[];
  readonly onOpen: (open: readonly string[]) => void;
  readonly onAsk: (what: 'convergence' | 'graph') => void;
  readonly onRevealNode: (node: GraphNodeReport) => void;
  readonly step: number;
  readonly onStep: (step: number) => void;
  readonly onReveal: (range: Range) => void;
  readonly onApply: (fix: Fix) => void;
  readonly onVerify: (options: VerifyOptions) => void;
  readonly onCopy: (text: string) => void;
}

/** One claim: the answer, the formula, the steps, what would be right, the entries. */
export function ClaimView(props: ClaimViewProps): JSX.Element {
  const say = useSay();
  const { claim, step, onStep, onReveal, onApply, onVerify } = props;
  return (
    <article class="claim" aria-label={say('Claim {0}', claim.text)}>
      <header class="claim-head">
        <Verdict claim={claim} />
        <AsUsual claim={claim} onVerify={onVerify} />
        <Statement claim={claim} />
        <p class="facts">
          {factsOf(say, claim)}{' '}
          <button type="button" class="link" onClick={() => onReveal(claim.range)}>
            {say('Show in editor')}
          </button>
        </p>
      </header>
      <div class="claim-answer">
        <Repairs claim={claim} onApply={onApply} />
        {saysMore(claim) && <Steps claim={claim} chosen={step} onChoose={onStep} onReveal={onReveal} />}
      </div>
      <Numbers {...props} />
      <div class="claim-background">
        <Background {...props} />
        <Controls claim={claim} onVerify={onVerify} />
      </div>
    </article>
  );
}

/** Whether the list of steps tells more than the verdict and the formula do; of a single step that is a reason of its own. */
function saysMore({ steps, status, reason }: ShownClaim): boolean {
  const own = steps[0]?.reason;
  return steps.length > 1 || (own !== undefined && (status === 'refuted' || own !== reason));
}

/** What the answer rests on: the entries of the chosen step, the point, an example to follow. Beside the answer where there is room. */
function Numbers({ claim, step, onVerify, onCopy }: ClaimViewProps): JSX.Element | null {
  const chosen = claim.steps[step];
  const { counterexample } = claim;
  const isCompared = chosen !== undefined && wasCompared(chosen);
  if (!isCompared && chosen?.point === undefined && counterexample === undefined) return null;
  return (
    <div class="claim-numbers">
      {isCompared && (
        <Entries
          entries={chosen.entries}
          step={claim.steps.length > 1 ? step : null}
          method={claim.method}
          marked={chosen.status !== 'verified'}
          onCopy={onCopy}
          onEveryEntry={hasEveryEntry(claim, chosen) ? null : () => onVerify({ ...claim.options, method: 'entries' })}
        />
      )}
      {chosen?.point !== undefined && <Point point={chosen.point} onCopy={onCopy} />}
      {counterexample !== undefined && <Counterexample counterexample={counterexample} />}
    </div>
  );
}

function wasCompared({ entries, maxRelativeError }: StepReport): boolean {
  return entries !== undefined || maxRelativeError !== undefined;
}

/** Whether nothing more is to be had by asking: of an identity directions say nothing, and what was asked for was told. */
function hasEveryEntry({ method, options }: ShownClaim, { entries }: StepReport): boolean {
  return options.method === 'entries' || (method === 'entries' && entries !== undefined);
}

/** What stands behind the answer, made when it is unfolded. */
function Background({ claim, version, convergence, graph, open, onOpen, onAsk, onRevealNode }: ClaimViewProps): JSX.Element {
  const say = useSay();
  const question = `${claimKey(claim)} ${version} ${JSON.stringify(claim.options)}`;
  const [wantsConvergence, wantsGraph] = [open.includes('convergence'), open.includes('graph')];
  useEffect(() => {
    if (wantsConvergence) onAsk('convergence');
  }, [question, wantsConvergence]);
  useEffect(() => {
    if (wantsGraph) onAsk('graph');
  }, [question, wantsGraph]);
  return (
    <>
      <Unfold name="graph" title={say('What depends on what')} open={open} onOpen={onOpen}>
        <DependencyGraph answer={graph} onReveal={onRevealNode} />
      </Unfold>
      <Unfold name="convergence" title={say('Error by step size')} open={open} onOpen={onOpen}>
        <Convergence answer={convergence} sides={claim.sides} />
      </Unfold>
    </>
  );
}

function Verdict({ claim }: { readonly claim: ShownClaim }): JSX.Element {
  const say = useSay();
  const { title, detail } = useMemo(() => verdictWords(say, claim), [claim]);
  return (
    <div class={`verdict verdict-${claim.status}`} role="status">
      <h1>
        <StatusMark status={claim.status} />
        {title}
      </h1>
      <p>
        <Ticked text={detail} />
      </p>
    </div>
  );
}

/** The way back from every entry, where those were too many to be compared in time. */
function AsUsual({ claim: { status, options }, onVerify }: Pick<ClaimViewProps, 'claim' | 'onVerify'>): JSX.Element | null {
  const say = useSay();
  if (status !== 'inconclusive' || options.method !== 'entries') return null;
  return (
    <p class="buttons">
      <button type="button" class="button" onClick={() => onVerify(withMethod(options, ''))}>
        {say('Compare as usual')}
      </button>
    </p>
  );
}

/** `line 14`, in a notebook `cell 3, line 2`: counted from 1, as editors do. */
function placeOf(say: Say, { range, cell }: ShownClaim): string {
  const line = range.start.line + 1;
  return cell === undefined ? say('line {0}', line) : say('cell {0}, line {1}', cell + 1, line);
}

/** Where the claim stands and how its derivative is laid out. */
function factsOf(say: Say, claim: ShownClaim): string {
  const { section, layout, of, wrt } = claim;
  const facts = [
    section === '' ? '' : say('Section “{0}”', section),
    placeOf(say, claim),
    wrt === '' ? of : say('{0} by {1}', of, wrt),
    say('{0} layout', layout),
    sizesWords(claim),
  ];
  // A size is not parted from its name at the end of a line.
  return facts
    .filter((fact) => fact !== '')
    .join(' · ')
    .replaceAll(' = ', '\u00a0=\u00a0');
}
