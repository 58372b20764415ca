import type { JSX } from 'preact';
import type { MatrixReport, NamedMatrixReport } from '../protocol/report.ts';
import { Formula } from './formula.tsx';
import { nameLatex } from './name-latex.ts';
import { formatSmall } from './numbers.ts';

/** `x = [2; 1]`, the matrix as it is written by hand. */
export function NamedMatrix({ matrix }: { readonly matrix: NamedMatrixReport }): JSX.Element {
  return (
    <span class="equation">
      <Name of={matrix} /> = <SmallMatrix matrix={matrix} />
    </span>
  );
}

/** A variable as it is typeset in the formulas. */
export function Name({ of: { name, latex } }: { readonly of: NamedMatrixReport }): JSX.Element {
  return <Formula latex={latex ?? nameLatex(name)} fallback={name} />;
}

/** A number, or numbers between brackets. */
export function SmallMatrix({ matrix: { rows, cols, data } }: { readonly matrix: MatrixReport }): JSX.Element {
  if (rows === 1 && cols === 1) return <span class="number">{formatSmall(data[0] ?? Number.NaN)}</span>;
  return (
    <table class="bracketed">
      <tbody>
        {[...Array(rows).keys()].map((row) => (
          <tr key={row}>
            {[...Array(cols).keys()].map((col) => (
              <td key={col}>{formatSmall(data[row * cols + col] ?? Number.NaN)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
