import type { JSX } from 'preact';
import type { NamedMatrixReport } from '../protocol/report.ts';
import { pointJson, pointNumpy } from './point-text.ts';
import { useSay } from './say.ts';
import { Name, NamedMatrix } from './small-matrix.tsx';

/** A matrix with more rows or columns is only told of; copied, it is whole. */
const MOST = 8;

interface PointProps {
  readonly point: readonly NamedMatrixReport[];
  readonly onCopy: (text: string) => void;
}

/** What every variable was where the entries were computed. */
export function Point({ point, onCopy }: PointProps): JSX.Element | null {
  const say = useSay();
  if (point.length === 0) return null;
  return (
    <section class="part" aria-labelledby="point-title">
      <h2 id="point-title">
        {say('The point')} <span class="quiet">{say('values that were drawn for these entries')}</span>
      </h2>
      <div class="equations" tabIndex={0} role="group" aria-label={say('Values of the variables')}>
        {point.map((value) =>
          value.rows <= MOST && value.cols <= MOST ? (
            <NamedMatrix key={value.name} matrix={value} />
          ) : (
            <span key={value.name} class="equation">
              <Name of={value} /> <span>{say('is {0}', `${value.rows}×${value.cols}`)}</span>
            </span>
          ),
        )}
      </div>
      <p class="buttons">
        <button type="button" class="button button-quiet" onClick={() => onCopy(pointNumpy(point))}>
          {say('Copy point as NumPy')}
        </button>
        <button type="button" class="button button-quiet" onClick={() => onCopy(pointJson(point))}>
          {say('Copy point as JSON')}
        </button>
      </p>
    </section>
  );
}
