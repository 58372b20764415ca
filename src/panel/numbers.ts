import type { Say } from '../base/say.ts';
import { shownError } from '../protocol/shown-error.ts';

/** A relative error in a sentence or a table. */
export function errorText(say: Say, error: number): string {
  return Number.isFinite(error) ? formatError(error) : say('not a number');
}

/** The relative error of a verdict. */
export function verdictError(say: Say, error: number): string {
  return shownError(error, (one) => errorText(say, one));
}

/** A relative error in two digits: `2.1e-10`, `0.33`, `0`. */
export function formatError(error: number): string {
  if (!Number.isFinite(error)) return 'NaN';
  if (error === 0) return '0';
  return Math.abs(error) >= 0.01 && Math.abs(error) < 1000 ? String(Number(error.toPrecision(2))) : tidyExponent(error.toExponential(1));
}

/** An entry as short as a reader can compare: four significant digits. */
export function formatEntry(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 0.001 && size < 100_000 ? fixedDigits(size) : tidyExponent(size.toExponential(2));
  return value < 0 ? `−${text}` : text;
}

/** A number to calculate with by hand: whole where it is whole but for rounding, else six digits. */
export function formatSmall(value: number): string {
  if (!Number.isFinite(value)) return formatEntry(value);
  const rounded = Number(value.toPrecision(6));
  return rounded < 0 ? `−${-rounded}` : String(Math.abs(rounded));
}

function fixedDigits(size: number): string {
  const decimals = Math.max(0, 3 - Math.floor(Math.log10(size)));
  return size.toFixed(Math.min(decimals, 4));
}

function tidyExponent(text: string): string {
  return text.replace('e+', 'e').replace('.0e', 'e');
}
