import type { EntriesReport } from '../protocol/report.ts';
import { inRows, numpyArray } from './number-text.ts';

/** The entries as a program that NumPy runs: both matrices by name. */
export function numpyText({ rows, cols, claimed, numeric }: EntriesReport): string {
  return `import numpy as np\n\nclaimed = ${numpyArray(claimed, rows, cols, 10)}\n\nfinite_differences = ${numpyArray(numeric, rows, cols, 10)}\n`;
}

/** The entries as JSON, row by row; what is not a finite number is `null`. */
export function jsonText({ rows, cols, claimed, numeric }: EntriesReport): string {
  return `${JSON.stringify({ claimed: inRows(claimed, rows, cols), finiteDifferences: inRows(numeric, rows, cols) })}\n`;
}
