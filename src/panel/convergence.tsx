import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ConvergenceReport, SideReport } from '../protocol/report.ts';
import { METHOD_WORDS, curveWords, dualWords, notAnalyticWords, referenceWords } from './convergence-words.ts';
import { formatError } from './numbers.ts';
import { useTheme } from './theme.ts';
import type { Answer } from './view.ts';

interface ConvergenceProps {
  /** Null until the answer is there. */
  readonly answer: Answer<'convergence'> | null;
  readonly sides: readonly SideReport[];
}

/** How the error of the numeric side depends on its step: whether that side can be trusted. */
export function Convergence({ answer, sides }: ConvergenceProps): JSX.Element {
  if (answer === null)
    return (
      <p class="quiet" role="status">
        Differences are taken with many steps…
      </p>
    );
  const { convergence, reason } = answer;
  if (convergence === null) return <p class="quiet">Nothing to draw: {reason}.</p>;
  return (
    <div class="convergence">
      <Plot convergence={convergence} />
      <ul class="curve-words">
        {convergence.curves.map((curve) => (
          <li key={curve.method}>{curveWords(curve)}</li>
        ))}
        {convergence.notAnalytic !== null && <li>{notAnalyticWords(convergence)}</li>}
        <li>{dualWords(convergence)}</li>
      </ul>
      <p class="quiet">
        {referenceWords(
          convergence,
          sides.map(({ text }) => text),
        )}{' '}
        The error that verification estimated for its own differences is {formatError(convergence.estimate)}.
      </p>
      <Values convergence={convergence} />
    </div>
  );
}

/** The library that draws comes when the first plot does. */
function Plot({ convergence }: { readonly convergence: ConvergenceReport }): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    let remove: (() => void) | null = null;
    let isGone = false;
    void import('./convergence-plot.ts').then(({ drawConvergence }) => {
      if (!isGone && element.current !== null) remove = drawConvergence(element.current, convergence);
    });
    return () => {
      isGone = true;
      remove?.();
    };
  }, [convergence, theme]);
  return (
    <div ref={element} class="plot" role="img" aria-label={`Relative error over step. ${convergence.curves.map(curveWords).join(' ')}`} />
  );
}

/** Steps a reader is told of: one for each power of ten. */
const PER_DECADE = 3;

function Values({ convergence: { curves } }: { readonly convergence: ConvergenceReport }): JSX.Element {
  const steps = (curves[0]?.points ?? []).flatMap(({ step }, at) => (at % PER_DECADE === 0 ? [{ step, at }] : []));
  return (
    <details class="values">
      <summary>Errors as a table</summary>
      <div class="scroller" tabIndex={0} role="group" aria-label="Errors by step">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Step</th>
              {curves.map(({ method }) => (
                <th key={method} scope="col">
                  {METHOD_WORDS[method]}
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
                    {formatError(points[at]?.error ?? Number.NaN)}
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
