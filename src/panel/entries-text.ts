import type { EntriesReport } from '../protocol/report.ts';

/** The entries as a program that NumPy runs: both matrices by name. */
export function numpyText({ rows, cols, claimed, numeric }: EntriesReport): string {
  const array = (values: readonly number[]) => `np.array([${inRows(values, rows, cols).map((row) => `[${row.map(pythonNumber).join(', ')}]`).join(',\n          ')}])`;
  return `import numpy as np\n\nclaimed = ${array(claimed)}\n\nfinite_differences = ${array(numeric)}\n`;
}

/** The entries as JSON, row by row; what is not a finite number is `null`. */
export function jsonText({ rows, cols, claimed, numeric }: EntriesReport): string {
  return `${JSON.stringify({ claimed: inRows(claimed, rows, cols), finiteDifferences: inRows(numeric, rows, cols) })}\n`;
}

function inRows(values: readonly number[], rows: number, cols: number): readonly (readonly number[])[] {
  return Array.from({ length: rows }, (_, row) => values.slice(row * cols, (row + 1) * cols));
}

function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'np.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '-np.inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}
