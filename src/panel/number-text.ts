/** A matrix as rows. */
export function inRows(values: readonly number[], rows: number, cols: number): readonly (readonly number[])[] {
  return Array.from({ length: rows }, (_, row) => values.slice(row * cols, (row + 1) * cols));
}

/** `np.array([[…], […]])`, later rows `indent` columns to the right. */
export function numpyArray(values: readonly number[], rows: number, cols: number, indent: number): string {
  return `np.array([${inRows(values, rows, cols)
    .map((row) => `[${row.map(pythonNumber).join(', ')}]`)
    .join(`,\n${' '.repeat(indent)}`)}])`;
}

function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'np.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '-np.inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}
