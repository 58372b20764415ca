import type { JSX } from 'preact';
import type { ShownClaim } from '../protocol/lsp.ts';
import type { Range, StepReport } from '../protocol/report.ts';
import { Formula } from './formula.tsx';
import { verdictError } from './numbers.ts';
import { useSay } from './say.ts';
import { STATUS_WORDS, StatusMark } from './status-mark.tsx';
import { Ticked } from './ticked.tsx';

interface StepsProps {
  readonly claim: ShownClaim;
  /** Index of the step whose entries are shown. */
  readonly chosen: number;
  readonly onChoose: (step: number) => void;
  readonly onReveal: (range: Range) => void;
}

/** Every step of the chain with what came of it. */
export function Steps({ claim, chosen, onChoose, onReveal }: StepsProps): JSX.Element {
  const say = useSay();
  return (
    <section class="part" aria-labelledby="steps-title">
      <h2 id="steps-title">{say('Steps')}</h2>
      <ol class="steps">
        {claim.steps.map((step, at) => (
          // The first side is what the steps are compared with.
          <Step
            key={at}
            step={step}
            at={at}
            side={claim.sides[at + 1]}
            chosen={at === chosen}
            onChoose={() => onChoose(at)}
            onReveal={() => onReveal(step.range)}
          />
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  readonly step: StepReport;
  readonly at: number;
  readonly side: ShownClaim['sides'][number] | undefined;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onReveal: () => void;
}

function Step({ step, at, side, chosen, onChoose, onReveal }: StepProps): JSX.Element {
  const say = useSay();
  const latex = side?.pieces.map((piece) => piece.latex).join(' ') ?? '';
  const shape = side === undefined || side.shape.includes('?') ? '' : side.shape;
  return (
    <li class={`step step-${step.status}`}>
      <button type="button" class="step-main" aria-pressed={chosen} onClick={onChoose}>
        <StatusMark status={step.status} />
        <span class="step-number">{at + 1}</span>
        <span class="step-formula">
          {side?.relation ?? '='} {latex === '' ? <code>{step.text}</code> : <Formula latex={latex} fallback={step.text} />}
        </span>
        {shape !== '' && (
          <span class="step-shape">
            <span class="sr-only">, {say('of shape {0}', shape)}</span>
            <span aria-hidden="true">{shape}</span>
          </span>
        )}
        <span class="step-status">
          <span class="sr-only">, </span>
          <StepWords step={step} />
        </span>
      </button>
      <button type="button" class="link step-show" onClick={onReveal}>
        <span class="sr-only">{say('Show step {0} in editor', at + 1)}</span>
        <span aria-hidden="true">{say('Show in editor')}</span>
      </button>
      {step.reason !== undefined && (
        <p class="step-reason">
          <Ticked text={step.reason} />
        </p>
      )}
    </li>
  );
}

function StepWords({ step: { status, proved, maxRelativeError } }: { readonly step: StepReport }): JSX.Element {
  const say = useSay();
  const words = proved === true ? say('verified and proved') : say(STATUS_WORDS[status]);
  if (maxRelativeError === undefined) return <>{words}</>;
  return (
    <>
      {words}, <Ticked text={say('largest relative error {0}', verdictError(say, maxRelativeError))} />
    </>
  );
}
