/** What rounding leaves of a right claim is another number in every JavaScript engine, and tells a reader nothing. */
const LEAST_SHOWN = 1e-9;

/** An error as a verdict shows it, the same wherever it was found: its digits as `written` gives them, unless rounding made it. */
export function shownError(error: number, written: (error: number) => string): string {
  return error < LEAST_SHOWN ? `< ${LEAST_SHOWN.toExponential()}` : written(error);
}
