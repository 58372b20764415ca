import type { JSX } from 'preact';
import type { CounterexampleReport } from '../protocol/report.ts';
import { useSay } from './say.ts';
import { NamedMatrix, SmallMatrix } from './small-matrix.tsx';

/** The smallest point at which the claim fails, to be followed by hand. */
export function Counterexample({ counterexample }: { readonly counterexample: CounterexampleReport }): JSX.Element {
  const say = useSay();
  const { values, claimed, numeric } = counterexample;
  return (
    <section class="part" aria-labelledby="counterexample-title">
      <h2 id="counterexample-title">{say('To follow by hand')}</h2>
      <div class="equations" tabIndex={0} role="group" aria-label={say('A small point at which it is wrong')}>
        <span>{say('At')}</span>
        {values.map((value) => (
          <NamedMatrix key={value.name} matrix={value} />
        ))}
      </div>
      <div class="equations" tabIndex={0} role="group" aria-label={say('What both sides are there')}>
        <span>{say('it gives')}</span>
        <SmallMatrix matrix={claimed} />
        <span>{say('and the definitions give')}</span>
        <SmallMatrix matrix={numeric} />
      </div>
    </section>
  );
}
