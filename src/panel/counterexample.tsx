import type { JSX } from 'preact';
import type { CounterexampleReport } from '../protocol/report.ts';
import { NamedMatrix, SmallMatrix } from './small-matrix.tsx';

/** The smallest point at which the claim fails, to be followed by hand. */
export function Counterexample({ counterexample }: { readonly counterexample: CounterexampleReport }): JSX.Element {
  const { values, claimed, numeric } = counterexample;
  return (
    <section class="part" aria-labelledby="counterexample-title">
      <h2 id="counterexample-title">To follow by hand</h2>
      <div class="equations" tabIndex={0} role="group" aria-label="A small point at which it is wrong">
        <span>At</span>
        {values.map((value) => (
          <NamedMatrix key={value.name} name={value.name} matrix={value} />
        ))}
      </div>
      <div class="equations" tabIndex={0} role="group" aria-label="What both sides are there">
        <span>it gives</span>
        <SmallMatrix matrix={claimed} />
        <span>and the definitions give</span>
        <SmallMatrix matrix={numeric} />
      </div>
    </section>
  );
}
