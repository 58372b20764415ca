import type { JSX } from 'preact';
import type { CounterexampleReport, MatrixReport } from '../protocol/report.ts';
import { formatSmall } from './numbers.ts';

/** The smallest point at which the claim fails, to be followed by hand. */
export function Counterexample({ counterexample }: { readonly counterexample: CounterexampleReport }): JSX.Element {
  const { values, claimed, numeric } = counterexample;
  return (
    <section class="part" aria-labelledby="counterexample-title">
      <h2 id="counterexample-title">To follow by hand</h2>
      <div class="equations" tabIndex={0} role="group" aria-label="A small point at which it is wrong">
        <span>At</span>
        {values.map((value) => <NamedMatrix key={value.name} name={value.name} matrix={value} />)}
      </div>
      <div class="equations" tabIndex={0} role="group" aria-label="What both sides are there">
        <span>it gives</span><SmallMatrix matrix={claimed} /><span>and finite differences give</span><SmallMatrix matrix={numeric} />
      </div>
    </section>
  );
}

function NamedMatrix({ name, matrix }: { readonly name: string; readonly matrix: MatrixReport }): JSX.Element {
  return <span class="equation"><code>{name}</code> = <SmallMatrix matrix={matrix} /></span>;
}

/** A number, or numbers between brackets. */
function SmallMatrix({ matrix: { rows, cols, data } }: { readonly matrix: MatrixReport }): JSX.Element {
  if (rows === 1 && cols === 1) return <span class="number">{formatSmall(data[0] ?? Number.NaN)}</span>;
  return (
    <table class="bracketed">
      <tbody>
        {[...Array(rows).keys()].map((row) => (
          <tr key={row}>{[...Array(cols).keys()].map((col) => <td key={col}>{formatSmall(data[row * cols + col] ?? Number.NaN)}</td>)}</tr>
        ))}
      </tbody>
    </table>
  );
}
