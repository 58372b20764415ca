import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ShownSide } from '../protocol/lsp.ts';
import type { ConvergenceReport } from '../protocol/report.ts';
import { curveWords, dualWords, METHOD_WORDS, notAnalyticWords } from './convergence-words.ts';
import { Formula } from './formula.tsx';
import { errorText, formatError } from './numbers.ts';
import { useSay } from './say.ts';
import { useTheme } from './theme.ts';
import type { Answer } from './view.ts';

interface ConvergenceProps {
  /** Null until the answer is there. */
  readonly answer: Answer<'convergence'> | null;
  readonly sides: readonly ShownSide[];
}

/** How the error of the numeric side depends on its step: whether that side can be trusted. */
export function Convergence({ answer, sides }: ConvergenceProps): JSX.Element {
  const say = useSay();
  if (answer === null)
    return (
      <p class="quiet" role="status">
        {say('Differences are taken with many steps…')}
      </p>
    );
  const { convergence, reason } = answer;
  if (convergence === null) return <p class="quiet">{say('Nothing to draw: {0}.', reason)}</p>;
  return (
    <div class="convergence">
      <Plot convergence={convergence} />
      <ul class="curve-words">
        {convergence.curves.map((curve) => (
          <li key={curve.method}>{curveWords(say, curve)}</li>
        ))}
        {convergence.notAnalytic !== null && <li>{notAnalyticWords(say, convergence)}</li>}
        <li>{dualWords(say, convergence)}</li>
      </ul>
      <p class="quiet">
        <Reference side={convergence.reference === null ? undefined : sides[convergence.reference]} />{' '}
        {say('The error that verification estimated for its own differences is {0}.', errorText(say, convergence.estimate))}
      </p>
      <Values convergence={convergence} />
    </div>
  );
}

/** What the errors are measured against. */
function Reference({ side }: { readonly side: ShownSide | undefined }): JSX.Element {
  const say = useSay();
  if (side === undefined) return <>{say('Measured against the extrapolation that verification uses.')}</>;
  const [before, after] = say('Measured against {0}, which holds no derivative.', GAP).split(GAP);
  return (
    <>
      {before}
      <Formula latex={side.pieces.map(({ latex }) => latex).join(' ')} fallback={side.text} />
      {after}
    </>
  );
}

/** Stands in a sentence for what is no text. */
const GAP = '\u0000';

/** The library that draws comes when the first plot does. */
function Plot({ convergence }: { readonly convergence: ConvergenceReport }): JSX.Element {
  const say = useSay();
  const element = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    let remove: (() => void) | null = null;
    let isGone = false;
    void import('./convergence-plot.ts').then(({ drawConvergence }) => {
      if (!isGone && element.current !== null) remove = drawConvergence(element.current, convergence, say);
    });
    return () => {
      isGone = true;
      remove?.();
    };
  }, [convergence, theme]);
  return (
    <div
      ref={element}
      class="plot"
      role="img"
      aria-label={`${say('Relative error over step.')} ${convergence.curves.map((curve) => curveWords(say, curve)).join(' ')}`}
    />
  );
}

/** Steps a reader is told of: one for each power of ten. */
const PER_DECADE = 3;

function Values({ convergence: { curves } }: { readonly convergence: ConvergenceReport }): JSX.Element {
  const say = useSay();
  const steps = (curves[0]?.points ?? []).flatMap(({ step }, at) => (at % PER_DECADE === 0 ? [{ step, at }] : []));
  return (
    <details class="values">
      <summary>{say('Errors as a table')}</summary>
      <div class="scroller" tabIndex={0} role="group" aria-label={say('Errors by step')}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">{say('Step')}</th>
              {curves.map(({ method }) => (
                <th key={method} scope="col">
                  {say(METHOD_WORDS[method])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map(({ step, at }) => (
              <tr key={step}>
                <th scope="row">{formatError(step)}</th>
                {curves.map(({ method, points }) => (
                  <td key={method} class="cell">
                    {errorText(say, points[at]?.error ?? Number.NaN)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
